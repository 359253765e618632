"""Inflections that Snowball does not join: went and go, children and child, larger and large.

WordNet lists irregular forms. Regular ones come from the rules of English spelling: those that
Snowball joins drop out since they are one term, and a form that nobody writes does no harm.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from tools.derivations.pairs import Pair, pair_of
from tools.derivations.usage import Usage, term_of
from tools.derivations.wordnet import WordNet

# The least share of a term's use: "ground" is hardly ever a form of "grind", nor "dice" of "die".
_OF_FORM = 0.2
_OF_BASE = 0.1

_SIBILANT = re.compile(r"(s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_CONSONANT_O = re.compile(r"[^aeiou]o$")
_PLURAL = re.compile(r"[^aus]s$")  # means, words, politics; but gas, bus, class
_ONE_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]*e?|[^aeiou]*[aeiou]+[^aeiou]*(?:le|ow)")

_SHORT = 4  # "mum" and "ma" are no such pair
_CLASSICAL = {"um": "a", "on": "a", "us": "i", "is": "es", "a": "ae"}


class _Word(NamedTuple):
    base: str
    pos: str


def find_inflections(wordnet: WordNet, usage: Usage) -> set[Pair]:
    """The pairs of terms that are forms of one word.

    Of adjectives, only those that WordNet's tagged texts have: it lists forms of hundreds that are
    never compared.
    """
    irregular: dict[_Word, set[str]] = defaultdict(set)
    for form in wordnet.forms:
        irregular[_Word(form.base, form.pos)].add(form.word)
    pairs = set(_classical_plurals(wordnet))
    tagged = _words(wordnet)
    for word in tagged | {word for word in irregular if word.pos != "a"}:
        forms = irregular.get(word, set()) | _regular(word, usage, irregular=word in irregular)
        pairs.update(_pairs(word, forms, usage))
    return pairs


def _classical_plurals(wordnet: WordNet) -> Iterator[Pair]:
    """Those that WordNet holds for words of their own, but of one meaning, as "bacteria"."""
    for synset in wordnet.synsets:
        words = {s.word for s in synset.senses if s.pos == "n" and len(s.word) > _SHORT}
        for word, (ending, plural) in product(words, _CLASSICAL.items()):
            form = word.removesuffix(ending) + plural
            pair = pair_of(word, form) if word.endswith(ending) and form in words else None
            if pair:
                yield pair


def _words(wordnet: WordNet) -> set[_Word]:
    """The words that WordNet's tagged texts have."""
    senses = (sense for synset in wordnet.synsets for sense in synset.senses)
    return {_Word(s.word.lower(), s.pos) for s in senses if s.tagged and term_of(s.word)}


def _pairs(word: _Word, forms: set[str], usage: Usage) -> Iterator[Pair]:
    used = usage.of_word(*word)
    base = term_of(word.base)
    if not base or not used or used < _OF_BASE * usage.of_term(base):
        return
    kept = [form for form in forms if _is_mostly(word, form, usage)]
    for one, other in combinations([word.base, *kept], 2):
        pair = pair_of(one, other)
        if pair:
            yield pair


def _is_mostly(word: _Word, form: str, usage: Usage) -> bool:
    """Whether a form is this word often enough, beside what else it may be."""
    term = term_of(form)
    if term is None:
        return False
    used = usage.of_word(*word)
    others = 0 if term == term_of(word.base) else usage.of_term(term)
    return used >= _OF_FORM * (used + others)


def _regular(word: _Word, usage: Usage, *, irregular: bool) -> set[str]:
    if word.pos == "n" and not _PLURAL.search(word.base):
        return {_with_s(word.base)}
    if word.pos == "v":
        return {_with_s(word.base), *(() if irregular else _past(word.base))}
    if word.pos == "a" and not irregular and _ONE_SYLLABLE.fullmatch(word.base):
        return {form for form in _compared(word.base) if not _is_noun_or_verb(form, usage)}
    return set()


def _with_s(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if _SIBILANT.search(word) or _CONSONANT_O.search(word) else f"{word}s"


def _past(word: str) -> tuple[str, str]:
    """Past and participle; where a last consonant is doubled, WordNet lists the forms."""
    if _CONSONANT_Y.search(word):
        return f"{word[:-1]}ied", f"{word}ing"
    stem = word.removesuffix("e")
    return f"{stem}ed", f"{word if word.endswith('ee') else stem}ing"


def _compared(word: str) -> tuple[str, str]:
    stem = word.removesuffix("e")
    return f"{stem}er", f"{stem}est"


def _is_noun_or_verb(word: str, usage: Usage) -> bool:
    """Number is not more numb, and a forest is not the most fore."""
    return usage.of_word(word, "n") > 0 or usage.of_word(word, "v") > 0
