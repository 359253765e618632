"""Small libraries for tests."""

from retrieval import Answerer, Article, Library
from retrieval.library import Placed
from retrieval.search import Index
from retrieval.sentences.passages import read_passages
from retrieval.values import Block, Layout, Run, Sentence

_opened: list[Library] = []


def article(name: str, text: str, title: str | None = None, language: str = "en") -> Article:
    return Article(id=name, title=title or name, text=text, language=language)


def laid_out(one: Article) -> Article:
    """An article whose source is its text, which is one paragraph."""
    length = len(one.text)
    layout = Layout(
        genre="document",
        reader="text 1",
        source_sha256=one.sha256,
        blocks=(Block("paragraph", 0, length),),
        runs=(Run(0, 0, length),),
    )
    return one.model_copy(update={"layout": layout})


def with_source(one: Article) -> Placed:
    """An article that `laid_out` gave, with its source."""
    return Placed(one, f"/articles/{one.id}.txt", one.id, one.text.encode(), "utf-8")


def quotable_passages(article: Article) -> list[Sentence]:
    """The passages of an article that may be quoted: boilerplate is left out."""
    return [one for one in read_passages(article) if one.boilerplate is None]


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
