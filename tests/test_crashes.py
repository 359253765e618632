"""Killed at any moment while it adds, removes or merges, an index opens whole.

`python test_crashes.py TIMES` does it as often as you like.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from retrieval import Answerer, Library
from retrieval.index.folder import IndexFolder

HERE = Path(__file__).parent
TIMES = 10
LONGEST = 0.6  # seconds that a writer lives


def kill_a_writer(folder: Path, seed: int) -> None:
    """Let a process write, and kill it at a random moment."""
    rng = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
    command = [sys.executable, str(HERE / "crashing.py"), str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:  # noqa: S603 - this very Python
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"begun\n"
        time.sleep(rng.uniform(0, LONGEST))
        writer.kill()


def check(folder: Path) -> None:
    """The index on disk is that of some state of the library, and can be brought up to date."""
    kept = IndexFolder(folder)
    if kept.manifest() is not None:
        assert kept.open() is not None
        assert list(kept.verify()) == []
    with Library.open(folder, create=True) as library:
        assert list(library.verify()) == []
        answer = Answerer.open(library).ask("Which ship sailed in winter?", quotes=20)
        assert kept.open() is not None
        with Library.of(library) as anew:
            assert answer == Answerer.open(anew).ask("Which ship sailed in winter?", quotes=20)


def crash(folder: Path, times: int) -> None:
    for seed in range(times):
        kill_a_writer(folder, seed)
        check(folder)


def test_a_writer_that_is_killed_leaves_the_state_before_or_after(tmp_path: Path) -> None:
    crash(tmp_path, TIMES)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        crash(Path(place), int(sys.argv[1]))
