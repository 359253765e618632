"""The library under BM25: its sentences, paragraphs and articles in mapped parts.

`index.py` is the whole, as of one moment; `opening.py` brings it up to date with the library.
"""

from retrieval.index.index import Index

__all__ = ["Index"]
