"""An exception that ended a command → one line for the user and an exit code.

Codes: 0 done; 1 the answer is no, or something besides the input fails; 2 the input is wrong;
70 a bug; 130 stopped with Ctrl-C; 141 the reader of the output has left.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from pathlib import Path

import typer

from bot.characters import neutral

DONE, NO, WRONG, BUG, STOPPED, LEFT = 0, 1, 2, 70, 130, 141
DEBUG = "PULLQUOTE_DEBUG"


def end(error: BaseException) -> int:
    """Tell the user what `error` means, and give the exit code.

    Where the environment sets `PULLQUOTE_DEBUG`, where it happened comes first.
    """
    if isinstance(error, typer.Exit):
        return error.exit_code
    if os.environ.get(DEBUG):
        sys.stderr.write(trace(error))
    if isinstance(error, BrokenPipeError):
        _drop_output()
        return LEFT
    code, message = _judge(error)
    if isinstance(error, OSError):
        _drop_output()
    with contextlib.suppress(OSError):  # nobody may be left to read it
        say(message)
    return code


def finish(code: int) -> None:
    """End the command with `code`.

    Raises:
        typer.Exit: It is not 0.
    """
    if code:
        raise typer.Exit(code)


def trace(error: BaseException) -> str:
    """The traceback of `error` and of what led to it, a line a frame.

    Of foreign errors only the class: their texts may hold an article's words, or a token.
    """
    from retrieval.errors import PullquoteError  # noqa: PLC0415 - `--version` and `--help` do without

    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [f"  {one.filename}:{one.lineno} in {one.name}" for one in _frames(error)]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    said = f": {error}" if isinstance(error, PullquoteError) else ""
    own = "\n".join([*lines, f"{kind}{said}"])
    return f"{trace(before)}which led to:\n{own}\n" if before else f"{own}\n"


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def mind_threads() -> None:
    """What ends a thread, or fails where nobody can catch it, is told as its class and place.

    Python itself would print its text.
    """
    threading.excepthook = lambda args: _tell("a thread", args.exc_value)
    sys.unraisablehook = lambda args: _tell("something unseen", args.exc_value)


def _tell(what: str, error: BaseException | None) -> None:
    if error is None or isinstance(error, SystemExit):
        return
    frames = _frames(error)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    say(f"a bug in Pullquote: {what} ended with {type(error).__name__}{place}")


def say(message: str) -> None:
    """Write one line to the standard error, unable to steer a terminal."""
    sys.stderr.write(f"pullquote: {' '.join(neutral(message).split())}\n")
    sys.stderr.flush()


class Warnings(logging.Handler):
    """Tells the user of what is logged, one line each."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say what `record` says."""
        say(record.getMessage())


def _judge(error: BaseException) -> tuple[int, str]:
    from retrieval.errors import (  # noqa: PLC0415 - same
        InputError,
        ProofError,
        PullquoteError,
        reason_of,
    )

    if isinstance(error, PullquoteError):
        codes = ((InputError, WRONG), (ProofError, BUG))
        return next((code for kind, code in codes if isinstance(error, kind)), NO), str(error)
    match error:
        case KeyboardInterrupt() | typer.Abort():
            return STOPPED, "stopped"
        case typer.TyperException():
            return WRONG, _usage(error)
        case OSError():
            return NO, f"the output cannot be written: {reason_of(error)}"
    kind = type(error).__name__
    return BUG, f"a bug in Pullquote: {kind}; run again with {DEBUG}=1 to see where"


def _usage(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "pullquote"
    return f"{error.format_message().rstrip('.')}; see `{path} --help`"


def _drop_output() -> None:
    """What is still unwritten can go nowhere: spare Python the try at its end."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def mend_streams() -> None:
    """A terminal that lacks a character shows a `?` for it; a closed stream swallows all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole run
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
