"""A PDF document → the lines of its pages, each with its place and the size of its letters.

pypdf reads it, in bounded memory and time: a stream of some kilobytes can unpack to gigabytes, and
a page can be made of any number of operators.
"""

from __future__ import annotations

import io
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from retrieval.errors import UnreadableSource, reason_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

SECONDS = 300.0  # of this thread, not of the clock, that all pages of a document may take
PAGE_SECONDS = 30.0
MOST_PAGES = 10_000
LARGEST_STREAM = 8 * 2**20  # bytes of one stream, unpacked: a page of text has less than 100,000
LETTER = 0.6  # how wide a letter is at the most, on the average, to its size
GAP = 1.5  # between the cells of a row, to their letters' size
MOST_UNREADABLE = 0.3  # of a page's characters

_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": LARGEST_STREAM,
    "lzw_maximum_output_length": LARGEST_STREAM,
    "run_length_maximum_output_length": LARGEST_STREAM,
    "array_based_stream_maximum_output_length": LARGEST_STREAM,
    "stream_decoding_work_maximum_length": 4 * LARGEST_STREAM,
    "stream_parsing_work_maximum_count": 1_000_000,
    "xform_maximum_invocations_per_extraction": 500,
    "page_tree_maximum_page_entries": 200_000,
}
# A glyph by its number, where nothing says what letter it is.
_GLYPHS = re.compile(r"\(cid:\d+\)|/(?:g|G|cid|glyph|index)\d+")
_BULLETS = str.maketrans(dict.fromkeys("\x7f\uf0b7\uf0a7\uf076\uf0d8\uf02d", "•"))
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """A line of a page.

    Attributes:
        text: Its words.
        page: The number of its page, from 1.
        left: Where it begins, in units of 1/72 inch from the left.
        height: Where it stands, likewise from below.
        size: Of its letters, likewise.
    """

    text: str
    page: int
    left: float
    height: float
    size: float


class _Piece(NamedTuple):
    """A stretch of a line, with its place as in `Line`."""

    text: str
    left: float
    height: float
    size: float


class Pages(NamedTuple):
    """What was read of a document.

    Attributes:
        total: How many pages there are.
        lines: Of all pages that can be read, in the order in which they are written.
        unreadable: The pages that cannot be, and why, page by page.
        title: As the document states it; likewise the others.
    """

    total: int
    lines: list[Line]
    unreadable: dict[int, str]
    title: str | None
    author: str | None
    language: str | None


class _TooLongError(Exception):
    """A page takes too long."""


def read_pages(data: bytes, source: str) -> Pages:
    """All that can be read of a PDF document.

    Args:
        data: Its bytes.
        source: The document, for errors.

    Raises:
        UnreadableSource: It is none, is damaged or encrypted, or has too many pages.
    """
    import pypdf  # noqa: PLC0415 - a question, which reads no file, is not slowed

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it would log what stands there
    with pypdf.apply_configuration(pypdf.Configuration(**_LIMITS)):
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            is_shut = reader.is_encrypted and not reader.decrypt("")
            count = 0 if is_shut else len(reader.pages)
        except pypdf.errors.DependencyError as error:
            raise _encrypted(source) from error
        except Exception as error:
            reason = f"it is no PDF document, or a damaged one ({reason_of(error)})"
            raise UnreadableSource(source, reason) from error
        if is_shut:
            raise _encrypted(source)
        if count > MOST_PAGES:
            raise UnreadableSource(source, f"it has more than {MOST_PAGES:,} pages; split it")
        return Pages(count, *_read(reader, count), *_stated(reader))


def _encrypted(source: str) -> UnreadableSource:
    return UnreadableSource(source, "it is encrypted; save it without a password")


def _stated(reader: PdfReader) -> tuple[str | None, str | None, str | None]:
    try:
        about = reader.metadata
        language = cast("dict[str, object]", reader.trailer["/Root"]).get("/Lang")
    except Exception:  # noqa: BLE001 - damaged fields beside the text state nothing
        return (None, None, None)
    return _field(about and about.title), _field(about and about.author), _field(language)


def _field(value: object) -> str | None:
    return _clean(str(value)).strip() if value else None


