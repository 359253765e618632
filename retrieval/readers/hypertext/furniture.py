"""Which elements of a page are no part of what it says: menus, controls, what is hidden."""

from __future__ import annotations

import re

from retrieval.readers.hypertext.tokens import Tag

NEVER = frozenset(
    "annotation applet area audio base button canvas datalist dialog embed footer frame head "
    "iframe input link map menu meta meter nav noembed noframes noscript object optgroup option "
    "param picture progress rp rt script select source style svg template textarea title track "
    "video xmp".split()
)
ROLES = frozenset(
    "alertdialog banner complementary contentinfo dialog doc-backlink doc-noteref doc-toc menu "
    "menubar navigation search tablist toolbar tooltip".split()
)
# A class or id of what stands beside the text; a generator's own endings may follow ("toc_x7Ab").
_BESIDE = re.compile(
    r"(?:theme-|theme-doc-|md-|bd-|vp-?|VP|sl-|page-|doc-|docs-|td-|book-|local|on-this-)?"
    r"(?:breadcrumbs?|edit-?this-?page|edit-?(?:page-?)?link|last-?updated|nav-?chapters|page-?nav|"
    r"pagination|pagefind-ui|prev-next(?:-\w+)?|related|side-?bar|skip-?(?:link|to-?content)|"
    r"source-file|sphinx-?sidebar|toc|table-?of-?contents|tabbed-labels|toctree-wrapper|"
    r"page-nav|DocFooter|LocalNav|LocalNavOutlineDropdown|DocAside)"
    r"(?:[-_]?(?:container|desktop|inner|list|macro|mobile|nav|outer|secondary|wrapper))*(?:_\w+)?",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:u-)?(?:sr-only|visually-?hidden|screen-reader-text|d-none)|assistive-text", re.IGNORECASE
)
_LITTLE = frozenset(
    # links to a place itself or to its source, footnote marks, numbers of lines, buttons
    "headerlink hash-link sl-anchor-link anchorjs-link viewcode-link viewcode-back mw-editsection "
    "footnote-reference footnote-ref footnote-backref fn-backref footref reference-mark lineno "
    "linenos linenodiv line-numbers line-numbers-wrapper gutter hljs-ln-numbers copybutton copybtn "
    "noprint navbox pagebreak".split()
)
_FOOTNOTE = frozenset({"data-footnote-ref", "data-footnote-backref"})
_NO_DISPLAY = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CONTROL = re.compile(
    r"edit (?:this page|on \w+|page)(?: on \w+)?|suggest (?:an )?edits?(?: to this page)?|"
    r"(?:view|show) (?:page )?source(?: code)?|skip to (?:main )?content|on this page|"
    r"report an? (?:issue|bug)|(?:previous|next)(?: page)?|was this (?:page )?helpful\??|"
    r"(?:back|return) to top|(?:table of )?contents:?|copy(?: to clipboard)?|\[edit\]",
    re.IGNORECASE,
)


def is_furniture(tag: Tag) -> bool:
    """Whether an element and all that is in it is no part of what the page says.

    A panel behind a tab is hidden only until the tab is chosen, so it is read.
    """
    if tag.name in NEVER:
        return True
    attributes = tag.attributes
    if not attributes:
        return False
    role = attributes.get("role", "")
    return role in ROLES or _is_unseen(attributes, role) or _is_beside(tag)


def is_control(text: str) -> bool:
    """Whether a block says no more than a link or a button that pages carry."""
    return len(text) <= 40 and _CONTROL.fullmatch(text.strip(" :✏↑←→↩")) is not None


def _is_unseen(attributes: dict[str, str], role: str) -> bool:
    if attributes.get("aria-hidden") == "true":
        return True
    if "hidden" in attributes and role != "tabpanel":
        return True
    if any(map(_UNSEEN.fullmatch, attributes.get("class", "").split())):
        return True
    return role != "tabpanel" and _NO_DISPLAY.search(attributes.get("style", "")) is not None


def _is_beside(tag: Tag) -> bool:
    """Whether an element stands beside the text, by what it is called."""
    attributes = tag.attributes
    marks = [*attributes.get("class", "").split(), attributes.get("id", "")]
    if any(mark in _LITTLE or _BESIDE.fullmatch(mark) for mark in marks):
        return True
    if not _FOOTNOTE.isdisjoint(attributes) or (tag.name == "sup" and "reference" in marks):
        return True
    if "contents" in marks and ("topic" in marks or "local" in marks):
        return True
    return tag.name == "span" and marks[:-1] == ["lang"]  # it names a code block's language
