"""Which sentences make the same statement, in the same words or in others."""

from retrieval.evidence.statements.claims import Claim, read_claim, read_subject
from retrieval.evidence.statements.comparing import Comparer
from retrieval.evidence.statements.near_duplicates import Table
from retrieval.evidence.statements.paraphrase import Lexicon, same_statement, similarity

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
