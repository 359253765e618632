"""Which family a publisher belongs to, as its name and its site's domain tell."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from retrieval.text.terms import fold

_LEGAL = frozenset("inc ltd llc plc gmbh ag co corp company limited publishing media group".split())
_SHARED_LABELS = frozenset("ac co com edu gob gov go gouv ne net or org".split())
_HOSTS = frozenset(
    "blogspot.com wordpress.com substack.com medium.com github.io tumblr.com wixsite.com "
    "squarespace.com ghost.io livejournal.com typepad.com over-blog.com".split()
)
_WORD = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_COUNTRY = 2  # letters of a country's top-level domain


def domain(url: str | None) -> str | None:
    """The domain that a site's owner registered: "bbc.co.uk" of "https://news.bbc.co.uk/1".

    A site with a host of many, such as a blog's, is its own. None without a domain.
    """
    host = _host(url.strip()) if url else None
    if not host or not _DOMAIN.fullmatch(host):
        return None
    labels = host.removeprefix("www.").split(".")
    shared = len(labels[-1]) == _COUNTRY and labels[-2] in _SHARED_LABELS
    own = ".".join(labels[-3:] if shared else labels[-2:])
    return ".".join(labels[-3:]) if own in _HOSTS else own


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname
    except ValueError:  # no address, as "http://[broken"
        return None
    return host.rstrip(".").lower() if host else None


def publisher_key(name: str | None) -> str | None:
    """A publisher's name without what does not tell: case, accents, "The", "Ltd"; None if empty."""
    words = [fold(word) for word in _WORD.findall(name or "")]
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return " ".join(words) or None
