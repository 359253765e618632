"""Parts of an index: whatever came and went, answers are those of an index made anew."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, article

from retrieval import Answerer, Library
from retrieval.errors import LibraryUnavailable
from retrieval.search import Index
from retrieval.search.checks import check_index
from retrieval.search.directory import IndexFolder
from retrieval.search.kernel import kernel
from retrieval.search.writing import workers
from retrieval.search.writing.merging import TIER, merge
from retrieval.search.writing.tokenizing import read_articles
from retrieval.search.writing.updating import open_index, update_in_background

WORDS = "ships sail bridges cost 300 crowns winter mayor opened harbours harbour in 1932".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=5).map(
    lambda lines: "\n\n".join(" ".join(words).capitalize() + "." for words in lines)
)
QUESTIONS = [
    "When did the harbour open?",
    "How many crowns did the bridges cost?",
    '"in winter"',
    "ships",
    "Which mayor sailed to the harbuor?",
    "zeppelins in winter",
]
STEPS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.one_of(st.none(), TEXTS)), min_size=1, max_size=9
)


def answers(answerer: Answerer) -> list[str]:
    return [answerer.ask(question, quotes=9).as_json() for question in QUESTIONS]


@given(STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_an_index_that_grew_and_shrank_answers_as_one_made_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | None]]
) -> None:
    with Library.open(tmp_path_factory.mktemp("shelf"), create=True) as library:
        answerer = Answerer.open(library)
        for name, text in steps:
            if text is not None:
                library.add([article(name, text, f"On {name} and harbours")])
            elif name in {entry.id for entry in library.entries()}:
                library.remove(name)
            answerer.catch_up()
        assert list(check_index(library)) == []
        with Library.of(library) as anew:
            assert answers(answerer) == answers(Answerer.open(anew))


def test_numpy_and_the_kernel_agree_over_parts(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        for one in (HARBOUR, BRIDGE, article("more", "Ships sail to the harbour in winter.")):
            library.add([one])
            opened = open_index(library)
        library.remove("bridge")
        opened = open_index(library)
    assert len(opened.of.segments) == 2
    for terms in (["harbor", "bridg"], ["ship", "winter", "ship"], ["nowhere"]):
        native, plain = (
            Index(opened.of.segments, opened.of.stats, native=native).propose(terms, 5)
            for native in (kernel.AVAILABLE, False)
        )
        assert [one.tobytes() for one in native] == [one.tobytes() for one in plain]


def test_small_parts_become_one(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        for number in range(3 * TIER):
            library.add([article(str(number), f"Ship {number} sails.")])
            opened = open_index(library)
            assert len(opened.of.segments) < TIER
        names = {path.name.partition(".")[0] for path in IndexFolder(tmp_path).path.iterdir()}
        assert {part.name for part in opened.manifest.segments} <= names
        assert len(names) == len(opened.manifest.segments) + 3  # the manifest and the locks


def test_an_answerer_sees_what_another_process_indexed_at_its_next_question(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path, create=True) as library, Library.open(tmp_path) as other:
        library.add([HARBOUR])
        answerer = Answerer.open(library)
        assert answerer.ask("When was the bridge finished?").status == "abstained"
        other.add([BRIDGE])
        open_index(other)
        answer = answerer.ask("When was the bridge finished?")
        assert answer.quotes[0].article == "bridge"
        assert answer.library.articles == 2
        other.remove("bridge")
        open_index(other)
        assert answerer.ask("When was the bridge finished?").status == "abstained"


def test_a_question_never_waits_for_a_writer_of_the_index(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([HARBOUR])
        answerer = Answerer.open(library)
        library.add([BRIDGE])
        with IndexFolder(tmp_path).writing():
            answer = answerer.ask("When did the harbour open?")
            assert answer.library.articles == 1
        answerer.catch_up()
        assert answerer.ask("When did the harbour open?").library.articles == 2


def test_questions_are_answered_while_articles_come_and_go(tmp_path: Path) -> None:
    stop, failures = threading.Event(), list[BaseException]()
    with Library.open(tmp_path, create=True) as library:
        library.add([HARBOUR, BRIDGE])
        answerer = Answerer.open(library)

        def keep_asking() -> None:
            try:
                while not stop.is_set():
                    assert answerer.ask("When did the harbour open?").quotes
            except BaseException as error:  # noqa: BLE001 - the test tells it
                failures.append(error)

        asking = [threading.Thread(target=keep_asking) for _ in range(2)]
        for thread in asking:
            thread.start()
        try:
            for number in range(12):
                library.add([article("more", f"Boat {number} came. Ships sail in winter.")])
                answerer.catch_up()
            library.remove("more")
            answerer.catch_up()
        finally:
            stop.set()
            for thread in asking:
                thread.join()
    assert not failures


WRITER = """
import sys
from pathlib import Path
from libraries import article
from retrieval import Library

def articles():
    for number in range(1500):
        yield article(str(number), f"Ship {number} sailed in winter. " * 400)
        if number == 1000:
            print("writing", flush=True)
            sys.stdin.readline()

with Library.open(Path(sys.argv[1])) as library:
    library.add(articles())
