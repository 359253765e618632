"""Nouns that English makes by changing a word's vowel or last consonant: strength, sale, proof.

A closed class of its grammar; WordNet, which knows endings, points from few of them to the word
that they are made of.
"""

from __future__ import annotations

from tools.derivations.pairs import Pair, pair_of

_PAIRS = """
abide abode, advise advice, bathe bath, bear birth, born birth, bind bond, bleed blood, break
breach, breathe breath, breed brood, broad breadth, choose choice, cleave cleft, clothe cloth,
dead death, deep depth, devise device, die death, dry drought, feed food, flee flight, fly flight,
foul filth, freeze frost, gild gold, give gift, grieve grief, grow growth, heal health, high
height, hot heat, join joint, knit knot, lend loan, live life, long length, lose loss, poor
poverty, proud pride, prove proof, relieve relief, see sight, sell sale, serve service, shoot
shot, sing song, sit seat, sow seed, speak speech, strike stroke, strong strength, tell tale,
thieve theft, think thought, true truth, warm warmth, weave weft, weigh weight, wide width, wise
wisdom, young youth
"""


def find_vowel_changes() -> set[Pair]:
    """The pairs of terms of the class that are two terms."""
    pairs = (pair_of(*pair.split()) for pair in _PAIRS.split(","))
    return {pair for pair in pairs if pair}
