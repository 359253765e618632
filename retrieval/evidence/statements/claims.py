"""What a sentence claims, as far as its words tell: content, names, figures, and whether it denies.

A claim is read from the sentence and its article's title alone, so that it may be read once, when
an article is indexed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.evidence.statements.amounts import Amount
from retrieval.evidence.statements.order import Layout
from retrieval.quantities import NUMBER_WORDS, Number, read_figure, read_numbers
from retrieval.text import closed_classes as classes
from retrieval.text import stopwords
from retrieval.text.names import Word, find_runs, is_proper, is_surely_name
from retrieval.text.nations import names_of, nations_in
from retrieval.text.opposites import DENYING
from retrieval.text.terms import parts_of, read_terms
from retrieval.values import Place, Term

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
_SPELT = re.compile(  # where a number may be written otherwise than its figure
    rf"\d[\s\u202f]\d|\d[^\W\d_]|\d\.\d|·|\b0\d|\b(?:{'|'.join(sorted(NUMBER_WORDS))})s?\b",
    re.IGNORECASE,
)
_OTHER_HYPHEN = re.compile("[‐‑]")
_ACCENTED_HYPHEN = re.compile(r"-(?=.*[^\W\x00-\x7f])|[^\W\x00-\x7f].*-", re.DOTALL)
_DATES = frozenset([*classes.MONTHS, *classes.WEEKDAYS])
_ANAPHORA = (  # what points at what the sentences before have named
    (classes.SUBJECTS | classes.POSSESSIVES | classes.DEMONSTRATIVES) - {"you", "your"}
) | {"the", "both", "such", "another"}
_NAMED = re.compile(  # "the mine at", "the northern gate of the": what the name behind it names
    r"the (?:[^\W\d_]+ (?:in|at|from|near)|(?:[^\W\d_]+ ){1,3}of)(?: the)? \Z", re.IGNORECASE
)
_SUBJECT = 3  # a name among so many first words is what the sentence is about


class Claim(NamedTuple):
    """What a sentence claims.

    Attributes:
        terms: Its content terms in order, repeats dropped.
        words: All its terms.
        names: The terms of each name that it gives.
        nations: Of each of these names the nations that it names, by numbers, and nothing else.
        figures: Its numbers and dates, each written in one way: "25", "1.5 million", "3.", "may".
        denials: How many negations it has.
        subject: The terms of the name that it opens with, or none.
        proper: The terms of its names that are written like Kim, not like NATO or DNA.
        anchor: The terms of the name by which it says what it speaks of. "The song reached number
            3" has none.
        about: The terms of its article's title.
        layout: Its words where they stand.
    """

    terms: tuple[str, ...]
    words: frozenset[str]
    names: tuple[frozenset[str], ...]
    nations: tuple[frozenset[int], ...]
    figures: frozenset[str]
    denials: int
    subject: frozenset[str]
    proper: frozenset[str]
    anchor: frozenset[str]
    about: frozenset[str]
    layout: Layout

    @property
    def limited(self) -> tuple[tuple[str, str], ...]:
        """The class of each word that limits what it says, and the term that it limits."""
        return self.layout.limited

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Its numbers with their units."""
        return self.layout.amounts

    @property
    def anchored(self) -> bool:
        """Whether it says by name what it speaks of."""
        return bool(self.anchor)

    @property
    def denies(self) -> bool:
        """Whether it has a negation."""
        return self.denials > 0

    @property
    def named(self) -> frozenset[str]:
        """The terms of its names, and the digits of its figures."""
        return frozenset(figure.partition(" ")[0] for figure in self.figures).union(*self.names)


def read_claim(text: str, about: frozenset[str], language: str = "en") -> Claim:
    """Read a sentence.

    Args:
        text: The sentence.
        about: What its article is about: see `read_subject`.
        language: A BCP 47 tag.
    """
    words = list(_words(text, language))
    stops = _stop_terms(language)
    names = list(find_runs(text, words))
    first = next((run for run in names if is_surely_name(run, words, about)), [])
    return Claim(
        terms=tuple(dict.fromkeys(w.term for w in words if w.term not in stops)),
        words=frozenset(w.term for w in words),
        names=tuple(frozenset(words[n].term for n in run) for run in names),
        nations=tuple(_nations(tuple(words[n].term for n in run)) for run in names),
        figures=frozenset(w.figure for w in words if w.figure),
        denials=sum(_denies(text, word, n) for n, word in enumerate(words)),
        subject=_subject(names, words),
        proper=frozenset(words[n].term for run in names for n in run if _proper(run, words[n])),
        anchor=frozenset(words[n].term for n in first if _anchors(text, words, first[0])),
        about=about,
        layout=Layout(words, text),
    )


