"""What speaks against a quote as the answer to a question."""

from retrieval.evidence.doubts.doubting import find_doubts
from retrieval.evidence.doubts.surroundings import Surroundings

__all__ = ["Surroundings", "find_doubts"]
