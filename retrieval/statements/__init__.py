"""Which sentences make the same statement, in the same words or in others."""

from retrieval.statements.claims import Claim, read_claim, read_subject
from retrieval.statements.grouping import Candidate, Lexicon, gather, same_statement, similarity

__all__ = [
    "Candidate",
    "Claim",
    "Lexicon",
    "gather",
    "read_claim",
    "read_subject",
    "same_statement",
    "similarity",
]
