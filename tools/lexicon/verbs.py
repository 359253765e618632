"""Terms that are verbs more often than anything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tools.derivations.usage import Usage, term_of, weight
from tools.derivations.wordnet import WordNet

_LEAST = 0.5  # the share of a term's use that is a verb's
_NOUN = 0.25  # what a form may be used as a noun, beside its verb's use


def find_verbs(wordnet: WordNet) -> list[str]:
    """The terms, in order: those that WordNet's tagged texts have as verbs, and irregular forms."""
    usage = Usage(wordnet)
    used: defaultdict[str, float] = defaultdict(float)
    for synset in wordnet.synsets:
        for sense in synset.senses:
            term = term_of(sense.word)
            if term and sense.pos == "v":
                used[term] += weight(sense)
    verbs = {term for term in used if usage.tagged[term] and _is_mostly(used, usage, term)}
    return sorted(verbs | set(_irregular(wordnet, verbs, used, usage)))


def _is_mostly(used: defaultdict[str, float], usage: Usage, term: str) -> bool:
    return used[term] >= _LEAST * usage.of_term(term)


def _irregular(
    wordnet: WordNet, verbs: set[str], used: defaultdict[str, float], usage: Usage
) -> Iterator[str]:
    """Forms such as "bought", unless they are a noun nearly as often: "ground"."""
    for form in wordnet.forms:
        term, base = term_of(form.word), term_of(form.base)
        if form.pos != "v" or term is None or base not in verbs:
            continue
        if usage.of_word(form.word, "n") <= _NOUN * used[base]:
            yield term
