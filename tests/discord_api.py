"""Checks request bodies by Discord's own OpenAPI description, where it is present."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema import validators as jsonschema_validators
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012, Schema

DESCRIPTION = Path(__file__).parents[2] / "shared" / "discord" / "openapi.json"
ABSENT = "needs Discord's OpenAPI description, which is no part of the project"

BodyValidator = Callable[[str, str, Any], list[str]]

_URI = "urn:discord"
_SCHEMAS = "#/components/schemas/"
# Above every other number in Discord's bodies (permissions have 54 bits), below every snowflake.
_SMALLEST_SNOWFLAKE = 10**17


def openapi_validator() -> BodyValidator | None:
    """What names everything that is wrong with a body (method, path, body), or None if absent."""
    return _loaded().problems if DESCRIPTION.is_file() else None


@cache
def _loaded() -> _Description:
    return _Description(json.loads(DESCRIPTION.read_text(encoding="utf-8")))


class _Description:
    """The bodies that an OpenAPI 3.1 document describes."""

    def __init__(self, document: dict[str, Any]) -> None:
        resource = DRAFT202012.create_resource(document)
        self._registry: Registry[Schema] = Registry().with_resource(_URI, resource)
        # A path with fewer variables is the more exact one: `@original` before `{message_id}`.
        templates = sorted(document["paths"], key=lambda template: template.count("{"))
        self._patterns = {template: _pattern(template) for template in templates}
        self._paths = document["paths"]
        self._schemas = document["components"]["schemas"]
        self._kind = jsonschema_validators.extend(  # type: ignore[no-untyped-call] # untyped there
            Draft202012Validator, {"oneOf": self._one_of}
        )
        self._validators: dict[str, Draft202012Validator] = {}

    def problems(self, method: str, path: str, body: object) -> list[str]:
        place = self._schema_place(method.lower(), path)
        if place is None:
            return [f"{method} {path} with a body is not in Discord's description"]
        errors = list(self._validator(place).iter_errors(_with_text_snowflakes(body)))
        return [_sentence(error) for error in errors]

    def _schema_place(self, method: str, path: str) -> str | None:
        for template, pattern in self._patterns.items():
            content = self._paths[template].get(method, {}).get("requestBody", {}).get("content")
            if content and "application/json" in content and pattern.fullmatch(path):
                escaped = template.replace("~", "~0").replace("/", "~1")
                return f"#/paths/{escaped}/{method}/requestBody/content/application~1json/schema"
        return None

    def _validator(self, place: str) -> Draft202012Validator:
        if place not in self._validators:
            reference = {"$ref": _URI + place.replace("{", "%7B").replace("}", "%7D")}
            self._validators[place] = self._kind(reference, registry=self._registry)
        return self._validators[place]

    def _one_of(
        self,
        validator: Draft202012Validator,
        alternatives: list[Schema],
        instance: object,
        schema: Schema,
    ) -> Iterator[ValidationError]:
        """`oneOf` without the alternatives that a look tells to be of another type.

        Each would be looked through to its end, components within components and all.
        """
        possible = [one for one in alternatives if not self._is_another(one, instance)]
        one_of = Draft202012Validator.VALIDATORS["oneOf"]
        yield from one_of(validator, possible or alternatives, instance, schema)

    def _is_another(self, alternative: Schema, instance: object) -> bool:
        """Whether an alternative is for a constant or a `type` that `instance` has not."""
        if not isinstance(alternative, dict):
            return False
        reference = alternative.get("$ref", "")
        named = self._schemas.get(reference.removeprefix(_SCHEMAS)) if reference else alternative
        if named is None:
            return False
        if "const" in named:
            return bool(named["const"] != instance)
        types = named.get("properties", {}).get("type", {}).get("enum")
        if not types or not isinstance(instance, dict) or "type" not in instance:
            return False
        return bool(instance["type"] not in types)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", template)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def _sentence(error: ValidationError) -> str:
    deepest = best_match([error]) or error
    return f"{deepest.json_path}: {deepest.message[:300]}"


def _of_key(key: str, value: object) -> object:
    if key == "attachments" and isinstance(value, list):
        # A new file's id is its number among the files of the request.
        return [one | {"id": str(one["id"])} for one in value]
    return _with_text_snowflakes(value)


def _with_text_snowflakes(value: object) -> object:
    """`value` with its integer snowflakes as text: Discord takes both, its description does not."""
    if isinstance(value, dict):
        return {key: _of_key(key, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_text_snowflakes(one) for one in value]
    if isinstance(value, int) and value >= _SMALLEST_SNOWFLAKE:
        return str(value)
    return value
