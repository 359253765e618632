"""Articles → a forward index: split into sentences, without boilerplate, and those into words.

Reading a million sentences word by word takes minutes, so it goes by pieces: what stands between
two spaces. A piece reads the same wherever it stands, so each is read once; a text is then numbers
of pieces, which become numbers of words all at once.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from retrieval.models import Article
from retrieval.search.arrays import Ints
from retrieval.search.codec.strings import Array
from retrieval.search.forward import CAPITAL, WHOLE, Bytes, ForwardIndex, digest, firsts_of
from retrieval.search.writing.weights import weighed
from retrieval.sentences.passages import Section, read_sections
from retrieval.text.scanner import BREAK
from retrieval.text.terms import has_parts, parts_of, read_terms, read_word
from retrieval.values import Sentence, Term

_AROUND = '.,;:!?()"“”'  # stands around words and never changes how they read
_OPENING = '("“'
_SHORTEST = 3  # letters: shorter words may be acronyms, or "us"
_MOST_PIECES = 1 << 17  # that are remembered in one language
_STRETCH = 1 << 18  # pieces that become words at a time

# What `read_terms` reads across a space: a number's thousands, and "us" after "the".
_ACROSS = re.compile(r"[\u00a0\u2009\u202f]|(?<![^\W_])us(?![^\W_])")
# Or a line's end: a word that it breaks is one piece.
_BROKEN = re.compile(BREAK)
_PIECE = re.compile(rf"(?:\S|{BREAK})+")


def read_articles(
    articles: Iterable[Article], advance: Callable[[], None] | None = None
) -> ForwardIndex:
    """Read articles.

    Args:
        articles: In the order of their ids.
        advance: Called once an article.
    """
    reader = Reader()
    for article in articles:
        reader.read(article)
        if advance:
            advance()
    return reader.forward()


class Reader:
    """Collects what articles say; words are numbered as they come and renumbered at the end."""

    def __init__(self) -> None:
        """Begin with no articles."""
        self._names: list[tuple[str, str, str, str, int, float]] = []
        self._pieces = _Pieces()
        self._titles, self._bodies = _Run(), _Run()
        self._places, self._counts = array("i"), array("i")

    def __len__(self) -> int:
        """How many pieces were read."""
        return len(self._bodies.pieces)

    def read(self, article: Article) -> None:
        """Read an article, whose id comes after those before it."""
        for section in read_sections(article):
            self._read_section(article, section)

    def _read_section(self, article: Article, section: Section) -> None:
        text, language = article.text, article.language
        sentences, boilerplate = list[Sentence](), list[str]()
        for one in section.passages:
            if one.boilerplate is None:
                sentences.append(one)
            else:
                boilerplate.append(text[one.start : one.end])
        hidden = hidden_words(boilerplate, language)
        known = (article.id, digest(article), language, hidden, *weighed(article, section))
        self._names.append(known)
        self._titles.add(self._pieces.read(section.title, language))
        self._counts.append(len(sentences))
        for start, end, paragraph, _ in sentences:
            self._places.extend((start, end, paragraph))
            head = section.heads.get(start)
            above = f"{text[head.start : head.end]}\n" if head else ""
            self._bodies.add(self._pieces.read(above + text[start:end], language))

    def forward(self) -> ForwardIndex:
        """All that was read."""
        known = zip(*self._names, strict=True) if self._names else [()] * 6
        ids, digests, languages, hidden, kinds, weights = known
        words = self._pieces.words()
        titles, bodies = (run.read(words) for run in (self._titles, self._bodies))
        starts, ends, paragraphs = _ints(self._places).reshape(-1, 3).T.copy()
        return ForwardIndex(
            articles=ids,
            firsts=firsts_of(ids),
            digests=digests,
            languages=languages,
            hidden=hidden,
            kinds=np.array(kinds, dtype=np.uint8),
            weights=np.array(weights, dtype=np.float32),
            vocabulary=words.vocabulary,
            forms=words.forms,
            form_terms=words.form_terms,
            section_sentences=_offsets(_ints(self._counts)),
            title_offsets=titles.offsets,
            title_words=titles.words,
            starts=starts,
            ends=ends,
            paragraphs=paragraphs,
            offsets=bodies.offsets,
            words=bodies.words,
            cases=bodies.cases,
        )


def hidden_words(sentences: Iterable[str], language: str) -> str:
    """The words of sentences that are never quoted: what tells that a word does stand there.

    Their terms, their folded forms and what two of these give as one word, each once and in order,
    a line end around each.
    """
    words = set[str]()
    for sentence in sentences:
        terms = read_terms(sentence, language)
        words.update(term.term for term in terms)
        words.update(term.form for term in terms)
        pairs = pairwise(parts_of(terms))
        words.update(one.form + other.form for one, other in pairs if one.end <= other.start)
    return "\n".join(["", *sorted(words), ""]) if words else ""


class _Words(NamedTuple):
    """All words of some pieces; see `ForwardIndex` for the first three.

    Attributes:
        starts: Shape (pieces + 1,): piece p reads as numbers [p]:[p + 1].
        numbers: The form number of each word of each piece.
        cases: `CAPITAL` and `WHOLE` of each.
    """

    vocabulary: tuple[str, ...]
    forms: tuple[str, ...]
    form_terms: Array
    starts: Ints
    numbers: Array
    cases: Bytes


class _Pieces:
    """Numbers pieces of text as they come, and reads each once."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._forms, self._ends, self._cases = array("i"), array("i"), array("B")

    def read(self, text: str, language: str) -> Iterable[int]:
        """The numbers of a text's pieces, in order."""
        if _is_one(text):
            return (self.learn(text, language),)
        known = self._known.get(language)
        if known is None or len(known) > _MOST_PIECES:
            known = self._known[language] = _Known(self, language)
        is_broken = ("\n" in text or "\r" in text) and _BROKEN.search(text)
        return map(known.__getitem__, _PIECE.findall(text) if is_broken else text.split())

    def learn(self, piece: str, language: str) -> int:
        """Read a piece."""
        terms, numbers = read_terms(piece, language), self._numbers
        self._forms.extend([numbers.setdefault((t.form, t.term), len(numbers)) for t in terms])
        self._cases.extend(_cases(piece, terms))
        self._ends.append(len(self._forms))
        return len(self._ends) - 1

    def learn_word(self, word: str, language: str) -> int:
        """Read a word of small letters."""
        return self._one(self._numbers.setdefault(read_word(word, language), len(self._numbers)), 0)

    def capitalise(self, piece: int) -> int:
        """The piece that is the same word as `piece`, with a capital letter."""
        return self._one(self._forms[self._ends[piece] - 1], CAPITAL)

    def _one(self, form: int, case: int) -> int:
        self._forms.append(form)
        self._cases.append(case)
        self._ends.append(len(self._forms))
        return len(self._ends) - 1

    def words(self) -> _Words:
        """All words so far, numbered in the order of their letters."""
        forms = sorted(self._numbers)
        vocabulary = sorted({term for _, term in forms})
        number_of = {term: n for n, term in enumerate(vocabulary)}
        renumbered: Array = np.empty(len(forms), dtype=np.int32)
        old = np.fromiter(map(self._numbers.__getitem__, forms), np.int64, len(forms))
        renumbered[old] = np.arange(len(forms), dtype=np.int32)
        return _Words(
            tuple(vocabulary),
            tuple(form for form, _ in forms),
            np.fromiter((number_of[term] for _, term in forms), np.int32, len(forms)),
            np.append(0, _ints(self._ends)).astype(np.int64),
            renumbered[_ints(self._forms)],
            np.array(self._cases, dtype=np.uint8),
        )


