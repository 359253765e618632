"""An exception → a short sentence for whoever asked, and a line for the log."""

from __future__ import annotations

import os
import secrets
import traceback
from pathlib import Path
from typing import NamedTuple

from discord import HTTPException

import retrieval
from bot.errors import TooSlow
from retrieval.errors import BadSynonyms, LibraryError, ProofError, UnreadableSource

# Nothing slower tells whose a file is: where Discord fails, hundreds of errors come at once.
OURS = tuple(f"{Path(one).parent}{os.sep}" for one in (__file__, retrieval.__file__))


class Apology(NamedTuple):
    """What to say and what to keep.

    Attributes:
        sentence: For the user, as markdown: what happened, and the number to quote.
        line: For the log: the number, the error's class and place; no text of users.
    """

    sentence: str
    line: str


def apologise(error: BaseException) -> Apology:
    """What to say about `error`, under a new number."""
    number = secrets.token_hex(4)
    cause = unwrap(error)
    return Apology(f"{_say(cause)} It is in my log as `{number}`.", f"{number}: {describe(cause)}")


def describe(error: BaseException) -> str:
    """The class and the place of `error` and of what caused it; never its text.

    A library's error and an operator's own mistake are the exception: their texts name the
    operator's files, and no question. Of Discord's refusals the numbers are named.
    """
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    said = f"{name}{_details(error)}{_place(error)}"
    cause = error.__cause__
    return f"{said}, caused by {describe(cause)}" if cause is not None else said


def unwrap(error: BaseException) -> BaseException:
    """What a command raised, without the wrappers that discord.py puts around it."""
    while isinstance(original := getattr(error, "original", None), BaseException):
        error = original
    return error


def _say(error: BaseException) -> str:
    match error:
        case LibraryError():
            return "**I can’t read my library right now.** Whoever runs me can find out why."
        case ProofError():
            return (
                "**I found a quote that is not word for word in its source**, so I don’t show it."
            )
        case TooSlow():
            return "**I am too busy to answer that now.** Please ask again in some minutes."
    return "**Something went wrong on my side.**"


def _details(error: BaseException) -> str:
    match error:
        case LibraryError() | BadSynonyms() | UnreadableSource():
            return f" ({error})"
        case HTTPException():
            return f" ({error.status}, code {error.code})"
    return ""


def _place(error: BaseException) -> str:
    places = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    if not places:
        return ""
    ours = [place for place in places if place[0].co_filename.startswith(OURS)]
    code, line = ours[-1] if ours else places[-1]
    short = "/".join(Path(code.co_filename).parts[-2:])
    return f" at {short}:{line} in {code.co_name}"
