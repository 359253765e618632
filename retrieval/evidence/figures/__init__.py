"""Where quotes give different values for the same thing."""

from retrieval.evidence.figures.comparison import Difference, differing, figures_of
from retrieval.evidence.figures.likeness import same_nouns

__all__ = ["Difference", "differing", "figures_of", "same_nouns"]
