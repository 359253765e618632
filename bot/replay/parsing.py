"""YAML text → a document: one strict, bounded reading that never runs or copies anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import ScalarNode
from yaml.reader import Reader
from yaml.resolver import Resolver

from bot.replay.document import Document, Mistake, Path
from retrieval.untrusted.parsing import ForeignError, yaml_events

MAX_DEPTH = 20
_TEXT = "tag:yaml.org,2002:str"
# What PyYAML says of a break, in the words of its two parsers, and what to do about it.
_BREAKS = (
    ("mapping values are not allowed", "put a text that holds a colon in quotes"),
    ("cannot start any token", "put a text that begins with a sign or a tab in quotes"),
    ("':'", "put a colon after the key"),
    ("end of stream", "close its quotation mark"),
    ("block end", "indent it like the lines above it"),
    ("block mapping", "indent it like the lines above it"),
    ("escape", "double the backslash, or use single quotes"),
    ("',' or ", "close its bracket"),
)
_BREAK = "see its quotation marks, brackets and indentation"
_LONGEST_VALUE = 64  # characters of a number or a date: a longer one takes quadratic time


def parse(source: str, text: str) -> Document | Mistake:
    """Read the one YAML document of a script.

    Anchors, aliases and tags are refused: a script has no use for them, and a few aliases of
    aliases stand for more values than fit in memory.

    Args:
        source: The file's name, for mistakes.
        text: The file's text.

    Returns:
        The document, or the one mistake that makes the text unreadable.
    """
    forbidden = Reader.NON_PRINTABLE.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + 1
        reason = f"holds the character U+{ord(forbidden[0]):04X}, which YAML does not allow"
        return Mistake(source=source, line=line, reason=reason)
    try:
        return _Builder(source, text).document()
    except _Unreadable as error:
        return Mistake(source=source, line=error.line, reason=str(error))
    except ForeignError as error:
        return _not_yaml(source, error)


def _not_yaml(source: str, error: ForeignError) -> Mistake:
    """Where the text breaks, and why, in our words: the parser's may hold what stands there."""
    why = next((ours for theirs, ours in _BREAKS if theirs in error.problem), _BREAK)
    where = f" at column {error.column}" if error.column else ""
    return Mistake(source=source, line=error.line, reason=f"is not YAML: it breaks{where}; {why}")


class _Unreadable(Exception):
    """Ends the reading of a document at a line."""

    def __init__(self, event: yaml.Event, reason: str) -> None:
        super().__init__(reason)
        self.line = _line(event)


class _Builder:
    """Builds a document from YAML's events, which arrive without recursion."""

    def __init__(self, source: str, text: str) -> None:
        self._source = source
        self._events: Iterator[yaml.Event] = yaml_events(text)
        self._resolver = Resolver()
        self._constructor = SafeConstructor()
        self._lines: dict[Path, int] = {}
        self._mistakes: list[tuple[Path, int, str]] = []

    def document(self) -> Document:
        """The only document of the text."""
        self._next()  # the stream begins
        opening = self._next()
        if isinstance(opening, yaml.StreamEndEvent):
            raise _Unreadable(opening, "is empty; a script needs `cases:`")
        data = self._value(self._next(), ())
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Unreadable(after, "begins a second document; a script is one")
        return self._with_mistakes(Document(self._source, data, self._lines, ()))

    def _with_mistakes(self, document: Document) -> Document:
        located = (
            document.mistake(path, reason, line=line) for path, line, reason in self._mistakes
        )
        return document._replace(mistakes=tuple(located))

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _value(self, event: yaml.Event, path: Path) -> object:
        self._check(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path) if _is_scalar(event) else None

    def _check(self, event: yaml.Event, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Unreadable(event, "uses an anchor or alias (& or *); write the value out")
        if getattr(event, "tag", None):
            raise _Unreadable(event, "uses a tag (!); write the value without it")
        if len(path) > MAX_DEPTH:
            raise _Unreadable(event, f"is nested deeper than {MAX_DEPTH} levels")

    def _mapping(self, path: Path) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            place = (*path, key)
            if key in mapping:
                reason = f"stands twice, first in line {self._lines[place]}; keep one"
                self._mistakes.append((place, _line(event), reason))
                place = (*path, key, "again")  # so that the first one keeps its lines
            self._lines[place] = _line(event)
            mapping.setdefault(key, self._value(self._next(), place))
        return mapping

    def _key(self, event: yaml.Event) -> str:
        if not _is_scalar(event):
            raise _Unreadable(
                event, "has a key that is no word; quote a text that opens with [ or {"
            )
        self._check(event, ())
        return event.value

    def _sequence(self, path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self._lines[place] = _line(event)
            items.append(self._value(event, place))
        return items

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        tag = self._resolver.resolve(  # type: ignore[no-untyped-call]  # untyped in its stubs
            ScalarNode, event.value, event.implicit
        )
        try:
            if tag == _TEXT or len(event.value) <= _LONGEST_VALUE:
                return self._constructor.construct_object(ScalarNode(tag, event.value))
        except (ValueError, ArithmeticError, yaml.YAMLError):
            pass  # such as the date 2024-13-45
        self._mistakes.append((path, _line(event), "cannot be read as it is; put it in quotes"))
        return event.value


def _is_scalar(event: yaml.Event) -> TypeGuard[yaml.ScalarEvent]:
    return isinstance(event, yaml.ScalarEvent)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
