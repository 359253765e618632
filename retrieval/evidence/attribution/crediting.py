"""Whom an article credits for what a sentence says, as a place in the article.

Only what the sentence or its neighbours state is found, never guessed: for most sentences that is
nobody. A pronoun counts where the sentence before it in its paragraph leaves no doubt about whom it
means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise
from typing import NamedTuple

from retrieval.evidence.attribution.credits import (
    credit,
    credit_behind,
    credit_within,
    lead_in,
    may_credit,
    signature,
)
from retrieval.evidence.attribution.names import opening_name
from retrieval.evidence.attribution.persons import Credit, is_group, is_pronoun, person, plural
from retrieval.evidence.attribution.tokens import (
    Word,
    closes_at_once,
    ends_quoted,
    goes_on_quoted,
    has_quotation,
    is_quotation,
    read_words,
)
from retrieval.evidence.attribution.verbs import STATING
from retrieval.values import Sentence, Span

_SIGNING = re.compile(r"(?:\s*(?:—|–|―|--)\s*|[^\S\n]*-[^\S\n]*)\w")


class _Read(NamedTuple):
    """A sentence with its words and whom they credit."""

    sentence: Sentence
    words: Sequence[Word]
    credit: Credit | None

    def span(self, found: Credit) -> Span:
        """A credit's place in the article."""
        start = self.sentence.start
        return Span(start + self.words[found.first].start, start + self.words[found.last - 1].end)


def speaker(
    text: str, sentence: Sentence, before: Sentence | None, after: Sentence | None
) -> Span | None:
    """The place of the words that name whom the article credits for a sentence, or None.

    Args:
        text: The article's stored text.
        sentence: The sentence.
        before: The sentence before it, if any.
        after: The sentence after it, if any.

    Returns:
        A place within the sentence or, for a pronoun or a quotation that spans sentences, within a
        neighbour.
    """
    said = text[sentence.start : sentence.end]
    opened = before is not None and ends_quoted(text[before.start : before.end])
    quoted = opened and goes_on_quoted(said)
    within = quoted and not closes_at_once(said)
    whole = is_quotation(said)
    if not (quoted or whole or may_credit(said) or ends_quoted(said)):
        return None
    here = _read(text, sentence, quoted=quoted)
    if here.credit is None and whole and not quoted:
        return _beside(text, sentence, before, after)
    if here.credit is None:
        return _around(text, here, before if within else None, after, quoted=quoted)
    if is_pronoun(here.words, here.credit):
        return _antecedent(text, here, here.credit, before) if before else None
    return here.span(here.credit)


def quoted_speaker(text: str, sentence: Sentence) -> Span | None:
    """The place of the name of whom the speaker of a sentence quotes in it, or None.

    Kim, where a sentence says that KCNA said that Kim said something.
    """
    said = text[sentence.start : sentence.end]
    if not may_credit(said):
        return None
    here = _read(text, sentence)
    found = credit_within(here.words)
    return here.span(found) if found else None


def _read(text: str, sentence: Sentence, *, quoted: bool = False) -> _Read:
    said = text[sentence.start : sentence.end]
    words = read_words(said, quoted=quoted)
    return _Read(sentence, words, credit(words))


def _beside(
    text: str, sentence: Sentence, before: Sentence | None, after: Sentence | None
) -> Span | None:
    """Whom a neighbour credits for a sentence that is a quotation and nothing else.

    It is signed, "— Name", in the sentence after it; led in, "The mayor said:" or "Paul Stark:", by
    the one before; or it runs on in its paragraph after "“...,” X said."
    """
    if after and _SIGNING.match(text[sentence.end : after.end]):
        signed = _read(text, after)
        found = signature(signed.words, 0)
        return signed.span(found) if found else None
    if before is None:
        return None
    earlier, told = _read(text, before), text[before.start : before.end].rstrip()
    led_in = told.endswith(":")
    runs_on = before.paragraph == sentence.paragraph and has_quotation(told)
    named = earlier.credit
    if led_in and named is None:
        named = lead_in(earlier.words)
    if not (led_in or runs_on) or named is None or is_pronoun(earlier.words, named):
        return None
    return earlier.span(named)


