"""`python -m bench.truth sources`: what is said of sources, against what was judged by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.sets import SHARED, BadSet, Found, read_articles
from bench.truth import sources
from bench.truth.asking import Sources
from test_bench_truth import FIRST, OPENED, SECOND, asker, needs_sets, of, said, values


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of judgements without any."""
    monkeypatch.setattr("bench.truth.sources.JUDGED", tmp_path)
    for kind in ("credits", "also"):
        (tmp_path / f"{kind}.tsv").write_text("")
    return tmp_path


@pytest.mark.parametrize(("verdict", "share"), [("right", 1), ("wrong", 0)])
def test_what_is_said_of_sources_is_as_true_as_it_was_judged(
    judged: Path, verdict: str, share: float
) -> None:
    name = Found("harbour", 0, 8)
    line = f"towns\tharbour\t{FIRST.start}\t{FIRST.end}\tharbour\t{{}}\t{{}}\t{verdict}\n"
    (judged / "credits.tsv").write_text(
        f"# a remark\n{line.format(0, 8)}{line.format(2, 9)}"
        "elsewhere\tharbour\t0\t5\tharbour\t0\t3\twrong\n"
    )
    (judged / "also.tsv").write_text(line.format(SECOND.start, SECOND.end))
    told = said(sources=(Sources(name, (SECOND,), 2),), figures=1)
    figures = values(sources.measure(asker(lambda _: told), of(OPENED), None).figures)
    assert figures == {
        "credited": 1,
        "also in another article": 1,
        "independent sources": 1,
        "figures": 1,
        "credits right": share,
        "also right": share,
    }


def test_what_is_no_longer_said_of_sources_is_not_counted(judged: Path) -> None:
    line = f"towns\tharbour\t{FIRST.start}\t{FIRST.end}\tharbour\t0\t8\twrong\n"
    (judged / "credits.tsv").write_text(line)
    told = said(sources=(Sources(Found("harbour", 3, 8)),))
    figures = values(sources.measure(asker(lambda _: told), of(OPENED), None).figures)
    assert (figures["credited"], figures["credits right"]) == (1, None)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("towns\tharbour\t0\t5", "line 1: eight fields, four of them numbers"),
        ("towns\tharbour\t0\t5\tharbour\t0\t3\tperhaps", "'perhaps' is neither right nor wrong"),
    ],
)
def test_a_line_that_is_no_judgement_is_named(judged: Path, line: str, says: str) -> None:
    (judged / "also.tsv").write_text(line)
    with pytest.raises(BadSet, match=says):
        sources.read_verdicts("also", "towns")


@needs_sets
def test_every_judgement_is_of_a_sentence_of_its_set() -> None:
    lengths: dict[str, dict[str, int]] = {}
    for folder in (SHARED, SHARED / "train"):
        for found in folder.glob("*/articles.jsonl"):
            lengths[found.parent.name] = {a.id: len(a.text) for a in read_articles(found)}
    for kind in ("credits", "also"):
        for name, articles in lengths.items():
            for one in sources.read_verdicts(kind, name):
                for place in (one.place, one.other):
                    assert 0 <= place.start < place.end <= articles[place.article]
