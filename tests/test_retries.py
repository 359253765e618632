from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot import retries


class Line:
    """A connection that comes up after some tries."""

    def __init__(self, fails: int, error: Exception) -> None:
        self.tries = 0
        self._fails = fails
        self._error = error

    async def use(self) -> str:
        self.tries += 1
        if self.tries <= self._fails:
            raise self._error
        return "connected"


class Clock:
    """Waits in no time, and remembers."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    async def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.mark.parametrize(
    "error", [OSError("no route"), TimeoutError(), aiohttp.ServerDisconnectedError()]
)
async def test_a_network_that_comes_up_late_is_waited_for(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    line, clock = Line(3, error), Clock()
    assert await retries.logging_in(clock.wait)(line.use) == "connected"
    assert line.tries == 4
    assert [type(error).__name__ in said for said in caplog.messages] == [True] * 3


async def test_each_wait_is_about_twice_the_one_before() -> None:
    line, clock = Line(5, OSError()), Clock()
    await retries.logging_in(clock.wait)(line.use)
    assert all(2**n <= wait <= 2**n + 1 for n, wait in enumerate(clock.waited))


async def test_after_six_tries_the_last_error_is_the_callers() -> None:
    line, clock = Line(99, OSError("down")), Clock()
    with pytest.raises(OSError, match="down"):
        await retries.logging_in(clock.wait)(line.use)
    assert line.tries == 6


async def test_what_is_no_matter_of_the_network_is_not_tried_again() -> None:
    line, clock = Line(1, ValueError("token")), Clock()
    with pytest.raises(ValueError, match="token"):
        await retries.logging_in(clock.wait)(line.use)
    assert line.tries == 1
    assert clock.waited == []


# -- requests that may be carried out twice -----------------------------------------------------


def http_error(status: int, code: int = 0) -> discord.HTTPException:
    return discord.HTTPException(SimpleNamespace(status=status, reason=""), {"code": code})


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError(),
        TypeError("string indices must be integers"),
        json.JSONDecodeError("", "", 0),
        http_error(429),
        http_error(503),
    ],
)
async def test_a_request_is_repeated_until_discord_answers(error: Exception) -> None:
    line, clock = Line(5, error), Clock()
    assert await retries.send(line.use, 600, clock.wait) == "connected"
    assert [0.25 * 2**n <= wait <= 0.25 * 2**n + 0.25 for n, wait in enumerate(clock.waited)] == (
        [True] * 5
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_what_discord_refuses_is_not_asked_again(status: int) -> None:
    line, clock = Line(1, http_error(status)), Clock()
    with pytest.raises(discord.HTTPException):
        await retries.send(line.use, 600, clock.wait)
    assert line.tries == 1


async def test_a_request_is_not_repeated_when_nobody_waits_any_more() -> None:
    line, clock = Line(99, OSError("down")), Clock()
    with pytest.raises(OSError, match="down"):
        await retries.send(line.use, 3, clock.wait)
    assert max(clock.waited) < 3


async def test_a_request_that_is_never_answered_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retries, "ONE_TRY", 0.01)
    tries: list[int] = []

    async def silent_at_first() -> str:
        tries.append(1)
        await asyncio.sleep(600 if len(tries) == 1 else 0)
        return "connected"

    assert await retries.send(silent_at_first, 600, Clock().wait) == "connected"
