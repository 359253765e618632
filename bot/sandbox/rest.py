"""The REST API's frame: every request is authenticated, checked, logged, and answered in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import Refusal, unauthorized, unknown_route
from bot.sandbox.messages import Upload
from bot.sandbox.state import Bot
from bot.sandbox.world import World

API = "/api/v10"

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
        status: The HTTP status of the answer.
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
    def me(self) -> Bot:
        """The bot that asks.

        Raises:
            Refusal: 401, there is none.
        """
        if self.bot is None:
            raise unauthorized()
        return self.bot


Handler = Callable[[Call], Answer]


@dataclass
class Fault:
    """An answer that a test has asked for in place of the next real one.

    Attributes:
        method: Of the request.
        route: The path's template.
        status: What to answer.
        retry_after: Seconds, for 429.
    """

    method: str
    route: str
    status: int
    retry_after: float = 0.0


class Rest:
    """All routes.

    Attributes:
        requests: Every request so far, oldest first.
        faults: Answers to give once in place of the real ones.
        validator: Looks at each body and names what is wrong with it, if anything.
    """

    def __init__(self, world: World, validator: Validator | None = None) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.validator = validator
        self._world = world

    def add(
        self,
        app: web.Application,
        method: str,
        route: str,
        handler: Handler,
        *,
        open_: bool = False,
    ) -> None:
        """Serve a route; `open_` means that its path carries a token, so no header is asked."""

        async def serve(request: web.Request) -> web.Response:
            body, files = await _read(request)
            status, answer = self._answer(request, route, handler, body, files, open_=open_)
            self._log(request, route, body, status, answer)
            return _response(status, answer, route)

        app.router.add_route(method, API + route, serve)

    async def refuse(self, request: web.Request) -> web.Response:
        """Answer a request to a path that does not exist."""
        body, _ = await _read(request)
        refusal = unknown_route()
        self._log(request, None, body, refusal.status, refusal.body())
        return _response(refusal.status, refusal.body(), request.path)

    def _answer(
        self,
        request: web.Request,
        route: str,
        handler: Handler,
        body: Any,  # noqa: ANN401  # JSON is any of it
        files: list[Upload],
        *,
        open_: bool,
    ) -> tuple[int, Answer]:
        fault = self._fault(request.method, route)
        if fault is not None:
            return fault.status, _fault_body(fault)
        try:
            bot = None if open_ else self._authenticated(request)
            self._validate(request, body)
            answer = handler(_call(request, bot, body, files))
        except Refusal as refusal:
            return refusal.status, refusal.body()
        return (204, None) if answer is None else (200, answer)

    def _fault(self, method: str, route: str) -> Fault | None:
        for fault in self.faults:
            if (fault.method, fault.route) == (method, route):
                self.faults.remove(fault)
                return fault
        return None

    def _authenticated(self, request: web.Request) -> Bot:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        bot = self._world.bot_with(token) if scheme == "Bot" else None
        if bot is None:
            raise unauthorized()
        return bot

    def _validate(self, request: web.Request, body: object) -> None:
        if self.validator is None or body is None:
            return
        wrong = self.validator(request.method, request.path.removeprefix(API), body)
        if wrong:
            errors = [{"code": "OPENAPI", "message": one} for one in wrong]
            raise Refusal(400, 50035, "Invalid Form Body", {"_errors": errors})

    def _log(
        self,
        request: web.Request,
        route: str | None,
        body: object,
        status: int,
        answer: Answer,
    ) -> None:
        path = request.path.removeprefix(API)
        self.requests.append(Request(request.method, path, route, body, status, answer))


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
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
    except json.JSONDecodeError:
        return None


def _call(
    request: web.Request,
    bot: Bot | None,
    body: Any,  # noqa: ANN401  # JSON is any of it
    files: list[Upload],
) -> Call:
    parts = request.match_info
    ids = {key: _snowflake(value) for key, value in parts.items() if key.endswith("_id")}
    words = {key: value for key, value in parts.items() if not key.endswith("_id")}
    return Call(bot, {} if body is None else body, files, ids, words, request.query)


def _snowflake(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _fault_body(fault: Fault) -> Json:
    if fault.status == HTTPStatus.TOO_MANY_REQUESTS:
        message = "You are being rate limited."
        return {"message": message, "retry_after": fault.retry_after, "global": False}
    return {"message": f"{fault.status}: {HTTPStatus(fault.status).phrase}", "code": 0}


def _response(status: int, answer: Answer, bucket: str) -> web.Response:
    # discord.py compares the content type as a whole, so it must not carry a charset.
    headers = {
        "Via": "1.1 sandbox",
        "X-RateLimit-Limit": "50",
        "X-RateLimit-Remaining": "49",
        "X-RateLimit-Reset-After": "1.000",
        "X-RateLimit-Bucket": f"{hash(bucket) & 0xFFFFFFFF:08x}",
    }
    if answer is None:
        return web.Response(status=status, headers=headers)
    body = json.dumps(answer).encode()
    return web.Response(status=status, body=body, headers=headers, content_type="application/json")
