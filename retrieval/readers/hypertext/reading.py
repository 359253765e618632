"""A file of HTML → its article: documentation by its own walk, news as trafilatura finds it.

A page is documentation where its generator says so, the marks of a known theme do, or where it has
a `<main>` or `<article>`, does not say when it was published, and has a sidebar, a table of
contents, code or headings with links to themselves (`Survey.is_documentation`). Every other page is
news. `kind` in `sources.toml` goes before all that. Where no article is found among the rest of a
news page, what its walk finds is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.errors import UnreadableSource, reason_of
from retrieval.readers.details import Details, has_letters
from retrieval.readers.documents import Content, as_piece, load
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.hypertext.charsets import decode_page
from retrieval.readers.hypertext.news import find_body
from retrieval.readers.hypertext.walking import Walked, walk
from retrieval.readers.titles import shorten, title_of
from retrieval.readers.trouble import name
from retrieval.values import Genre

READER = "html 1"
SENT_ON = 300  # characters that a page has at the most that only sends its reader on


def read_page(found: Found, details: Details) -> Iterator[Piece]:
    """The article in the page that was `found`.

    Args:
        found: The file.
        details: What `sources.toml` says of it.

    Raises:
        UnreadableSource: It is empty, too large, no text, or has nothing to read.
    """
    data = load(found)
    source = decode_page(data, name(found.path))
    page = walk(source)
    genre: Genre = details.kind or ("document" if page.stated.is_documentation else "news")
    if page.stated.is_elsewhere and len(page.text) <= SENT_ON:
        raise UnreadableSource(name(found.path), "it only sends its reader on to another page")
    read = _read_news(source, page, name(found.path)) if genre == "news" else page
    if not has_letters(read.text):
        read = walk(source, whole=True)
    if not has_letters(read.text):
        raise UnreadableSource(name(found.path), "it has no letter to read")
    known = details.over(_stated(page, read.text))
    yield as_piece(found, data, Content(read.text, read.blocks), known, READER, genre)


def _read_news(source: str, page: Walked, place: str) -> Walked:
    """The article of a news page; what the page's walk found where there is none."""
    try:
        body = find_body(source, page.stated)
    except Exception as error:
        reason = f"no article can be found in it ({reason_of(error)}); "
        advice = 'kind = "document" in sources.toml reads all of it'
        raise UnreadableSource(place, reason + advice) from error
    return walk(body, whole=True) if body else page


def _stated(page: Walked, text: str) -> Details:
    """What a page says of itself, as far as it can be so."""
    title = page.title or title_of(text)
    return Details.of(**page.stated.details).over(Details(title=shorten(title)))


FORMAT = Format(
    (".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml"), read_page, reader=READER
)
