"""Synonyms: two words whose first sense is the same, and what the words mostly mean."""

from __future__ import annotations

from itertools import combinations

from tools.derivations.pairs import Pair, Pairs
from tools.derivations.usage import Usage
from tools.derivations.wordnet import WordNet

# The least share of their terms' use, multiplied, that the common sense must have.
SHARE = 0.1


def find_synonyms(wordnet: WordNet, usage: Usage) -> set[Pair]:
    """The pairs of terms that have a first sense in common.

    WordNet's tagged texts must have one of the two: neither of a pair that they lack, half of all,
    is likely to be asked for.
    """
    pairs = Pairs(usage)
    for synset in wordnet.synsets:
        first = [sense for sense in synset.senses if sense.number == 1]
        for one, other in combinations(first, 2):
            pairs.add(one, other)
    return {pair for pair in pairs.above(SHARE) if any(usage.tagged[term] for term in pair)}
