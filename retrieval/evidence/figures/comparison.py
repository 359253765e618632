"""Where sources differ: the same thing with another number, date or amount in another article.

That two sentences speak of the same thing is held to be so only where much agrees: the kind and
the unit, the noun, the subject, the names, the rest of the clause, and the time where it is
stated. A missed difference costs little; a false one misleads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations
from typing import NamedTuple

from retrieval.evidence.figures.likeness import Likeness
from retrieval.evidence.figures.mentions import (
    Figure,
    Mention,
    find_figures,
    read_mention,
    read_quote,
)
from retrieval.models import Quote
from retrieval.quantities.bounds import is_compatible, read_bounds
from retrieval.quantities.reading import read_quantities
from retrieval.text import stopwords
from retrieval.text.names import Names, find_names

_WORDS = 2  # that two sentences share, before it is worth reading them closely
_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_NAMES = Names(frozenset(), frozenset())
Related = Callable[[str], frozenset[str]]
Weight = Callable[[str], float]


class DifferingValue(NamedTuple):
    """One of the values.

    Attributes:
        value: In the sources' words.
        quotes: The places of the quotes that give it.
        articles: How many articles give it, those counted that say the same as a quote.
    """

    value: str
    quotes: tuple[int, ...]
    articles: int


class Difference(NamedTuple):
    """The same thing with different values across articles.

    Attributes:
        of: What is counted or measured, as the first source words it.
        values: Each value once, in the order of the quotes.
        compatible: Whether one true number could satisfy all: "over 10,000", "about 12,000".
    """

    of: str
    values: tuple[DifferingValue, ...]
    compatible: bool


def differing(
    question_terms: Iterable[str],
    quotes: Sequence[Quote],
    *,
    first: int | None = None,
    related: Related | None = None,
    weight: Weight | None = None,
) -> tuple[Difference, ...]:
    """Where the quotes of different articles give different values for the same thing.

    Args:
        question_terms: The terms asked for; what shares none with the quotes is left out.
        quotes: The evidence, best first.
        first: How many of them matter: of what none of these has a figure, nothing is told; None
            for all.
        related: A term's derivations and synonyms; None for none.
        weight: How much a term tells, such as its idf; None for all alike.
    """
    if len({quote.article for quote in quotes}) < 2:
        return ()
    likeness = Likeness(frozenset(question_terms), related, weight)
    mentions = _mentions(quotes, likeness, len(quotes) if first is None else first)
    found = (_difference(group, likeness) for group in _groups(mentions, likeness))
    return tuple(sorted(found, key=_place))


def _place(difference: Difference) -> tuple[tuple[int, ...], ...]:
    return tuple(value.quotes for value in difference.values)


def figures_of(number: int, text: str) -> Iterator[Figure]:
    """The figures of the quote at a place, by its text, that can be compared."""
    return find_figures(number, text, read_quantities(text))


def _mentions(quotes: Sequence[Quote], likeness: Likeness, first: int) -> list[Mention]:
    """The figures worth comparing, which are few, and what is said of them."""
    near, figures = _near(quotes), cache(lambda n: tuple(figures_of(n, quotes[n].text)))
    some = _unlike(chain.from_iterable(map(figures, sorted(near))), near, likeness)
    if not some:
        return []
    wanted = [
        figure
        for figure in chain.from_iterable(map(figures, range(len(quotes))))
        if any(figure.value == one.value and likeness.same_noun(figure, one) for one in some)
    ]
    if all(figure.quote >= first for figure in wanted):
        return []
    reading = cache(lambda n: read_quote(quotes[n], read_quantities(quotes[n].text)))

    def mentions(names: Names) -> Callable[[int], Mention]:
        return cache(lambda n: read_mention(wanted[n], reading(wanted[n].quote), names))

    # Names are told by all quotes together, which takes longest, and few figures come so far.
    nameless, numbers = mentions(_NO_NAMES), range(len(wanted))
    if not any(
        likeness.may_differ(nameless(n), nameless(m))
        for n, m in combinations(numbers, 2)
        if quotes[wanted[n].quote].article != quotes[wanted[m].quote].article
        and likeness.are_unlike(wanted[n], wanted[m])
    ):
        return []
    named = mentions(find_names(quote.text for quote in quotes))
    return sorted(map(named, numbers), key=lambda mention: mention.place)


def _near(quotes: Sequence[Quote]) -> dict[int, set[int]]:
    """The places of quotes with some in other articles that share words with them, and of those."""
    words = [_words(quote.text) for quote in quotes]
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in combinations(range(len(quotes)), 2):
        apart = quotes[one].article != quotes[other].article
        if apart and len(words[one] & words[other]) >= _WORDS:
            near[one].add(other)
            near[other].add(one)
    return near


def _unlike(
    figures: Iterable[Figure], near: Mapping[int, set[int]], likeness: Likeness
) -> list[Figure]:
    """The figures that another article gives otherwise at first sight."""
    pairs = [
        pair
        for pair in combinations(figures, 2)
        if pair[1].quote in near[pair[0].quote]
        and pair[0].value != pair[1].value
        and likeness.same_noun(*pair)
    ]
    return list(dict.fromkeys(figure for pair in pairs for figure in pair))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - stopwords.ENGLISH


def _groups(mentions: Sequence[Mention], likeness: Likeness) -> Iterator[list[Mention]]:
    """The mentions of one thing each, two values at least among them."""
    groups: list[list[Mention]] = []
    for one, other in combinations(mentions, 2):
        if likeness.differ(one, other):
            _join(groups, one, other)
    grouped = [mention for group in groups for mention in group]
    for mention in (mention for mention in mentions if mention not in grouped):
        group = next((g for g in groups if any(likeness.agree(mention, m) for m in g)), None)
        if group is not None:
            group.append(mention)
    for group in groups:
        consistent = _without_contradictions(group)
        if len({mention.figure.value for mention in consistent}) > 1:
            yield consistent


def _join(groups: list[list[Mention]], one: Mention, other: Mention) -> None:
    """Put two mentions into one group, and the groups that they are in together."""
    joined = [group for group in groups if one in group or other in group]
    for group in joined:
        groups.remove(group)
    members = [mention for group in joined for mention in group]
    groups.append([*members, *(m for m in (one, other) if m not in members)])


def _without_contradictions(group: Sequence[Mention]) -> list[Mention]:
    """The group without articles that give two values: there they are of two things."""
    values: dict[str, set[object]] = defaultdict(set)
    for mention in group:
        for article in mention.articles:
            values[article].add(mention.figure.value)
    return [m for m in group if all(len(values[article]) == 1 for article in m.articles)]


def _difference(group: Sequence[Mention], likeness: Likeness) -> Difference:
    ordered = sorted(group, key=lambda m: (m.figure.quote, m.figure.quantity.start))
    values: dict[tuple[object, str], list[Mention]] = defaultdict(list)
    for mention in ordered:
        values[mention.figure.value, _direction(mention)].append(mention)
    return Difference(
        of=likeness.wording(ordered),
        values=tuple(_value(mentions) for mentions in values.values()),
        compatible=is_compatible(read_bounds(mention.figure.quantity) for mention in group),
    )


_DIRECTIONS = {"at_least": "over", "at_most": "under", "nearly": "about", "exactly": "none"}


def _direction(mention: Mention) -> str:
    """The hedge, those of one direction under one name: "over 10" and "more than 10" are one."""
    hedge = mention.figure.quantity.hedge
    return _DIRECTIONS.get(hedge, hedge)


def _value(mentions: Sequence[Mention]) -> DifferingValue:
    """One value, in the words of the first quote that gives it."""
    quantity = mentions[0].figure.quantity
    written = mentions[0].text[quantity.start : quantity.end]
    articles = frozenset[str]().union(*(mention.articles for mention in mentions))
    quotes = tuple(dict.fromkeys(mention.figure.quote for mention in mentions))
    return DifferingValue(written, quotes, len(articles))