"""


def test_a_large_add_of_another_process_does_not_keep_readers_out(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([HARBOUR])
        answerer = Answerer.open(library)
        command = [sys.executable, "-c", WRITER, str(tmp_path)]
        with subprocess.Popen(  # noqa: S603 - this very Python
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        ) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            for _ in range(3):  # 13 MB are waiting to be written
                assert answerer.ask("When did the harbour open?").library.articles == 1
            writer.stdin.write("on\n")
            writer.stdin.flush()
            while writer.poll() is None:
                assert answerer.ask("When did the harbour open?").quotes
        assert writer.returncode == 0
        assert len(library) == 1501


def parts_of(folder: Path) -> int:
    opened = IndexFolder(folder).open()
    assert opened is not None
    return len(opened.of.segments)


def filled(folder: Path, *, parts: int) -> Library:
    """A library whose index has so many small parts."""
    library = Library.open(folder, create=True)
    for number in range(parts):
        library.add([article(str(number), f"Ship {number} sails. Bridges cost {number} crowns.")])
        open_index(library, merging=False)
    return library


def test_what_goes_while_parts_are_merged_is_gone_from_what_they_become(tmp_path: Path) -> None:
    with filled(tmp_path, parts=TIER) as library:
        folder = IndexFolder(tmp_path)
        before = folder.open()
        assert before is not None
        library.remove("1")
        library.add([article("2", "Ship 2 sank.")])
        open_index(library, merging=False)  # the merge below began before it
        merge(folder, before)
        with Library.of(library) as anew:
            assert answers(Answerer.open(library)) == answers(Answerer.open(anew))
        after = folder.open()
        assert after is not None
        assert after.of.articles == TIER - 1
        assert len(after.of.segments) == 2


def test_a_merge_of_parts_that_are_no_longer_there_is_thrown_away(tmp_path: Path) -> None:
    with filled(tmp_path, parts=TIER) as library:
        folder = IndexFolder(tmp_path)
        before = folder.open()
        assert before is not None
        folder.forget()
        expected = open_index(library)
        merge(folder, before)
        after = folder.open()
        assert after is not None
        assert after.manifest == expected.manifest
        with folder.writing():
            pass  # which sweeps what was made in vain
        assert not list(folder.path.glob("merged-*"))


def test_a_writer_leaves_alone_what_another_process_merges(tmp_path: Path) -> None:
    with filled(tmp_path, parts=1):
        folder = IndexFolder(tmp_path)
        made = folder.path / "merged-0.words"
        with folder.merging() as alone:
            assert alone
            made.touch()
            with folder.merging() as second:
                assert not second
            with folder.writing():
                assert made.exists()
        with folder.writing():
            assert not made.exists()


def test_another_process_merges_for_one_that_answers(tmp_path: Path) -> None:
    with filled(tmp_path, parts=TIER) as library:
        library.add([BRIDGE])
        assert update_in_background(tmp_path)
        assert parts_of(tmp_path) == 1
        assert Answerer.open(library).ask("When was the bridge finished?").quotes


def refuse(*_: object) -> None:
    raise BlockingIOError


def test_no_other_process_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", refuse)
    assert not update_in_background(tmp_path)


@pytest.mark.parametrize("full", [1, 40, 10_000])
@pytest.mark.parametrize("worth", [1, 10_000])
def test_articles_read_in_files_and_processes_make_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: int, worth: int
) -> None:
    monkeypatch.setattr("retrieval.search.writing.workers.FULL", full)
    monkeypatch.setattr("retrieval.search.writing.updating.WORTH", worth)
    shown: list[tuple[int, int]] = []
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add([HARBOUR, BRIDGE, *(article(str(n), f"Ship {n}. It sails.") for n in range(9))])
        opened = open_index(library, lambda *step: shown.append(step))
        plain = Index.of(read_articles(library))
    (part,), (expected,) = opened.of.segments, plain.segments
    for one, other in zip(part.forward, expected.forward, strict=True):
        assert np.array_equal(np.array(one), np.array(other))
    assert opened.of.stats == plain.stats
    assert shown[-1] == (11, 11)
    assert not list(IndexFolder(tmp_path / "shelf").path.glob("*.read"))


READING = """
import multiprocessing, signal, sys, time
from pathlib import Path
from retrieval.search.writing import workers

def advance(done):
    print(len(multiprocessing.active_children()), "at work", flush=True)
    time.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
workers.MOST = 1  # is enough, and quicker to start
library = Path(sys.argv[1])
workers.read_in_workers(library, sys.argv[2:], library, advance)
"""  # no guard: a worker that ran this once more would start workers of its own


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are POSIX's")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlasts_the_process_that_started_it(
    tmp_path: Path, sent: signal.Signals
) -> None:
    (tmp_path / "reading.py").write_text(READING)
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add([HARBOUR, BRIDGE])
    with subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, tmp_path / "reading.py", tmp_path / "shelf", "bridge", "harbour"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        if sent == signal.SIGINT:
            os.killpg(process.pid, sent)  # as a terminal does
        else:
            process.send_signal(sent)
        _, errors = process.communicate(timeout=60)  # until nobody has the pipes any more
    assert said == "1 at work\n"
    if sent == signal.SIGINT:
        assert errors.count("Traceback") == 1
        assert errors.endswith("KeyboardInterrupt\n")


def test_a_worker_that_is_killed_is_told_of_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_read", kill_this)
    with pytest.raises(LibraryUnavailable, match="a process that reads articles has ended"):
        workers.read_in_workers(tmp_path, ["a"], tmp_path, lambda _: None)


def kill_this(*_: object) -> list[Path]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_a_process_that_cannot_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable, match="holds no library"):
        workers.read_in_workers(tmp_path, ["a"], tmp_path, lambda _: None)
