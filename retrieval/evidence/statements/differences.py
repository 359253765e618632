"""What parts two sentences however alike they are; every question here is symmetric."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.evidence.statements.alignment import Related, substitutes
from retrieval.evidence.statements.amounts import amounts_differ
from retrieval.evidence.statements.claims import Claim
from retrieval.evidence.statements.markers import TELLING
from retrieval.evidence.statements.order import are_rearranged, have_other_roles, phrases_with_more
from retrieval.text import closed_classes as classes
from retrieval.text.opposites import CONTRARY, OPPOSITES

_TITLE = (
    2,
    1 / 4,
)  # terms, and share of the shorter title, that titles on one subject have in common
_TITLES_ALONE = 2, 1 / 2  # the same where nothing but the titles says what two sentences speak of
_SETTLED = 3  # names and figures that two sentences on one event have in common
_OPENING = 3  # words among which a sentence has its subject
_POINTING = classes.SUBJECTS | classes.POSSESSIVES | classes.DEMONSTRATIVES
_STEM = 4  # letters that "Russia" and "Russian" have in common at least
_ENDING = 1  # letters that the shorter of the two may have for itself, as in "Ukraine"


class _Addition(NamedTuple):
    """A name that one sentence gives, and the terms of it that the other has not."""

    name: frozenset[str]
    new: frozenset[str]


def differ(one: Claim, other: Claim, are_related: Related) -> bool:
    """Whether two sentences cannot make the same statement, whatever they have in common."""
    return (
        one.denies != other.denies
        or _figures_differ(one, other)
        or _opposed(one, other)
        or _names_differ(one, other, are_related)
        or _limits_differ(one, other, are_related)
        or amounts_differ(one.amounts, other.amounts)
        or have_other_roles(one.layout, other.layout, are_related, one.named & other.named)
    )


def differ_in_a_word(one: Claim, other: Claim, are_related: Related) -> bool:
    """Whether sentences with half of their words in common differ in a word that tells them apart.

    It stands in the place of another, or in a phrase that both have. Names are not looked at.
    """
    ours, theirs = (sorted(n for n, _ in c.limited if n in TELLING) for c in (one, other))
    if ours != theirs or one.denials != other.denials:
        return True
    mine = phrases_with_more(one.layout, other.layout, are_related)
    if not mine.isdisjoint(phrases_with_more(other.layout, one.layout, are_related) - {""}):
        return True
    named = frozenset[str]().union(*one.names, *other.names)
    slots = substitutes(one.layout.words, other.layout.words, are_related)
    words = ([*slot.one, *slot.other] for slot in slots if slot.is_tight)
    return any(not named.issuperset(word.term for word in found) for found in words)


def differ_closely(one: Claim, other: Claim, are_related: Related) -> bool:
    """Whether two sentences with nearly all words in common cannot make the same statement.

    Then it is what is not common, or not in its place, that one of them says and the other not.
    """
    ours, theirs = (sorted(name for name, _ in claim.limited) for claim in (one, other))
    return bool(
        ours != theirs
        or any(substitutes(one.layout.words, other.layout.words, are_related))
        or (
            phrases_with_more(one.layout, other.layout, are_related)
            and phrases_with_more(other.layout, one.layout, are_related)
        )
        or have_other_roles(one.layout, other.layout, are_related, one.words & other.words)
        or are_rearranged(one.layout, other.layout, are_related)
    )


def same_subject(one: Claim, other: Claim) -> bool:
    """Whether the titles of their articles have a subject in common."""
    return have_one_subject(one.about, other.about)


def have_one_subject(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two articles' titles have a subject in common, by their terms."""
    return _enough(one & other, min(len(one), len(other)), _TITLE)


def _enough(common: frozenset[str], size: int, least: tuple[int, float]) -> bool:
    """Whether so many terms of a title of this size are common."""
    terms, share = least
    return len(common) >= max(1, min(terms, size), share * size)


def _figures_differ(one: Claim, other: Claim) -> bool:
    """Each gives a figure that the other lacks; a figure on one side alone only adds."""
    return bool(one.figures - other.figures and other.figures - one.figures)


def _opposed(one: Claim, other: Claim) -> bool:
    own, others = one.words - other.words, other.words - one.words
    if any(not others.isdisjoint(OPPOSITES[word]) for word in own & OPPOSITES.keys()):
        return True
    return _negated(own, others) or _negated(others, own)


