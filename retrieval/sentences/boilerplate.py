"""Which sentences of a text are boilerplate, and never quoted.

What a picture shows is boilerplate if the line carries its credit ("… (Agency via AP)") or stands
above a line that does; a full statement with a mere note ("… in June (File image).") is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from retrieval.sentences import boilerplate_rules
from retrieval.sentences.boilerplate_rules import RULES, Rule
from retrieval.sentences.boilerplate_words import fill
from retrieval.values import Sentence

# Boilerplate is short; a longer line is prose whatever it begins with.
_LONGEST = 300
# A headline is repeated within an article's first lines, among section labels and share bars.
_HEAD = 10
_FEWEST_HEADLINE_WORDS = 4
_MOST_LABEL_WORDS = 6
_STRAIGHT = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
_STOPS = (".", "!", "?", "…", '"', ":", ";", ",")


def _compile(rules: Iterable[Rule]) -> re.Pattern[str]:
    """One expression for all rules; its last group that matched tells which."""
    branches = (f"(?P<r{RULES.index(rule)}>{fill(rule.pattern)})" for rule in rules)
    return re.compile(rf"(?:{'|'.join(branches)})[ .:!…»›>→]*", re.IGNORECASE)


class _Patterns(NamedTuple):
    """The rules as expressions."""

    alone: re.Pattern[str]
    within: re.Pattern[str]
    front_matter: re.Pattern[str]
    on_this_page: re.Pattern[str]
    of_accounts: re.Pattern[str]
    to_the_reader: re.Pattern[str]
    requests: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled at first use: a library that was read before needs none of them."""
    return _Patterns(
        alone=_compile(RULES),
        within=_compile(rule for rule in RULES if not rule.alone),
        front_matter=re.compile(boilerplate_rules.FRONT_MATTER, re.VERBOSE),
        on_this_page=re.compile(fill(boilerplate_rules.ON_THIS_PAGE), re.IGNORECASE),
        of_accounts=re.compile(fill(boilerplate_rules.OF_ACCOUNTS), re.IGNORECASE),
        to_the_reader=re.compile(boilerplate_rules.TO_THE_READER),
        requests=re.compile(fill(boilerplate_rules.REQUESTS), re.IGNORECASE),
    )


def mark(text: str, sentences: list[Sentence]) -> list[Sentence]:
    """The same sentences; each that is boilerplate carries the reason.

    Args:
        text: The article's stored text.
        sentences: All its sentences, as `sentences.split` gives them.
    """
    page = _Page(text, sentences)
    reasons: dict[int, str] = {}
    for find in (_find_front_matter, _match_rules, _find_notices, _find_repeated):
        for place, reason in find(page):
            reasons.setdefault(place, reason)
    for place in _find_labels(page, reasons):
        reasons.setdefault(place, "caption")
    return [one._replace(boilerplate=reasons.get(place)) for place, one in enumerate(sentences)]


class _Page:
    """A text's sentences, made alike for comparison; a sentence's place is its number here."""

    def __init__(self, text: str, sentences: list[Sentence]) -> None:
        self.text = text
        self.sentences = sentences
        self.lines = [_fold(text[one.start : one.end]) for one in sentences]
        numbers = groupby(range(len(sentences)), lambda place: sentences[place].paragraph)
        self.paragraphs = [list(places) for _, places in numbers]

    def cut(self, first: int, last: int) -> str:
        """All from one sentence to another, made alike."""
        return _fold(self.text[self.sentences[first].start : self.sentences[last].end])


def _fold(line: str) -> str:
    return " ".join(line.translate(_STRAIGHT).split()) if len(line) <= _LONGEST else ""


def _reason(pattern: re.Pattern[str], line: str) -> str | None:
    match = pattern.fullmatch(line) if line else None
    if match is None or match.lastgroup is None:
        return None
    return RULES[int(match.lastgroup.removeprefix("r"))].reason


def split_front_matter(text: str) -> tuple[str, str]:
    """The fields with which a Markdown text begins, empty where it has none, and the rest."""
    front = _patterns().front_matter.match(text)
    return (front["fields"], text[front.end() :]) if front else ("", text)


def _find_front_matter(page: _Page) -> Iterator[tuple[int, str]]:
    """What stands in the fields of a Markdown file."""
    _, body = split_front_matter(page.text)
    end = len(page.text) - len(body)
    for place, one in enumerate(page.sentences):
        if one.end > end:
            return
        yield place, "front matter"


def _match_rules(page: _Page) -> Iterator[tuple[int, str]]:
    """Lines that the rules know."""
    alone, within = _patterns().alone, _patterns().within
    for places in page.paragraphs:
        found = [_reason(alone, page.lines[place]) for place in places]
        if len(places) > 1 and (whole := _reason(alone, page.cut(places[0], places[-1]))):
            found = [whole] * len(places)
        if None in found:
            # Among prose only what is boilerplate wherever it stands; what no rule knows is none.
            lines = zip(places, found, strict=True)
            found = [reason and _reason(within, page.lines[place]) for place, reason in lines]
        yield from ((place, reason) for place, reason in zip(places, found, strict=True) if reason)


def _find_notices(page: _Page) -> Iterator[tuple[int, str]]:
    """Blocks that tell the reader how to get at this very page.

    From a sentence about this page and an account, such a block reaches as far as the
    sentences beside it address the reader about accounts. It has its paragraphs to itself, or
    opens or closes the text: a guide to some account speaks so in the midst of other prose.
    """
    text = page.text.casefold()
    if not any(word in text for word in boilerplate_rules.ACCOUNT_WORDS):
        return
    about = [_is_about_account(line) for line in page.lines]
    starts = {places[0] for places in page.paragraphs}
    ends = {places[-1] for places in page.paragraphs}
    for is_about, group in groupby(range(len(about)), about.__getitem__):
        run = list(group)
        if not is_about or not any(
            _patterns().on_this_page.search(page.lines[place]) for place in run
        ):
            continue
        opens_or_closes = run[0] == 0 or run[-1] == len(about) - 1
        if opens_or_closes or (run[0] in starts and run[-1] in ends):
            yield from ((place, "log-in notice") for place in run)


def _is_about_account(line: str) -> bool:
    """Whether the line addresses the reader about an account."""
    addressed = _patterns().requests.match(line) or _patterns().to_the_reader.search(line)
    return bool(addressed and _patterns().of_accounts.search(line))


def _is_heading(line: str) -> bool:
    return bool(line) and not line.endswith(_STOPS)


def _find_repeated(page: _Page) -> Iterator[tuple[int, str]]:
    """Headlines that only repeat one above them."""
    seen: set[str] = set()
    for places in page.paragraphs[:_HEAD]:
        line = page.lines[places[0]]
        if len(places) > 1 or not _is_heading(line):
            continue
        key = "".join(filter(str.isalnum, line.casefold()))
        if key in seen and len(line.split()) >= _FEWEST_HEADLINE_WORDS:
            yield places[0], "repeated headline"
        seen.add(key)


def _find_labels(page: _Page, reasons: dict[int, str]) -> Iterator[int]:
    """Short labels on the line right above a caption or a credit."""
    for places in page.paragraphs[:-1]:
        place = places[-1]
        if len(places) > 1 or reasons.get(place + 1) not in {"caption", "photo credit"}:
            continue
        gap = page.text[page.sentences[place].end : page.sentences[place + 1].start]
        line = page.lines[place]
        is_short = len(line.split()) <= _MOST_LABEL_WORDS and _is_heading(line)
        if is_short and len(gap.splitlines()) == 1:
            yield place
