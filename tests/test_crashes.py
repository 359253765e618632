"""Killed at any moment while it adds, removes, syncs or merges, a library opens whole.

A few moments of those that `python -m bench.crashes` draws.
"""

import shutil
from itertools import islice
from pathlib import Path

import pytest
from bench.corpora import make_corpus
from bench.crashes import Campaign, Failure, Found, Moment, Scene, campaign, draw_table
from rich.console import Console

from retrieval.search.directory import IndexFolder

SENTENCES = 1500
MOMENTS = 4
SYNCS = 2
SYNC = "keep in step with a folder"


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    place = tmp_path_factory.mktemp("crashes")
    corpus = make_corpus(place / "sentences.txt", SENTENCES, seed=1, advance=lambda _: None)
    return campaign(corpus, place, seed=1)


def test_a_writer_that_is_killed_leaves_the_state_before_or_after(
    crashes: Campaign, tmp_path: Path
) -> None:
    moments = list(islice(crashes.moments(tmp_path), MOMENTS))
    assert [moment.failure for moment in moments] == [None] * MOMENTS
    assert len({moment.kind for moment in moments}) > 1  # which, depends on how long each takes


def test_a_sync_that_is_killed_leaves_the_state_before_or_after(
    crashes: Campaign, tmp_path: Path
) -> None:
    whole = next(scene for scene in crashes.scenes if SYNC in scene.changes)
    found = [
        moment
        for seed in range(SYNCS)
        for moment in islice(Campaign([only(whole)], crashes.inspector, seed).moments(tmp_path), 1)
    ]
    assert [moment.failure for moment in found] == [None] * SYNCS


def only(scene: Scene) -> Scene:
    return scene._replace(changes={SYNC: scene.changes[SYNC]})


def test_what_is_neither_before_nor_after_is_found(crashes: Campaign, tmp_path: Path) -> None:
    whole = next(scene for scene in crashes.scenes if "remove an article" in scene.changes)
    folder = tmp_path / "library"
    shutil.copytree(whole.folder, folder)
    assert crashes.inspector.look(folder, whole.articles, {}) == Found("before", "before")
    with pytest.raises(Failure, match="neither as before nor as after"):
        crashes.inspector.look(folder, {}, {})
    (words,) = IndexFolder(folder).path.glob("*.words")
    words.write_bytes(words.read_bytes()[:-1])
    with pytest.raises(Failure, match="cut short"):
        crashes.inspector.look(folder, whole.articles, {})


def test_the_table_counts_each_kind_and_all() -> None:
    moments = [
        Moment("add", Found("before", "before"), None),
        Moment("add", Found("after", "before"), None),
        Moment("merge", None, "it is gone"),
    ]
    console = Console(width=120)
    with console.capture() as told:
        console.print(draw_table(moments))
    rows = [line.split("│")[1:-1] for line in told.get().splitlines() if "│" in line]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["add", "2", "1", "1", "0", "0"],
        ["merge", "1", "0", "0", "0", "1"],
        ["all", "3", "1", "1", "0", "1"],
    ]
