"""A question as it is written, read as the words that it asks about."""

from retrieval.question.reading import Question, Word, read_question

__all__ = ["Question", "Word", "read_question"]
