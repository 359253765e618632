"""Whom an article credits with a sentence."""

from retrieval.speakers.crediting import speaker

__all__ = ["speaker"]
