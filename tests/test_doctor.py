"""`pullquote doctor`: what it says of an installation, and its exit code."""

import sys
from pathlib import Path

import pytest
from libraries import BRIDGE, HARBOUR, article

from bot.cli import run
from retrieval import Answerer, Library
from retrieval.search.checks import check_index
from retrieval.search.directory import IndexFolder
from retrieval.search.kernel import kernel
from retrieval.search.manifest import write_manifest


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add([HARBOUR, BRIDGE])
        Answerer.open(library)
    return tmp_path / "shelf"


def test_a_whole_installation_is_well(shelf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--library", str(shelf)]) == 0
    told = capfd.readouterr().out
    assert f"Python: {sys.version.split()[0]}" in told
    assert f"search: {'the compiled kernel' if kernel.AVAILABLE else 'numpy'}" in told
    assert "2 articles" in told
    assert "7 sentences, 1 part" in told
    assert "!" not in told


def test_the_seeds_are_well_too(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    assert "the seed articles: 5 articles" in capfd.readouterr().out


def test_a_flipped_byte_of_the_index_is_found(
    shelf: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (words,) = IndexFolder(shelf).path.glob("*.words")
    data = bytearray(words.read_bytes())
    data[data.rindex(b"harbour")] ^= 1
    words.write_bytes(data)
    assert run(["doctor", "--library", str(shelf)]) == 1
    assert "! index: " in capfd.readouterr().out


def test_an_index_that_is_behind_or_missing_is_told_and_no_fault(
    shelf: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Library.open(shelf) as library:
        library.remove("bridge")
    assert run(["doctor", "--library", str(shelf)]) == 0
    assert "older than the library" in capfd.readouterr().out
    IndexFolder(shelf).forget()
    assert run(["doctor", "--library", str(shelf)]) == 0
    assert "none yet" in capfd.readouterr().out


def test_a_library_that_cannot_be_read_is_found(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library.db").write_bytes(b"no database at all" * 99)
    assert run(["doctor", "--library", str(tmp_path)]) == 1
    assert "! library: " in capfd.readouterr().out


def test_an_index_that_is_whole_and_of_other_articles_is_found(
    shelf: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = IndexFolder(shelf)
    manifest = folder.manifest()
    assert manifest is not None
    with Library.open(shelf) as library:
        library.add([article("third", "A third one.")])
        write_manifest(manifest._replace(library=library.version), folder.path)
    assert run(["doctor", "--library", str(shelf)]) == 1
    told = capfd.readouterr().out
    assert "! index: " in told
    assert "does not hold the articles of its library; delete that folder" in told


def test_an_index_that_counts_wrongly_is_found(shelf: Path) -> None:
    with Library.open(shelf) as library:
        folder = IndexFolder(shelf)
        assert list(check_index(library)) == []
        manifest = folder.manifest()
        assert manifest is not None
        stats = manifest.stats
        wrong = stats._replace(histograms=({**stats.histograms[0], 99: 1}, *stats.histograms[1:]))
        write_manifest(manifest._replace(stats=wrong), folder.path)
        (fault,) = check_index(library)
    assert "counts other words than it holds" in fault


def test_a_list_of_examples_that_cannot_be_read_is_found(
    shelf: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (shelf / "sources.toml").write_text("examples = 5\n")
    assert run(["doctor", "--library", str(shelf)]) == 1
    assert f"! sources.toml: {shelf}/sources.toml: the key 'examples'" in capfd.readouterr().out
