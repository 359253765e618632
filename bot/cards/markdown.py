"""Writes text so that Discord displays it verbatim, and reads such text back.

Discord takes a backslash before any character but a letter, a digit or a space as "display this
character". Escaped are all characters that could start one of its constructs where they stand:
emphasis, code, spoilers, links, mentions, timestamps and emoji anywhere; headings, quotes and
lists at the start of a line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import quote

from yarl import URL

# The colon is that of `https://…`, which would become a link, and of `:emoji:`.
_ANYWHERE = re.compile(r"[\\*_~`|<\[\]@]|:(?=\S)")
_LINE_START = re.compile(r"^[^\S\n]*(?:([#>+-])|[0-9]+(\.)(?=\s|$))", re.MULTILINE)
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_NEWLINE = re.compile(r"\r\n?")
# A word with a dot within, such as the name of a host; four numbers with dots between them.
_LIKE_ADDRESS = re.compile(r"[^\s.]\.[^\W\d_]{2}|[0-9]\.[0-9]+\.[0-9]+\.[0-9]")
_LONGEST_URL = 400

Place = tuple[int, int]


def escape(text: str) -> str:
    """`text` as markdown that displays it verbatim; every newline becomes a plain one."""
    return _NEWLINE.sub("\n", _escape(text, _special(text), 0, len(text)))


def unescape(markdown: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPE.sub(r"\1", markdown)


def mark(text: str, places: Sequence[Place]) -> str:
    """`text` escaped, with the ordered, disjoint `places` of it in bold."""
    special = _special(text)
    parts: list[str] = []
    after = 0
    for start, end in _join(text, places):
        parts += [_escape(text, special, after, start), f"**{_escape(text, special, start, end)}**"]
        after = end
    parts.append(_escape(text, special, after, len(text)))
    return _NEWLINE.sub("\n", "".join(parts))


def bold(text: str) -> str:
    """`text` escaped and in bold, line by line."""
    return mark(text, [match.span() for match in re.finditer(r"[^\r\n]+", text)])


def block(markdown: str) -> str:
    """`markdown` set as a block quote."""
    return "> " + markdown.replace("\n", "\n> ")


def small(markdown: str) -> str:
    """`markdown`, one line, in small print."""
    return f"-# {markdown}"


def link(text: str, url: str | None) -> str:
    """`text`, linked to `url` where that is a web address that Discord takes.

    Discord knows no escapes within a link's text, and shows a link whose text holds an address
    or an emoji as source text, because it could lie about where it leads. Such a text, and any
    other that a reader may take for an address, stands before the link, with the host that the
    link leads to. An address is never shortened.
    """
    written = escape(text)
    address = _address(url) if url else ""
    if not address or len(address) > _LONGEST_URL:
        return written
    is_symbolic = any(unicodedata.category(one) == "So" for one in text)
    if written != text or is_symbolic or _is_like_address(text):
        return f"{written} ({escape(URL(address).raw_host or '')}: [link]({address}))"
    return f"[{text}]({address})"


def _special(text: str) -> list[int]:
    """Where a backslash is needed, ascending."""
    anywhere = [match.start() for match in _ANYWHERE.finditer(text)]
    # `\r` ends a line for Discord, and one character stays one character.
    starts = _LINE_START.finditer(text.replace("\r", "\n"))
    return sorted({*anywhere, *[match.start(match.lastindex or 0) for match in starts]})


def _escape(text: str, special: Sequence[int], start: int, end: int) -> str:
    if not special:
        return text[start:end]
    places = special[bisect_left(special, start) : bisect_left(special, end)]
    return "\\".join(text[first:last] for first, last in pairwise([start, *places, end]))


def _join(text: str, places: Sequence[Place]) -> list[Place]:
    """`places` trimmed to words and split at newlines; those with only a space between joined.

    Two bold spans that touch would read as one run of four asterisks.
    """
    joined: list[Place] = []
    for start, end in _trim(text, places):
        between = text[joined[-1][1] : start] if joined else None
        if between is not None and between in {"", " "}:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trim(text: str, places: Sequence[Place]) -> Iterator[Place]:
    for start, end in places:
        for match in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text[start:end]):
            yield start + match.start(), start + match.end()


def _is_like_address(text: str) -> bool:
    """Whether a reader may take `text` for an address, whatever stands for its dots."""
    seen = (one for one in text if unicodedata.category(one) not in {"Cf", "Mn"})
    plain = unicodedata.normalize("NFKC", "".join(seen))
    return _LIKE_ADDRESS.search(plain.replace("\u3002", ".")) is not None


def _address(url: str) -> str:
    """`url` in ASCII, without a character that would end the link; empty if it is none to open.

    Discord distrusts a host with percent signs and shows such links as source text. A name of a
    user before the host looks like the host.
    """
    try:
        address = URL(url)
    except ValueError:
        return ""
    if address.scheme not in {"http", "https"} or not address.host:
        return ""
    if set("%@") & set(address.authority):
        return ""
    return quote(str(address), safe="!#$%&'*+,/:;=?@~-._[]")
