"""Whatever write is the last, or the last that the disk takes, a library opens whole."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LEAST = 10  # writes that any change takes
STEP = 29  # every how manyth write is tried; `cutting.py` with 1 tries all


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`writes.c`, compiled."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs Linux and a C compiler, to see each write")
    library = tmp_path_factory.mktemp("shim") / "writes.so"
    files = ["-o", str(library), str(HERE / "writes.c")]
    command = [compiler, "-shared", "-fPIC", "-O1", *files, "-ldl"]
    subprocess.run(command, check=True)  # noqa: S603 - our own program
    return library


@pytest.mark.parametrize("kind", ["copies", "full", "read-only"])
def test_a_library_opens_as_before_or_after_whatever_write_is_the_last(
    kind: str, shim: Path, tmp_path: Path
) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, HERE / "cutting.py", tmp_path, kind, str(STEP)],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["change"] for one in reports] == ["add", "replace", "remove"]
    assert {one["change"]: one["wrong"] for one in reports if one["wrong"]} == {}
    assert all(one["writes"] > LEAST for one in reports), reports
