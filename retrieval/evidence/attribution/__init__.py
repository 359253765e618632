"""Whom an article credits with a sentence."""

from retrieval.evidence.attribution.crediting import quoted_speaker, speaker

__all__ = ["quoted_speaker", "speaker"]
