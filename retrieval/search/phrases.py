"""Where folded words stand one after the other in a segment.

A hyphen is as good as a space: of a hyphenated word the parts stand in order, the whole is passed
over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from retrieval.search.arrays import Ints, Marks, ranges, search
from retrieval.search.forward import WHOLE, ForwardIndex
from retrieval.search.scores import NOWHERE
from retrieval.search.segment import SegmentReader
from retrieval.text import stopwords


def sentences_with(phrase: Sequence[str], segment: SegmentReader) -> Ints:
    """The sentences of a segment that have a phrase word for word, ascending.

    Its rarest word is looked up; from each place of it the other words are compared, those after it
    first.

    Args:
        phrase: Folded words.
        segment: Where they are looked for.
    """
    forward = segment.forward
    numbers = [_numbers(form, segment) for form in phrase]
    if not all(map(len, numbers)):
        return NOWHERE
    holding = [_holding(found, segment, segment.sentences_with) for found in numbers]
    rarest = min(range(len(holding)), key=lambda place: len(holding[place]))
    first = last = _words_in(holding[rarest], numbers[rarest], forward)
    for wanted in numbers[rarest + 1 :]:
        last, found = _next(last, 1, wanted, forward)
        first, last = first[found], last[found]
    for wanted in reversed(numbers[:rarest]):
        first, found = _next(first, -1, wanted, forward)
        first, last = first[found], last[found]
    sentences = search(forward.offsets, first)
    whole = sentences[last < forward.offsets[sentences + 1]]
    once: Ints = whole[np.diff(whole, prepend=-1) > 0]
    return once


def sentences_titled(phrase: Sequence[str], segment: SegmentReader) -> Ints:
    """The sentences of a segment's articles that have a phrase in their title, ascending."""
    forward, length = segment.forward, len(phrase)
    numbers = [_numbers(form, segment) for form in phrase]
    if not all(map(len, numbers)):
        return NOWHERE
    named = [_holding(found, segment, segment.titles_with) for found in numbers]
    articles = min(named, key=len)
    first, _ = ranges(forward.title_offsets[articles], forward.title_offsets[articles + 1])
    for place, forms in enumerate(numbers):
        first = first[first + place < len(forward.title_words)]
        first = first[np.isin(forward.title_words[first + place], forms)]
    articles = search(forward.title_offsets, first)
    whole = np.unique(articles[first + length <= forward.title_offsets[articles + 1]])
    sentences, _ = ranges(forward.section_sentences[whole], forward.section_sentences[whole + 1])
    return sentences


def _numbers(form: str, segment: SegmentReader) -> list[int]:
    """The numbers of a form: one for each language that has it, and an acronym's."""
    written = (form, form.upper()) if form in stopwords.ACRONYMS else (form,)
    return [number for one in written for number in segment.form_numbers(one)]


def _holding(forms: Iterable[int], segment: SegmentReader, find: Callable[[str], Ints]) -> Ints:
    """What `find` finds for the terms of some forms, ascending."""
    terms = {segment.forward.vocabulary[int(segment.forward.form_terms[form])] for form in forms}
    found = [find(term) for term in sorted(terms)]
    return found[0] if len(found) == 1 else np.unique(np.concatenate([NOWHERE, *found]))


def _words_in(sentences: Ints, forms: Sequence[int], forward: ForwardIndex) -> Ints:
    """The places of some forms among all words; all stand in these sentences."""
    words, _ = ranges(forward.offsets[sentences], forward.offsets[sentences + 1])
    found: Ints = words[
        np.isin(forward.words[words], forms) & ((forward.cases[words] & WHOLE) == 0)
    ]
    return found


def _next(words: Ints, way: int, forms: Sequence[int], forward: ForwardIndex) -> tuple[Ints, Marks]:
    """The places of the next words, hyphenated wholes passed over, and which are of these forms.

    Args:
        words: Places among the words of the forward index.
        way: 1 for the words after them, -1 for those before.
        forms: What is looked for.
        forward: All words.
    """
    last = len(forward.words) - 1
    moved = words + way
    moved = moved + way * ((forward.cases[np.clip(moved, 0, last)] & WHOLE) != 0)
    found: Marks = np.isin(forward.words[np.clip(moved, 0, last)], forms)
    return moved, found & (moved >= 0) & (moved <= last)
