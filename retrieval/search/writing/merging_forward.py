"""Several forward indexes → one, without the articles that are gone, when segments are merged.

It is written piece by piece, so it takes little memory however large they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import DTypeLike, NDArray

from retrieval.search.arrays import Ints, ranges
from retrieval.search.codec.forward_file import TEXTS, Stream
from retrieval.search.codec.strings import Array
from retrieval.search.forward import ForwardIndex, firsts_of

_PIECE = 1 << 18  # words, about, of the articles that are copied at a time


class Taken(NamedTuple):
    """Some articles of a forward index.

    Attributes:
        forward: The forward index.
        articles: Their numbers, ascending.
    """

    forward: ForwardIndex
    articles: Ints


def join(taken: Sequence[Taken]) -> Stream:
    """The forward index of all these articles, as if they had been read together."""
    return _Join(taken).stream()


class _Group(NamedTuple):
    """Consecutive articles of the new forward index.

    Attributes:
        sources: The forward index of each.
        numbers: Its number there.
    """

    sources: Ints
    numbers: Ints


class _Picked(Sequence[str]):
    """A text of each article of a group, looked up when somebody asks: all are too many."""

    def __init__(self, every: Sequence[Sequence[str]], group: _Group) -> None:
        self._every, self._group = every, group

    def __len__(self) -> int:
        return len(self._group.numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        return self._every[int(self._group.sources[place])][int(self._group.numbers[place])]


class _Words(NamedTuple):
    """All words of the new forward index.

    Attributes:
        forms: See `ForwardIndex`.
        terms: The term of each form.
        vocabulary: See `ForwardIndex`.
        renumbered: For each forward index, the new number of each of its forms.
    """

    forms: list[str]
    terms: list[str]
    vocabulary: list[str]
    renumbered: list[Array]


class _Join:
    """One join."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        # What was read beside one another is in order then, and need not be sorted.
        taken = sorted(taken, key=lambda each: next(iter(each.forward.articles[:1]), ""))
        self._indexes = [each.forward for each in taken]
        sources = np.repeat(np.arange(len(taken)), [len(each.articles) for each in taken])
        numbers = np.concatenate([np.empty(0, dtype=np.int64), *(each.articles for each in taken)])
        order = _order_of(self._each("articles", _Group(sources, numbers)))
        self._all = _Group(sources[order], numbers[order])
        self._whole = all(len(each.articles) == len(each.forward.articles) for each in taken)
        self._groups = list(self._grouped())

    def stream(self) -> Stream:
        words = self._words()
        number_of = {term: n for n, term in enumerate(words.vocabulary)}
        form_terms = np.fromiter(map(number_of.__getitem__, words.terms), np.int32)
        return Stream(
            words.vocabulary,
            {
                **{name: self._each(name, self._all) for name in TEXTS if name != "forms"},
                "forms": words.forms,
            },
            {
                "firsts": [firsts_of(self._each("articles", self._all))],
                "kinds": [self._numbers("kinds", np.uint8)],
                "weights": [self._numbers("weights", np.float32)],
                "form_terms": [form_terms],
                "section_sentences": self._ends("section_sentences"),
                "title_offsets": self._ends("title_offsets"),
                "title_words": self._renumbered("title_words", words),
                "starts": self._pieces("starts"),
                "ends": self._pieces("ends"),
                "paragraphs": self._pieces("paragraphs"),
                "offsets": self._sentence_ends(),
                "words": self._renumbered("words", words),
                "cases": self._pieces("cases"),
            },
        )

    def _grouped(self) -> Iterator[_Group]:
        """Articles of about `_PIECE` words."""
        sizes = np.zeros(len(self._all.numbers), dtype=np.int64)
        for source, forward in enumerate(self._indexes):
            rows = np.flatnonzero(self._all.sources == source)
            starts, ends = _bounds(forward, "words", self._all.numbers[rows])
            sizes[rows] = ends - starts
        group_of = np.cumsum(sizes) // _PIECE
        edges = np.append(np.flatnonzero(np.diff(group_of, prepend=-1)), len(group_of))
        for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            yield _Group(self._all.sources[first:last], self._all.numbers[first:last])

    def _words(self) -> _Words:
        used = self._used()
        every = set(chain.from_iterable(map(_keys, self._indexes, used)))
        keys = sorted(every)
        every.clear()
        number_of = {key: n for n, key in enumerate(keys)}
        renumbered = [
            _numbered(number_of, forward, marks)
            for forward, marks in zip(self._indexes, used, strict=True)
        ]
        pairs = [key.partition("\0") for key in keys]
        terms = [term for _, _, term in pairs]
        return _Words([form for form, _, _ in pairs], terms, sorted(set(terms)), renumbered)

    def _used(self) -> list[NDArray[np.bool_]]:
        """Which forms stand in the articles that are taken: those of others go too."""
        marks = [np.full(len(forward.forms), self._whole) for forward in self._indexes]
        for group in [] if self._whole else self._groups:
            for source in np.unique(group.sources).tolist():
                numbers, forward = group.numbers[group.sources == source], self._indexes[source]
                for name in ("words", "title_words"):
                    places, _ = ranges(*_bounds(forward, name, numbers))
                    marks[source][getattr(forward, name)[places]] = True
        return marks

    def _each(self, name: str, group: _Group) -> Sequence[str]:
        return _Picked([getattr(forward, name) for forward in self._indexes], group)

    def _numbers(self, name: str, kind: DTypeLike) -> Array:
        found: Array = np.empty(len(self._all.numbers), dtype=kind)
        for source, forward in enumerate(self._indexes):
            rows = np.flatnonzero(self._all.sources == source)
            found[rows] = getattr(forward, name)[self._all.numbers[rows]]
        return found

    def _pieces(self, name: str) -> Iterator[Array]:
        arrays = [getattr(forward, name) for forward in self._indexes]
        return (self._taken(group, name, arrays) for group in self._groups)

    def _renumbered(self, name: str, words: _Words) -> Iterator[Array]:
        """Form numbers, as they are now."""
        arrays = [getattr(forward, name) for forward in self._indexes]
        for group in self._groups:
            yield self._taken(group, name, arrays, words.renumbered)

    def _taken(
        self,
        group: _Group,
        name: str,
        arrays: Sequence[Array],
        renumbered: Sequence[Array] | None = None,
    ) -> Array:
        """What stands in an array for each article of a group, one after the other."""
        sources = np.unique(group.sources).tolist()
        if len(sources) == 1 and _in_a_row(group.numbers):
            starts, ends = _bounds(self._indexes[sources[0]], name, group.numbers)
            piece: Array = arrays[sources[0]][int(starts[0]) : int(ends[-1])]
            return renumbered[sources[0]][piece] if renumbered else piece
        starts, ends = (np.zeros(len(group.numbers), dtype=np.int64) for _ in range(2))
        for source in sources:
            rows = np.flatnonzero(group.sources == source)
            starts[rows], ends[rows] = _bounds(self._indexes[source], name, group.numbers[rows])
        after = np.cumsum(ends - starts)
        out = np.empty(int(after[-1]), dtype=arrays[0].dtype)
        for source in sources:
            rows = np.flatnonzero(group.sources == source)
            there, _ = ranges(after[rows] - (ends - starts)[rows], after[rows])
            here, _ = ranges(starts[rows], ends[rows])
            piece = arrays[source][here]
            out[there] = renumbered[source][piece] if renumbered else piece
        return out

    def _ends(self, name: str) -> Iterator[Array]:
        """Offsets of articles into another array."""
        sizes = [np.diff(getattr(forward, name)).astype(np.int64) for forward in self._indexes]
        yield np.zeros(1, dtype=np.int64)
        every = np.zeros(len(self._all.numbers), dtype=np.int64)
        for source, of in enumerate(sizes):
            rows = np.flatnonzero(self._all.sources == source)
            every[rows] = of[self._all.numbers[rows]]
        yield np.cumsum(every)

    def _sentence_ends(self) -> Iterator[Array]:
        """Offsets of sentences into the words."""
        sizes = [np.diff(forward.offsets) for forward in self._indexes]
        yield np.zeros(1, dtype=np.int64)
        end = 0
        for group in self._groups:
            ends = end + np.cumsum(self._taken(group, "starts", sizes))
            end = int(ends[-1]) if len(ends) else end
            yield ends


