"""Which sentences make the same statement, in the same words or in others."""

from retrieval.statements.claims import Claim, read_claim, read_subject
from retrieval.statements.sameness import Lexicon, same_statement, similarity, worth_reading

__all__ = [
    "Claim",
    "Lexicon",
    "read_claim",
    "read_subject",
    "same_statement",
    "similarity",
    "worth_reading",
]
