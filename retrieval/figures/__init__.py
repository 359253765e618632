"""Where quotes give different values for the same thing."""

from retrieval.figures.comparison import Difference, differing

__all__ = ["Difference", "differing"]
