"""An index whose files were damaged or forged is made again, or refused in one line."""

import os
import subprocess
import sys
from pathlib import Path

import index_fuzz
import pytest
from engine_fuzz import signed
from libraries import article

from retrieval import Answerer, Library
from retrieval.engine import kernel
from retrieval.engine.sections import Sections
from retrieval.index.folder import LOCK, IndexFolder
from retrieval.library.checks import check_index

HERE = Path(__file__).parent
ROUNDS = 12


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    index_fuzz.make(tmp_path / "shelf", 1)
    return tmp_path / "shelf"


def overwrite(path: Path, section: str, raw: bytes) -> None:
    """Put other bytes into a section, under a header that is right."""
    entry = Sections.open(path).entries[section]
    data = bytearray(path.read_bytes())
    data[entry.offset : entry.offset + entry.length] = (raw * entry.length)[: entry.length]
    path.unlink()
    path.write_bytes(signed(data))


def faults(folder: Path) -> list[str]:
    with Library.open(folder) as library:
        return list(check_index(library))


@pytest.mark.parametrize("engine", ["kernel", "numpy"])
def test_no_damage_is_a_traceback_or_a_crash(engine: str, tmp_path: Path) -> None:
    if engine == "kernel" and not kernel.AVAILABLE:
        pytest.skip("the kernel is not compiled here")
    command = [sys.executable, str(HERE / "index_fuzz.py"), engine, str(tmp_path), str(ROUNDS)]
    path = os.pathsep.join(sys.path)
    done = subprocess.run(  # noqa: S603 - our own Python
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path}
    )
    assert done.returncode == 0, done.stderr
    assert f"of {ROUNDS} damaged indexes answered as before" in done.stdout


@pytest.mark.parametrize("section", ["words", "forms", "articles", "offsets", "starts"])
@pytest.mark.parametrize("raw", [b"\xff", b"\xff\xff\xff\x7f", b"\0"])
def test_words_with_other_numbers_are_made_again_or_found_by_who_verifies(
    shelf: Path, section: str, raw: bytes
) -> None:
    whole = index_fuzz.ask(shelf)
    for path in IndexFolder(shelf).path.glob("*.words"):
        overwrite(path, section, raw)
    index_fuzz.ask(shelf)  # what an answer meets is mended
    if faults(shelf):
        IndexFolder(shelf).discard()
    assert index_fuzz.ask(shelf) == whole


@pytest.mark.parametrize("kinds", [["*.words"], ["*.postings"], ["*.words", "*.postings"]])
def test_the_files_of_another_library_are_found_and_made_again(
    shelf: Path, tmp_path: Path, kinds: list[str]
) -> None:
    whole = index_fuzz.ask(shelf)
    index_fuzz.make(tmp_path / "other", 2)
    for kind in kinds:
        pairs = zip(
            *(sorted(IndexFolder(one).path.glob(kind)) for one in (shelf, tmp_path / "other")),
            strict=True,
        )
        for mine, theirs in pairs:
            mine.unlink()
            mine.write_bytes(theirs.read_bytes())
    if faults(shelf):
        IndexFolder(shelf).discard()
    assert index_fuzz.ask(shelf) == whole


def test_damage_that_is_met_while_changes_are_read_is_mended_too(shelf: Path) -> None:
    for path in IndexFolder(shelf).path.glob("*.words"):
        overwrite(path, "articles", b"\xff")
    with Library.open(shelf) as library:
        library.add([article("late", "Ferries sail in summer.")])
        answer = Answerer.open(library).ask("When do ferries sail?")
    assert answer.quotes[0].article == "late"


def test_damage_that_is_met_while_it_follows_changes_is_mended_too(shelf: Path) -> None:
    with Library.open(shelf) as library:
        answerer = Answerer.open(library)
        for path in IndexFolder(shelf).path.glob("*.words"):
            entry = Sections.open(path).entries["articles"]
            with path.open("r+b") as file:  # what is mapped changes with it
                file.seek(entry.offset)
                file.write(b"\xff" * entry.length)
        library.add([article("late", "Ferries sail in summer.")])
        answerer.catch_up()
        answer = answerer.ask("When do ferries sail?")
    assert answer.quotes[0].article == "late"


def test_an_error_over_a_whole_index_is_not_hidden(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("a bug")

    with Library.open(shelf) as library:
        answerer = Answerer.open(library)
        manifest = IndexFolder(shelf).manifest()
        monkeypatch.setattr("retrieval.answer.rank", fail)
        with pytest.raises(IndexError, match="a bug"):
            answerer.ask("When did the harbour open?")
    assert IndexFolder(shelf).manifest() == manifest


def test_a_lock_that_is_none_is_named_and_answers_go_on(
    shelf: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (IndexFolder(shelf).path / LOCK).write_bytes(b"no lock at all " * 99)
    with Library.open(shelf) as library:
        library.add([article("late", "Ferries sail in summer.")])
        answer = Answerer.open(library).ask("When do ferries sail?")
    assert answer.quotes[0].article == "late"
    assert "is no lock; delete it, it is made again" in caplog.text
