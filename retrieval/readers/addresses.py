"""Where a generator of sites puts the page that it makes of a file: a path → an address.

Each style is what the generator does where nothing else is set; its documentation says so under
routing, `slug` (Docusaurus), `use_directory_urls` (MkDocs) or the index preprocessor (mdBook).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self
from urllib.parse import quote, urlsplit

from retrieval.errors import InputError
from retrieval.readers.details import ADDRESS
from retrieval.untrusted.files import name, timed

SOURCES = (".md", ".mdx", ".markdown", ".rst", ".rest")  # of which pages are made
PAGES = (".html", ".htm")  # which are pages already
AS_WRITTEN = "/%-._~!$&'()*+,;=@"  # what a path may hold as it stands
_NUMBER = re.compile(r"\d+\s*[-_.]+\s*(?=[^-_.\s\d])")  # not the one of "2024-05-01" or "7.0"


class Style(NamedTuple):
    """How one generator makes an address.

    Attributes:
        generator: Its name.
        marks: Files beside the documents, or one folder higher, that tell of it.
        ending: What stands for the suffix.
        indexes: The names, in small letters, whose page is that of their folder.
        is_numbered: Whether numbers before names ("01-intro") are dropped, and a file that has its
            folder's name stands for it.
    """

    generator: str
    marks: tuple[str, ...]
    ending: str
    indexes: tuple[str, ...]
    is_numbered: bool = False


STYLES = {
    "docusaurus": Style(
        "Docusaurus",
        tuple(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs", "mts")),
        "",
        ("index", "readme"),
        is_numbered=True,
    ),
    "mkdocs": Style("MkDocs", ("mkdocs.yml", "mkdocs.yaml"), "/", ("index", "readme")),
    "mdbook": Style("mdBook", ("book.toml",), ".html", ("index", "readme")),
    "vitepress": Style("VitePress", (".vitepress",), ".html", ("index",)),
    "sphinx": Style("Sphinx", ("conf.py",), ".html", ("index",)),
}


class Site(NamedTuple):
    """A site that is made of a folder.

    Attributes:
        base: The address of the folder's own page, ending in "/".
        style: One of `STYLES`.
    """

    base: str
    style: str

    @classmethod
    def of(cls, base: str, style: str | None, folder: Path) -> Self:
        """The site at an address, of a style that is named or told by the files around a folder.

        Raises:
            InputError: `base` is no address of a folder, or nothing tells the style.
        """
        parts = urlsplit(base) if ADDRESS.fullmatch(base) else None
        if parts is None or parts.query or parts.fragment:
            raise InputError(
                f"{base!r} is no address that pages lie below; say https://example.org/docs/"
            )
        return cls(base if base.endswith("/") else f"{base}/", style or _told_by(folder))

    def address(self, path: PurePosixPath, stated: str = "") -> str:
        """The address of a file's page.

        Args:
            path: The file below the folder, with its suffix.
            stated: The path that the page states of itself: from the site's top with a "/" before
                it, else from its folder.
        """
        style = STYLES[self.style]
        folder = "/".join(_bare(part, style) for part in path.parent.parts)
        made = posixpath.join(folder, stated or _named(path, style))
        clean = posixpath.normpath(f"/{made}").lstrip("/")
        mark = "/" if clean and made.endswith("/") else ""
        return f"{self.base}{quote(clean, safe=AS_WRITTEN)}{mark}"


def _named(path: PurePosixPath, style: Style) -> str:
    """What stands for a file's name in its folder's address; "" for the folder itself."""
    suffix = path.suffix.lower()
    if suffix in PAGES:
        return "" if path.stem.lower() == "index" else path.name
    if suffix not in SOURCES:
        return path.name
    stem = _bare(path.stem, style)
    is_twin = style.is_numbered and stem.lower() == _bare(path.parent.name, style).lower()
    return "" if is_twin or stem.lower() in style.indexes else f"{stem}{style.ending}"


def _bare(part: str, style: Style) -> str:
    return _NUMBER.sub("", part, count=1) if style.is_numbered and _NUMBER.match(part) else part


def _told_by(folder: Path) -> str:
    for place in (folder, folder.absolute().parent):
        told = list(_told_in(place))
        if len(told) == 1:
            return told[0]
        if told:
            break
    known = ", ".join(STYLES)
    raise InputError(
        f"nothing in {name(folder)} or above it tells for sure what makes its pages; "
        f"say --base-url-style, one of {known}"
    )


def _told_in(folder: Path) -> Iterator[str]:
    names = timed(folder, lambda: {path.name for path in folder.iterdir()})
    yield from (style for style, one in STYLES.items() if names.intersection(one.marks))
