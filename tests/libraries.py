"""Small libraries for tests."""

from retrieval import Answerer, Article, Library


def article(name: str, text: str, title: str | None = None, language: str = "en") -> Article:
    return Article(id=name, title=title or name, text=text, language=language)


def answerer_over(*articles: Article, threshold: float | None = None) -> Answerer:
    return Answerer.open(Library.of(articles), threshold=threshold)


HARBOUR = article(
    "harbour",
    "The new harbour opened in 1932. It cost 3.5 million crowns.\n\n"
    "Fishermen had asked for it since 1901. The mayor cut the ribbon.",
    "How the harbour was built",
)
BRIDGE = article(
    "bridge",
    "The bridge was finished in 1950. Its architect was Elin Strand.\n"
    "Traffic doubled within ten years.",
    "The bridge",
)
