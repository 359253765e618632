"""Numbers that name rather than count: "F-16", "Section 5", "[12]", "3-1", a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.quantities.nouns import find_noun
from retrieval.text import stopwords
from retrieval.text.closed_classes import OPENERS, WEEKDAYS
from retrieval.values import Span

_SERIAL = re.compile(
    r"(?=[\d+(\[hd])(?:(?P<date>\b(?:1\d|20)\d\d-\d\d-\d\d\b|\b\d\d?[/.]\d\d?[/.](?:1\d|20)\d\d\b)"
    r"|\+\d[\d\s().-]{6,}\d"  # an international telephone number
    r"|\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b"
    r"|\b\d+(?:[.:-]\d+){2,}\b"  # a version, an address, a book's number
    r"|\[[\d\s,;–-]+\]"  # a citation
    r"|\b\d{1,4}\s?[x×]\s?\d[\d.]*(?:\s?[x×]\s?\d[\d.]*)?"  # length times width
    r"|\b\d{1,2}:\d{2}\b"  # a time of day
    r"|\b\d{1,2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|o['’]clock)"
    r"|\b\d+/\d+\b"
    r"|https?://\S+|\bdoi:\S+)"
)
_LABELS = frozenset(
    "fig figs figure figures table tables page pages p pp chapter chapters section sections "
    "article articles line lines type types phase phases grade grades stage stages level "
    "levels step steps version versions number numbers no nos room rooms group groups class "
    "classes category categories part parts volume volumes vol item items route routes "
    "flight flights channel channels act acts scene scenes verse verses model models "
    "episode episodes season seasons tier tiers zone zones rule rules question questions "
    "exon exons appendix equation equations eq eqs ref refs reference references chromosome "
    "chromosomes codon codons genotype genotypes serotype serotypes subtype subtypes clade "
    "clades residue residues position positions size score scores scale row rows column "
    "columns unit units lot track tracks gate gates platform platforms highway interstate".split()
)
_PERIODS = frozenset("day week month year".split())  # "week 12", not "last week 12 people"
_HEADING = re.compile(r"\d+(?:\.\d+)*\.?\s(?=[A-Z])|\d+\.\s")
_JOINING = frozenset({"and", "to", "or", "&"})
_NUMBERED = re.compile(r"[\dIVX.,–-]+")
_SYMBOL = re.compile(r"(?:[=#№]|\b(?!age)[A-Za-z]{1,3}\s?[<>≤≥])\s?$")
_NAME = re.compile(r"(?P<name>[A-Z][\w'’&.-]*)\s$")
_SMALL = 10_000  # a plain number below this may be part of a name


def find_serials(text: str) -> Iterator[Span]:
    """The stretches of a text whose digits make up one sign: telephone numbers, times, scores."""
    found = _SERIAL.finditer(text)
    return (Span(*serial.span()) for serial in found if not serial["date"])


def is_label(text: str, start: int, end: int, *, plain: bool) -> bool:
    """Whether the number at `start`–`end` is the name, or part of the name, of something.

    Args:
        text: A sentence.
        start: The number's first character, its currency included.
        end: One past its last, its unit included.
        plain: Whether it has neither currency nor unit.
    """
    before = text[max(0, start - 40) : start]
    if _SYMBOL.search(before) or _is_joined(text, start, end) or _HEADING.match(text[: end + 2]):
        return True
    word = _last_word(before)
    if word in _LABELS or (word in _PERIODS and find_noun(text, end) is None):
        return True
    written = text[start:end]
    return plain and written.isdigit() and int(written) < _SMALL and _follows_name(before)


def _last_word(before: str) -> str:
    """The word that a number or a list of numbers stands behind: "figures" of "figures 2 and 3"."""
    words = before.split()
    if not before.endswith((" ", "\u00a0")):
        return ""
    while len(words) > 2 and words[-1] in _JOINING and _NUMBERED.fullmatch(words[-2]):
        words = words[:-2]
    return words[-1].lower().rstrip(".") if words else ""


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether a letter or a sign ties the number to what stands beside it."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isalnum() or before[-1] in "_/@&"):
        return True
    if len(before) == 2 and before[-1] in "-–‑:.,'’" and before[0].isalnum():
        return True
    if len(after) == 2 and after[0] in "/:_@–-" and after[1].isdigit():
        return True
    return bool(after) and (after[0].isalnum() or after[0] == "_")


def _follows_name(before: str) -> bool:
    found = _NAME.search(before)
    if found is None:
        return False
    word = found["name"].lower()
    return not (word in stopwords.ENGLISH or word in OPENERS or word in WEEKDAYS)
