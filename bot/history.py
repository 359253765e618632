"""What was typed into `pullquote chat`, kept for the next conversation in a file of the user's own.

It is kept only where a person types at a terminal, and Python has readline to bring it back.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from bot.exits import say
from retrieval.errors import UnreadableSource, reason_of
from retrieval.untrusted.files import name, read_beside

KEPT = 1000  # lines
LARGEST = 2**22  # bytes


def place(environment: Mapping[str, str]) -> Path | None:
    """Where it is kept: in the user's folder for state; None where no user has one.

    XDG's base directory specification names that folder; Windows has one for local data.
    """
    for variable, below in (("XDG_STATE_HOME", ""), ("LOCALAPPDATA", ""), ("HOME", ".local/state")):
        folder = environment.get(variable, "")
        if Path(folder).is_absolute():  # the specification passes over any other
            return Path(folder, below, "pullquote", "chat-history")
    return None


def readline_here() -> ModuleType | None:
    """The module that edits lines and brings old ones back, where Python has it."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415 - only a conversation needs it

        return readline
    return None


@contextlib.contextmanager
def remembered(readline: ModuleType, path: Path | None) -> Iterator[None]:
    """A conversation in which old lines come back, and after which its own are kept.

    Args:
        readline: What brings them back.
        path: Where they are kept; None for nowhere.
    """
    try:
        lines = _read(path) if path else []
    except UnreadableSource as error:
        say(f"what is typed is not kept: {error}")
        path = None
    else:
        for line in lines:
            readline.add_history(line)
    before = readline.get_current_history_length()
    try:
        yield
    finally:
        last = readline.get_current_history_length()
        fresh = [readline.get_history_item(n) for n in range(before + 1, last + 1)]
        if path and any(fresh):
            _keep(path, list(filter(None, fresh)))


def _read(path: Path) -> list[str]:
    data = read_beside(path, LARGEST) or b""
    return [line for line in data.decode(errors="replace").split("\n") if line][-KEPT:]


def _keep(path: Path, fresh: list[str]) -> None:
    """Add lines to those of this and of other conversations; only the user may read the file."""
    try:
        lines = [*_read(path), *fresh][-KEPT:]
        text = "".join(f"{line}\n" for line in lines).encode(errors="replace")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
        try:
            with os.fdopen(written, "wb") as file:
                file.write(text)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except (OSError, UnreadableSource) as error:
        reason = str(error) if isinstance(error, UnreadableSource) else reason_of(error)
        say(f"what was typed cannot be kept in {name(path)}: {reason}")
