"""Discord's rules for the components of a message: nesting, counts, text, unique ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.forms import Place, Problem, bad_choice, bad_count, bad_text, required
from bot.sandbox.widget_rules import BUTTON, SELECTS, widget_problems

MAX_COMPONENTS = 40  # in a layout, nested ones included
MAX_DISPLAYED = 4_000  # characters in all text displays of a layout
MAX_ROWS = 5  # of a message without the flag of Components V2
MAX_IN_ROW = 5

ROW, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 1, 9, 10, 11, 12, 13, 14, 17

_IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
_IN_LAYOUT = (*_IN_CONTAINER, CONTAINER)
_IN_ROW = (BUTTON, *SELECTS)

Json = Mapping[str, Any]


def walk(components: list[Any], *place: str | int) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every component with its place, nested ones after the one that holds them."""
    for index, one in enumerate(components):
        yield from _walk_one(one, (*place, index))


def _walk_one(one: dict[str, Any], place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    yield place, one
    yield from walk(one.get("components") or [], *place, "components")
    for key in ("accessory", "component"):
        if one.get(key):
            yield from _walk_one(one[key], (*place, key))


def layout_problems(components: list[Any], *, layout: bool) -> Iterator[Problem]:
    """What is wrong with a message's components; `layout` means Components V2."""
    if layout:
        yield from _within(components, _IN_LAYOUT, "components")
    else:
        yield from bad_count(components, 0, MAX_ROWS, "components")
        yield from _within(components, (ROW,), "components")
    everything = list(walk(components, "components"))
    if len(everything) > MAX_COMPONENTS:
        message = f"Total number of components exceeds maximum of {MAX_COMPONENTS}"
        yield Problem(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if displayed(components) > MAX_DISPLAYED:
        message = f"Components displayable text size exceeds maximum size of {MAX_DISPLAYED}"
        yield Problem(("components",), "COMPONENT_MAX_TOTAL_TEXT_EXCEEDED", message)
    yield from _repeated_ids(everything)


def displayed(components: list[Any]) -> int:
    """The characters in all text displays."""
    texts = (one.get("content") for _, one in walk(components) if one.get("type") == TEXT)
    return sum(len(text or "") for text in texts)


def _within(
    components: list[Any], allowed: tuple[int, ...], *place: str | int
) -> Iterator[Problem]:
    for index, one in enumerate(components):
        yield from _problems_of(one, allowed, (*place, index))


def _problems_of(one: Json | None, allowed: tuple[int, ...], place: Place) -> Iterator[Problem]:
    if one is None:
        yield required(*place)
        return
    if one.get("type") not in allowed:
        message = f'Value of field "type" must be one of {allowed}.'
        yield Problem((*place, "type"), "UNION_TYPE_CHOICES", message)
        return
    for problem in _own_problems(one):
        yield problem.under(*place)


def _own_problems(one: Json) -> Iterator[Problem]:
    if not 0 <= (one.get("id") or 0) < 1 << 31:
        yield Problem(("id",), "NUMBER_TYPE_RANGE", "int value should be a 32-bit integer.")
    kind = one["type"]
    if kind in _IN_ROW:
        yield from widget_problems(one)
    else:
        yield from _RULES[kind](one)


def _row(one: Json) -> Iterator[Problem]:
    children = _children(one)
    yield from bad_count(children, 1, MAX_IN_ROW, "components")
    yield from _within(children, _IN_ROW, "components")
    if len(children) > 1 and any(child.get("type") in SELECTS for child in children):
        message = "A select menu must be alone in its row."
        yield Problem(("components",), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _section(one: Json) -> Iterator[Problem]:
    children = _children(one)
    yield from bad_count(children, 1, 3, "components")
    yield from _within(children, (TEXT,), "components")
    yield from _problems_of(one.get("accessory"), (BUTTON, THUMBNAIL), ("accessory",))


def _text(one: Json) -> Iterator[Problem]:
    yield from bad_text(one.get("content"), 1, MAX_DISPLAYED, "content")


def _container(one: Json) -> Iterator[Problem]:
    children = _children(one)
    yield from bad_count(children, 1, MAX_COMPONENTS, "components")
    yield from _within(children, _IN_CONTAINER, "components")
    if not 0 <= (one.get("accent_color") or 0) <= 0xFFFFFF:
        message = "int value should be between 0 and 16777215."
        yield Problem(("accent_color",), "NUMBER_TYPE_RANGE", message)


def _separator(one: Json) -> Iterator[Problem]:
    yield from bad_choice(one.get("spacing", 1), (1, 2, None), "spacing")


def _gallery(one: Json) -> Iterator[Problem]:
    items = one.get("items") or []
    yield from bad_count(items, 1, 10, "items")
    for index, item in enumerate(items):
        for problem in _thumbnail(item):
            yield problem.under("items", index)


def _thumbnail(one: Json) -> Iterator[Problem]:
    yield from _media(one, "media")
    if one.get("description") is not None:
        yield from bad_text(one["description"], 0, 1024, "description")


def _file(one: Json) -> Iterator[Problem]:
    yield from _media(one, "file")


def _media(one: Json, key: str) -> Iterator[Problem]:
    yield from bad_text((one.get(key) or {}).get("url"), 1, 2048, key, "url")


_RULES = {
    ROW: _row,
    SECTION: _section,
    TEXT: _text,
    THUMBNAIL: _thumbnail,
    GALLERY: _gallery,
    FILE: _file,
    SEPARATOR: _separator,
    CONTAINER: _container,
}


def _children(one: Json) -> list[Any]:
    return one.get("components") or []


def _repeated_ids(everything: list[tuple[Place, dict[str, Any]]]) -> Iterator[Problem]:
    seen: set[tuple[str, object]] = set()
    for place, one in everything:
        for key, code in (
            ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
            ("id", "COMPONENT_ID_DUPLICATED"),
        ):
            value = one.get(key)
            if value and (key, value) in seen:
                message = f"Component {key.replace('_', ' ')} cannot be duplicated"
                yield Problem((*place, key), code, message)
            seen.add((key, value))
