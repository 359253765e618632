"""What a page of HTML says of itself: its title and source, what part is read, what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from retrieval.readers.details import ADDRESS, LANGUAGE
from retrieval.readers.hypertext.tokens import Tag, tokens

Root = Literal["main", "article", "body"]

_GENERATORS = re.compile(
    r"\b(?:antora|asciidoc\w*|bikeshed|docbook|docfx|docsify|docusaurus|docutils|doxygen|ex_?doc|"
    r"fumadocs|gitbook|groff|javadoc|jsdoc|latex\w*|makeinfo|mdbook|mediawiki|mintlify|mkdocs\S*|"
    r"nextra|pandoc|pdoc|phpdocumentor|rustdoc|sphinx|starlight|tex4ht|texinfo|typedoc|vitepress|"
    r"vuepress|yard|zola docs)\b",
    re.IGNORECASE,
)
_THEMES = re.compile(
    r"bd-article|book-page|devsite-article|docs-content|gitbook-root|markdown-section|md-content|"
    r"mw-body|mw-parser-output|rst-content|rustdoc|sl-markdown-content|sphinxsidebar|starlight-\w+|"
    r"td-content|theme-doc-\w+|theme-default-content|vp-doc|VPDoc|wy-nav-\w+|docMainContainer_?\w*|"
    r"nextra-\w+|sidetoc|mdbook\w*|sig-object|toctree-\w+|admonition|theorem"
)
_SIDE = re.compile(r"(?:.*[-_])?(?:side-?bar|toc|table-of-contents)(?:[-_].*)?", re.IGNORECASE)
_PERMALINK = frozenset({"headerlink", "header-anchor", "hash-link", "heading-anchor", "anchor"})
_NEWS = frozenset({"article:published_time", "datepublished", "parsely-pub-date"})
_NEWS_TYPE = re.compile(r"\"@type\"\s*+:\s*+\[?\s*+\"(?:Reportage)?NewsArticle\"")
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author")
_PUBLISHED = (
    *("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
    *("dcterms.issued", "dcterms.created", "parsely-pub-date", "pubdate", "publishdate"),
)
_BETWEEN = re.compile(r"\s+(?:[|·•—–:-]|::|»|«|›)\s+|\s*[|]\s*|\s*—\s*")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*")
_LONGEST = 1000  # characters of a value that is taken


def is_main(tag: Tag) -> bool:
    """Whether an element holds what its page is there for."""
    return tag.name == "main" or tag.attributes.get("role") == "main"


@dataclass(slots=True)
class Survey:
    """What a page says of itself.

    Attributes:
        titled: Its `<title>`.
        meta: What its `<meta>` elements say, by name in small letters; the first of a name.
        canonical: The address that it gives as its own.
        lang: What `<html lang>` says.
        mains: How many `<main>` or `role=main` it has.
        articles: How many `<article>`, those in another one left out.
        is_whole: Whether its one article lies in its `<main>` and no headline outside of it.
        is_made: Whether a generator of documentation names itself, or its theme shows.
        is_beside: Whether there is a sidebar or a table of contents.
        is_technical: Whether it has code blocks, or headings with a link to themselves.
        is_dated: Whether it says when it was published, as news does.
        is_elsewhere: Whether it sends its reader on to another page.
        most_attributes: The most of one tag.
    """

    titled: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    lang: str = ""
    mains: int = 0
    articles: int = 0
    is_whole: bool = True
    is_made: bool = False
    is_beside: bool = False
    is_technical: bool = False
    is_dated: bool = False
    is_elsewhere: bool = False
    most_attributes: int = 0

    @property
    def root(self) -> Root:
        """What part of the page is read."""
        if self.mains:
            return "article" if self.articles == 1 and self.is_whole else "main"
        return "article" if self.articles else "body"

    @property
    def is_documentation(self) -> bool:
        """Whether this is a page of documentation, and no news.

        It is where its generator says so, or the marks of a known theme do. Else it has a `<main>`
        or `<article>`, does not say when it was published, and has what documentation has: a
        sidebar or a table of contents, code, or headings with links to themselves.
        """
        if self.is_made:
            return True
        return self.root != "body" and not self.is_dated and (self.is_beside or self.is_technical)

    @property
    def language(self) -> str | None:
        """Its BCP 47 language."""
        tag = self.lang.strip().replace("_", "-")
        return tag if LANGUAGE.fullmatch(tag) else None

    @property
    def details(self) -> dict[str, str]:
        """Its url, author, date and language as they are stated, by the names of `Details`."""
        known = {
            "url": next(filter(ADDRESS.fullmatch, (self.canonical, self._said("og:url"))), ""),
            "author": next((name for name in map(self._said, _AUTHOR) if "://" not in name), ""),
            "published": _TIME.sub(r"\1", next(filter(None, map(self._said, _PUBLISHED)), "")),
            "language": self.language or "",
        }
        return {key: value for key, value in known.items() if value}

    def title_beside(self, headline: str) -> str | None:
        """Its title, given its first heading: "Page | Site" is "Page".

        The site's name is what stands beside the heading, or what `og:site_name` says.
        """
        stated = _line(self.titled) or self._said("og:title")
        parts = [part for part in _BETWEEN.split(stated) if part]
        heading = _line(headline)
        if heading and _bare(heading) in {*map(_bare, parts), _bare(stated)}:
            return heading
        short = self._said("og:title")
        if short and _bare(short) in map(_bare, parts):
            return short
        site = _bare(self._said("og:site_name"))
        if len(parts) > 1 and site and site in {_bare(parts[0]), _bare(parts[-1])}:
            at_end = site == _bare(parts[-1])
            place = stated.rfind(parts[-1]) if at_end else stated.find(parts[1])
            return stated[:place].rstrip(" |·•—–:-»«›") if at_end else stated[place:]
        if site and _bare(stated) == site:
            return heading or stated
        return stated or heading or None

    def _said(self, name: str) -> str:
        return _line(self.meta.get(name, ""))


def survey(source: str) -> Survey:
    """What a page says of itself."""
    return _Surveyor().run(source)


class _Surveyor:
    def __init__(self) -> None:
        self._found = Survey()
        self._open = {"main": 0, "article": 0, "svg": 0}
        self._takes = ""

    def run(self, source: str) -> Survey:
        self._found.is_made = _names_generator(source)
        for token in tokens(source):
            if isinstance(token, str):
                self._read(token)
            elif token.closes:
                self._close(token.name)
            else:
                self._see(token)
        return self._found

    def _read(self, text: str) -> None:
        if self._takes == "title":
            self._found.titled = self._found.titled or text[:_LONGEST]
        elif self._takes == "script" and _NEWS_TYPE.search(text):
            self._found.is_dated = True
        self._takes = ""

    def _close(self, name: str) -> None:
        if self._open.get(name, 0) > 0:
            self._open[name] -= 1

    def _see(self, tag: Tag) -> None:
        found, name, attributes = self._found, tag.name, tag.attributes
        self._takes = (
            name if name == "script" or (name == "title" and not self._open["svg"]) else ""
        )
        if is_main(tag):
            found.mains += 1
        elif name == "article":
            found.articles += self._open["article"] == 0
        if name in self._open and not tag.is_lone:
            self._open[name] += 1
        if name == "h1" and found.mains and not self._open["article"]:
            found.is_whole = False
        if name == "html":
            found.lang = found.lang or attributes.get("lang", attributes.get("xml:lang", ""))
        elif name == "meta":
            self._see_meta(attributes)
        elif name == "link" and attributes.get("rel", "").lower() == "canonical":
            found.canonical = found.canonical or attributes.get("href", "").strip()
        elif name == "pre":
            found.is_technical = True
        if attributes:
            self._see_marks(tag)

    def _see_meta(self, attributes: dict[str, str]) -> None:
        key = (
            attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        )
        content = attributes.get("content", "")
        if attributes.get("http-equiv", "").lower() == "refresh" and "url" in content.lower():
            self._found.is_elsewhere = True
        name = key.strip().lower()
        if not name or not content.strip():
            return
        self._found.meta.setdefault(name, content[:_LONGEST])
        self._found.is_dated = self._found.is_dated or name in _NEWS
        if name == "generator" and _GENERATORS.search(content):
            self._found.is_made = True

    def _see_marks(self, tag: Tag) -> None:
        marks = [*tag.attributes.get("class", "").split(), tag.attributes.get("id", "")]
        found = self._found
        found.most_attributes = max(found.most_attributes, len(tag.attributes))
        found.is_made = found.is_made or any(map(_THEMES.fullmatch, marks))
        if tag.name == "a":
            here = tag.attributes.get("href", "").startswith("#")
            found.is_technical = found.is_technical or (here and not _PERMALINK.isdisjoint(marks))
        elif tag.name in {"nav", "aside", "div", "ul"}:
            found.is_beside = found.is_beside or any(map(_SIDE.fullmatch, marks))


def _names_generator(source: str) -> bool:
    """Whether a comment at its top names a generator, as those of mdBook and javadoc do."""
    top = source[:4000]
    comments = re.findall(r"<!--([^<>]{0,200})-->", top)
    return any("generated" in one.lower() and _GENERATORS.search(one) for one in comments)


def _line(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
