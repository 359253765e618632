"""How much of a term's use falls to a sense: what keeps links between rare senses out.

"Tower" may be one who tows, and "liver" one who lives; as terms of a text they hardly ever are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from retrieval.text import stopwords
from retrieval.text.terms import read_terms
from tools.derivations.wordnet import Sense, WordNet

_WORD = re.compile(r"[A-Za-z]{2,}")
_ROMAN = re.compile(r"(x[lc]|l?x{0,3})(i[xv]|v?i{0,3})", re.IGNORECASE)


@cache
def term_of(word: str) -> str | None:
    """A word as a term; None for a number, several words, a function word or the stem of one."""
    if not _WORD.fullmatch(word) or _ROMAN.fullmatch(word):
        return None
    term = _only_term(word)
    if term.isupper():
        return term  # US, which is not "us"
    return None if word.lower() in stopwords.ENGLISH or term in _function_terms() else term


@cache
def _function_terms() -> frozenset[str]:
    return frozenset(_only_term(word) for word in stopwords.ENGLISH)


def _only_term(word: str) -> str:
    [term] = read_terms(word)
    return term.term


class Usage:
    """The weight of each term and each word over all of WordNet."""

    def __init__(self, wordnet: WordNet) -> None:
        """Go through all senses."""
        self._terms: defaultdict[str, float] = defaultdict(float)
        self._words: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.tagged: Counter[str] = Counter()
        for synset in wordnet.synsets:
            for sense in synset.senses:
                self._add(sense)

    def _add(self, sense: Sense) -> None:
        term = term_of(sense.word)
        if term:
            self._terms[term] += weight(sense)
            self._words[sense.word.lower(), sense.pos] += weight(sense)
            self.tagged[term] += sense.tagged

    def of_word(self, word: str, pos: str) -> float:
        """The weight of a word as one part of speech, 0 if WordNet does not have it so."""
        return self._words.get((word, pos), 0)

    def of_term(self, term: str) -> float:
        """The weight of all senses of all words that are this term."""
        return self._terms.get(term, 0)

    def share(self, term: str, senses: Iterable[Sense]) -> float:
        """The part, 0 to 1, of a term's use that is one of these senses."""
        return sum(map(weight, senses)) / self._terms[term]


def weight(sense: Sense) -> float:
    """How often a sense was tagged, and a little for each: most were never tagged at all."""
    return sense.tagged + 1 / sense.number**2
