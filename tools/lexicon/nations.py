"""Countries with their capitals, their people and what is of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tools.derivations.wordnet import Pointer, Sense, WordNet

Nation = tuple[str, ...]
_Synset = tuple[Sense, ...]

_COUNTRY = ("country", "state", "land")  # the class of which all countries are instances
_CAPITAL = "national_capital"
_INSTANCE, _CLASS, _WHOLE = "@i", "@", "#p"
_RELATED = {"+", "\\"}  # "Russian" of "Russia"
_UNTIED = {
    "United Kingdom": ("British", "Briton", "London"),
    "United States": ("Washington",),
    "Myanmar": ("Burmese", "Naypyidaw"),
}


def find_nations(wordnet: WordNet) -> list[Nation]:
    """The names of each country with those of its capital and its people, as they are written."""
    above = defaultdict[_Synset, set[_Synset]](set)
    for pointer in wordnet.pointers:
        if pointer.kind in {_INSTANCE, _CLASS}:
            above[pointer.source].add(pointer.target)
    countries = {
        pointer.source
        for pointer in wordnet.pointers
        if pointer.kind == _INSTANCE and _is_country(pointer.target, above)
    }
    capitals = {
        pointer.source
        for pointer in wordnet.pointers
        if pointer.kind == _INSTANCE and any(s.word == _CAPITAL for s in pointer.target)
    }
    names = {country: {sense.word for sense in country} for country in countries}
    for pointer in wordnet.pointers:
        for country in _countries_of(pointer, countries, capitals):
            names[country] |= {sense.word for sense in pointer.source}
    nations = ({_written(name) for name in of if "capital" not in name} for of in names.values())
    return sorted({tuple(sorted(of | _also(of))) for of in nations if len(of) > 1})


def _also(names: set[str]) -> set[str]:
    """What WordNet 3.0 does not tie to a country of these names."""
    return {name for country, more in _UNTIED.items() if country in names for name in more}


def _is_country(kind: _Synset, above: dict[_Synset, set[_Synset]]) -> bool:
    words = tuple(sense.word for sense in kind)
    if words == _COUNTRY:
        return True
    return any(_is_country(higher, above) for higher in above[kind])


def _countries_of(
    pointer: Pointer, countries: set[_Synset], capitals: set[_Synset]
) -> Iterator[_Synset]:
    """The countries whose capital or people a pointer's source is."""
    if pointer.kind == _WHOLE and pointer.source in capitals and pointer.target in countries:
        yield pointer.target
    if pointer.kind not in _RELATED or len(pointer.target) != 1:
        return
    if not any(sense.word[0].isupper() for sense in pointer.source):
        return
    yield from (country for country in countries if pointer.target[0] in country)


def _written(word: str) -> str:
    return word.replace("_", " ").removeprefix("the ")