class _Known(dict[str, int]):
    """The numbers of a language's pieces; a new one is read when it is asked for."""

    def __init__(self, pieces: _Pieces, language: str) -> None:
        super().__init__()
        self._pieces, self._language = pieces, language

    def __missing__(self, piece: str) -> int:
        number = self[piece] = self._number(piece)
        return number

    def _number(self, piece: str) -> int:
        """A piece's number: most are a plain word that was read before, but for a stop or so."""
        word = piece.strip(_AROUND)
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            return self._pieces.learn(piece, self._language)
        if word != piece:
            is_signed = piece.lstrip(_OPENING).startswith(".")  # ".NET"
            return self._pieces.learn(piece, self._language) if is_signed else self[word]
        if word.islower():
            return self._pieces.learn_word(word, self._language)
        if word.istitle():
            return self._pieces.capitalise(self[word.lower()])
        return self._pieces.learn(piece, self._language)


def _is_one(text: str) -> bool:
    """Whether a text is to be read as a whole: as it is shouted, or reads on across a space."""
    if text.isupper():
        return True
    return ("us" in text or not text.isascii()) and _ACROSS.search(text) is not None


def _cases(text: str, terms: Sequence[Term]) -> Iterator[int]:
    for term, after in zip(terms, [*terms[1:], None], strict=False):
        capital = CAPITAL if text[term.start].isupper() else 0
        yield capital | (WHOLE if has_parts(term, after) else 0)


class _Read(NamedTuple):
    """Texts as words.

    Attributes:
        offsets: Shape (texts + 1,): where each one's words begin.
        words: Their form numbers.
        cases: `CAPITAL` and `WHOLE` of each.
    """

    offsets: Ints
    words: Array
    cases: Bytes


class _Run:
    """Texts one after the other, as numbers of pieces."""

    def __init__(self) -> None:
        self.pieces, self._ends = array("i"), array("i", [0])

    def add(self, pieces: Iterable[int]) -> None:
        self.pieces.extend(pieces)
        self._ends.append(len(self.pieces))

    def read(self, words: _Words) -> _Read:
        pieces = _ints(self.pieces)
        sizes = np.diff(words.starts).astype(np.int32)
        ends = _offsets(sizes[pieces])
        numbers: Array = np.empty(int(ends[-1]), dtype=np.int32)
        cases: Bytes = np.empty(int(ends[-1]), dtype=np.uint8)
        for first in range(0, len(pieces), _STRETCH):
            some = slice(first, min(first + _STRETCH, len(pieces)))
            begun, done = (int(ends[at]) for at in (some.start, some.stop))
            before = words.starts[pieces[some]] - (ends[some] - begun)
            places = np.repeat(before, sizes[pieces[some]]) + np.arange(done - begun)
            numbers[begun:done], cases[begun:done] = words.numbers[places], words.cases[places]
        return _Read(ends[_ints(self._ends)], numbers, cases)


def _ints(values: array[int]) -> Array:
    return np.frombuffer(values, dtype=np.intc) if values else np.empty(0, dtype=np.intc)


def _offsets(lengths: Array) -> Ints:
    return np.append(0, np.cumsum(lengths, dtype=np.int64))
