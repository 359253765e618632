"""A stop waits only so long: a thread that a dead disk holds does not hold the process."""

import subprocess
import sys

PROGRAM = """
import asyncio, sys, threading
from bot import app

app.LONGEST_STOP = 1.0

async def serve(began):
    began()
    hung = asyncio.to_thread(threading.Event().wait)
    if sys.argv[1] == "hung":
        asyncio.create_task(hung)
        await asyncio.sleep(0.1)
    else:
        hung.close()

with app._bounded_stop() as began:
    asyncio.run(serve(began))
print("ended by itself", flush=True)
"""


def stop(kind: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, kind],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_thread_that_never_ends_does_not_keep_a_stopped_bot() -> None:
    code, said = stop("hung")
    assert code == 0
    assert "stopped, though something under way does not end" in said
    assert "ended by itself" not in said


def test_a_bot_that_stops_in_time_is_left_alone() -> None:
    code, said = stop("well")
    assert (code, said) == (0, "ended by itself\n")