def _read(reader: PdfReader, count: int) -> tuple[list[Line], dict[int, str]]:
    lines: list[Line] = []
    unreadable: dict[int, str] = {}
    end = time.thread_time() + SECONDS
    for number in range(1, count + 1):
        try:
            found = _read_page(reader.pages[number - 1], number, end)
        except _TooLongError:
            unreadable[number] = "take too long"
            if time.thread_time() > end:
                unreadable |= dict.fromkeys(range(number, count + 1), "take too long")
                break
            continue
        except Exception:  # noqa: BLE001 - whatever a foreign parser raises is told by the page
            unreadable[number] = "are damaged, or too large"
            continue
        if _is_garbled("".join(line.text for line in found)):
            unreadable[number] = "do not say which letters their signs are"
        else:
            lines += [line._replace(text=_clean(line.text)) for line in found]
    return lines, unreadable


def _read_page(page: PageObject, number: int, end: float) -> list[Line]:
    end = min(end, time.thread_time() + PAGE_SECONDS)
    lines: list[Line] = []
    begun: list[_Piece] = []

    def check(*_: object) -> None:
        if time.thread_time() > end:
            raise _TooLongError

    def collect(
        text: str, outer: list[float], inner: list[float], font: object, size: float
    ) -> None:
        has_letters = _has_letters(font)
        for piece in text.splitlines(keepends=True):
            words = piece.rstrip("\n")
            if words.strip():
                words = words if has_letters else "\ufffd" * len(words)
                begun.append(_Piece(words, *_place(outer, inner, size)))
            if piece.endswith("\n") and begun:
                lines.extend(_line(cell, number) for cell in _cells(begun))
                begun.clear()

    check()
    page.extract_text(visitor_operand_before=check, visitor_text=collect)
    check()  # pypdf passes over what is raised inside of a form
    collect("\n", [], [], None, 0)
    return lines


def _has_letters(font: object) -> bool:
    """Whether a font says which letters its signs are.

    One that only numbers its own signs does not (PDF 32000-1:2008, 9.10.2).
    """
    if not isinstance(font, dict) or "/ToUnicode" in font:
        return True
    if str(font.get("/Encoding")) not in {"/Identity-H", "/Identity-V"}:
        return True
    below = font.get("/DescendantFonts")
    about = below[0].get_object().get("/CIDSystemInfo") if below else None
    return about is not None and str(about.get_object().get("/Ordering")) != "Identity"


def _cells(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces of a line, apart where wide gaps part them, as the cells of a table."""
    cell = pieces[:1]
    for before, piece in pairwise(pieces):
        end = before.left + LETTER * before.size * len(before.text)
        if piece.text.startswith(" ") and piece.left > end + GAP * piece.size:
            yield cell
            cell = []
        cell.append(piece)
    yield cell


def _line(pieces: list[_Piece], page: int) -> Line:
    """Pieces as one line, in the size of most of its letters."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[piece.size] += len(piece.text)
    words = "".join(piece.text for piece in pieces).strip()
    first = pieces[0]
    return Line(words, page, first.left, first.height, sizes.most_common(1)[0][0])


def _place(outer: list[float], inner: list[float], size: float) -> tuple[float, float, float]:
    """Where a piece of text begins, from the left and from below, and its letters' size.

    Of matrices [a b c d e f], by PDF 32000-1:2008, 8.3.3.
    """
    left = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = abs(inner[3] * outer[3]) or abs(inner[1] * outer[2]) or 1.0
    return left, height, abs(size) * scale


def _is_garbled(text: str) -> bool:
    """Whether too many of a page's characters are signs without a meaning."""
    glyphs = _GLYPHS.findall(text)
    rest = "".join(_GLYPHS.sub("", text).translate(_BULLETS).split())
    bad = sum(
        one == "\ufffd" or unicodedata.category(one) in {"Cc", "Cn", "Co", "Cs"} for one in rest
    )
    return len(glyphs) + bad > MOST_UNREADABLE * (len(glyphs) + len(rest))


def _clean(text: str) -> str:
    text = _HALVES.sub("\ufffd", text.translate(_BULLETS))
    return _UNSEEN.sub("", text.replace("\t", "  "))
