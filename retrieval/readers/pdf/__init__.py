"""The doorway to PDF: a document of pages → its article, with the page of each block."""

from retrieval.readers.pdf.reading import FORMAT

__all__ = ["FORMAT"]
