"""What is seen of candidates: where each word of a question stands in them, and around them."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.ranking.columns import Marks
from retrieval.search.arrays import Floats, Ints
from retrieval.text.word_classes import Flags

NOWHERE = 1 << 30


class Words(NamedTuple):
    """The words of the candidates one after the other; all arrays have the shape (words,).

    Attributes:
        row: Which candidate each is in.
        place: Its place in the sentence, from 0.
        flags: What its form is; see `word_classes`.
        capital: Whether it starts with a capital letter.
        asked: Which word of the question it is, or -1.
    """

    row: Ints
    place: Ints
    flags: Flags
    capital: Marks
    asked: Ints


class Look(NamedTuple):
    """C candidates, W words asked.

    Attributes:
        sentence: Shape (C, W): whether the word stands in the candidate.
        before: Shape (C, W): in the sentence before it, in the same article.
        after: Shape (C, W): in the sentence after.
        title: Shape (C, W): in the article's title.
        paragraph: Shape (C, W): in its paragraph.
        derived: Shape (C, W): whether a word of its family stands in the candidate.
        synonym: Shape (C, W): whether a word of its meaning does.
        unstemmed: Shape (C, W): whether the very form that was asked does.
        first: Shape (C, W): the word's first place in the candidate, or `NOWHERE`.
        words: The words of the candidates.
        lengths: Shape (C,): how many words each has.
        named: Shape (C,): the share of the title's content words that the question names.
        opening: Shape (C,): how many sentences stand before it in its article.
    """

    sentence: Marks
    before: Marks
    after: Marks
    title: Marks
    paragraph: Marks
    derived: Marks
    synonym: Marks
    unstemmed: Marks
    first: Ints
    words: Words
    lengths: Ints
    named: Floats
    opening: Ints
