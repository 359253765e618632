from __future__ import annotations

import aiohttp
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
