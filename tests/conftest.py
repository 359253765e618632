"""What several tests stand on."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import connections
import pytest
from hypothesis import HealthCheck, settings
from libraries import close_opened

from bot.opening import open_library
from retrieval import Answerer, Article, Library

if TYPE_CHECKING:
    from bot_room import Room

# No test is timed: a busy machine is no failure.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session", autouse=True)
def known_connections() -> Iterator[None]:
    """Every connection to SQLite is known while it is open, and waits for a busy machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.library.database.create_engine", connections.create_engine)
        patch.setattr("retrieval.library.database.PATIENCE", 60.0)
        for module in (sqlite3, sqlite3.dbapi2):
            patch.setattr(module, "connect", connections.connect)
        yield


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    """What a test opens of SQLite is closed at its end; Python would not say so before 3.13."""
    before = connections.opened()
    yield
    close_opened()
    assert connections.still_open(before) == []


@pytest.fixture(autouse=True)
def no_index_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that is made again hides the bug that made it wrong; tests of that let it be."""

    def refuse(*_: object) -> None:
        raise AssertionError("an index is thought to be wrong")

    monkeypatch.setattr("retrieval.refreshing.rebuild_index", refuse)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data beside the project; a test that needs it is skipped elsewhere."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the development data, which is no part of the project")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Iterator[Library]:
    """The five seed articles as a library, ids and texts as they are."""
    with Library.of(
        Article(id=path.stem, title=path.stem, text=path.read_bytes().decode())
        for path in sorted(SEEDS.glob("*.txt"))
    ) as library:
        yield library


@pytest.fixture(scope="session")
def answerer(seeds: Library) -> Answerer:
    """Answers over the seeds."""
    return Answerer.open(seeds)


@pytest.fixture(scope="session")
def shipped() -> Iterator[Answerer]:
    """Answers over the seeds as they are shipped, with what is known of their sources."""
    with open_library(None) as library:
        yield Answerer.open(library)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    """A newsroom in a sandbox, without a bot yet."""
    from bot_room import open_room  # noqa: PLC0415 - it loads discord.py, which few tests need

    async with open_room() as opened:
        yield opened
