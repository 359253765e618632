"""What members see of a library that others change while the bot runs; no mocks."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_room import Room, plain, running
from libraries import BRIDGE, HARBOUR, article

from bot.article_list import ListRefresher
from retrieval import Answerer, Library

TITLE = "How the harbour was built"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed is read before it is shown, however busy the machine is."""
    monkeypatch.setattr("bot.article_list.PATIENCE", 600.0)


@pytest.fixture
def answerer(tmp_path: Path) -> Iterator[Answerer]:
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add([BRIDGE])
        yield Answerer.open(library)


@pytest.fixture
def other(answerer: Answerer) -> Iterator[Library]:
    """The same library, open somewhere else."""
    assert answerer.library.folder
    with Library.open(answerer.library.folder) as library:
        yield library


async def test_the_list_of_articles_follows_what_another_process_adds_and_another_removes(
    room: Room, answerer: Answerer, other: Library, tmp_path: Path
) -> None:
    text = tmp_path / "harbour.txt"
    text.write_text(f"{TITLE}\n\nThe new harbour opened in 1932.", "utf-8")
    command = [sys.executable, "-m", "bot", "library", "add", str(text)]
    place = ["--library", str(tmp_path / "shelf")]
    async with running(room, answerer):
        before = await room.anna.slash(room.general, "sources")
        subprocess.run([*command, *place], check=True, capture_output=True)  # noqa: ASYNC221, S603 - the bot may wait
        more = await room.anna.slash(room.general, "sources")
        other.remove("bridge")
        after = await room.anna.slash(room.general, "sources")
    assert [TITLE in plain(card) for card in (before, more, after)] == [False, True, True]
    assert ["The bridge" in plain(card) for card in (before, more, after)] == [True, True, False]
    assert "2 articles" in plain(more)


async def test_an_article_that_came_is_offered_and_can_be_asked_at_once(
    room: Room, answerer: Answerer, other: Library
) -> None:
    async with running(room, answerer):
        assert not await room.anna.autocomplete(room.general, "ask", question="?", article="harb")
        other.add([HARBOUR])
        offered = await room.anna.autocomplete(room.general, "ask", question="?", article="harb")
        card = await room.anna.slash(
            room.general, "ask", question="When did it open?", article=TITLE
        )
        other.remove("harbour")
        gone = await room.anna.slash(room.general, "ask", question="When?", article=TITLE)
        left = await room.anna.autocomplete(room.general, "ask", question="?", article="harb")
    assert [name for name, _ in offered] == [TITLE]
    assert "opened in 1932" in plain(card)
    assert "I don’t know that article" in plain(gone)
    assert not left


async def test_a_page_beyond_what_is_left_shows_the_last(room: Room, tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(article(f"{n:02}", f"Fact number {n}.") for n in range(21))
        async with running(room, Answerer.open(library)):
            first = await room.anna.slash(room.general, "sources")
            second = await room.anna.clicks(first, "More")
            for n in range(8, 21):
                library.remove(f"{n:02}")
            last = await room.anna.clicks(second, "More")
    assert "8 articles" in plain(last)
    assert not last.labels


async def test_a_button_knows_an_article_that_came_after_the_bot_began(
    room: Room, answerer: Answerer, other: Library
) -> None:
    async with running(room, answerer):
        other.add([HARBOUR])
        answerer.catch_up()
        card = await room.anna.slash(room.general, "ask", question="When did the harbour open?")
        context = await room.anna.clicks(card, "Context")
        other.remove("harbour")
        gone = await room.anna.clicks(card, "Context")
    assert "3.5 million crowns" in plain(context)
    assert "no longer in my library" in plain(gone)


async def test_a_list_that_cannot_be_read_again_stays_as_it_was(
    answerer: Answerer, other: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    refresher = ListRefresher(answerer.library)
    other.add([HARBOUR])
    assert [one.id for one in (await refresher.look()).entries] == ["bridge", "harbour"]
    path = tmp_path / "shelf" / "library.db"
    whole = path.read_bytes()
    path.write_bytes(b"no database" * 999)
    with caplog.at_level(logging.WARNING):
        assert [one.id for one in (await refresher.look()).entries] == ["bridge", "harbour"]
    assert "until then articles are listed as they were" in caplog.text
    path.write_bytes(whole)
    other.remove("bridge")
    assert [one.id for one in (await refresher.look()).entries] == ["harbour"]
