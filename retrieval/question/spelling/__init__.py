"""A word that a library does not know → its nearest word."""

from retrieval.question.spelling.speller import Speller

__all__ = ["Speller"]
