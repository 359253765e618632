"""Logs plain lines to the standard error: what happened, never who wrote what, never the token."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import Iterator

from bot.apology import describe
from bot.characters import neutral

OURS = ("bot", "retrieval")
# An interaction's token, good for 15 minutes, stands in addresses that discord.py logs.
_PASSING_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s]+")
# asyncio names an error that nobody awaited with its text, which may be somebody's words.
_UNAWAITED = re.compile(r"exception=.*")
# And of what it calls back, the arguments.
_CALLED = re.compile(r"(Exception in callback [\w.<>]+)\(.*")
FORMAT = "{asctime} {levelname:<7} {name}: {message}"


@contextlib.contextmanager
def started(level: str, token: str) -> Iterator[None]:
    """Log from `level` on, for as long as the context lasts, with tokens blackened.

    discord.py logs whole messages at DEBUG, so it stays at INFO.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(token))
    root = logging.getLogger()
    loggers = [logging.getLogger(name) for name in (*OURS, "discord")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(level)
    loggers[-1].setLevel(max(logging.INFO, loggers[-1].level))
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        for logger, old in zip(loggers, before, strict=True):
            logger.setLevel(old)


class Lines(logging.Formatter):
    """One line a record: an error as its class and place, tokens blackened."""

    def __init__(self, token: str) -> None:
        super().__init__(FORMAT, "%Y-%m-%d %H:%M:%S", style="{")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line; an error's own text may hold what somebody wrote."""
        record.message, record.asctime = record.getMessage(), self.formatTime(record, self.datefmt)
        line = neutral(self.formatMessage(record))
        line = _UNAWAITED.sub("exception=[left out]", line)
        line = _CALLED.sub(r"\1([left out])", line)
        if record.exc_info and record.exc_info[1]:
            line = f"{line} [{describe(record.exc_info[1])}]"
        line = _PASSING_TOKEN.sub(r"\1[token]", line)
        return line.replace(self._token, "[token]") if self._token else line
