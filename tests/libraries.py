"""Small libraries for tests."""

from retrieval import Answerer, Article, Library
from retrieval.search import Index

_opened: list[Library] = []


def article(name: str, text: str, title: str | None = None, language: str = "en") -> Article:
    return Article(id=name, title=title or name, text=text, language=language)


def answerer_over(*articles: Article, threshold: float | None = None) -> Answerer:
    """Answers over articles; their library is closed at the end of the test."""
    return Answerer.open(closed_at_end(Library.of(articles)), threshold=threshold)


def index_of(answerer: Answerer) -> Index:
    """The index that it answers from, with its parts."""
    assert isinstance(answerer.index, Index)
    return answerer.index


def closed_at_end(library: Library) -> Library:
    """A library that `close_opened` closes, which is called at the end of every test."""
    _opened.append(library)
    return library


def close_opened() -> None:
    """Close what tests opened and do not close themselves."""
    while _opened:
        _opened.pop().close()


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
