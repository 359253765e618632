"""The library under BM25: its sentences, paragraphs and articles in segments on disk.

`index.py` is the whole, as of one moment; `writing/updating.py` brings it up to date.
"""

from retrieval.search.index import Index

__all__ = ["Index"]
