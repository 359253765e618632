"""An index whose files were damaged or forged is made again, or refused in one line."""

import os
import subprocess
import sys
from pathlib import Path

import forging
import index_fuzz
import numpy as np
import pytest
from engine_fuzz import signed
from libraries import BRIDGE, HARBOUR, article, index_of

from retrieval import Answerer, Library
from retrieval.errors import LibraryDamaged
from retrieval.search import directory
from retrieval.search.checks import check_index
from retrieval.search.codec.container import Sections
from retrieval.search.directory import LOCK, IndexFolder
from retrieval.search.kernel import kernel
from retrieval.search.writing.updating import open_index, rebuild_index

HERE = Path(__file__).parent
ROUNDS = 12


@pytest.fixture(autouse=True)
def no_index_is_wrong() -> None:
    """Here they are."""


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


def parts(shelf: Path) -> set[str]:
    manifest = IndexFolder(shelf).manifest()
    assert manifest is not None
    return {part.name for part in manifest.segments}


def fail(*_: object, **__: object) -> None:
    raise IndexError("a bug")


def test_an_error_that_a_new_index_does_not_mend_is_not_hidden_and_has_one_made_only_once(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(shelf) as library:
        answerer = Answerer.open(library)
        before = parts(shelf)
        monkeypatch.setattr("retrieval.answer.rank", fail)
        with pytest.raises(IndexError, match="a bug"):
            answerer.ask("When did the harbour open?")
        once = parts(shelf)
        assert not once & before
        with pytest.raises(IndexError, match="a bug"):
            answerer.ask("When did the harbour open?")
        assert parts(shelf) == once
        library.add([article("late", "Ferries sail in summer.")])
        answerer.catch_up()
        with pytest.raises(IndexError, match="a bug"):
            answerer.ask("When did the harbour open?")
        assert not parts(shelf) & once  # for another library it is tried again


def test_an_index_in_memory_is_made_again_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.of([HARBOUR]) as library:
        answerer = Answerer.open(library)
        whole = answerer.ask("When did the harbour open?").quotes
        (part,) = index_of(answerer).segments
        monkeypatch.setattr(part, "propose", fail)
        assert answerer.ask("When did the harbour open??").quotes == whole
        assert index_of(answerer).segments[0] is not part


def test_an_index_that_is_wrong_and_cannot_be_written_is_made_again_in_memory(
    shelf: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole, before = index_fuzz.ask(shelf), parts(shelf)
    lock = IndexFolder(shelf).path / LOCK
    lock.unlink()
    lock.mkdir()  # as if the folder could not be written, also by root
    for path in IndexFolder(shelf).path.glob("*.words"):
        contents = forging.read(path)
        forging.write(path, contents | {"words": b"\xff" * len(contents["words"])})
    assert index_fuzz.ask(shelf) == whole
    assert "the index is wrong" in caplog.text
    assert "until then every start reads the articles again" in caplog.text
    assert parts(shelf) == before


def test_an_index_that_another_process_made_again_is_used(shelf: Path) -> None:
    with Library.open(shelf) as library:
        wrong = open_index(library)
        answerer = Answerer.open(library)
        whole = answerer.ask("ships")
        rebuild_index(library, wrong)
        assert answerer.ask("ships") == whole  # it goes on with the files that it has open
        anew = parts(shelf)
        assert not anew & {part.name for part in wrong.manifest.segments}
        rebuild_index(library, wrong)
        assert parts(shelf) == anew
        rebuild_index(library, None)
        assert not parts(shelf) & anew


def test_articles_that_cannot_be_read_leave_the_index_that_is_there(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise LibraryDamaged("an article is not whole")

    with Library.open(shelf) as library:
        answerer = Answerer.open(library)
        whole, before = answerer.ask("ships"), parts(shelf)
        with monkeypatch.context() as patch:
            patch.setattr(library, "get_all", damaged)
            with pytest.raises(LibraryDamaged, match="not whole"):
                answerer.ask("the ships")
        assert parts(shelf) == before
        assert answerer.ask("ships") == whole


def swap_words(shelf: Path) -> None:
    """Exchange the first word of the index with another, and invert that anew."""
    path = next(iter(sorted(IndexFolder(shelf).path.glob("*.words"))))
    contents = forging.read(path)
    words = np.frombuffer(contents["words"], "<i4").copy()
    words[0] = (words[0] + 1) % len(set(words.tolist()))
    forging.write(path, contents | {"words": words.tobytes()})


def test_what_is_wrong_is_found_with_the_name_of_the_article(tmp_path: Path) -> None:
    shown: list[tuple[int, int]] = []
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE, HARBOUR])
        open_index(library)
        assert list(check_index(library, progress=lambda *step: shown.append(step))) == []
        swap_words(tmp_path)
        found = list(check_index(library))
    assert shown[-1] == (2, 2)
    assert any("article 'bridge': the index has other words than its text" in one for one in found)
    assert any("article 'bridge': the index has other postings" in one for one in found)
    assert not any("'harbour'" in one for one in found)


def test_indexes_that_are_whole_and_wrong_end_in_no_bug_and_no_false_quote() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.hostile", "--times", "12", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "made again" in done.stdout


def test_what_stands_in_a_lock_does_not_matter(
    shelf: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (IndexFolder(shelf).path / LOCK).write_bytes(b"no lock at all " * 99)
    with Library.open(shelf) as library:
        library.add([article("late", "Ferries sail in summer.")])
        answer = Answerer.open(library).ask("When do ferries sail?")
    assert answer.quotes[0].article == "late"
    assert not caplog.text


def test_a_writer_that_keeps_writing_is_told_of_and_answers_go_on(
    shelf: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "PATIENCE", 0.1)
    holder = subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-c", HOLDING, shelf], stdout=subprocess.PIPE
    )
    with holder, Library.open(shelf) as library:
        assert holder.stdout is not None
        assert holder.stdout.readline()
        library.add([article("late", "Ferries sail in summer.")])
        answer = Answerer.open(library).ask("When do ferries sail?")
        assert "another process still writes the index" in caplog.text
        holder.kill()
        holder.wait()
        with IndexFolder(shelf).writing():  # nobody holds it any more
            pass
    assert answer.quotes[0].article == "late"


HOLDING = """
import sys, time
from pathlib import Path
from retrieval.search.directory import IndexFolder

with IndexFolder(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(60)
"""
