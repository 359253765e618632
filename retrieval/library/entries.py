"""What the library tells of its articles, read from its rows: each whole, or why it is not."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.library import soundness
from retrieval.library.soundness import FIELDS, Row
from retrieval.models import Article
from retrieval.values import Run, Value

LISTED = (*FIELDS, "sha256", "characters")


class Entry(Value):
    """An article without its text; `characters` is how long that is."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str
    sha256: str
    characters: int


class Placed(NamedTuple):
    """An article and the file that it was read from.

    Attributes:
        article: The article.
        file: Its whole path, the same by whatever path it was named.
        source: The file as the user named it, for messages.
        original: The bytes that it was read from, which its layout leads back to; they are kept.
        encoding: The one by which its runs lead back; empty where there are none.
    """

    article: Article
    file: str
    source: str
    original: bytes | None = None
    encoding: str = ""


class Source(NamedTuple):
    """What an article was read from, as it is kept.

    Attributes:
        original: The bytes.
        encoding: The one by which the runs lead back to them; empty where there are none.
        runs: What stands in the article's text as it does there.
    """

    original: bytes
    encoding: str
    runs: tuple[Run, ...]

    def gives(self, text: str) -> bool:
        """Whether the runs, as far as they go, give an article's text."""
        if not self.runs:
            return True
        try:
            source = self.original.decode(self.encoding)
        except (LookupError, ValueError):  # no encoding, or another one
            return False
        return all(
            text[start : start + length] == source[place : place + length]
            for start, place, length in self.runs
        )


class Clash(Value):
    """An article whose id is that of another file's article.

    Attributes:
        article: The id.
        source: The file that came, as the user named it.
        held: The file of the article that was there.
    """

    article: str
    source: str
    held: str


class AddReport(Value):
    """What adding did, as article ids in the order in which they came.

    Attributes:
        added: New ones.
        replaced: Those that took the place of another text, or of what was known of it.
        unchanged: Those that were there already.
        refused: Those that are another file's, which stays.
        displaced: Those of the replaced that were another file's.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Clash, ...] = ()
    displaced: tuple[Clash, ...] = ()


class Problem(Value):
    """Something that is not as it was stored. `str()` of it is one line.

    Attributes:
        article: Its id, or None where the library itself is meant, or a row without an id.
        what: What is wrong, and what to do.
    """

    article: str | None
    what: str

    def __str__(self) -> str:
        """Name the article, then what is wrong."""
        return f"{self.where}: {self.what}"

    @property
    def where(self) -> str:
        """The article, or the library."""
        return "the library" if self.article is None else f"article {self.article!r}"


def examined(row: Row) -> Article | Problem:
    """The article of a row, or what of it is not as it was stored."""
    problem = problem_of(row, None)
    if problem:
        return problem
    found = soundness.judge(row)
    return found if isinstance(found, Article) else Problem(article=row["id"], what=found)


def listed(row: Row) -> Entry | Problem:
    """The article of a row without its text, or why it cannot be listed."""
    problem = problem_of(row, soundness.misfit(row) or soundness.miscounted(row))
    return problem or Entry(**{name: row[name] for name in LISTED})


def problem_of(row: Row, fault: str | None) -> Problem | None:
    """What is wrong with a row, under the article's id where it has one."""
    if nameless := soundness.nameless(row):
        return Problem(article=None, what=nameless)
    return Problem(article=row["id"], what=fault) if fault else None
