"""The pages of a PDF document → its article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.errors import UnreadableSource
from retrieval.readers.composing import write_piece
from retrieval.readers.details import Details
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.pdf.pages import read_pages
from retrieval.readers.pdf.paragraphs import write_blocks
from retrieval.readers.trouble import Trouble, name

LARGEST = 128 * 2**20  # bytes of a file: most of a large one are pictures
READER = "pdf 1"
# What a program puts into a field that nobody fills in.
_UNMEANT = re.compile(
    r"microsoft \w+ - .*|untitled.*|\(.*\)|.*\.(?:docx?|pdf|tex|dvi|indd|odt|rtf|html?)|user|admin",
    re.IGNORECASE,
)
MOST_NAMED = 8  # stretches of pages that a message names


def read_pdf(found: Found, details: Details) -> Iterator[Piece]:
    """The article in a PDF document, and what is wrong with some of its pages.

    Raises:
        UnreadableSource: It is none, is encrypted or damaged, or nothing in it can be read.
    """
    data, source = found.content(LARGEST), name(found.path)
    pages = read_pages(data, source)
    writer = write_blocks(pages.lines, pages.total)
    by_reason: dict[str, list[int]] = {}
    for number, reason in sorted(pages.unreadable.items()):
        by_reason.setdefault(reason, []).append(number)
    if not any(map(str.isalpha, writer.text)):
        raise UnreadableSource(source, _why_nothing(by_reason))
    for reason, numbers in by_reason.items():
        told = f"of its pages, {_stretches(numbers)} {reason}; the others are read"
        yield Piece(Trouble(source=source, reason=told))
    title, author = map(_meant, (pages.title, pages.author))
    stated = Details.of(title=title, author=author, language=pages.language)
    yield write_piece(found, data, READER, writer, details, stated)


def _meant(value: str | None) -> str | None:
    """A field as an author filled it in, and no program."""
    return value if value and not _UNMEANT.fullmatch(value) else None


def _why_nothing(by_reason: dict[str, list[int]]) -> str:
    if not by_reason:
        return "no page of it has text: it seems to be a scan; recognise its text first (OCR)"
    reasons = " or ".join(by_reason)
    return f"none of its pages can be read: they {reasons}"


def _stretches(numbers: list[int]) -> str:
    """Pages in words: "3, 5–9 and 12"."""
    first = [one for one in numbers if one - 1 not in numbers]
    last = [one for one in numbers if one + 1 not in numbers]
    pairs = zip(first, last, strict=True)
    named = [str(one) if one == other else f"{one}–{other}" for one, other in pairs]
    if len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED], f"{len(named) - MOST_NAMED} more stretches"]
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


FORMAT = Format((".pdf", "application/pdf"), read_pdf, reader=READER)
