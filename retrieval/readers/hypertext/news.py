"""A page among menus, teasers and advertisements → the HTML of its article, by trafilatura."""

from __future__ import annotations

import logging
from functools import cache
from typing import Protocol

from retrieval.readers.hypertext.surveying import Survey

_MOST = 1_000_000  # characters of a page; the longest articles have a tenth
_MOST_TAGS = 12_000
_MOST_ATTRIBUTES = 100  # of one tag; libxml2 takes quadratic time over them
_LIBRARIES = ("trafilatura", "htmldate", "courlan", "justext")


class _Extract(Protocol):
    def __call__(
        self, filecontent: str, *, output_format: str, include_comments: bool
    ) -> str | None: ...


def find_body(source: str, stated: Survey) -> str | None:
    """The HTML of the article in a page, without what stands around it.

    Nothing is fetched: what the page links to is not looked at.

    Args:
        source: The page.
        stated: What it says of itself.

    Returns:
        None where no article is found, or the page is beyond what an article's page is.
    """
    is_large = len(source) > _MOST or source.count("<") > _MOST_TAGS
    if is_large or stated.most_attributes > _MOST_ATTRIBUTES:
        return None
    return _library()(source, output_format="html", include_comments=False)


@cache
def _library() -> _Extract:
    from trafilatura import extract  # noqa: PLC0415 - a question, which reads no page, is not slowed

    for name in _LIBRARIES:  # they log what they make of a page, and parts of it
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    found: _Extract = extract
    return found
