"""Problems of a request body, and Discord's nested way of saying them (400, code 50035)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from bot.sandbox.errors import Refusal

Place = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing that is wrong with a body.

    Attributes:
        place: Keys and indices from the body down to the field; empty for the body itself.
        code: Discord's name for it, such as `BASE_TYPE_MAX_LENGTH`.
        message: One sentence.
    """

    place: Place
    code: str
    message: str

    def under(self, *parents: str | int) -> Problem:
        """The same problem, seen from further up."""
        return self._replace(place=(*parents, *self.place))


def invalid_form(problems: Iterable[Problem]) -> Refusal:
    """The refusal that names every problem at its place."""
    errors: dict[str, Any] = {}
    for problem in problems:
        node = errors
        for key in problem.place:
            node = node.setdefault(str(key), {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return Refusal(400, 50035, "Invalid Form Body", errors)


def check(problems: Iterable[Problem]) -> None:
    """Refuse the body if there is any problem.

    Raises:
        Refusal: 400, code 50035.
    """
    found = list(problems)
    if found:
        raise invalid_form(found)


def required(*place: str | int) -> Problem:
    """A field that must be there is not."""
    return Problem(place, "BASE_TYPE_REQUIRED", "This field is required")


def wrong_type(wanted: str, *place: str | int) -> Problem:
    """A field holds a value of another type; `wanted` as "string" or "integer"."""
    return Problem(place, "BASE_TYPE_BAD_TYPE", f"Must be of type {wanted}.")


def bad_length(text: str, least: int, most: int, *place: str | int) -> list[Problem]:
    """The problem of a text that is shorter or longer than allowed, if it is."""
    if len(text) > most:
        message = f"Must be {most} or fewer in length."
        return [Problem(place, "BASE_TYPE_MAX_LENGTH", message)]
    if len(text) < least:
        message = f"Must be {least} or more in length."
        return [Problem(place, "BASE_TYPE_MIN_LENGTH", message)]
    return []


def bad_text(value: object, least: int, most: int, *place: str | int) -> list[Problem]:
    """The problem of a required text: absent, no text, too short or too long."""
    if value is None:
        return [required(*place)]
    if not isinstance(value, str):
        return [wrong_type("string", *place)]
    return bad_length(value, least, most, *place)


def bad_count(items: list[Any], least: int, most: int, *place: str | int) -> list[Problem]:
    """The problem of a list that is shorter or longer than allowed, if it is."""
    if least <= len(items) <= most:
        return []
    message = f"Must be between {least} and {most} in length."
    return [Problem(place, "BASE_TYPE_BAD_LENGTH", message)]


def bad_choice(value: object, allowed: Iterable[object], *place: str | int) -> list[Problem]:
    """The problem of a value that is not among those allowed, if it is not."""
    choices = list(allowed)
    if value in choices:
        return []
    return [Problem(place, "BASE_TYPE_CHOICES", f"Value must be one of {choices}.")]