def _negated(own: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word of the one is the contrary of one of the other by its first letters."""
    bare = (
        word.removeprefix(start) for word in own for start in CONTRARY if word.startswith(start)
    )
    return any(len(word) >= _STEM and word in others for word in bare)


def _limits_differ(one: Claim, other: Claim, are_related: Related) -> bool:
    """Whether one limits a word, "may", "allegedly", "most", that the other has without it."""
    return _limits_more(one, other, are_related) or _limits_more(other, one, are_related)


def _limits_more(one: Claim, other: Claim, are_related: Related) -> bool:
    for name, term in frozenset(one.limited) - frozenset(other.limited):
        if name not in TELLING:
            continue
        theirs = {limited for known, limited in other.limited if known == name}
        if any(are_related(term, limited) for limited in theirs):
            continue
        otherwise = any(are_related(term, limited) for _, limited in other.limited)
        if otherwise or (not theirs and any(are_related(term, word) for word in other.words)):
            return True
    return False


def in_the_air(one: Claim, other: Claim) -> bool:
    """Whether they speak of "the song" or "her", and their articles are about something else."""
    if one.anchored and other.anchored:
        return False
    if not (one.anchored or other.anchored):
        shorter = min(len(one.about), len(other.about))
        return not _enough(one.about & other.about, shorter, _TITLES_ALONE)
    loose, firm = (other, one) if one.anchored else (one, other)
    return not _enough(loose.about & (firm.words | firm.about), len(loose.about), _TITLE)


def are_settled(one: Claim, other: Claim) -> bool:
    """Whether sentences with nearly all words in common speak of one thing, whatever the titles.

    A title of single letters says nothing of what its article is about.
    """
    if not all(any(len(term) > 1 for term in claim.about) for claim in (one, other)):
        return True
    if one.anchored != other.anchored:
        return one.anchor <= other.named and other.anchor <= one.named
    names = frozenset(one.names) & frozenset(other.names)
    opening = (word.low for claim in (one, other) for word in claim.layout.words[:_OPENING])
    pointing = any(low in _POINTING for low in opening)
    return not pointing and len(names) + len(one.figures & other.figures) >= _SETTLED


def _names_differ(one: Claim, other: Claim, are_related: Related) -> bool:
    """Each names what the other does not, or they speak of different subjects."""
    own, others = _additions(one, other, are_related), _additions(other, one, are_related)
    if any(mine.name & yours.name for mine in own for yours in others):
        return True  # North Korea and South Korea
    if any(_is_new(a, other) for a in own) and any(_is_new(a, one) for a in others):
        return True
    if not one.subject.isdisjoint(other.subject) or not (one.subject and other.subject):
        return False
    return any(a.new == one.subject for a in own) or any(a.new == other.subject for a in others)


def _additions(one: Claim, other: Claim, are_related: Related) -> list[_Addition]:
    known = frozenset[int]().union(*other.nations)
    additions = (
        _Addition(name, _lacking(name, other))
        for name, nations in zip(one.names, one.nations, strict=True)
        if nations.isdisjoint(known)  # "the DPRK" is North Korea
        and not (name.isdisjoint(one.proper) and _is_reworded(name, other, are_related))
    )
    return [addition for addition in additions if addition.new]


def _is_reworded(name: frozenset[str], claim: Claim, are_related: Related) -> bool:
    """Whether a sentence has a word for each of what may be no name, "Doctors"."""
    return all(any(are_related(term, word) for word in claim.words) for term in name)


def _lacking(name: frozenset[str], claim: Claim) -> frozenset[str]:
    """The terms of a name that a sentence gives in no form."""
    new = name - claim.words
    if not claim.anchored:  # "he" is who the article is about
        new -= claim.about
    if new and _stands_for(name, claim):
        return frozenset()
    named = {term for other in claim.names for term in other}
    return frozenset(term for term in new if not any(_akin(term, known) for known in named))


def _is_new(addition: _Addition, claim: Claim) -> bool:
    """Whether the name is more than the full form of one that the sentence gives in short."""
    return not any(short < addition.name for short in claim.names)


def _stands_for(name: frozenset[str], claim: Claim) -> bool:
    """Whether the sentence gives the initials of a name, or the name for these initials."""
    if len(name) > 1:
        return any(len(word) == len(name) and _are_initials(word, name) for word in claim.words)
    (word,) = name
    return any(len(word) == len(full) > 1 and _are_initials(word, full) for full in claim.names)


def _are_initials(word: str, name: frozenset[str]) -> bool:
    return sorted(word.lower()) == sorted(term[0] for term in name)


def _akin(one: str, other: str) -> bool:
    """Whether two names have the same stem: Ukraine and Ukrainian."""
    stem = max(_STEM, min(len(one), len(other)) - _ENDING)
    return one[:stem] == other[:stem] and min(len(one), len(other)) >= _STEM
