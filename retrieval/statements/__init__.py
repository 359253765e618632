"""Which sentences make the same statement, in the same words or in others."""

from retrieval.statements.claims import Claim, read_claim, read_subject
from retrieval.statements.sameness import Lexicon, may_be_same, same_statement, similarity

__all__ = [
    "Claim",
    "Lexicon",
    "may_be_same",
    "read_claim",
    "read_subject",
    "same_statement",
    "similarity",
]
