"""Discord's rules for a modal, and for the choices that a bot suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.component_rules import ROW, TEXT, walk
from bot.sandbox.forms import Problem, bad_choice, bad_count, bad_text, required

TEXT_INPUT, LABEL = 4, 18
MAX_CHOICES = 25
MAX_CHOICE_NAME = 100
MAX_CHOICE_TEXT = 100
MAX_INPUT = 4_000

_IN_LABEL = (3, TEXT_INPUT, 5, 6, 7, 8, 19, 21, 22, 23)

Json = Mapping[str, Any]


def choice_problems(choices: list[Json], *place: str | int) -> Iterator[Problem]:
    """What is wrong with suggested or registered choices."""
    yield from bad_count(choices, 0, MAX_CHOICES, *place)
    for index, choice in enumerate(choices):
        yield from bad_text(choice.get("name"), 1, MAX_CHOICE_NAME, *place, index, "name")
        value = choice.get("value")
        if isinstance(value, str):
            yield from bad_text(value, 1, MAX_CHOICE_TEXT, *place, index, "value")
        elif value is None:
            yield required(*place, index, "value")


def modal_problems(modal: Json) -> Iterator[Problem]:
    """What is wrong with a modal."""
    yield from bad_text(modal.get("title"), 1, 45, "title")
    yield from bad_text(modal.get("custom_id"), 1, 100, "custom_id")
    rows = modal.get("components") or []
    yield from bad_count(rows, 1, 5, "components")
    for index, row in enumerate(rows):
        yield from (problem.under("components", index) for problem in _row_problems(row))
    names = [one.get("custom_id") for _, one in walk(rows) if one.get("custom_id")]
    if len(names) != len(set(names)):
        message = "Component custom id cannot be duplicated"
        yield Problem(("components",), "COMPONENT_CUSTOM_ID_DUPLICATED", message)


def _row_problems(row: Json) -> Iterator[Problem]:
    yield from bad_choice(row.get("type"), (ROW, TEXT, LABEL), "type")
    if row.get("type") == ROW:
        inputs = row.get("components") or []
        yield from bad_count(inputs, 1, 1, "components")
        for one in inputs:
            yield from bad_choice(one.get("type"), (TEXT_INPUT,), "components", 0, "type")
            yield from bad_text(one.get("label"), 1, 45, "components", 0, "label")
            yield from (problem.under("components", 0) for problem in _input_problems(one))
    elif row.get("type") == LABEL:
        yield from bad_text(row.get("label"), 1, 45, "label")
        inner = row.get("component") or {}
        yield from bad_choice(inner.get("type"), _IN_LABEL, "component", "type")
        if inner.get("type") == TEXT_INPUT:
            yield from (problem.under("component") for problem in _input_problems(inner))


def _input_problems(one: Json) -> Iterator[Problem]:
    yield from bad_text(one.get("custom_id"), 1, 100, "custom_id")
    yield from bad_choice(one.get("style"), (1, 2), "style")
    for key, least, most in (("min_length", 0, MAX_INPUT), ("max_length", 1, MAX_INPUT)):
        number = one.get(key)
        if number is not None and not least <= number <= most:
            message = f"int value should be between {least} and {most}."
            yield Problem((key,), "NUMBER_TYPE_RANGE", message)
    if one.get("placeholder") is not None:
        yield from bad_text(one["placeholder"], 0, 100, "placeholder")
    if one.get("value") is not None:
        yield from bad_text(one["value"], 0, MAX_INPUT, "value")
