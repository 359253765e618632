"""A conversation in the terminal, or over a pipe: a question a line, a card for each."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

from rich.console import Console

from bot.characters import neutral
from bot.commands.opened import Listed, opened
from bot.exits import DONE, NO, say
from bot.history import place, readline_here, remembered
from bot.opening import seeds_folder
from bot.phrases import count
from bot.questions import LONGEST, check_text
from bot.terminal import card, console, explained, listing, question
from retrieval import Answer, Answerer, Library
from retrieval.errors import InputError, reason_of
from retrieval.readers import examples

SHOWN = 3  # examples where nobody can type
HELP = """Type a question, or one of these:
  /sources    the articles
  /quotes N   show at most N quotes
  /why        why the last quotes stand there
  /help       this list
  /quit       leave; so do Ctrl-D, and Ctrl-C on an empty line"""


def chat_over(option: Path | None, most_quotes: int) -> int:
    """Talk about the library that is named: with who types, else with what the input asks.

    Where that is empty, examples are shown.

    Returns:
        0, or 1 where a line of the input was no question.
    """
    with opened(option) as answerer:
        chat = Chat(answerer, console(), most_quotes)
        if sys.stdin and sys.stdin.isatty():
            chat.talk()
            return DONE
        if not chat.heed_all(_piped()):
            chat.show_examples()
    return NO if chat.refused else DONE


class Chat:
    """One conversation over one library.

    Attributes:
        refused: How many lines were no questions.
    """

    def __init__(self, answerer: Answerer, out: Console, most_quotes: int) -> None:
        """Answer with `answerer`, onto `out`, with up to `most_quotes` quotes."""
        self._answerer = answerer
        self._out = out
        self._most = most_quotes
        self._quotes = 3
        self._last: Answer | None = None
        self.refused = 0
        self._commands: dict[str, Callable[[str], None]] = {
            "/sources": self._list_sources,
            "/quotes": self._set_quotes,
            "/why": self._explain,
            "/help": lambda _: self._say(HELP),
        }

    def show_examples(self) -> None:
        """Ask the library's example questions."""
        for text in itertools.islice(example_questions(self._answerer.library), SHOWN):
            self._out.print(question(text))
            self._answer(text)

    def talk(self) -> None:
        """Answer until the user leaves."""
        held = count(len(self._answerer.library), "article")
        self._say(f"{held}. Ask a question; /help lists what else you can type.")
        readline = readline_here()
        kept = remembered(readline, place(os.environ)) if readline else contextlib.nullcontext()
        with kept:
            for line in itertools.takewhile(_stays, _typed(readline)):
                self._heed(line)

    def heed_all(self, lines: Iterable[str]) -> bool:
        """Answer every line, below its question, until one leaves; whether there was any."""
        heeded = False
        for line in itertools.takewhile(_stays, lines):
            heeded = True
            if not line.startswith("/"):
                self._out.print(question(line))
            self._heed(line)
        return heeded

    def _heed(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if not line.startswith("/"):
            self._answer(line)
        elif name in self._commands:
            self._commands[name](rest.strip())
        else:
            self._say(f"There is no {neutral(name)}. {HELP}")

    def _answer(self, text: str) -> None:
        try:
            check_text(text)
            self._last = self._answerer.ask(text, quotes=self._quotes)
            self._out.print(card(self._last))
        except InputError as error:
            self.refused += 1
            say(str(error))

    def _list_sources(self, _: str) -> None:
        self._out.print(listing(Listed(self._answerer.library)))

    def _set_quotes(self, number: str) -> None:
        if not number.isdecimal() or not 1 <= int(number[:9]) <= self._most:
            self._say(f"Say how many, from 1 to {self._most}: /quotes 5")
            return
        self._quotes = int(number)
        self._say(f"Up to {count(self._quotes, 'quote')} from now on.")

    def _explain(self, _: str) -> None:
        if self._last is None or not (self._last.quotes or self._last.nearest):
            self._say("There is no quote yet to explain; ask a question first.")
            return
        self._out.print(explained(self._last))

    def _say(self, text: str) -> None:
        self._out.print(text)


def example_questions(library: Library) -> Iterator[str]:
    """Questions to show: those in the `sources.toml` beside the articles, else after titles."""
    given = examples(library.folder or seeds_folder())
    titles = (entry.title.rstrip("….") for entry in library.entries())
    yield from given or (f"What about {title}?" for title in titles)


def _stays(line: str) -> bool:
    return line != "/quit"


def _typed(readline: ModuleType | None) -> Iterator[str]:
    """What the user types, blank lines left out, until Ctrl-D, or Ctrl-C on an empty line.

    In the middle of a line Ctrl-C clears it, where readline tells that it is one.
    """
    while True:
        try:
            line = input("? ").strip()
        except UnicodeDecodeError:
            say("that was not UTF-8 text; type it in a UTF-8 terminal")
            continue
        except (EOFError, KeyboardInterrupt) as end:
            sys.stdout.write("\n")
            if isinstance(end, KeyboardInterrupt) and readline and readline.get_line_buffer():
                continue
            return
        if line:
            yield line


def _piped() -> Iterator[str]:
    """The lines of the standard input, blank ones left out; bytes that are no text are marked."""
    if sys.stdin is None:
        return
    while data := _line():
        if len(data) == LONGEST:
            raise InputError("a line of the standard input is longer than 1 MiB; ask less at once")
        line = data.decode("utf-8-sig", errors="surrogateescape").strip()
        if line:
            yield line


def _line() -> bytes:
    try:
        return sys.stdin.buffer.readline(LONGEST)
    except OSError as error:
        raise InputError(f"the standard input cannot be read: {reason_of(error)}") from error
