r"""An operator's own synonyms: a file in Solr's format → by what other names a question's words go.

The file is `synonyms.txt` beside the library, UTF-8, as Solr's synonym filters read it:

    # a comment
    film, movie, motion picture      each goes by every one of these names
    i-pod, i pod => ipod, mp3 player what stands on the left goes by the names on the right alone
    Dallas\, Texas, big d            a backslash takes the meaning from what follows it

A name may have several words. It is read like a question, so inflections and spellings meet as they
do there. Of names that overlap in a question the leftmost counts, then the longest; a line does not
lead on to another line. Several lines for one name add up.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import BadSynonyms
from retrieval.models import Term
from retrieval.terms import is_stop_word, parts_of, read_terms

NAME = "synonyms.txt"
LARGEST = 10 * 2**20  # bytes
_ARROW = "=>"
_PIECE = re.compile(r"\\(?P<escaped>.)|=>|,|[^\\,=]+|.", re.DOTALL)


class Name(NamedTuple):
    """A word, or several that are one thing together.

    Attributes:
        terms: Its words as the index knows them, at least one.
        forms: Each one's folded form.
        searched: Those of the terms that are no stop words, at least one.
    """

    terms: tuple[str, ...]
    forms: tuple[str, ...]
    searched: tuple[str, ...]


class Match(NamedTuple):
    """Words of a question that go by other names.

    Attributes:
        first: The place of the first word.
        last: One past the place of the last.
        names: The other names.
        replaced: Whether the words themselves are not looked for.
    """

    first: int
    last: int
    names: tuple[Name, ...]
    replaced: bool


class Synonyms(NamedTuple):
    """What a file says.

    Attributes:
        digest: 16 hex digits over the file, or None where there is none.
        names: By the terms of a name, the right sides of its lines.
        lengths: By a first term, how many words the names have that begin with it, most first.
    """

    digest: str | None
    names: Mapping[tuple[str, ...], Sequence[tuple[Name, ...]]]
    lengths: Mapping[str, Sequence[int]]

    def find(self, words: Sequence[Term | None]) -> Iterator[Match]:
        """The names in a text, from left to right, the longest first, without overlap.

        Args:
            words: The words of a text in order, hyphenated ones in their parts; None for a word
                that is to be left alone.
        """
        place = 0
        while place < len(words):
            length = self._longest(words, place)
            if length:
                yield self._match(words, place, place + length)
            place += length or 1

    def _longest(self, words: Sequence[Term | None], place: int) -> int:
        word = words[place]
        fitting = (
            (n for n in self.lengths.get(word.term, ()) if place + n <= len(words)) if word else ()
        )
        return next((n for n in fitting if _key(words[place : place + n]) in self.names), 0)

    def _match(self, words: Sequence[Term | None], first: int, last: int) -> Match:
        itself = _key(words[first:last])
        names = {name.terms: name for side in self.names[itself] for name in side}
        replaced = names.pop(itself, None) is None
        return Match(first, last, tuple(names.values()), replaced)


NONE = Synonyms(None, {}, {})


def load_synonyms(folder: Path | None, language: str = "en") -> Synonyms:
    """Read the file in `folder`; where there is none, nothing goes by another name.

    Args:
        folder: The library's folder; None for a library in memory.
        language: The language in which questions are read.

    Raises:
        BadSynonyms: It cannot be read, is too large, is not UTF-8, or a line is wrong.
    """
    path = folder / NAME if folder else None
    try:
        if path is None or not path.exists():
            return NONE
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadSynonyms(
            f"{path}: cannot be read ({error.strerror}); mend its permission or take it away"
        ) from error
    if len(data) > LARGEST:
        raise BadSynonyms(f"{path}: larger than {LARGEST >> 20} MiB; take names out of it")
    return read_synonyms(data, str(path), language)


def read_synonyms(data: bytes, source: str, language: str = "en") -> Synonyms:
    """Read the content of a file.

    Args:
        data: The content.
        source: Where it is from, for errors.
        language: The language in which questions are read.

    Raises:
        BadSynonyms: It is not UTF-8, or a line is wrong.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise BadSynonyms(f"{source}, line {number}: not UTF-8; save the file as UTF-8") from error
    reader = _Reader(language)
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.strip() and not line.startswith("#"):
            try:
                reader.add(line)
            except ValueError as error:
                raise BadSynonyms(f"{source}, line {number}: {error}") from error
    return reader.synonyms(hashlib.sha256(data).hexdigest()[:16])


