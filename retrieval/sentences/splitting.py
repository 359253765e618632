"""A text's sentences, as exact spans over it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

import sentencex

from retrieval.sentences import abbreviations, paragraphs
from retrieval.values import Sentence, Span, primary

MAX_SENTENCE = 1_200
"""The most characters of a sentence: a quote must fit one Discord message."""

WHOLE = 120
"""A quotation or bracket of at most so many characters is never split inside.

A longer one is split where its sentences end, so that each can be evidence of its own.
"""

_HARD = "。｡！？؟۔।॥։።፧"  # they end a sentence without a space after
# What sentencex must not see. It keeps whole what stands in quotation marks and brackets,
# however long; it lets a bullet run to the end of the text; it takes quadratic time over many
# quotations, and over many stops without a space after them; it fails on some rare white space.
# A citation mark is no word either.
_MARKS = re.compile(
    rf"\[\d{{1,3}}\]|\[[a-z]\]|''|['‘’](?:(?<!\w.)|(?!\w))"
    rf"|[\"“”„‟‚‛«»‹›「」『』《》()（）\[\]{{}}<>`•‣◦▪{_HARD}]|[^\S ]"
)
_ANY = rf"[.!?…．‼⁇⁈⁉{_HARD}]"
_MOST_STOPS = 1_000  # in a row, taken as one: a longer run, as of a table's dots, is cut
# One stop or several, as "...", "?!" or, in tokenised text, ". . ."
_STOPS = rf"{_ANY}(?:\s?{_ANY}(?!\w)){{0,{_MOST_STOPS}}}"
_STOP = re.compile(
    # The stops and what closes after them: quotation marks, brackets, marks of a citation.
    rf"(?P<end>{_STOPS}"
    r"(?:\s''(?!\w)|\s?[”»›」』》）)\]](?!\w)|[\"'’“«](?!\w)|\s?\[(?:\d{1,3}|[a-z])\])"
    rf"{{0,{_MOST_STOPS}}}"
    # No stop is inside a word, a number or an address; but a space may have been lost.
    rf"(?:(?![\w.,;:/@%&=’'–-])|(?<=[{_HARD}])|(?<=[a-z]{{2}}[.!?])(?=[A-Z][a-z]*[\s,’'?!])))"
    # Stops that are no end are passed over together: none of them would be one alone.
    rf"|{_STOPS}"
)
_ENCLOSED = re.compile(
    rf"“[^“”]{{1,{WHOLE}}}”|«[^«»]{{1,{WHOLE}}}»|「[^「」]{{1,{WHOLE}}}」|『[^『』]{{1,{WHOLE}}}』"
    rf"|``.{{1,{WHOLE}}}?''|\([^()]{{1,{WHOLE}}}\)|（[^（）]{{1,{WHOLE}}}）"
    rf"|\"(?<![\w.,!?].)(?=\w)[^\"]{{1,{WHOLE}}}\"|‘(?:[^‘’]|’(?=\w)){{1,{WHOLE}}}’(?!\w)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # iPhone, eBay: a sentence may begin with it
_MARKER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{2,4})[.)]\W*")
_LEADING = re.compile(r"\s*(?:(?:[-*•‣◦▪·–—>]|#{1,6})\s+)*")
_CLAUSE = re.compile(r"[;:,—–،](?=\s)|[、，；：]")
# Tried only where a run of spaces begins: tried from each space, a long run takes forever.
_GAP = re.compile(r"(?:(?<! ) {2,}+|(?<!\t)\t++)(?=\w|[\"'“‘(])")
_FEWEST_ITEMS, _FRESH_SHARE = 3, 0.8
_CLOSERS = (")", "]", "”", "»", "%", "°")
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
    view, rules = _view(text), primary(language)
    found: list[Sentence] = []
    number = 0
    for paragraph in paragraphs.find(text):
        spans = list(_split_paragraph(text, view, paragraph, rules))
        found += [Sentence(start, end, number) for start, end in spans]
        number += bool(spans)
    return found


def split_within(text: str, stretches: Iterable[Span], language: str) -> list[Span]:
    """The sentences of some stretches of `text`, in each of which a line end is a mere space."""
    found: list[Span] = []
    for start, end in stretches:
        own = text[start:end]
        spans = _split_paragraph(own, _view(own), Span(0, len(own)), primary(language))
        found += [Span(start + first, start + last) for first, last in spans]
    return found


def _view(text: str) -> str:
    """What sentencex sees: one character for one, so that every offset holds in both."""
    return _MARKS.sub(lambda mark: " " * len(mark.group()), text)


def _split_paragraph(text: str, view: str, paragraph: Span, language: str) -> Iterator[Span]:
    for item in _find_items(text, paragraph):
        start = item.start
        for end in _find_ends(text, view, item, language):
            sentence = _trim(text, Span(start, end))
            if sentence is not None:
                yield from _fit(text, sentence)
            start = end


def _find_items(text: str, paragraph: Span) -> Iterator[Span]:
    """The items of a list or table whose line ends were lost, else the whole paragraph.

    Wide gaps stand between its items, and each item begins anew; in justified prose wide gaps
    stand anywhere.
    """
    matches = [match for match in _GAP.finditer(text, *paragraph) if match.start()]
    gaps = [match.end() for match in matches if text[match.start() - 1] not in ".!?"]
    fresh = [gap for gap in gaps if not text[gap].islower()]
    if len(fresh) < max(_FEWEST_ITEMS, _FRESH_SHARE * len(gaps)):
        fresh = []
    edges = [paragraph.start, *fresh, paragraph.end]
    yield from (Span(*edge) for edge in pairwise(edges))


def _find_ends(text: str, view: str, item: Span, language: str) -> Iterator[int]:
    """Where the item's sentences end; last its own end."""
    votes = _vote(view, item, language)
    english = language == "en"
    enclosures = _ENCLOSED.finditer(text, *item)
    enclosure = next(enclosures, None)
    rest = item
    for match in _STOP.finditer(text, *item):
        if match["end"] is None:
            continue
        stop = Span(*match.span())
        while enclosure is not None and enclosure.end() <= stop.start:
            enclosure = next(enclosures, None)
        if enclosure is not None and enclosure.start() < stop.start and stop.end < enclosure.end():
            continue
        if _is_end(text, view, rest, stop, _has_vote(votes, stop), english):
            yield stop.end
            rest = Span(stop.end, item.end)
    yield item.end


