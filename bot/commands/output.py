"""Lines on the standard output that are meant for programs as much as for people."""

from __future__ import annotations

import sys

from bot.characters import escaped


def write_line(line: str) -> None:
    """Write one line as UTF-8, whatever the terminal's encoding, and at once.

    Controls above C0 are escaped as in JSON, where they stand in strings only.
    """
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{escaped(line)}\n".encode(errors="replace"))
    sys.stdout.buffer.flush()
