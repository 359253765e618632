"""The operator's file of synonyms while the library answers: what worked is never taken away."""

import logging
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from libraries import article

from bot.cli import run
from retrieval import Answerer, Library
from retrieval.errors import BadSynonyms
from retrieval.question.synonyms import LARGEST, NAME


def asks(answerer: Answerer, question: str = "Who owns the vessel?") -> str | None:
    """Which file of synonyms was used."""
    return answerer.ask(question).library.synonyms


def settle(path: Path, number: int) -> None:
    """Give a file a time of its own, long past."""
    os.utime(path, ns=(number * 10**12, number * 10**12))


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a wrong line": (lambda path: path.write_text("ship, boat\nship\n"), ", line 2: one name"),
    "bytes that are no UTF-8": (lambda path: path.write_bytes(b"h\xfctte, haus"), ", line 1: not"),
    "too many of them": (
        lambda path: path.write_bytes(b"a,b\n" * (LARGEST // 4 + 1)),
        ": it is la",
    ),
    "a named pipe": (os.mkfifo, ": it is a named pipe"),
    "a folder": (Path.mkdir, ": it is a folder"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), ": it is a link that leads out"),
    "a link to itself": (lambda path: path.symlink_to(path), ": it cannot be read"),
    "a link to nothing": (lambda path: path.symlink_to("none"), ": there is no such file"),
}


def take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink()


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_goes_bad_takes_nothing_away_and_is_told_once(
    kind: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    make, reason = BAD[kind]
    path = tmp_path / NAME
    with Library.open(tmp_path, create=True) as library:
        library.add([article("a", "The ship belongs to Ana.")])
        path.write_text("ship, vessel\n")
        answerer = Answerer.open(library)
        good = asks(answerer)
        assert good
        path.unlink()
        make(path)
        with caplog.at_level(logging.INFO, "retrieval"):
            assert [asks(answerer) for _ in range(3)] == [good] * 3
            library.add([article("b", "The boat belongs to Ben.")])
            answerer.catch_up()
            assert asks(answerer) == good
            assert "vessel" not in answerer.ask("Who owns the vessel?").missing
            (told,) = caplog.messages
            assert told.startswith(f"{path}{reason}")
            assert told.endswith("; until then the last good one counts")
            assert run(["doctor", "--library", str(tmp_path)]) == 1
            assert f"! {NAME}: {path}{reason}" in capfd.readouterr().out
            take_away(path)
            path.write_text("ship, vessel, boat\n")
            assert asks(answerer) not in {good, None}
        assert caplog.messages[1:] == [f"{NAME} is good again, and counts"]


def test_a_file_that_changes_counts_at_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with Library.open(tmp_path, create=True) as library:
        library.add([article("a", "The ship belongs to Ana.")])
        answerer = Answerer.open(library)
        states = [asks(answerer)]
        for number, text in enumerate(["ship, vessel\n", "ship, boat\n", "quay, pier\n"], 1):
            path.write_text(text)
            settle(path, number)
            states.append(asks(answerer))
        path.unlink()
        assert len(set(states)) == 4
        assert asks(answerer) is states[0] is None


def test_a_file_that_stays_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    path.write_text("ship, vessel\n")
    settle(path, 1)
    with Library.open(tmp_path, create=True) as library:
        library.add([article("a", "The ship belongs to Ana.")])
        answerer = Answerer.open(library)
        monkeypatch.setattr("retrieval.question.synonym_file.load_synonyms", None)
        assert asks(answerer)
        library.add([article("b", "The boat belongs to Ben.")])
        answerer.catch_up()
        assert asks(answerer, "Who owns the boat?")


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_bad_from_the_start_ends_the_command(kind: str, tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([article("a", "The ship belongs to Ana.")])
        BAD[kind][0](tmp_path / NAME)
        with pytest.raises(BadSynonyms, match=re.escape(BAD[kind][1])):
            Answerer.open(library)
