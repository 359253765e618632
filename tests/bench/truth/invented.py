"""Invented names and numbers: a question about what the library does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from num2words import num2words

from bench.sets import Question, QuestionSet
from bench.truth import Case, Measured, share
from bench.truth.asking import Asker, digest, draw
from bench.truth.names import find_names, find_numbers
from retrieval import Article

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d[\d,]*")
_ONSETS = "b br d dr f fl g gr h j k kl kr l m n p pr r s sk st t tr v vl w z".split()
_VOWELS = "a e i o u ai ei ou".split()
_CODAS = "b d g k l m n p r s t v x rn lk nd sk rt".split()
_TRIES = 400
_WRITTEN_OUT = 1000  # numbers below this may stand in words


class Changed(NamedTuple):
    """A question with something in it that the library has nowhere.

    Attributes:
        asked: The question as it was.
        question: The question as it is now.
        invented: What was put in.
        kind: `name` or `number`.
    """

    asked: Question
    question: str
    invented: str
    kind: str


class Known:
    """The words and numbers of a library."""

    def __init__(self, articles: Iterable[Article]) -> None:
        """Read the articles."""
        text = "\n".join(f"{a.title}\n{a.text}" for a in articles).casefold()
        words = set(_WORD.findall(text))
        self._near = {near for word in words for near in _nearly(word)}
        self._numbers = {found.replace(",", "").lstrip("0") for found in _DIGITS.findall(text)}
        self._text = text

    def has_near(self, word: str) -> bool:
        """Whether a word of the library is the word itself or a slip away from it."""
        return not self._near.isdisjoint(_nearly(word.casefold()))

    def has_number(self, number: int) -> bool:
        """Whether the library has a number, in digits or in words."""
        if str(number) in self._numbers:
            return True
        return number < _WRITTEN_OUT and num2words(number) in self._text


def _nearly(word: str) -> Iterator[str]:
    """A word and what is left of it without one letter."""
    yield word
    yield from (word[:n] + word[n + 1 :] for n in range(len(word)))


def invent_name(seed: str, known: Known) -> str | None:
    """A name that no text of the library has, the same for the same seed."""
    for turn in range(_TRIES):
        number = digest(f"{seed} {turn}")
        word = ""
        for part in (_ONSETS, _VOWELS, _CODAS, _ONSETS, _VOWELS, _CODAS):
            number, place = divmod(number, len(part))
            word += part[place]
        if not known.has_near(word):
            return word.capitalize()
    return None


def invent_number(like: str, seed: str, known: Known) -> str | None:
    """A number of as many digits that no text of the library has; a year stays near its century."""
    whole = like.replace(",", "").partition(".")[0]
    low, high = 10 ** (len(whole) - 1), 10 ** len(whole)
    if re.fullmatch(r"1\d{3}|20[0-2]\d", like):
        low, high = 1000, 2030
    for turn in range(_TRIES):
        number = low + digest(f"{seed} {turn}") % (high - low)
        if not known.has_number(number):
            return f"{number:,}" if "," in like else str(number)
    return None


def change(asked: Question, known: Known) -> Changed | None:
    """The question with one of its names or numbers invented, where it has one."""
    text = asked.question
    places = [("name", span) for span in find_names(text)]
    places += [("number", span) for span in find_numbers(text)]
    if not places:
        return None
    kind, span = places[digest(asked.id) % len(places)]
    like = text[span.start : span.end]
    invented = (
        invent_name(asked.id, known) if kind == "name" else invent_number(like, asked.id, known)
    )
    if invented is None:
        return None
    return Changed(asked, f"{text[: span.start]}{invented}{text[span.end :]}", invented, kind)


def measure(asker: Asker, questions: QuestionSet, most: int | None) -> Measured:
    """Share withheld or doubted of questions with an invented name or number, and of theirs before.

    `named`: of those withheld, what was invented is called missing.
    """
    known = Known(questions.articles)
    changed = [one for q in draw(questions.questions, None) if (one := change(q, known))]
    kept = {q.id for q in draw((one.asked for one in changed), most)}
    changed = [one for one in changed if one.asked.id in kept]
    said = [(one, asker.ask(one.question), asker.ask(one.asked.question)) for one in changed]
    name = questions.name
    figures = [
        share("invented", name, "withheld or doubted", [new.wary for _, new, _ in said]),
        share("invented", name, "withheld", [not new.answered for _, new, _ in said]),
        share("invented", name, "originals withheld", [not old.answered for _, _, old in said]),
        share("invented", name, "originals doubted", [old.doubted for _, _, old in said]),
        *(
            share(
                "invented",
                name,
                f"{kind}s withheld or doubted",
                [new.wary for one, new, _ in said if one.kind == kind],
            )
            for kind in ("name", "number")
        ),
        share(
            "invented",
            name,
            "called missing",
            [any(one.invented in word for word in new.missing) for one, new, _ in said],
        ),
    ]
    cases = [Case("answered", one.question, one.kind) for one, new, _ in said if not new.wary]
    return Measured(figures, cases)