class _Reader:
    """Collects the lines of a file. What it raises says what is wrong with a line."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._names: dict[tuple[str, ...], list[tuple[Name, ...]]] = defaultdict(list)
        self._words: dict[str, list[Term]] = {}

    def add(self, line: str) -> None:
        left, right = _sides(line)
        keys = [name for written in left for name in self._names_of(written)]
        names = keys if right is None else [n for written in right for n in self._names_of(written)]
        side = tuple(dict.fromkeys(names))
        for key in {name.terms: None for name in keys}:
            self._names[key].append(side)

    def _names_of(self, written: str) -> list[Name]:
        """A name with hyphenated words in their parts and, where there are any, as wholes.

        So "e-mail" and "email" are one name, as they are one word in an article.
        """
        words = self._read(written)
        if not words:
            raise ValueError(f"{written!r} has no letter and no digit; take it out")
        if all(is_stop_word(written, word, self._language) for word in words):
            raise ValueError(
                f"{written!r} has only words that no question is searched for; take it out, "
                "or write it in capitals if it is an acronym"
            )
        parts, wholes = parts_of(words), _wholes(words)
        return [
            self._name(written, each) for each in ([parts] if parts == wholes else [parts, wholes])
        ]

    def _name(self, written: str, words: Sequence[Term]) -> Name:
        content = (word for word in words if not is_stop_word(written, word, self._language))
        return Name(
            tuple(word.term for word in words),
            tuple(word.form for word in words),
            tuple(word.term for word in content),
        )

    def _read(self, name: str) -> list[Term]:
        """As `read_terms`, but a word that came before is not read again."""
        if not name.isascii() or name.isupper():
            return read_terms(name, self._language)
        words = name.split(" ")
        if "us" in words:  # what it means depends on the word before
            return read_terms(name, self._language)
        found: list[Term] = []
        start = 0
        for word in words:
            if word not in self._words:
                self._words[word] = read_terms(word, self._language)
            found += [Term(t.term, t.start + start, t.end + start, t.form)
                      for t in self._words[word]]  # fmt: skip
            start += len(word) + 1
        return found

    def synonyms(self, digest: str) -> Synonyms:
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._names:
            lengths[key[0]].add(len(key))
        longest = {term: sorted(found, reverse=True) for term, found in lengths.items()}
        return Synonyms(digest, dict(self._names), longest)


def _sides(line: str) -> tuple[list[str], list[str] | None]:
    """The names on the left and on the right of the arrow; None where there is no arrow."""
    sides = [[name.strip() for name in side if name.strip()] for side in _split(line)]
    if len(sides) == 1 and len(sides[0]) > 1:
        return sides[0], None
    if len(sides) == 1:
        raise ValueError('one name alone has no synonym; write "a, b" or "a => b"')
    if len(sides) > 2:
        raise ValueError('more than one "=>"; write a line for each')
    if not all(sides):
        raise ValueError('a side of "=>" is empty; write names on both')
    return sides[0], sides[1]


def _split(line: str) -> list[list[str]]:
    if "\\" not in line:
        return [side.split(",") for side in line.split(_ARROW)]
    sides = [[""]]
    for piece in _PIECE.finditer(line):
        if piece.group() == _ARROW:
            sides.append([""])
        elif piece.group() == ",":
            sides[-1].append("")
        else:
            sides[-1][-1] += piece["escaped"] or piece.group()
    return sides


def _wholes(words: Iterable[Term]) -> list[Term]:
    wholes: list[Term] = []
    for word in words:
        if not wholes or word.start >= wholes[-1].end:
            wholes.append(word)
    return wholes


def _key(words: Iterable[Term | None]) -> tuple[str, ...]:
    return tuple(word.term if word else "" for word in words)
