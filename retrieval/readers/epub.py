"""An EPUB book → an article for each of its chapters, in the order in which they are read."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

from retrieval.errors import UnreadableSource
from retrieval.readers.decoding import decode
from retrieval.readers.details import Details, has_letters
from retrieval.readers.documents import Content, as_piece
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.hypertext import walk
from retrieval.readers.titles import named_after, shorten
from retrieval.readers.trouble import Trouble, name
from retrieval.untrusted.archives import Archive, shown
from retrieval.untrusted.parsing import ForeignError, read_xml

LARGEST = 128 * 2**20  # bytes of a book: most of a large one are pictures
LARGEST_UNPACKED = 256 * 2**20  # bytes of all that is read of it
LARGEST_CHAPTER = 16 * 2**20  # bytes of one document in it
LARGEST_PACKAGE = 4 * 2**20  # bytes of what says of which documents it is made
MOST_CHAPTERS = 5_000
READER = "epub 1"
BETWEEN = " › "  # a book's title and a chapter's
CONTAINER = "META-INF/container.xml"
SHUT = "META-INF/encryption.xml"  # also of books whose fonts alone are encrypted
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document"})

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_ENCRYPTED = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_DC = "{http://purl.org/dc/elements/1.1/}"


class _Book(NamedTuple):
    """What a book says of itself.

    Attributes:
        details: Its title, author and so on.
        chapters: The documents that it is made of, as members of its archive, in order.
    """

    details: Details
    chapters: list[str]


def read_book(found: Found, details: Details) -> Iterator[Piece]:
    """The chapters of a book; one that cannot be read is a trouble and the next is read.

    Raises:
        UnreadableSource: It is no EPUB, is encrypted or damaged, or no chapter has a letter.
    """
    data, source = found.content(LARGEST), name(found.path)
    archive = Archive(io.BytesIO(data), source, most=LARGEST_UNPACKED)
    try:
        book = _open(archive)
        shut = _encrypted(archive)
    except ForeignError as error:
        raise UnreadableSource(source, f"it is no EPUB book, or a damaged one: {error}") from error
    if shut.intersection(book.chapters):
        raise UnreadableSource(source, "it is encrypted (DRM); take a copy that is not")
    known = details.over(book.details)
    is_told = False
    for piece in _Reading(found, known, archive).chapters(book.chapters):
        is_told = True
        yield piece
    if not is_told:
        raise UnreadableSource(source, "it has no letter to read")


class _Reading:
    """One run over a book."""

    def __init__(self, found: Found, details: Details, archive: Archive) -> None:
        self._found, self._archive = found, archive
        self._details = details
        self._title = details.title or named_after(found.id)

    def chapters(self, members: Sequence[str]) -> Iterator[Piece]:
        digits = max(2, len(str(len(members))))
        for number, member in enumerate(members, start=1):
            place = f"{number:0{digits}}-{PurePosixPath(member).stem}"
            try:
                piece = self._chapter(member, number, f"{self._found.id}/{place}")
            except UnreadableSource as error:
                piece = Piece(Trouble.of(error))
            if piece:
                yield piece

    def _chapter(self, member: str, number: int, name_: str) -> Piece | None:
        """A chapter's article; None where it has no letter, as a cover."""
        source = f"{name(self._found.path)}!{shown(member)}"
        data = self._archive.read(member, LARGEST_CHAPTER)
        page = walk(decode(data, source))
        if not has_letters(page.text):
            return None
        if not name_.isprintable():
            raise UnreadableSource(source, "its name cannot be an article's id; rename it")
        headings = (page.headline, page.title, str(number))
        chapter = next(one for one in headings if one and one != self._title)
        title = f"{self._title}{BETWEEN}{shorten(chapter)}"
        known, genre = self._details.titled(title), self._details.kind or "document"
        content = Content(page.text, page.blocks)
        return as_piece(self._found._replace(id=name_), data, content, known, READER, genre)


def _open(archive: Archive) -> _Book:
    container = read_xml(archive.read(CONTAINER, LARGEST_PACKAGE))
    place = next((one.get("full-path") for one in container.iter(f"{_CONTAINER}rootfile")), None)
    if not place:
        raise ForeignError("its container names no package")
    package = read_xml(archive.read(place, LARGEST_PACKAGE))
    items = {one.get("id"): one for one in package.iter("{*}item")}
    chapters = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and item.get("media-type") in PAGES and _is_read(item):
            chapters.append(_member(place, item.get("href") or ""))
    if len(chapters) > MOST_CHAPTERS:
        raise ForeignError(f"it has more than {MOST_CHAPTERS:,} chapters; split it")
    return _Book(_stated(package), list(dict.fromkeys(chapters)))


def _is_read(item: Any) -> bool:  # noqa: ANN401 - an element of lxml, which has no types
    return "nav" not in (item.get("properties") or "").split()


def _member(package: str, href: str) -> str:
    folder = posixpath.dirname(package)
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _stated(package: Any) -> Details:  # noqa: ANN401 - see above
    def said(key: str) -> list[str]:
        found = (" ".join("".join(one.itertext()).split()) for one in package.iter(_DC + key))
        return [one for one in found if one]

    def first(key: str) -> str | None:
        return next(iter(said(key)), None)

    date = _DATE.match(first("date") or "")
    return Details.of(
        title=first("title"),
        author=", ".join(said("creator")),
        publisher=first("publisher"),
        published=date[0] if date else None,
        language=first("language"),
    )


def _encrypted(archive: Archive) -> set[str]:
    """The members that are encrypted, as far as the book says so."""
    if SHUT not in archive:
        return set()
    said = read_xml(archive.read(SHUT, LARGEST_PACKAGE))
    return {unquote(one.get("URI") or "") for one in said.iter(_ENCRYPTED)}


FORMAT = Format((".epub", "application/epub+zip"), read_book, reader=READER)