@lru_cache(maxsize=1 << 12)
def _nations(name: tuple[str, ...]) -> frozenset[int]:
    """The nations of a name, if it is the name of one and no more."""
    found = nations_in(name)
    written = (parts_of(read_terms(one)) for nation in found for one in names_of(nation))
    return found if any(tuple(t.term for t in terms) == name for terms in written) else frozenset()


def _anchors(text: str, words: Sequence[Word], first: int) -> bool:
    """Whether a sentence says by its first name what it speaks of."""
    if first < _SUBJECT or not any(word.low in _ANAPHORA for word in words[:first]):
        return True
    return _NAMED.match(text[words[0].start : words[first].start]) is not None


def unread_words(text: str, language: str = "en") -> int | None:
    """How many words of a sentence, hyphenated ones in their parts, its claim passes over.

    Those that follow are the words of its claim, as the index has them; None where it may have
    others: it takes a hyphenated word for one of several where another hyphen joins it, or a letter
    that is two when folded, and one way to write a number, "1.5 million", for all.
    """
    if _SPELT.search(text) and any(number.is_spelt(text) for number in _numbers(text)):
        return None
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


def _words(text: str, language: str) -> Iterator[Word]:
    """Its words, from behind a dateline or a label on; a number is one word, in digits."""
    start = _opening(text)
    titles = [found.span() for found in _TITLE.finditer(text)]
    numbers = {place: n for n in _numbers(text) for place in range(n.start, n.end)}
    last: Number | None = None
    for term in parts_of(read_terms(text, language)):
        number = numbers.get(term.start)
        titled = any(_within(term, title) for title in titles)
        if term.start < start or (number and number is last and term.end <= number.end):
            continue
        if number and term.end <= number.end:
            last = number
            yield from _number_words(text, number, titled=titled)
        else:
            yield _word(text, term, titled=titled)


def _numbers(text: str) -> Iterator[Number]:
    """The numbers of a sentence; "one" stays the word that it is, a pronoun as often."""
    return (n for n in read_numbers(text) if text[n.start : n.end].lower() != "one")


def _number_words(text: str, number: Number, *, titled: bool) -> Iterator[Word]:
    """The words of a number's figure: its digits, and its scale if it has one."""
    digits, *scale = number.figure.split()
    raw = text[number.start : number.end].lower()
    yield Word(raw, raw, digits, number.start, number.end, titled, number.figure)
    for word in scale:
        yield Word(raw, raw, word, number.start, number.end, titled, None)


def _word(text: str, term: Term, *, titled: bool) -> Word:
    raw = text[term.start : term.end]
    figure = _figure(raw, term.term)
    return Word(raw, raw.lower(), term.term, term.start, term.end, titled, figure)


def _figure(raw: str, term: str) -> str | None:
    """The number, rank or date that a word is which counts nothing, in digits."""
    low = raw.lower()
    if raw[0].isdigit() or (raw != low and low in _DATES):
        return read_figure(low) or term
    return read_figure(low)


def _within(term: Term, place: Place) -> bool:
    return place[0] <= term.start and term.end <= place[1]


def _proper(run: Sequence[int], word: Word) -> bool:
    return is_proper(run) and word.raw[1:].islower()


def _subject(names: Sequence[Sequence[int]], words: Sequence[Word]) -> frozenset[str]:
    if not names or names[0][0] >= _SUBJECT:
        return frozenset()
    return frozenset(words[n].term for n in names[0])


def _denies(text: str, word: Word, n: int) -> bool:
    if word.low.endswith(("n't", "n’t")):
        return True
    if word.term not in DENYING:
        return False
    if word.low == "no" and word.capital:  # "No troops came", but not "Minister No" or "No. 10"
        return n == 0 and not _NUMBER.match(text, word.end)
    return not (word.low == "not" and _NOT_ONLY.match(text, word.end))