def _around(
    text: str, here: _Read, before: Sentence | None, after: Sentence | None, *, quoted: bool
) -> Span | None:
    """Whom a neighbour credits for a quotation that runs on from it or into it."""
    if before:
        earlier = _read(text, before)
        found = earlier.credit
        if found and not is_pronoun(earlier.words, found) and _quotes_once(earlier.words, found):
            return earlier.span(found)
    if after and _runs_into(text, here.sentence, after, quoted=quoted):
        later = _read(text, after, quoted=True)
        found = credit_behind(later.words)
        if found and not is_pronoun(later.words, found):
            return later.span(found)
    return None


def _quotes_once(words: Sequence[Word], found: Credit) -> bool:
    """Whether nobody else speaks behind a quotation that ends behind a name.

    What is open at the end of the sentence is theirs.
    """
    behind = list(dropwhile(lambda word: "”" not in word.gap, words[found.last :]))
    return not any(word.low in STATING for word in behind)


def _runs_into(text: str, sentence: Sentence, after: Sentence, *, quoted: bool) -> bool:
    """Whether a quotation that is open where a sentence ends goes on in the next one."""
    said, following = text[sentence.start : sentence.end], text[after.start : after.end]
    return ends_quoted(said, quoted=quoted) and goes_on_quoted(following)


def _antecedent(text: str, here: _Read, pronoun: Credit, before: Sentence) -> Span | None:
    """Whom a pronoun means by the sentence before it in its paragraph.

    Newspapers make each sentence a paragraph: behind one, only who was speaking there goes on to.
    """
    earlier = _read(text, before)
    if before.paragraph != here.sentence.paragraph and not (
        earlier.credit and _opens(text, before)
    ):
        return None
    return _meant(text, earlier, they=here.words[pronoun.first].low == "they")


def _opens(text: str, sentence: Sentence) -> bool:
    """Whether a sentence opens its paragraph."""
    return text[: sentence.start].rstrip(" \t")[-1:] in {"", "\n"}


def _meant(text: str, earlier: _Read, *, they: bool) -> Span | None:
    """Whom "he", "she" or "they" means: the speaker before, or else its subject."""
    words, named = earlier.words, earlier.credit
    if they:
        return earlier.span(named) if named and plural(words, named) else None
    if named and not is_pronoun(words, named):
        named = person(words, named)
    else:
        named = opening_name(words)
        if named and (is_pronoun(words, named) or not _is_surely_named(text, words, named)):
            named = None
    if named and not earlier.credit and _names_another(words, named):
        return None
    return earlier.span(named) if named and not _another_acts(words, named) else None


def _is_surely_named(text: str, words: Sequence[Word], named: Credit) -> bool:
    """Whether a word is a name, and not in capitals because it opens a sentence."""
    if named.first or named.last > 1:
        return True
    name = re.escape(words[0].raw)
    return re.search(rf"[^\W\dA-Z_],? {name}\b", text) is not None


def _names_another(words: Sequence[Word], named: Credit) -> bool:
    """Whether a second person may be named behind a subject, by two words with capitals."""
    rest = [words[named.last - 1], *words[named.last :]]
    return any(
        first.capital and last.capital and not last.apart and not is_group(first, last)
        for before, first, last in zip(rest, rest[1:], rest[2:], strict=False)
        if before.low != "the" and (first.apart or not before.capital)
    )


def _another_acts(words: Sequence[Word], named: Credit) -> bool:
    """Whether a second clause has a subject of its own, that may be meant as well."""
    rest = words[named.last :]
    return any(
        word.low in {"and", "but", "while", "whereas"} and word.apart and following.capital
        for word, following in pairwise(rest)
    )
