"""What a sentence claims, as far as its words tell: content, names, figures, and whether it denies.

A claim is read from the sentence and its article's title alone, so that it may be read once, when
an article is indexed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from retrieval.statements.words import ANAPHORA, DATES, HONORIFICS, NEGATIONS, NUMBERS, OPENERS
from retrieval.text import stopwords
from retrieval.text.terms import parts_of, read_terms
from retrieval.values import Place, Term

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_JOINTS = frozenset({" ", "-", "‐", "‑", ". ", " of ", " of the ", " - "})  # within a name
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_NOT_ONLY = re.compile(r"\s+(?:only|just|merely|simply)\b")
_NUMBER = re.compile(r"\.?\s*\d")
_QUALIFIER = re.compile(r"\([^()]*\)")  # "Mercury (planet)": which one of a name, not a subject
_TITLE = re.compile(
    r"[\"“‘]\w*[A-Z](?:[^\W\d_]|[ ',’&-]){2,60}(?:[A-Z][\w’']*|\b\d+)[!?,.]?[\"”’](?!\w)"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z.' -]{2,}[A-Z](?:, [^,—–\n]{2,30}){0,2}(?: \([^()]*\))? (?:—|–|--|-) "
)
_LABEL = re.compile(
    r"[A-Z]{4,}(?:(?: AND| &|,)? [A-Z]{4,})*:? (?=[A-Z][^A-Z])"
)  # "METHODS We used"
_OTHER_HYPHEN = re.compile("[‐‑]")
_ACCENTED_HYPHEN = re.compile(r"-(?=.*[^\W\x00-\x7f])|[^\W\x00-\x7f].*-", re.DOTALL)
_SUBJECT = 3  # a name among so many first words is what the sentence is about


class Claim(NamedTuple):
    """What a sentence claims.

    Attributes:
        terms: Its content terms in order, repeats dropped.
        words: All its terms.
        names: The terms of each name that it gives.
        figures: Its numbers and dates.
        denies: Whether it has a negation.
        subject: The terms of the name that it opens with, or none.
        proper: The terms of its names that are written like Kim, not like NATO or DNA.
        anchored: Whether it says by name what it speaks of. "The song reached number 3" does not.
        about: The terms of its article's title.
    """

    terms: tuple[str, ...]
    words: frozenset[str]
    names: tuple[frozenset[str], ...]
    figures: frozenset[str]
    denies: bool
    subject: frozenset[str]
    proper: frozenset[str]
    anchored: bool
    about: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """The terms of its names, and its figures."""
        return self.figures.union(*self.names)


def read_claim(text: str, about: frozenset[str], language: str = "en") -> Claim:
    """Read a sentence.

    Args:
        text: The sentence.
        about: What its article is about: see `read_subject`.
        language: A BCP 47 tag.
    """
    words = list(_words(text, language))
    stops = _stop_terms(language)
    names = list(_names(text, words))
    first = next((run[0] for run in names if _surely(run, words, about)), len(words))
    return Claim(
        terms=tuple(dict.fromkeys(w.term for w in words if w.term not in stops)),
        words=frozenset(w.term for w in words),
        names=tuple(frozenset(words[n].term for n in run) for run in names),
        figures=frozenset(figure for w in words if (figure := w.figure())),
        denies=any(_denies(text, word, n) for n, word in enumerate(words)),
        subject=_subject(names, words),
        proper=frozenset(words[n].term for run in names for n in run if _proper(run, words[n])),
        anchored=first < len(words)
        and (first < _SUBJECT or not any(w.low in ANAPHORA for w in words[:first])),
        about=about,
    )


def unread_words(text: str, language: str = "en") -> int | None:
    """How many words of a sentence, hyphenated ones in their parts, its claim passes over.

    Those that follow are the words of its claim: as the index has them, but that it may take a
    hyphenated word for one of several where another hyphen joins it, or a letter that is two when
    folded; then None.
    """
    if not text.isascii() and (_OTHER_HYPHEN.search(text) or _ACCENTED_HYPHEN.search(text)):
        return None
    start = _opening(text)
    return len(parts_of(read_terms(text[:start], language))) if start else 0


def _opening(text: str) -> int:
    """Where a sentence begins, behind a dateline or a label."""
    found = _DATELINE.match(text) or _LABEL.match(text)
    return found.end() if found else 0


def stop_terms(language: str) -> frozenset[str]:
    """The terms that no claim has."""
    return _stop_terms(language)


def read_subject(title: str, language: str = "en") -> frozenset[str]:
    """What an article is about: the content terms of its title, without a note in brackets."""
    stops = _stop_terms(language)
    terms = read_terms(_QUALIFIER.sub(" ", title), language)
    return frozenset(term.term for term in terms) - stops


@cache
def _stop_terms(language: str) -> frozenset[str]:
    """The terms that question words and other stop words give, less those that also name."""
    return frozenset(term.term for w in stopwords.ENGLISH for term in read_terms(w, language))


class _Word:
    """A word of a sentence, as it is written and as a term."""

    __slots__ = ("capital", "end", "low", "raw", "start", "term", "titled")

    def __init__(self, text: str, term: Term, *, titled: bool) -> None:
        self.titled = titled
        self.term, self.start, self.end, _ = term
        self.raw = text[self.start : self.end]
        self.low = self.raw.lower()
        self.capital = self.raw != self.low

    def figure(self) -> str | None:
        """The number or date that it is, in digits."""
        if self.low in NUMBERS:
            return NUMBERS[self.low]
        if self.capital and self.raw in DATES:
            return self.term
        if not self.raw[0].isdigit():
            return None
        return f"{self.raw[:-2]}." if _ORDINAL.fullmatch(self.low) else self.term


def _words(text: str, language: str) -> Iterator[_Word]:
    """Its words, from behind a dateline or a label on."""
    start = _opening(text)
    titles = [found.span() for found in _TITLE.finditer(text)]
    for term in _without_compounds(read_terms(text, language)):
        if term.start >= start:
            yield _Word(text, term, titled=any(_within(term, title) for title in titles))


def _within(term: Term, place: Place) -> bool:
    return place[0] <= term.start and term.end <= place[1]


def _without_compounds(terms: Sequence[Term]) -> Iterator[Term]:
    """Terms, less those of whole hyphenated words, whose parts follow them."""
    for term, following in zip_longest(terms, terms[1:]):
        if following is None or following.start >= term.end:
            yield term


def _names(text: str, words: Sequence[_Word]) -> Iterator[list[int]]:
    """Runs of capitalised words, each as the numbers of its words."""
    run: list[int] = []
    for n, word in enumerate(words):
        if not _may_name(word, n):
            continue
        joined = run and text[words[run[-1]].end : word.start] in _JOINTS
        if run and not (joined and not words[run[-1]].raw.endswith(_POSSESSIVE)):
            yield run
            run = []
        run.append(n)
    if run:
        yield run


def _may_name(word: _Word, n: int) -> bool:
    if not word.capital or word.figure() or word.low.rstrip(".") in HONORIFICS:
        return False
    if word.titled:
        return True
    if word.low in stopwords.ENGLISH and not (word.raw.isupper() and len(word.raw) > 1):
        return word.low == "no" and n > 0  # a stop word with a capital, but "Dr. No" is one
    if n:
        return True
    return word.low not in OPENERS and not word.low.endswith(("ly", "ing", "ed"))


def _surely(run: Sequence[int], words: Sequence[_Word], about: frozenset[str]) -> bool:
    """Whether a capital means a name: it need not where it opens the sentence."""
    first = words[run[0]]
    if run[0] > 0 or len(run) > 1 or first.term in about:
        return True
    return first.raw[1:] != first.low[1:]


def _proper(run: Sequence[int], word: _Word) -> bool:
    return (run[0] > 0 or len(run) > 1) and word.raw[1:].islower()


def _subject(names: Sequence[Sequence[int]], words: Sequence[_Word]) -> frozenset[str]:
    if not names or names[0][0] >= _SUBJECT:
        return frozenset()
    return frozenset(words[n].term for n in names[0])


def _denies(text: str, word: _Word, n: int) -> bool:
    if word.low.endswith(("n't", "n’t")):
        return True
    if word.term not in NEGATIONS:
        return False
    if word.low == "no" and word.capital:  # "No troops came", but not "Minister No" or "No. 10"
        return n == 0 and not _NUMBER.match(text, word.end)
    return not (word.low == "not" and _NOT_ONLY.match(text, word.end))
