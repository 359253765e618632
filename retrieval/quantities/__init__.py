"""The numbers, dates and amounts of a sentence, each with its unit and its hedge."""

from retrieval.quantities.marks import in_english
from retrieval.quantities.numerals import NUMBER_WORDS, Number, read_figure
from retrieval.quantities.reading import Quantity, read_numbers, read_quantities

__all__ = [
    "NUMBER_WORDS",
    "Number",
    "Quantity",
    "in_english",
    "read_figure",
    "read_numbers",
    "read_quantities",
]
