"""An article as its sentences: exact spans of its text, boilerplate marked."""

from retrieval.sentences.splitting import MAX_SENTENCE, WHOLE, split, split_within

__all__ = ["MAX_SENTENCE", "WHOLE", "split", "split_within"]
