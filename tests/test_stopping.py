"""A stop waits only so long: a thread that a dead disk holds does not hold the process."""

import subprocess
import sys

PROGRAM = """
import asyncio, threading
from bot import app

app.LONGEST_STOP = 1.0

async def serve(began, hung):
    began()
    thread = asyncio.to_thread(threading.Event().wait)
    if hung:
        asyncio.create_task(thread)
        await asyncio.sleep(0.1)
    else:
        thread.close()

for hung in (False, True):
    with app._bounded_stop() as began:
        asyncio.run(serve(began, hung))
    print("ended by itself, hung:", hung, flush=True)
"""


def test_a_thread_that_never_ends_does_not_keep_a_stopped_bot_and_one_in_time_is_left_alone() -> (
    None
):
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=200
    )
    assert (done.returncode, done.stdout) == (0, "ended by itself, hung: False\n")
    assert done.stderr.splitlines() == ["stopped, though something under way does not end"]
