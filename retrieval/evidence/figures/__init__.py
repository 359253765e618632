"""Where quotes give different values for the same thing."""

from retrieval.evidence.figures.comparison import Difference, differing

__all__ = ["Difference", "differing"]
