"""A text's sentences, as exact spans over it."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

import sentencex

from retrieval import abbreviations, paragraphs
from retrieval.models import Sentence, Span

MAX_SENTENCE = 1_200
"""The most characters of a sentence: a quote must fit one Discord message."""

WHOLE = 120
"""A quotation or bracket of at most so many characters is never split inside.

A longer one is split where its sentences end, so that each can be evidence of its own.
"""

_SPACES = {ord(c): " " for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()}
# What the library must not see: it keeps whole what stands in quotation marks and brackets,
# however long, and takes quadratic time over many of them. A citation mark is no word either.
_MARKS = re.compile(
    r"\[\d{1,3}\]|\[[a-z]\]|[\"“”„‟«»‹›「」『』《》()（）\[\]{}<>`]|''|(?<!\w)['‘’]|['‘’](?!\w)"
)
_HARD = "。｡！？．؟۔।॥։።፧"
_ANY = rf"[.!?…‼⁇⁈⁉{_HARD}]"
_STOP = re.compile(
    # One stop or several, as "...", "?!" or, in tokenised text, ". . ."
    rf"{_ANY}(?:\s?{_ANY}(?!\w))*"
    # and what closes after it: quotation marks, brackets, marks of a citation.
    r"(?:\s?(?:''|[”»›」』》）)\]])(?!\w)|[\"'’“](?!\w)|\s?\[(?:\d{1,3}|[a-z])\])*"
    # No stop is inside a word, a number or an address; but a space may have been lost.
    rf"(?:(?![\w.,;:/@%&=’'–-])|(?<=[{_HARD}])|(?<=[a-z]{{2}}[.!?])(?=[A-Z][a-z]*[\s,’']))"
)
_ENCLOSED = re.compile(
    rf"“[^“”]{{1,{WHOLE}}}”|«[^«»]{{1,{WHOLE}}}»|「[^「」]{{1,{WHOLE}}}」|『[^『』]{{1,{WHOLE}}}』"
    rf"|``.{{1,{WHOLE}}}?''|\([^()]{{1,{WHOLE}}}\)|（[^（）]{{1,{WHOLE}}}）"
    rf"|(?<![\w.,!?])\"(?=\w)[^\"]{{1,{WHOLE}}}\""
    rf"|(?<!\w)[‘'](?=\w)(?:[^‘’'\n]|(?<=\w)[’'](?=\w)){{1,{WHOLE}}}[’'](?!\w)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # iPhone, eBay: a sentence may begin with it
_MARKER = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivx]{2,4})[.)]\W*")
_LEADING = re.compile(r"\s*(?:(?:[-*•‣◦▪·–—>]|#{1,6})\s+)*")
_CLAUSE = re.compile(r"[;:,—–،](?=\s)|[、，；：]")
_SPACE = re.compile(r"\s+")
_JOINER = "\u200d"
_NEAR, _FAR = 60, 120  # how far to look for the next word, and for the words around a full stop


def split(text: str, language: str = "en") -> list[Sentence]:
    """Split `text` into its sentences.

    The spans are ordered, do not overlap, are trimmed of white space (and of a bullet before
    them), hold every letter and digit of `text`, and none is longer than `MAX_SENTENCE`.

    Args:
        text: Any text.
        language: Its BCP 47 language; an unknown one falls back to general rules.
    """
    # One character for one, so that every offset holds in both.
    view = _MARKS.sub(lambda mark: " " * len(mark.group()), text).translate(_SPACES)
    primary = language.lower().replace("_", "-").partition("-")[0]
    found: list[Sentence] = []
    number = 0
    for paragraph in paragraphs.find(text):
        spans = list(_split_paragraph(text, view, paragraph, primary))
        found += [Sentence(start, end, number) for start, end in spans]
        number += bool(spans)
    return found


def _split_paragraph(text: str, view: str, paragraph: Span, language: str) -> Iterator[Span]:
    start = paragraph.start
    for end in _find_ends(text, view, paragraph, language):
        sentence = _trim(text, Span(start, end))
        if sentence is not None:
            yield from _fit(text, sentence)
        start = end


def _find_ends(text: str, view: str, paragraph: Span, language: str) -> Iterator[int]:
    """Where the paragraph's sentences end; last its own end."""
    votes = _vote(view, paragraph, language)
    english = language == "en"
    enclosures = _ENCLOSED.finditer(text, *paragraph)
    enclosure = next(enclosures, None)
    start = paragraph.start
    for match in _STOP.finditer(text, *paragraph):
        stop = Span(*match.span())
        while enclosure is not None and enclosure.end() <= stop.start:
            enclosure = next(enclosures, None)
        if enclosure is not None and enclosure.start() < stop.start and stop.end < enclosure.end():
            continue
        if _is_end(text, view, start, stop, _has_vote(votes, stop), english):
            yield stop.end
            start = stop.end
    yield paragraph.end


def _vote(view: str, paragraph: Span, language: str) -> list[int]:
    """Where the library sees sentences end, in order."""
    start, end = paragraph
    try:
        found = sentencex.get_sentence_boundaries(language, view[start:end])
    except BaseException as error:
        # A panic in the library's Rust code is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        return list(range(start, end + 1))
    return [start + one["start_index"] + len(one["text"].rstrip()) for one in found]


def _has_vote(votes: list[int], stop: Span) -> bool:
    place = bisect_right(votes, stop.start)
    return place < len(votes) and votes[place] <= stop.end


def _is_end(text: str, view: str, start: int, stop: Span, voted: bool, english: bool) -> bool:
    """Whether a sentence that began at `start` ends at `stop`."""
    mark = text[stop.start]
    if mark in _HARD:
        return True
    match = _WORD.search(view, stop.end, stop.end + _NEAR)
    following = match.group() if match else ""
    if following[:1].islower() and not _BRAND.match(following):
        return False
    if stop.start - start < _NEAR and _MARKER.fullmatch(text, start, stop.end):
        return False  # "2." before the item that it numbers
    if mark == "…" or text.startswith("..", stop.start):
        return True
    if mark != "." or not english:
        return voted
    before = view[max(start, stop.start - _FAR) : stop.start]
    return abbreviations.ends(before, view[stop.end : stop.end + _FAR], voted=voted)


def _trim(text: str, span: Span) -> Span | None:
    """The span without white space around it and a bullet before it; None without a word."""
    opening = _LEADING.match(text, *span)
    start = opening.end() if opening else span.start
    kept = text[start : span.end].rstrip()
    return Span(start, start + len(kept)) if any(map(str.isalnum, kept)) else None


def _fit(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, cut at its best places where it is longer than `MAX_SENTENCE`."""
    start, end = sentence
    while end - start > MAX_SENTENCE:
        cut = _find_cut(text, start)
        piece = _trim(text, Span(start, cut))
        if piece is not None:
            yield piece
        start = cut
    rest = _trim(text, Span(start, end))
    if rest is not None:
        yield rest


def _find_cut(text: str, start: int) -> int:
    """The best place after `start` to cut: after a clause, a word, or at least a character."""
    limit = start + MAX_SENTENCE
    half = start + MAX_SENTENCE // 2
    for pattern in (_CLAUSE, _SPACE):
        places = [match.end() for match in pattern.finditer(text, half, limit)]
        if places:
            return places[-1]
    for place in range(limit, half, -1):
        if not _is_joined(text, place):
            return place
    return limit


def _is_joined(text: str, place: int) -> bool:
    """Whether the character at `place` belongs to the one before it, as an accent does."""
    character = text[place]
    return (
        unicodedata.category(character).startswith("M")
        or _JOINER in text[place - 1 : place + 1]
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
