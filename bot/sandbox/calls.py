"""A request to the REST API, as its handler gets it and as the log keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import unauthorized
from bot.sandbox.forms import Problem, check, invalid_form
from bot.sandbox.messages import Upload
from bot.sandbox.shapes import type_problems
from bot.sandbox.state import Bot

Json = dict[str, Any]
Answer = Json | list[Any] | None
Validator = Callable[[str, str, Any], list[str]]


@dataclass(frozen=True)
class Request:
    """A request as the sandbox saw it.

    Attributes:
        method: Such as `POST`.
        path: Without the API's prefix and the query.
        route: The path's template, such as `/channels/{channel_id}/messages`; None if unknown.
        body: The JSON body, or None.
        status: The HTTP status of the answer; 0 if the connection was cut.
        answer: The JSON body of the answer, or None.
    """

    method: str
    path: str
    route: str | None
    body: Any
    status: int
    answer: Any


@dataclass
class Call:
    """What a route's handler works with.

    Attributes:
        bot: Who asks; None where the path carries a token of its own.
        body: The JSON body, `{}` if there is none.
        files: The uploaded files.
        ids: The numbers in the path, by name.
        words: The other variable parts of the path, by name.
        query: The query.
    """

    bot: Bot | None
    body: Any
    files: list[Upload]
    ids: dict[str, int]
    words: dict[str, str]
    query: Mapping[str, str]

    @property
    def form(self) -> Json:
        """The body, if it is an object.

        Raises:
            Refusal: 400, it is something else.
        """
        check(type_problems(self.body, {}))
        return cast("Json", self.body)

    def number(self, name: str, default: int) -> int:
        """A number of the query.

        Raises:
            Refusal: 400, it is something else.
        """
        text = self.query.get(name, str(default))
        if not (text.isascii() and text.isdecimal()):
            message = f'Value "{text}" is not int.'
            raise invalid_form([Problem((name,), "NUMBER_TYPE_COERCE", message)])
        return int(text)

    @property
    def me(self) -> Bot:
        """The bot that asks.

        Raises:
            Refusal: 401, there is none.
        """
        if self.bot is None:
            raise unauthorized()
        return self.bot


INVALID = object()  # stands for a body that is no JSON

Handler = Callable[[Call], Answer]


@dataclass
class Fault:
    """An answer that a test has asked for in place of the next real one.

    Attributes:
        method: Of the request.
        route: The path's template.
        status: What to answer; None cuts the connection.
        retry_after: Seconds, for 429.
        page: Answer with a web page, as a server between the bot and Discord does.
        done: Carry the request out all the same.
        times: How many requests to answer so.
    """

    method: str
    route: str
    status: int | None
    retry_after: float = 0.0
    page: bool = False
    done: bool = False
    times: int = 1


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON body of a request, None if there is none, and the files that came with it."""
    if request.content_type != "multipart/form-data":
        text = await request.text()
        return (_json(text) if text else None), []
    body: Any = None
    files = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            body = _json(await part.text())
        else:
            files.append(Upload(part.filename or "file", bytes(await part.read())))
    return body, files


def _json(text: str) -> Any:  # noqa: ANN401  # JSON is any of it
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return INVALID


def call_of(
    request: web.Request,
    bot: Bot | None,
    body: Any,  # noqa: ANN401  # JSON is any of it
    files: list[Upload],
) -> Call:
    """What a handler is given of a request."""
    parts = request.match_info
    ids = {key: _snowflake(value) for key, value in parts.items() if key.endswith("_id")}
    words = {key: value for key, value in parts.items() if not key.endswith("_id")}
    return Call(bot, {} if body is None else body, files, ids, words, request.query)


def _snowflake(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
