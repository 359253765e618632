"""Whom an article credits with a sentence."""

from retrieval.evidence.attribution.crediting import speaker

__all__ = ["speaker"]
