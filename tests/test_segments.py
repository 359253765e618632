"""Parts of an index: whatever came and went, answers are those of an index made anew."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, article

from retrieval import Answerer, Library
from retrieval.engine import kernel
from retrieval.index import Index
from retrieval.index.folder import IndexFolder
from retrieval.index.merging import TIER
from retrieval.index.opening import open_index

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
        with Library.of(library) as anew:
            assert answers(answerer) == answers(Answerer.open(anew))


def test_numpy_and_the_kernel_agree_over_parts(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        for one in (HARBOUR, BRIDGE, article("more", "Ships sail to the harbour in winter.")):
            library.add([one])
            opened = open_index(library)
        library.remove("bridge")
        opened = open_index(library)
    assert len(opened.of.parts) == 2
    for terms in (["harbor", "bridg"], ["ship", "winter", "ship"], ["nowhere"]):
        native, plain = (
            Index(opened.of.parts, opened.of.census, native=native).propose(terms, 5)
            for native in (kernel.AVAILABLE, False)
        )
        assert [one.tobytes() for one in native] == [one.tobytes() for one in plain]


def test_small_parts_become_one(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        for number in range(3 * TIER):
            library.add([article(str(number), f"Ship {number} sails.")])
            opened = open_index(library)
            assert len(opened.of.parts) < TIER
        names = {path.name.partition(".")[0] for path in IndexFolder(tmp_path).path.iterdir()}
        assert {part.name for part in opened.manifest.parts} <= names
        assert len(names) == len(opened.manifest.parts) + 3  # the manifest and the locks


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
        for number in range(12):
            library.add([article("more", f"Boat {number} came. Ships sail in winter.")])
            answerer.catch_up()
        library.remove("more")
        answerer.catch_up()
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
