"""What several tests stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Answerer, Article, Library

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


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
