"""Candidates, best first: BM25 proposes sentences, a sum of weighted features orders them."""

from retrieval.ranking.ranking import CANDIDATES, Candidate, propose, rank

__all__ = ["CANDIDATES", "Candidate", "propose", "rank"]
