"""A sentence as its words and what stands between them, with all that it quotes left blank.

What stands in quotation marks is somebody's speech: who spoke it is told outside of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_EITHER}]")
_BLANK, _STOP = "_", "‚"  # for what is quoted, and for the mark that ends it
_STOPPING = ",.?!…"
_OPENS = re.compile(rf"(?<![^\s(\[—–]){_EITHER}(?=\w)")  # a straight mark that begins a quotation
_WORD = re.compile(
    r"\([A-Z][A-Z.&-]+\)"  # the initials behind a name stay with it
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Sen|Rep|Gov|St|Rev|Jr|Sr|Capt|Hon|al)\."
    r"|(?:[A-Z]\.)+"
    r"|[^\W_][\w’'&/]*(?:[-.][\w’'&/]+)*"
)
_END_OF_NAME = re.compile(r"[,;:—–“”…!?()\[\]]|``|''|\s--?\s|\.\s")
_SPOKEN = re.compile(rf"{_STOP}”|”\s*,")
_PHRASE = re.compile(rf"\W*“[^“”]*{_BLANK}\s[^“”]*”")


class Word(NamedTuple):
    """A word of a sentence.

    Attributes:
        raw: As it is written.
        low: In lower case.
        start: First character in the sentence.
        end: One past the last.
        gap: What stands between the word before and this one.
    """

    raw: str
    low: str
    start: int
    end: int
    gap: str

    @property
    def apart(self) -> bool:
        """Whether a comma, a dash, a quotation mark or the like parts it from the word before."""
        return self.gap != " " and _END_OF_NAME.search(self.gap) is not None

    @property
    def spoken(self) -> bool:
        """Whether speech ends right before it, and no mere word or title in quotation marks.

        Its last mark is a comma or a full stop, one follows it, or it opens the sentence.
        """
        opens = self.start == len(self.gap) and _PHRASE.match(self.gap) is not None
        return opens or _SPOKEN.search(self.gap) is not None

    @property
    def capital(self) -> bool:
        """Whether it has a capital."""
        return self.raw != self.low


def read_words(sentence: str, *, quoted: bool = False) -> list[Word]:
    """The words of a sentence outside of quotations, and last an empty word at its end.

    Args:
        sentence: The sentence.
        quoted: Whether it begins within a quotation.
    """
    text = _blank_quotations(sentence, quoted=quoted)
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        raw = found.group()
        words.append(Word(raw, raw.lower(), found.start(), found.end(), text[end : found.start()]))
        end = found.end()
    return [*words, Word("", "", len(text), len(text), f"{text[end:]} . ")]


def has_quotation(sentence: str) -> bool:
    """Whether a quotation mark stands in a sentence."""
    return _MARK.search(sentence) is not None


def is_quotation(sentence: str) -> bool:
    """Whether a sentence is one quotation and nothing else."""
    said = sentence.strip()
    first, last = said[:1], said[-1:]
    if not said or first not in _OPENING + _EITHER or last not in _CLOSING + _EITHER:
        return False
    return len(said) > 2 and _MARK.search(said, 1, len(said) - 1) is None


def goes_on_quoted(sentence: str) -> bool:
    """Whether a sentence can go on with a quotation: its first mark does not begin one."""
    mark = _MARK.search(sentence)
    if mark is None:
        return True
    return mark.group() not in _OPENING and _OPENS.match(sentence, mark.start()) is None


def closes_at_once(sentence: str) -> bool:
    """Whether a quotation ends before the first word of a sentence."""
    mark = _MARK.search(sentence)
    return mark is not None and not sentence[: mark.start()].strip() and goes_on_quoted(sentence)


def ends_quoted(sentence: str, *, quoted: bool = False) -> bool:
    """Whether a quotation is still open where a sentence ends."""
    quoted = quoted and goes_on_quoted(sentence)
    for mark in _MARK.findall(sentence):
        quoted = mark in _OPENING or (mark == _EITHER and not quoted)
    return quoted


def _blank_quotations(sentence: str, *, quoted: bool) -> str:
    """The sentence at the same length, what it quotes blanked out, quotation marks as “ and ”."""
    quoted = quoted and goes_on_quoted(sentence)
    if not quoted and not _MARK.search(sentence):
        return sentence
    blanked: list[str] = []
    for n, mark in enumerate(sentence):
        opens = mark in _OPENING or (mark == _EITHER and not quoted)
        closes = mark in _CLOSING or (mark == _EITHER and quoted)
        if opens or closes:
            blanked.append("“" if opens else "”")
            quoted = opens
        else:
            blanked.append(_blank(mark, sentence[n + 1 : n + 2]) if quoted else mark)
    return "".join(blanked)


def _blank(mark: str, following: str) -> str:
    if mark.isspace():
        return mark
    return _STOP if mark in _STOPPING and following in {*_CLOSING, _EITHER} else _BLANK
