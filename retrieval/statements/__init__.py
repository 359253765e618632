"""Which sentences make the same statement, in the same words or in others."""

from retrieval.statements.claims import Claim, read_claim, read_subject
from retrieval.statements.comparing import Comparer
from retrieval.statements.nearness import Table
from retrieval.statements.sameness import Lexicon, same_statement, similarity

__all__ = [
    "Claim",
    "Comparer",
    "Lexicon",
    "Table",
    "read_claim",
    "read_subject",
    "same_statement",
    "similarity",
]
