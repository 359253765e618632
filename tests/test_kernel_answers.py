"""The compiled kernel changes nothing that a reader sees."""

import pytest
from bench import identity
from bench.identity import Compared, Difference, compare, draw_table, scripted
from rich.console import Console

from retrieval.search.kernel import kernel

compiled = pytest.mark.skipif(not kernel.AVAILABLE, reason="the kernel is not compiled here")


@compiled
def test_answers_are_the_same_byte_for_byte_with_the_kernel_and_without_it() -> None:
    asked = scripted()
    found = compare(asked)
    assert found.questions == len(asked.questions) > 150
    assert 0 < found.answered < found.questions
    assert found.differing == []


def test_an_answer_that_differs_is_told_with_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "kernel": b'{"status":"answered","score":1.5}',
        "numpy": b'{"status":"answered","score":1.25}',
    }
    monkeypatch.setattr(identity, "_answer", lambda engine, **_: [said[engine]])
    (difference,) = compare(scripted()._replace(questions=["When?"])).differing
    assert difference == Difference("When?", *(one.decode() for one in said.values()))


def test_the_table_counts_what_differs() -> None:
    console = Console(width=100)
    with console.capture() as told:
        console.print(draw_table([Compared("made", 9000, 3, 2, [Difference("When?", "1", "2")])]))
    assert "│ made │     9,000 │         3 │        2 │          2 │         1 │" in told.get()
