"""Where quotes give different values for the same thing."""

from retrieval.evidence.figures.comparison import (
    Difference,
    DifferingValue,
    differing,
    figures_of,
)
from retrieval.evidence.figures.likeness import same_nouns

__all__ = ["Difference", "DifferingValue", "differing", "figures_of", "same_nouns"]
