"""Every way in which Pullquote can fail, drawn once.

    PullquoteError            its text says what, where, and what to do; safe to show to a user
    ├── InputError            what the user gave is wrong
    │   ├── UnreadableSource  a file, a line or an address that cannot be read, or gives nothing
    │   ├── UnknownArticle    an id that the library does not hold
    │   ├── BadQuestionFile   a line of a file of questions
    │   └── BadSynonyms       a line of the operator's file of synonyms, or the file
    ├── LibraryError          the library's files
    │   ├── LibraryUnavailable  cannot be opened or written: permission, a full disk, a lock
    │   ├── LibraryDamaged      what is stored is not what was stored
    │   │   └── IndexDamaged      of the index alone, which can be made again
    │   └── LibraryChanged      an article is another one than when the index was read
    └── ProofError            a quote that is not in its article: a bug, never shown

The bot adds its own branches under `InputError` and `PullquoteError` in `bot/errors.py`.
Foreign errors (SQL, files, parsers) become one of these where they enter.
"""

from __future__ import annotations


class PullquoteError(Exception):
    """The root. `str()` of it is one line that says what, where, and what to do."""


def reason_of(error: BaseException | None) -> str:
    """A foreign error as the system or SQLite names it, else as its class; never its own text.

    That may hold an article's words, a member's, or a token.
    """
    named = getattr(error, "strerror", None) or getattr(error, "sqlite_errorname", None)
    return str(named or type(error).__name__)


class InputError(PullquoteError):
    """What the user gave is wrong; the command line ends with exit code 2."""


class UnreadableSource(InputError):
    """A file, a line of a file or an address that cannot be read, or gives no article.

    Attributes:
        source: The file or address, as the user named it.
        line: The line in it, from 1, where that is known.
        reason: What is wrong and what to do, without the place.
    """

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        """Say what is wrong with `source`."""
        self.source = source
        self.line = line
        self.reason = reason
        place = source if line is None else f"{source}, line {line}"
        super().__init__(f"{place}: {reason}")


class UnknownArticle(InputError):
    """An article id, or a pattern of ids, that nothing in the library has.

    Attributes:
        article: The first that was asked for.
    """

    def __init__(self, article: str, *others: str) -> None:
        """Name what was asked for."""
        self.article = article
        names = " nor ".join(map(repr, (article, *others)))
        super().__init__(
            f"the library has no article {names}; `pullquote library list` shows its ids"
        )


class BadQuestionFile(InputError):
    """A file of questions, or a line of one, that cannot be read."""


class BadSynonyms(InputError):
    """The operator's file of synonyms, or a line of it, that cannot be read."""


class LibraryError(PullquoteError):
    """The library's files cannot serve."""


class LibraryUnavailable(LibraryError):
    """The library cannot be opened or written: permission, a full disk, a lock."""


class LibraryDamaged(LibraryError):
    """What is stored is not what was stored."""


class IndexDamaged(LibraryDamaged):
    """What the index beside a library holds is not what was written."""


class LibraryChanged(LibraryError):
    """An article is another one than when the index was read.

    Attributes:
        article: Its id.
    """

    def __init__(self, article: str) -> None:
        """Name the article that changed."""
        self.article = article
        super().__init__(
            f"article {article!r} has changed since the library was opened; "
            "start again, and the new text is read; if that is no help, run "
            "`pullquote library verify`"
        )


class ProofError(PullquoteError):
    """A quote whose article does not hold it at its place: a bug, and never shown."""
