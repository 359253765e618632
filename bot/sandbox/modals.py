"""A member fills in a modal: Discord's client lets only what its fields allow through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.component_rules import TEXT
from bot.sandbox.errors import NotPossible
from bot.sandbox.modal_rules import MAX_INPUT, TEXT_INPUT
from bot.sandbox.widget_rules import STRING_SELECT, selectable

Json = dict[str, Any]
Entered = str | Sequence[str]


def filled_modal(modal: Json, values: Mapping[str, Entered]) -> Json:
    """The data of an interaction that submits `modal`.

    Args:
        modal: As the bot opened it.
        values: By the `custom_id` of the field; a text, or several values for a menu.

    Raises:
        NotPossible: A field is unknown, or what was entered does not fit it.
    """
    rows = [_filled_row(row, values) for row in modal["components"] if row["type"] != TEXT]
    known = {field["custom_id"] for row in modal["components"] for field in _fields(row)}
    if set(values) - known:
        raise NotPossible(f"the modal has no field {', '.join(sorted(set(values) - known))}")
    return {"custom_id": modal["custom_id"], "components": rows}


def _fields(row: Json) -> list[Json]:
    return row.get("components") or [row["component"]] if row["type"] != TEXT else []


def _filled_row(row: Json, values: Mapping[str, Entered]) -> Json:
    filled = [_filled(field, values.get(field["custom_id"])) for field in _fields(row)]
    key = {"components": filled} if "components" in row else {"component": filled[0]}
    return {"type": row["type"], **key}


def _filled(field: Json, entered: Entered | None) -> Json:
    answer: Json = {"type": field["type"], "custom_id": field["custom_id"]}
    if field["type"] == TEXT_INPUT:
        return answer | {"value": _text(field, entered)}
    if field["type"] == STRING_SELECT:
        return answer | {"values": _chosen(field, entered)}
    raise NotPossible(f"the sandbox fills in no field of type {field['type']}")


def _text(field: Json, entered: Entered | None) -> str:
    text = field.get("value") or "" if entered is None else str(entered)
    if not text and field.get("required") is not False:
        raise NotPossible(f"field {field['custom_id']!r} is required")
    least, most = field.get("min_length") or 0, field.get("max_length") or MAX_INPUT
    if text and not least <= len(text) <= most:
        raise NotPossible(f"field {field['custom_id']!r} takes {least} to {most} characters")
    return text


def _chosen(field: Json, entered: Entered | None) -> list[str]:
    chosen = [entered] if isinstance(entered, str) else list(entered or ())
    least, most = selectable(field)
    known = [option["value"] for option in field.get("options") or ()]
    if set(chosen) - set(known) or not least <= len(chosen) <= most:
        raise NotPossible(f"field {field['custom_id']!r} does not take {chosen}")
    return chosen