def _vote(view: str, paragraph: Span, language: str) -> list[int]:
    """Where the sentencex library sees sentences end, in order."""
    start, end = paragraph
    try:
        found = sentencex.get_sentence_boundaries(language, view[start:end])
    except BaseException as error:
        # A panic in its Rust code is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        return list(range(start, end + 1))
    return [start + one["start_index"] + len(one["text"].rstrip()) for one in found]


def _has_vote(votes: list[int], stop: Span) -> bool:
    place = bisect_right(votes, stop.start)
    return place < len(votes) and votes[place] <= stop.end


def _is_end(text: str, view: str, rest: Span, stop: Span, voted: bool, english: bool) -> bool:
    """Whether the sentence that begins with `rest` ends at `stop`."""
    mark = text[stop.start]
    if mark in _HARD:
        return True
    if _runs_on(text, view, rest, stop):
        return False
    is_ellipsis = mark == "…" or text.startswith("..", stop.start)
    if is_ellipsis or text[max(0, stop.start - 2) : stop.start].rstrip().endswith(_CLOSERS):
        return True  # no abbreviation ends so
    if mark != "." or not english:
        return voted
    before = view[max(rest.start, stop.start - _FAR) : stop.start]
    after = view[stop.end : min(rest.end, stop.end + _FAR)]
    return abbreviations.ends(before, after, voted=voted)


def _runs_on(text: str, view: str, rest: Span, stop: Span) -> bool:
    """Whether what follows cannot begin a sentence, or what precedes be one."""
    match = _WORD.search(view, stop.end, min(rest.end, stop.end + _NEAR))
    if match and match.group()[0].islower() and not _BRAND.match(match.group()):
        return True
    # "2." before the item that it numbers
    return stop.start - rest.start < _NEAR and bool(_MARKER.fullmatch(text, rest.start, stop.end))


def _trim(text: str, span: Span) -> Span | None:
    """The span without white space around it and a bullet before it; None without a word."""
    start = _skip(text, span)
    kept = text[start : span.end].rstrip()
    return Span(start, start + len(kept)) if any(map(str.isalnum, kept)) else None


def _skip(text: str, span: Span) -> int:
    """Where the span begins, after white space and a bullet."""
    opening = _LEADING.match(text, *span)
    return opening.end() if opening else span.start


def _fit(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, trimmed, cut at its best places where it is longer than `MAX_SENTENCE`."""
    start, end = sentence
    if end - start <= MAX_SENTENCE:
        yield sentence
        return
    # Found once, not again after each cut
    last = next(place for place in range(end - 1, start - 1, -1) if text[place].isalnum())
    while start <= last and end - start > MAX_SENTENCE:
        cut = _find_cut(text, start)
        piece = _trim(text, Span(start, cut))
        if piece is not None:
            yield piece
        start = _skip(text, Span(cut, end))
    if start <= last:
        yield Span(start, end)


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
