"""The numbers, dates and amounts of a sentence, each with its unit and its hedge."""

from retrieval.quantities.reading import Quantity, read_quantities

__all__ = ["Quantity", "read_quantities"]
