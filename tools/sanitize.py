"""Builds the kernel with the address and undefined-behaviour sanitizers and runs its tests on it.

`sanitize.py [ROUNDS]`: exit code 0 when clean, 1 when something was found, 3 where there is no gcc
with sanitizers. The installed package is left as it is: a copy of it gets the other kernel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
UNAVAILABLE = 3
FLAGS = [
    *("-shared", "-fPIC", "-std=c99", "-O1", "-g", "-ffp-contract=off", "-fno-omit-frame-pointer"),
    *("-fsanitize=address,undefined", "-fno-sanitize-recover=all"),
]
# Python itself keeps memory until it ends, so leaks cannot be told from that.
OPTIONS = {"ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1"}


def compiler() -> str | None:
    """A gcc, or None."""
    return shutil.which("gcc")


def build(gcc: str, folder: Path) -> bool:
    """Copy the package into `folder` with the kernel sanitized; whether that went well."""
    ignore = shutil.ignore_patterns("__pycache__", "*.so")
    shutil.copytree(ROOT / "retrieval", folder / "retrieval", ignore=ignore)
    room = folder / "retrieval" / "engine"
    include = f"-I{sysconfig.get_path('include')}"
    made = subprocess.run(  # noqa: S603 - the machine's own compiler
        [gcc, *FLAGS, include, room / "kernel.c", "-o", room / "_kernel.abi3.so"], check=False
    )
    return made.returncode == 0


def library(gcc: str, name: str) -> str:
    """Where a runtime library of gcc stands."""
    found = subprocess.run(  # noqa: S603 - the machine's own compiler
        [gcc, f"-print-file-name={name}"], capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


def run(gcc: str, folder: Path, command: list[str]) -> int:
    """Run Python with the sanitized kernel; its exit code."""
    preload = f"{library(gcc, 'libasan.so')} {library(gcc, 'libubsan.so')}"
    paths = os.pathsep.join([str(folder), str(ROOT / "tests")])
    environment = os.environ | OPTIONS | {"LD_PRELOAD": preload, "PYTHONPATH": paths}
    return subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, *command], env=environment, cwd=folder, check=False
    ).returncode


def main(rounds: str = "100") -> int:
    """Build, then fuzz files and run the tests of the engine."""
    gcc = compiler()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if gcc is None or not build(gcc, folder):
            sys.stderr.write("no gcc with sanitizers here; install it to run this check\n")
            return UNAVAILABLE
        native = (
            "import sys; from retrieval.search.kernel import kernel; sys.exit(not kernel.AVAILABLE)"
        )
        tests = str(ROOT / "tests")
        commands = [
            ["-c", native],
            [f"{tests}/engine_fuzz.py", name, rounds],
            [
                *("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--rootdir", tests),
                *(f"{tests}/test_engine.py", "-k", "not damaged_file and not sanitizers"),
            ],
        ]
        return int(any(run(gcc, folder, command) for command in commands))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
