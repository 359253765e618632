"""The doorway to HTML: a page → its text in blocks."""

from retrieval.readers.hypertext.walking import Walked, walk

__all__ = ["Walked", "walk"]
