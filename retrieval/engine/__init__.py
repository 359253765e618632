"""A block index on disk with exact BM25 scores: the doorway to building and searching it."""

from retrieval.engine.bare import Bare

__all__ = ["Bare"]
