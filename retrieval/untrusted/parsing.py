"""JSON, TOML, XML and YAML that others wrote → plain values, bounded, with one kind of error.

Whoever reads such a text reads it here. A parser of one of these formats copies what an alias
names, recurses as deep as brackets stand, or refuses a number in an error of its own; here depth
and size are bounded, no alias, merge or tag is followed, and whatever a parser raises is a
`ForeignError`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

MAX_DEPTH = 64
"""The most levels of values inside each other; no file of ours needs five."""
LARGEST = 32 * 2**20
"""The most characters of a text."""
MOST_DIGITS = 100
"""A whole number of more digits is read as a float: a long one takes quadratic time."""

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_TEXTS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
# A key of so many parts, "a.a.a…": tomllib takes quadratic time over its parts.
_DEEP_KEY = re.compile(
    r"(?:^|[\[{,])[ \t]*+(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+)"
    rf"{{{MAX_DEPTH}}}",
    re.MULTILINE,
)


class ForeignError(ValueError):
    """A text that is not of its format, or goes beyond what is read of it.

    Attributes:
        line: Where, from 1; None where that is not known.
        column: Likewise.
        problem: The parser's own words, which may hold what stands there; empty where the text
            was refused before it, with the reason as the error's text.
    """

    def __init__(
        self,
        reason: str,
        *,
        line: int | None = None,
        column: int | None = None,
        problem: str = "",
    ) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column
        self.problem = problem


def read_json(text: str, pairs: Callable[[list[tuple[str, object]]], object] | None = None) -> Any:  # noqa: ANN401 - it is whatever the text holds
    """The value that a JSON text holds.

    Args:
        text: At most `LARGEST` characters.
        pairs: What makes an object of its keys and values; a `ForeignError` of its own passes.

    Raises:
        ForeignError: See there.
    """
    _check_size(text)
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=_read_whole)
    except ForeignError:
        raise
    except json.JSONDecodeError as error:
        reason = f"it is no JSON: it breaks at column {error.colno}"
        raise ForeignError(
            reason, line=error.lineno, column=error.colno, problem=error.msg
        ) from error
    except Exception as error:
        raise _explain(error, "JSON") from error


def read_toml(text: str) -> dict[str, Any]:
    """The table that a TOML text holds.

    Raises:
        ForeignError: See there.
    """
    _check_size(text)
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise ForeignError("it is nested too deep", line=line)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(error) from error
    except Exception as error:
        raise _explain(error, "TOML") from error


def read_xml(data: bytes) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    """The root element of an XML text; no entity that it declares is read.

    Args:
        data: The text as bytes, which say their encoding; at most `LARGEST`.

    Raises:
        ForeignError: See there.
    """
    from lxml import etree  # noqa: PLC0415 - a question, which reads no file, is not slowed

    if len(data) > LARGEST:
        raise ForeignError(f"it is larger than {LARGEST:,} bytes; split it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = f"it is no XML: it breaks at line {line}"
        raise ForeignError(reason, line=line, column=column, problem=error.msg) from error
    except Exception as error:
        raise _explain(error, "XML") from error


def yaml_events(text: str) -> Iterator[yaml.Event]:
    """What a YAML text is made of, in order, as PyYAML's events; no value is made of them.

    Raises:
        ForeignError: See there; also while the events are read.
    """
    _check_size(text)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            _check_depth(depth, event)
            yield event
    except ForeignError:
        raise
    except yaml.MarkedYAMLError as error:
        raise _no_yaml(error) from error
    except Exception as error:
        raise _explain(error, "YAML") from error


def read_yaml_texts(text: str) -> dict[str, str | None]:
    """The keys of a YAML mapping; each one's value if that is a text or a date, else None.

    What an alias, a merge or a tag would make of it is no text that stands there.

    Raises:
        ForeignError: See there, or it is no mapping.
    """
    texts: dict[str, str | None] = {}
    depth, key, is_key = 0, "", True
    for event in yaml_events(text):
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.NodeEvent) and depth == 0 and not _opens_mapping(event):
            raise ForeignError("it is no mapping of keys to values")
        if isinstance(event, yaml.NodeEvent) and depth == 1:
            if is_key:
                key = event.value if isinstance(event, yaml.ScalarEvent) else ""
            else:
                texts[key] = _text_of(event)
            is_key = not is_key
        depth += isinstance(event, yaml.CollectionStartEvent)
    return texts


def _opens_mapping(event: yaml.Event) -> bool:
    return isinstance(event, yaml.MappingStartEvent)


def _text_of(event: yaml.Event) -> str | None:
    if not isinstance(event, yaml.ScalarEvent) or event.tag:
        return None
    resolver = Resolver()
    tag = resolver.resolve(  # type: ignore[no-untyped-call]  # untyped in its stubs
        ScalarNode, event.value, event.implicit
    )
    return event.value if tag in _TEXTS else None


def _check_depth(depth: int, event: yaml.Event) -> None:
    if depth > MAX_DEPTH:
        line = event.start_mark.line + 1 if event.start_mark else None
        raise ForeignError("it is nested too deep", line=line)


def _check_size(text: str) -> None:
    if len(text) > LARGEST:
        raise ForeignError(f"it is longer than {LARGEST:,} characters; split it")


def _read_whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)


def _no_toml(error: tomllib.TOMLDecodeError) -> ForeignError:
    place = _TOML_PLACE.search(str(error))
    if place is None:
        return ForeignError("it is no TOML: something at its end is not closed")
    line, column = int(place[1]), int(place[2])
    reason = f"it is no TOML: it breaks at column {column}; see its quotation marks and brackets"
    return ForeignError(reason, line=line, column=column, problem=str(error))


def _no_yaml(error: yaml.MarkedYAMLError) -> ForeignError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    return ForeignError("it is no YAML", line=line, column=column, problem=error.problem or "")


def _explain(error: Exception, kind: str) -> ForeignError:
    """What a parser raised that is no error of its format."""
    if isinstance(error, RecursionError):
        return ForeignError("it is nested too deep")
    if isinstance(error, MemoryError):
        return ForeignError("it takes more memory than there is; split it")
    return ForeignError(
        f"it holds a value that no {kind} can hold here, such as a number of thousands of digits",
        problem=type(error).__name__,
    )
