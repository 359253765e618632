"""Discord's rules for application commands: names, descriptions, options and their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.forms import Problem, bad_choice, bad_count, bad_text, required
from bot.sandbox.modal_rules import choice_problems

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER = 1, 2, 3, 4, 5, 10
WITH_CHOICES = (STRING, INTEGER, NUMBER)

MAX_NAME = 32
MAX_DESCRIPTION = 100
MAX_OPTIONS = 25
MAX_COMMANDS = {CHAT_INPUT: 100, USER: 5, MESSAGE: 5}
MAX_ALL_TEXT = 8_000  # of a command: names, descriptions and the values of choices
MAX_STRING = 6_000

Json = Mapping[str, Any]


def command_problems(command: Json) -> Iterator[Problem]:
    """What is wrong with one command."""
    kind = command.get("type", CHAT_INPUT)
    yield from bad_choice(kind, (CHAT_INPUT, USER, MESSAGE), "type")
    if kind != CHAT_INPUT:
        yield from bad_text(command.get("name"), 1, MAX_NAME, "name")
        if command.get("description"):
            message = "Context menu commands cannot have description"
            yield Problem(("description",), "APPLICATION_COMMAND_INVALID_DESCRIPTION", message)
        return
    yield from _named_problems(command)
    yield from _options_problems(command, depth=0)
    size = _size(command)
    if size > MAX_ALL_TEXT:
        message = f"Command exceeds maximum size ({MAX_ALL_TEXT})"
        yield Problem((), "APPLICATION_COMMAND_TOO_LARGE", message)


def bulk_problems(commands: list[Any]) -> Iterator[tuple[int, Problem]]:
    """What is wrong with a whole list of commands, each with the command's index."""
    seen: set[tuple[object, object]] = set()
    for index, command in enumerate(commands):
        for problem in command_problems(command):
            yield index, problem
        key = (command.get("type", CHAT_INPUT), command.get("name"))
        if key in seen:
            message = "Application command names must be unique"
            yield index, Problem(("name",), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add(key)


def _named_problems(one: Json) -> Iterator[Problem]:
    name = one.get("name")
    length = list(bad_text(name, 1, MAX_NAME, "name"))
    yield from length
    if not length and isinstance(name, str) and not is_name(name):
        message = "Command name is invalid"
        yield Problem(("name",), "APPLICATION_COMMAND_INVALID_NAME", message)
    yield from bad_text(one.get("description"), 1, MAX_DESCRIPTION, "description")


def is_name(name: str) -> bool:
    r"""Whether Discord takes a name: `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, lower case.

    Python's `re` knows no scripts and no `\p`, so each character's Unicode data are asked.
    """
    return name == name.lower() and all(_is_name_character(character) for character in name)


def _is_name_character(character: str) -> bool:
    if re.fullmatch(r"[-_']", character) or unicodedata.category(character)[0] in "LN":
        return True
    return unicodedata.name(character, "").startswith(("DEVANAGARI ", "THAI "))


def _options_problems(holder: Json, depth: int) -> Iterator[Problem]:
    options = holder.get("options") or []
    yield from bad_count(options, 0, MAX_OPTIONS, "options")
    names: set[object] = set()
    optional = False
    for index, option in enumerate(options):
        yield from (p.under("options", index) for p in _option_problems(option, depth))
        if option.get("name") in names:
            message = "Option name already exists"
            yield Problem(
                ("options", index), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message
            )
        names.add(option.get("name"))
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            yield Problem(
                ("options", index), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message
            )
        optional = optional or not option.get("required")
    if len({option.get("type") in (SUBCOMMAND, GROUP) for option in options}) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive"
        yield Problem(("options",), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _option_problems(option: Json, depth: int) -> Iterator[Problem]:
    kind = option.get("type")
    if kind is None:
        yield required("type")
        return
    yield from bad_choice(kind, _ALLOWED_AT[depth], "type")
    yield from _named_problems(option)
    if kind in (SUBCOMMAND, GROUP):
        yield from _options_problems(option, 1 if kind == GROUP else 2)
        return
    yield from _value_problems(option, kind)


# A command holds groups, subcommands or values; a group subcommands; a subcommand values.
_ALLOWED_AT = (range(1, 12), (SUBCOMMAND,), range(3, 12))


def _value_problems(option: Json, kind: int) -> Iterator[Problem]:
    if option.get("choices"):
        yield from choice_problems(option["choices"], "choices")
        if kind not in WITH_CHOICES or option.get("autocomplete"):
            message = "Choices are not allowed here"
            yield Problem(("choices",), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message)
    if option.get("autocomplete") and kind not in WITH_CHOICES:
        message = "Autocomplete is not allowed here"
        yield Problem(("autocomplete",), "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", message)
    for key, least in (("min_length", 0), ("max_length", 1)):
        length = option.get(key)
        if length is not None and not least <= length <= MAX_STRING:
            message = f"int value should be between {least} and {MAX_STRING}."
            yield Problem((key,), "NUMBER_TYPE_RANGE", message)


def _size(one: Json) -> int:
    own = sum(len(str(one.get(key) or "")) for key in ("name", "description"))
    return own + sum(map(_option_size, one.get("options") or ()))


def _option_size(option: Json) -> int:
    """A command itself has no choices: Discord passes over a key that is not its own."""
    choices = option.get("choices") or ()
    return _size(option) + sum(len(str(c.get("name"))) + len(str(c.get("value"))) for c in choices)
