"""Pullquote's retrieval: articles in, proven quotes out. It knows nothing of Discord.

This is the doorway: `bot` takes what it needs from here.
"""

from retrieval.answer import Answerer
from retrieval.library import Library
from retrieval.models import Answer, Article, Quote

__all__ = ["Answer", "Answerer", "Article", "Library", "Quote"]
