"""The doorway to reStructuredText: a file of it → its article."""

from retrieval.readers.rst.reading import FORMAT

__all__ = ["FORMAT"]