def _order_of(names: Sequence[str]) -> Ints:
    """The places of names in the order of these."""
    if all(before <= after for before, after in pairwise(names)):
        return np.arange(len(names))
    every = list(names)
    return np.fromiter(sorted(range(len(every)), key=every.__getitem__), np.int64, len(every))


def _in_a_row(numbers: Ints) -> bool:
    """Whether ascending numbers follow one another."""
    return int(numbers[-1] - numbers[0]) == len(numbers) - 1


def _bounds(forward: ForwardIndex, name: str, articles: Ints) -> tuple[Ints, Ints]:
    """Where each article's stretch of an array begins, and ends."""
    if name == "title_words":
        edges = (forward.title_offsets[articles + n] for n in (0, 1))
    else:
        edges = (forward.section_sentences[articles + n] for n in (0, 1))
    starts, ends = (edge.astype(np.int64) for edge in edges)
    if name in {"words", "cases"}:
        return forward.offsets[starts].astype(np.int64), forward.offsets[ends].astype(np.int64)
    return starts, ends


def _keys(forward: ForwardIndex, used: NDArray[np.bool_]) -> Iterator[str]:
    """Each form that is used, with its term: they sort as pairs do, since no form has a NUL."""
    vocabulary = list(forward.vocabulary)
    known = zip(forward.forms, forward.form_terms.tolist(), used.tolist(), strict=True)
    return (f"{form}\0{vocabulary[term]}" for form, term, is_used in known if is_used)


def _numbered(number_of: dict[str, int], forward: ForwardIndex, used: NDArray[np.bool_]) -> Array:
    numbers: Array = np.zeros(len(used), dtype=np.int32)
    numbers[used] = np.fromiter(
        map(number_of.__getitem__, _keys(forward, used)), np.int32, int(used.sum())
    )
    return numbers
