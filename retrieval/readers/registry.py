"""Every format that is read: a suffix, a media type or a scheme → its reader.

A new format is one module that holds its `Format`, and one line here.
"""

from __future__ import annotations

from pathlib import PurePath

from retrieval.readers import docx, epub, jsonl, markdown, pdf, rst, tables, texts
from retrieval.readers.formats import Format
from retrieval.readers.hypertext import reading as hypertext

BY_KEY: dict[str, Format] = {}


def register(added: Format) -> None:
    """Read files by `added` from now on.

    Raises:
        ValueError: One of its keys is another format's, or is written in no form of a key.
    """
    for key in added.keys:
        if key in BY_KEY:
            raise ValueError(f"two formats have the key {key!r}")
        if key != key.lower() or not (key.startswith(".") or "/" in key or key.endswith(":")):
            raise ValueError(f"{key!r} is no suffix, media type or scheme in small letters")
    BY_KEY.update(dict.fromkeys(added.keys, added))


def format_of(key: str) -> Format | None:
    """The format of a suffix (".md"), a media type ("text/markdown") or a scheme ("https:").

    Capitals and a media type's parameters ("; charset=utf-8") do not matter.
    """
    return BY_KEY.get(key.partition(";")[0].strip().lower())


def format_of_file(path: PurePath) -> Format | None:
    """The format of a file, by the suffix of its name."""
    return format_of(path.suffix) if path.suffix else None


def known_suffixes() -> str:
    """All suffixes that are read, for a message."""
    return ", ".join(key for key in BY_KEY if key.startswith("."))


def known_readers() -> str:
    """What all formats are read by, with their versions."""
    return ", ".join(sorted({one.reader for one in BY_KEY.values()}))


register(texts.FORMAT)
register(markdown.FORMAT)
register(jsonl.FORMAT)
register(rst.FORMAT)
register(docx.FORMAT)
register(pdf.FORMAT)
register(epub.FORMAT)
register(tables.FORMAT)
register(hypertext.FORMAT)
