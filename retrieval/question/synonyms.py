"""An operator's own synonyms: by what other names a question's words go.

They are a file beside the library; `synonym_lines.py` shows its lines. A name may have several
words. It is read like a question, so inflections and spellings meet as they do there. Of names that
overlap in a question the leftmost counts, then the longest. Several lines for one name add up; a
line does not lead on to another line. A stop word alone has no other names in a question, since
questions lose it.
"""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import BadSynonyms, UnreadableSource
from retrieval.question.synonym_lines import Line, read_line, says_something
from retrieval.text.terms import is_stop_word, parts_of, read_terms
from retrieval.untrusted.files import read_beside
from retrieval.values import Term

NAME = "synonyms.txt"
LARGEST = 10 * 2**20  # bytes

_Key = tuple[str, ...]


class Name(NamedTuple):
    """A word, or several that are one thing together.

    Attributes:
        terms: Its words as the index knows them, at least one.
        forms: Each one's folded form.
        searched: Those of the terms that BM25 looks for: no stop words, unless there is nothing
            else.
    """

    terms: _Key
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


class Synonyms:
    """What a file says. Its names are read when a question has the first word of one.

    Attributes:
        digest: 16 hex digits over the file, or None where there is none.
    """

    def __init__(
        self, digest: str | None, lines: Mapping[str, Sequence[Line]], language: str
    ) -> None:
        """Use `load_synonyms`.

        Args:
            digest: See above.
            lines: By a term, the lines that have a name on the left that begins with it.
            language: In which names are read.
        """
        self.digest = digest
        self._lines = lines
        self._language = language
        self._beginning: dict[str, dict[_Key, list[Line]]] = {}
        self._named: dict[_Key, tuple[Name, ...]] = {}

    def find(self, words: Sequence[Term | None]) -> Iterator[Match]:
        """The names in a text, from left to right, the longest first, without overlap.

        Args:
            words: The words of a text in order, hyphenated ones in their parts; None for a word
                that is to be left alone.
        """
        place = 0
        while place < len(words):
            word = words[place]
            lines = self._lines_from(word.term) if word else {}
            key = next((key for key in lines if _begins(words, place, key)), None)
            if key:
                yield self._match(place, key, lines[key])
            place += len(key) if key else 1

    def _lines_from(self, term: str) -> dict[_Key, list[Line]]:
        """By the terms of each name that begins with `term`, longest first, the lines it is on."""
        if term not in self._lines:
            return {}
        if term not in self._beginning:
            found: dict[_Key, list[Line]] = defaultdict(list)
            for line in self._lines[term]:
                for key in dict.fromkeys(name.terms for name in self._read(line.left)):
                    if key[0] == term:
                        found[key].append(line)
            self._beginning[term] = dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
        return self._beginning[term]

    def _match(self, place: int, key: _Key, lines: Iterable[Line]) -> Match:
        if key not in self._named:
            names = (name for line in lines for name in self._read(line.right or line.left))
            self._named[key] = tuple({name.terms: name for name in names}.values())
        others = tuple(name for name in self._named[key] if name.terms != key)
        replaced = len(others) == len(self._named[key])
        return Match(place, place + len(key), others, replaced)

    def _read(self, names: Iterable[str]) -> Iterator[Name]:
        """Each name with hyphenated words in their parts and, where there are any, as wholes.

        So "e-mail" and "email" are one name, as they are one word in an article.
        """
        for name in names:
            words = read_terms(name, self._language)
            parts, wholes = parts_of(words), _wholes(words)
            yield self._name(name, parts)
            if wholes != parts:
                yield self._name(name, wholes)

    def _name(self, written: str, words: Sequence[Term]) -> Name:
        terms = tuple(word.term for word in words)
        content = (word for word in words if not is_stop_word(written, word, self._language))
        searched = tuple(word.term for word in content) or terms
        return Name(terms, tuple(word.form for word in words), searched)


NONE = Synonyms(None, {}, "en")


def load_synonyms(folder: Path | None, language: str = "en") -> Synonyms:
    """Read the file in `folder`; where there is none, nothing goes by another name.

    Args:
        folder: The library's folder; None for a library in memory.
        language: The language in which questions are read.

    Raises:
        BadSynonyms: It cannot be read, is too large, is not UTF-8, or a line is wrong.
    """
    if folder is None:
        return NONE
    path = folder / NAME
    try:
        data = read_beside(path, LARGEST, within=folder)
    except UnreadableSource as error:
        raise BadSynonyms(f"{error}; mend it or take it away") from error
    return NONE if data is None else read_synonyms(data, str(path), language)


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
    shelf = _Shelf(language)
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if not says_something(line):
            continue
        try:
            shelf.add(read_line(line))
        except ValueError as error:
            raise BadSynonyms(f"{source}, line {number}: {error}") from error
    return Synonyms(hashlib.sha256(data).hexdigest()[:16], shelf.lines, language)


class _Shelf:
    """Lines under the first term of each name on their left: all that is read of a large file."""

    def __init__(self, language: str) -> None:
        self.lines: dict[str, list[Line]] = defaultdict(list)
        self._language = language
        self._firsts: dict[str, frozenset[str]] = {}

    def add(self, line: Line) -> None:
        for term in frozenset[str]().union(*map(self._first, line.left)):
            self.lines[term].append(line)

    def _first(self, name: str) -> frozenset[str]:
        """The first term of a name; of a hyphenated word its first part's and the whole's."""
        word, _, rest = name.partition(" ")
        if rest and (name.isupper() or not any(map(str.isalnum, word))):
            word = name  # in capitals, several words read otherwise than one
        if word not in self._firsts:
            terms = read_terms(word, self._language)
            self._firsts[word] = frozenset(t.term for t in terms if t.start == terms[0].start)
        return self._firsts[word]


def _wholes(words: Iterable[Term]) -> list[Term]:
    wholes: list[Term] = []
    for word in words:
        if not wholes or word.end > wholes[-1].end:
            wholes.append(word)
    return wholes


def _begins(words: Sequence[Term | None], place: int, key: _Key) -> bool:
    """Whether the words from `place` on begin with those of `key`."""
    found = words[place : place + len(key)]
    return len(found) == len(key) and all(
        w and w.term == k for w, k in zip(found, key, strict=True)
    )
