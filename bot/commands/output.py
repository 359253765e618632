"""Lines on the standard output that are meant for programs as much as for people."""

from __future__ import annotations

import sys


def write_line(line: str) -> None:
    """Write one line as UTF-8, whatever the terminal's encoding, and at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{line}\n".encode(errors="replace"))
    sys.stdout.buffer.flush()
