"""The doorway to the readers: files and folders in, articles out, one room a format."""

from retrieval.readers.reading import read, read_placed, size
from retrieval.readers.sources import examples
from retrieval.readers.trouble import Trouble

__all__ = ["Trouble", "examples", "read", "read_placed", "size"]
