"""The command line on a real terminal: how it looks, and a conversation typed into it."""

import codecs
import os
import re
import select
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from interrupting import ctrl_c

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal needs POSIX", allow_module_level=True)

import fcntl
import pty
import struct
import termios

STYLES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PROMPT = "? "
PATIENCE = 600.0  # seconds until a program hangs: a busy machine is no failure


class Terminal:
    """The program on a terminal of 72 columns, and what it has shown so far."""

    def __init__(self, *arguments: str, folder: Path, **environment: str) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 72, 0, 0))
        # A test run may itself have been told how wide it is.
        left_out = ("PULLQUOTE_", "NO_", "COLUMNS", "LINES")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
        kept["XDG_STATE_HOME"] = str(folder / "state")
        self._screen = ours
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with ctrl_c(heeded=True):
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "bot", *arguments],
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
                cwd=folder,
                env=kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | environment,
                start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads run
            )
        os.close(theirs)

    def read_to(self, end: str) -> str:
        """What is shown until the line `end` begins, without styles."""
        shown = ""
        while not STYLES.sub("", shown).endswith(f"\n{end}"):
            shown += self._read()
        return STYLES.sub("", shown).replace("\r\n", "\n")

    def read_until(self, end: str) -> None:
        """Wait until what is shown ends so."""
        shown = ""
        while not STYLES.sub("", shown).endswith(end):
            shown += self._read()

    def read_all(self) -> str:
        """All that is still shown before the program ends, styles and all."""
        shown = ""
        while more := self._read(ending=True):
            shown += more
        return shown.replace("\r\n", "\n")

    def _read(self, *, ending: bool = False) -> str:
        if not select.select([self._screen], [], [], PATIENCE)[0]:
            raise TimeoutError("the program shows nothing")
        try:
            data = os.read(self._screen, 65536)
        except OSError:  # how Linux tells that the other side is closed
            data = b""
        if not data and not ending:
            raise EOFError("the program ended")
        return self._decoder.decode(data)

    def type(self, keys: str) -> None:
        """Press keys; a lone surrogate stands for a byte that is no UTF-8."""
        os.write(self._screen, os.fsencode(keys))

    def interrupt(self) -> None:
        """Press Ctrl-C, and again where Python was not listening yet, as anybody would.

        A signal between readline's prompt and its wait for keys waits for the next key.
        """
        for _ in range(int(PATIENCE)):
            self.type("\x03")
            if select.select([self._screen], [], [], 1)[0]:
                return
        raise TimeoutError("the program does not heed Ctrl-C")

    def close(self) -> int:
        """Wait for the program to end, and give its exit code."""
        os.close(self._screen)
        return self._process.wait()


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One conversation for many tests: what one says does not change what another sees."""
    terminal = Terminal("chat", folder=tmp_path_factory.mktemp("chat"))
    assert "5 articles. Ask a question" in terminal.read_to(PROMPT)
    yield terminal
    terminal.type("/quit\n")
    assert "Traceback" not in terminal.read_all()
    assert terminal.close() == 0  # leaving so is no failure


def say(chat: Terminal, line: str) -> str:
    """Type a line, and give what is shown before the next prompt, without the echo."""
    chat.type(f"{line}\n")
    return chat.read_to(PROMPT).partition("\n")[2]


def test_matched_words_are_marked_and_sources_stand_back(tmp_path: Path) -> None:
    terminal = Terminal("ask", "How many troops did North Korea send?", folder=tmp_path)
    shown = terminal.read_all()
    assert terminal.close() == 0
    assert re.search(r"\x1b\[4mtroops\x1b\[0m", shown)
    assert re.search(r"\x1b\[2m— ", shown)
    assert max(len(line) for line in STYLES.sub("", shown).splitlines()) <= 72


def test_no_color_keeps_the_marks_without_a_colour(tmp_path: Path) -> None:
    terminal = Terminal("ask", "How many troops?", folder=tmp_path, NO_COLOR="1")
    shown = terminal.read_all()
    terminal.close()
    assert "\x1b[4mtroops\x1b[0m" in shown
    assert not re.search(r"\x1b\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m]", shown)


def test_a_plain_terminal_gets_no_styles(tmp_path: Path) -> None:
    terminal = Terminal("ask", "How many troops?", folder=tmp_path, TERM="dumb", COLORTERM="")
    shown = terminal.read_all()
    terminal.close()
    assert "\x1b" not in shown


def test_the_list_is_a_table(tmp_path: Path) -> None:
    terminal = Terminal("library", "list", folder=tmp_path)
    shown = STYLES.sub("", terminal.read_all())
    assert terminal.close() == 0
    assert re.match(r"id +article +characters\n000_585f6d919736235d +SEOUL", shown)


def test_a_question_is_answered_with_a_card(chat: Terminal) -> None:
    shown = say(chat, "How many troops has North Korea sent to Russia?")
    assert " 1. " in shown
    assert "10,000" in shown


def test_a_question_without_an_answer_is_told_so(chat: Terminal) -> None:
    shown = say(chat, "What is the population of North Korea?")
    assert shown.startswith("The sources don’t say. No source mentions *population*.")


def test_the_number_of_quotes_can_be_set(chat: Terminal) -> None:
    assert say(chat, "/quotes 1") == f"Up to 1 quote from now on.\n{PROMPT}"
    shown = say(chat, "Kim Jong Un")
    assert " 1. " in shown
    assert " 2. " not in shown
    assert say(chat, "/quotes 3").startswith("Up to 3 quotes")


@pytest.mark.parametrize("number", ["", "0", "51", "many", "9" * 5000, "²"])
def test_a_number_of_quotes_that_is_none_is_refused(chat: Terminal, number: str) -> None:
    assert say(chat, f"/quotes {number}"[:4000]).startswith("Say how many, from 1 to 50")


def test_the_last_answer_can_be_explained(chat: Terminal) -> None:
    say(chat, "How many troops has North Korea sent to Russia?")
    shown = say(chat, "/why")
    assert re.match(r" *[0-9.]+ 1\. .+?, characters [0-9]+–[0-9]+ *\n *\+", shown, re.DOTALL)
    assert "words of the question: How much of the question" in shown


def test_what_quotes_nothing_cannot_be_explained(chat: Terminal) -> None:
    assert say(chat, "Hello!").startswith("Good to hear from you. ")
    assert say(chat, "/why").startswith("There is no quote yet to explain")


def test_sources_lists_the_articles(chat: Terminal) -> None:
    shown = say(chat, "/sources")
    assert "000_585f6d919736235d" in shown
    assert "BreakingNews.ie" in shown


def test_help_lists_what_can_be_typed(chat: Terminal) -> None:
    shown = say(chat, "/help")
    assert all(command in shown for command in ("/sources", "/quotes N", "/why", "/quit", "Ctrl-D"))


def test_an_unknown_command_shows_the_help(chat: Terminal) -> None:
    assert say(chat, "/nope").startswith("There is no /nope. Type a question")


def test_an_empty_line_asks_nothing(chat: Terminal) -> None:
    assert say(chat, "   ") == PROMPT


def test_leaving_with_ctrl_d_is_no_failure(tmp_path: Path) -> None:
    terminal = Terminal("chat", folder=tmp_path)
    terminal.read_to(PROMPT)
    terminal.type("\x04")
    assert "Traceback" not in terminal.read_all()
    assert terminal.close() == 0


def test_leaving_with_ctrl_c_is_no_failure(tmp_path: Path) -> None:
    terminal = Terminal("chat", folder=tmp_path)
    terminal.read_to(PROMPT)
    terminal.interrupt()
    assert "Traceback" not in terminal.read_all()
    assert terminal.close() == 0


def test_keys_that_are_no_text_do_not_end_the_conversation(chat: Terminal) -> None:
    assert "Traceback" not in say(chat, "caf\udce9")
    assert " 1. " in say(chat, "Who is Hong Min?")


def test_ctrl_c_in_the_middle_of_a_line_clears_it(tmp_path: Path) -> None:
    terminal = Terminal("chat", folder=tmp_path)
    terminal.read_to(PROMPT)
    terminal.type("Who is Ho")
    terminal.read_until("Ho")
    terminal.interrupt()
    terminal.read_to(PROMPT)
    assert " 1. " in say(terminal, "Who is Hong Min?")
    terminal.interrupt()
    assert "Traceback" not in terminal.read_all()
    assert terminal.close() == 0


def test_what_was_typed_comes_back_in_the_next_conversation(tmp_path: Path) -> None:
    kept = tmp_path / "state" / "pullquote" / "chat-history"
    for typed in ("Who is Hong Min?", "\x1b[A"):
        terminal = Terminal("chat", folder=tmp_path)
        terminal.read_to(PROMPT)
        assert "Hong Min" in say(terminal, typed)
        terminal.type("\x04")
        terminal.read_all()
        assert terminal.close() == 0
        assert set(kept.read_text().splitlines()) == {"Who is Hong Min?"}
        assert [stat.S_IMODE(one.stat().st_mode) for one in (kept, kept.parent)] == [0o600, 0o700]
        assert list(kept.parent.iterdir()) == [kept]


def test_a_conversation_goes_on_where_nothing_can_be_kept(tmp_path: Path) -> None:
    for state in (os.devnull, str(tmp_path / "folder")):
        (tmp_path / "folder" / "pullquote" / "chat-history").mkdir(parents=True, exist_ok=True)
        terminal = Terminal("chat", folder=tmp_path, XDG_STATE_HOME=state)
        assert "what is typed is not kept" in terminal.read_to(PROMPT)
        assert " 1. " in say(terminal, "Who is Hong Min?")
        terminal.type("\x04")
        assert "Hong" not in terminal.read_all()
        assert terminal.close() == 0
