"""What a test does as somebody without rights."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOBODY = 65534


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """Be nobody instead of root, whom no permission stops; anybody else stays who they are.

    What the test needs must have run before: nobody may not be able to import it.
    """
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@contextlib.contextmanager
def shut_folder() -> Iterator[Path]:
    """A folder whose files anybody may read and nobody may list."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)  # pytest's own are closed to others
        folder = Path(name, "shut")
        folder.mkdir(mode=0o311)
        folder.chmod(0o311)
        yield folder
        folder.chmod(0o755)
