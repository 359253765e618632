"""Quoted phrases: which stand in a question, and where they stand in a text.

What stands in double quotation marks is an exact phrase: its words one after the other in one
sentence, stop words among them. The case of letters, accents, typographic variants and a possessive
ending make no difference, stems do: "sent troops" is not "sends troops". A hyphen is as good as a
space: of a hyphenated word the parts stand in order, the whole is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from retrieval.text.unspaced import is_letter
from retrieval.values import Place, Term

# "…" (not an inch mark: 5"), “…”, „…“ or „…”, «…»; one that is not closed quotes nothing.
_QUOTED = re.compile(r'(?<!\d)"([^"]*)"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»')


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


class Phrase(NamedTuple):
    """Words of a question that are looked for as they stand.

    Attributes:
        start: First character of the first word in the question.
        end: One past the last word.
        forms: Its words folded, in lower case, in order.
    """

    start: int
    end: int
    forms: tuple[str, ...]

    def among(self, words: Sequence[_P]) -> Sequence[_P]:
        """Those of a question's words, in order, that are the phrase's."""
        return _between(words, self.start, self.end)


def _between(words: Sequence[_P], start: int, end: int) -> Sequence[_P]:
    first = bisect_left(words, start, key=lambda word: word.start)
    return words[first : bisect_left(words, end, key=lambda word: word.start)]


def read_phrases(text: str, words: Sequence[Term]) -> tuple[Phrase, ...]:
    """The phrases of a text in order, repeats dropped; quotation marks without a word are none.

    Args:
        text: Any text.
        words: Its words, hyphenated ones in their parts.
    """
    phrases: dict[tuple[str, ...], Phrase] = {}
    for quotation in quotations(text):
        if within := _whole(_between(words, *quotation)):
            forms = _forms(within)
            phrases.setdefault(forms, Phrase(within[0].start, within[-1].end, forms))
    return tuple(phrases.values())


def _whole(words: Sequence[Term]) -> Sequence[Term]:
    """Words without a single letter of a script without spaces at either end.

    In a text it may be half of a bigram with the letter beside it.
    """
    cut = [n for n, word in enumerate(words) if not is_letter(word.form)]
    return words[cut[0] : cut[-1] + 1] if cut else words


def quotations(text: str) -> list[Place]:
    """Where something stands in quotation marks, the marks along."""
    return [quotation.span() for quotation in _QUOTED.finditer(text)]


def _forms(words: Iterable[Term]) -> tuple[str, ...]:
    return tuple(word.form.lower() for word in words)  # an acronym's form is in capitals


def places(words: Sequence[Term], phrase: Phrase) -> Iterator[Place]:
    """Where a phrase stands in a text, from its first word to its last.

    Args:
        words: The words of the text, hyphenated ones in their parts.
        phrase: What is looked for.
    """
    forms, length = _forms(words), len(phrase.forms)
    for first in range(len(forms) - length + 1):
        if forms[first : first + length] == phrase.forms:
            yield words[first].start, words[first + length - 1].end
