"""Pullquote's retrieval: articles in, proven quotes out. It knows nothing of Discord.

This is the doorway: `bot` takes what it needs from here. A room is entered when something in it is
first asked for, so that whoever only searches an index does not wait for the database's imports.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.answer import Answerer
    from retrieval.library import Library
    from retrieval.models import Answer, Article, Quote

__all__ = ["Answer", "Answerer", "Article", "Library", "Quote"]

_ROOMS = {
    "Answer": "models",
    "Answerer": "answer",
    "Article": "models",
    "Library": "library",
    "Quote": "models",
}


if not TYPE_CHECKING:  # else every name would pass for an attribute

    def __getattr__(name: str) -> object:
        """What the doorway leads to, imported when it is asked for (PEP 562)."""
        if name not in _ROOMS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
