"""HTML → its tags and the text between them, in one pass, whatever it holds.

The standard library's parser takes quadratic time over marks that nobody closes; here what is
never closed is read to the end once, as a browser reads it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

RAW = frozenset(
    {"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"}
)  # no tag inside these is one
_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"""
)
_END = re.compile(r"[\s/]*+>?")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")  # no character has so high a number
_XML = re.compile(
    r"\s*+<\?xml\b|(?:[^<]|<(?!html\b)){0,2000}<html\b[^>]*\bxmlns\s*=", re.IGNORECASE
)
_CDATA = "<![CDATA["


class Tag(NamedTuple):
    """A tag that opens or closes an element.

    Attributes:
        name: The element's, in small letters, without a namespace's prefix.
        attributes: By name in small letters; the first of a name counts.
        closes: Whether it is a closing tag.
        is_lone: Whether it opens an element that it closes, too, as XML lets it.
    """

    name: str
    attributes: dict[str, str]
    closes: bool = False
    is_lone: bool = False


def is_xml(source: str) -> bool:
    """Whether an HTML text is written as XML, where `<a/>` is an element without content."""
    return _XML.match(source) is not None


def tokens(source: str) -> Iterator[Tag | str]:
    """The tags of `source` and the text between them, its entities resolved, in order.

    Comments, declarations and processing instructions give nothing. The text of an element in
    `RAW` comes whole.
    """
    xml = is_xml(source)
    place = 0
    while (at := source.find("<", place)) >= 0:
        if at > place:
            yield unescape(source[place:at])
        token, place = _markup(source, at, xml=xml)
        if token is None:
            continue
        yield token
        if isinstance(token, Tag) and token.name in RAW and not (token.closes or token.is_lone):
            content, place = _raw(source, place, token.name)
            yield content
    if place < len(source):
        yield unescape(source[place:])


def unescape(text: str) -> str:
    """`text` with its entities resolved: "&amp;" is "&"."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text))


def _markup(source: str, at: int, *, xml: bool) -> tuple[Tag | str | None, int]:
    """What begins with the "<" at a place, and where it ends."""
    if source.startswith("<!--", at):
        return None, _after(source, "-->", at + 2)
    if xml and source.startswith(_CDATA, at):
        end = _after(source, "]]>", at)
        return source[at + len(_CDATA) : end].removesuffix("]]>"), end
    following = source[at + 1 : at + 2]
    if following in {"!", "?"}:
        return None, _after(source, ">", at)
    closes = following == "/"
    name = _NAME.match(source, at + 1 + closes)
    if name is None:
        return (None, _after(source, ">", at)) if closes else ("<", at + 1)
    local = name[0].lower().rpartition(":")[2]
    if closes:
        return Tag(local, {}, closes=True), _after(source, ">", name.end())
    attributes, end = _attributes(source, name.end())
    lone = xml and source.endswith("/>", 0, end)
    return Tag(local, attributes, is_lone=lone), end


def _after(source: str, mark: str, start: int) -> int:
    """Where the next `mark` ends; the end of `source` where none comes."""
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _attributes(source: str, place: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(source, place):
        place = found.end()
        value = found[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:].removesuffix(value[0])
        attributes.setdefault(found[1].lower(), unescape(value))
    end = _END.match(source, place)
    return attributes, end.end() if end else place


def _raw(source: str, place: int, name: str) -> tuple[str, int]:
    """The text of an element that holds no tags, and where it ends."""
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, place)
    end = closing.start() if closing else len(source)
    content = source[place:end]
    return (unescape(content) if name in {"title", "textarea"} else content), end
