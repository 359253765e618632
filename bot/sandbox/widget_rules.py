"""Discord's rules for one button or select menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.forms import Problem, bad_choice, bad_count, bad_text, required

BUTTON, STRING_SELECT = 2, 3
SELECTS = (3, 5, 6, 7, 8)  # of strings, users, roles, both, channels
LINK, PREMIUM = 5, 6  # button styles without a custom_id

MAX_LABEL = 80
MAX_CUSTOM_ID = 100
MAX_URL = 512
MAX_OPTIONS = 25
MAX_PLACEHOLDER = 150

Json = Mapping[str, Any]


def widget_problems(one: Json) -> Iterator[Problem]:
    """What is wrong with a button or a select menu."""
    return _button(one) if one["type"] == BUTTON else _select(one)


def _button(one: Json) -> Iterator[Problem]:
    style = one.get("style")
    yield from bad_choice(style, range(1, 7), "style")
    if one.get("label") is not None:
        yield from bad_text(one["label"], 0, MAX_LABEL, "label")
    if style == PREMIUM:
        yield from _only(one, "sku_id", not_with=("custom_id", "url", "label", "emoji"))
        return
    if not one.get("label") and not one.get("emoji"):
        message = "A button must have a label or an emoji."
        yield Problem(("label",), "BUTTON_COMPONENT_INVALID_LABEL", message)
    if style == LINK:
        yield from _only(one, "url", not_with=("custom_id", "sku_id"))
        yield from _url(one.get("url"))
    else:
        yield from _only(one, "custom_id", not_with=("url", "sku_id"))
        if one.get("custom_id") is not None:
            yield from bad_text(one["custom_id"], 1, MAX_CUSTOM_ID, "custom_id")


def _only(one: Json, key: str, *, not_with: tuple[str, ...]) -> Iterator[Problem]:
    if one.get(key) is None:
        yield required(key)
    for other in not_with:
        if one.get(other) is not None:
            message = f"A button with {key} cannot have {other}."
            yield Problem((other,), "BUTTON_COMPONENT_EXCLUSIVE_FIELD", message)


def _url(url: object) -> Iterator[Problem]:
    if url is None:
        return
    yield from bad_text(url, 1, MAX_URL, "url")
    if isinstance(url, str) and not url.startswith(("http://", "https://", "discord://")):
        message = "Scheme must be one of ('http', 'https', 'discord')."
        yield Problem(("url",), "URL_TYPE_INVALID_SCHEME", message)


def _select(one: Json) -> Iterator[Problem]:
    yield from bad_text(one.get("custom_id"), 1, MAX_CUSTOM_ID, "custom_id")
    if one.get("placeholder") is not None:
        yield from bad_text(one["placeholder"], 0, MAX_PLACEHOLDER, "placeholder")
    least, most = selectable(one)
    yield from bad_choice(least, range(MAX_OPTIONS + 1), "min_values")
    yield from bad_choice(most, range(1, MAX_OPTIONS + 1), "max_values")
    if least > most:
        message = "min_values must not be greater than max_values."
        yield Problem(("min_values",), "SELECT_COMPONENT_INVALID_RANGE", message)
    if one["type"] == STRING_SELECT:
        yield from _options(one.get("options") or [], most)


def selectable(menu: Json) -> tuple[int, int]:
    """How many values may be chosen in a menu, at least and at most; 1 unless it says so."""
    least, most = menu.get("min_values"), menu.get("max_values")
    return 1 if least is None else least, 1 if most is None else most


def _options(options: list[Any], most: int) -> Iterator[Problem]:
    yield from bad_count(options, 1, MAX_OPTIONS, "options")
    values: set[object] = set()
    for index, option in enumerate(options):
        yield from bad_text(option.get("label"), 1, 100, "options", index, "label")
        yield from bad_text(option.get("value"), 1, 100, "options", index, "value")
        if option.get("description") is not None:
            yield from bad_text(option["description"], 0, 100, "options", index, "description")
        if option.get("value") in values:
            message = "The specified option value is already used"
            yield Problem(
                ("options", index, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message
            )
        values.add(option.get("value"))
    if sum(bool(option.get("default")) for option in options) > most:
        message = "More options are selected by default than may be chosen."
        yield Problem(("options",), "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", message)
