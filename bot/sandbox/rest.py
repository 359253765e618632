"""The REST API's frame: every request is authenticated, checked, logged, and answered in JSON."""

from __future__ import annotations

import json
import zlib
from http import HTTPStatus
from typing import Any, cast

from aiohttp import web

from bot.sandbox.calls import (
    INVALID,
    Answer,
    Fault,
    Handler,
    Request,
    Validator,
    call_of,
    read_body,
)
from bot.sandbox.changes import Changes
from bot.sandbox.errors import Refusal, unauthorized, unknown_route
from bot.sandbox.messages import Upload
from bot.sandbox.state import Bot
from bot.sandbox.world import World

API = "/api/v10"


class Rest:
    """All routes.

    Attributes:
        requests: Every request so far, oldest first.
        faults: Answers to give once in place of the real ones.
        validator: Looks at each body and names what is wrong with it, if anything.
    """

    def __init__(self, world: World, changes: Changes, validator: Validator | None = None) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.validator = validator
        self._routes: set[tuple[str, str]] = set()
        self._world = world
        self._changes = changes

    def fail_next(self, fault: Fault) -> None:
        """Give this answer to the next request of the fault's route.

        Raises:
            ValueError: There is no such route, so the fault would never come.
        """
        if (fault.method, fault.route) not in self._routes:
            raise ValueError(f"there is no route {fault.method} {fault.route}")
        self.faults.append(fault)

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
            body, files = await read_body(request)
            fault = self._fault(request.method, route)
            status, answer = 0, cast("Answer", None)
            if fault is None or fault.done:
                status, answer = self._answer(request, handler, body, files, open_=open_)
            if fault is not None:
                status, answer = fault.status or 0, _fault_body(fault)
            self._log(request, route, body, status, answer)
            if fault is not None and (fault.page or not status):
                return _broken(request, status)
            return _response(status, answer, route)

        self._routes.add((method, route))
        app.router.add_route(method, API + route, serve)

    async def refuse(self, request: web.Request) -> web.Response:
        """Answer a request to a path that does not exist."""
        body, _ = await read_body(request)
        refusal = unknown_route()
        self._log(request, None, body, refusal.status, refusal.body())
        return _response(refusal.status, refusal.body(), request.path)

    def _answer(
        self,
        request: web.Request,
        handler: Handler,
        body: Any,  # noqa: ANN401  # JSON is any of it
        files: list[Upload],
        *,
        open_: bool,
    ) -> tuple[int, Answer]:
        try:
            bot = None if open_ else self._authenticated(request)
            self._validate(request, body)
            answer = handler(call_of(request, bot, body, files))
        except Refusal as refusal:
            return refusal.status, refusal.body()
        return (204, None) if answer is None else (200, answer)

    def _fault(self, method: str, route: str) -> Fault | None:
        for fault in self.faults:
            if (fault.method, fault.route) == (method, route):
                fault.times -= 1
                if not fault.times:
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
        if body is INVALID:
            raise Refusal(400, 50109, "The request body contains invalid JSON.")
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
        seen = None if body is INVALID else body
        self.requests.append(Request(request.method, path, route, seen, status, answer))
        self._changes.happened()


def _broken(request: web.Request, status: int) -> web.Response:
    """What is none of Discord's answers: a web page, or with status 0 a connection that is cut."""
    if not status and request.transport is not None:
        request.transport.abort()
    page = "<html><title>Error</title></html>"
    return web.Response(status=status or 500, text=page, content_type="text/html")


def _fault_body(fault: Fault) -> Answer:
    if fault.page or fault.status is None:
        return None
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
        "X-RateLimit-Bucket": f"{zlib.crc32(bucket.encode()):08x}",
    }
    if answer is None:
        return web.Response(status=status, headers=headers)
    body = json.dumps(answer).encode()
    return web.Response(status=status, body=body, headers=headers, content_type="application/json")
