"""Derivations: which terms belong together beyond their stems, and the table that says so."""

import os
import subprocess
import sys
import zlib
from importlib.metadata import version
from pathlib import Path

import pytest

from retrieval.errors import PullquoteError
from retrieval.text import stopwords
from retrieval.text.derivations import NAME, Derivations, load
from retrieval.text.terms import read_terms

ROOT = Path(__file__).parents[1]
DATA = ROOT / "retrieval" / "data"
NOTICE = "WORDNET-LICENSE.txt"
WORDNET = Path(os.environ.get("WNSEARCHDIR", "/usr/share/wordnet"))


@pytest.fixture(scope="module")
def table() -> Derivations:
    return load()


def term(word: str) -> str:
    [found] = read_terms(word)
    return found.term


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The script as a user runs it, without a setting of his own."""
    environment = {k: v for k, v in os.environ.items() if k != "WNSEARCHDIR"}
    return subprocess.run(  # noqa: S603 - our own script and our own arguments
        [sys.executable, "-m", "tools.derivations", *map(str, arguments)],
        cwd=ROOT,
        env={**environment, "NO_COLOR": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ratify", "ratification"),
        ("decide", "decision"),
        ("invade", "invasion"),
        ("die", "death"),
        ("strong", "strength"),
        ("sell", "sale"),
        ("fly", "flight"),
        ("Korea", "Korean"),
        ("Norway", "Norwegian"),
        ("France", "French"),
        ("Sweden", "Swede"),
        ("Netherlands", "Dutch"),
        ("heart", "cardiac"),
        ("virus", "viral"),
    ],
)
def test_words_of_one_family_are_related(table: Derivations, one: str, other: str) -> None:
    assert term(other) in table.of(term(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("go", "went"),
        ("child", "children"),
        ("fight", "fought"),
        ("say", "said"),
        ("wrote", "written"),
        ("large", "largest"),
        ("gas", "gases"),
        ("bacterium", "bacteria"),
    ],
)
def test_forms_of_one_word_are_inflections_and_family(
    table: Derivations, one: str, other: str
) -> None:
    assert term(other) in table.inflections(term(one))
    assert term(other) in table.of(term(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("movie", "film"), ("car", "automobile"), ("tumour", "neoplasm"), ("US", "USA")],
)
def test_words_of_one_meaning_are_synonyms_and_no_family(
    table: Derivations, one: str, other: str
) -> None:
    assert term(other) in table.synonyms(term(one))
    assert term(other) not in table.of(term(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organ", "organization"),
        ("university", "universe"),
        ("policy", "police"),
        ("new", "news"),
        ("general", "generate"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("number", "numb"),
        ("forest", "fore"),
        ("live", "liver"),
        ("tow", "tower"),
        ("die", "dice"),
        ("grind", "ground"),
        ("commit", "commission"),
        ("collect", "uncollected"),
        ("use", "US"),
        ("party", "part"),
    ],
)
def test_words_that_only_look_related_are_not(table: Derivations, one: str, other: str) -> None:
    assert term(other) not in table.of(term(one)) | table.synonyms(term(one))


def test_every_relation_holds_both_ways_and_never_with_itself(table: Derivations) -> None:
    for look, terms in (
        (table.of, [*table.inflected, *table.derived]),
        (table.inflections, [*table.inflected]),
        (table.synonyms, [*table.synonymous]),
    ):
        assert all(one in look(other) for one in terms for other in look(one))
        assert not [one for one in terms if one in look(one)]


def test_synonyms_and_family_never_overlap(table: Derivations) -> None:
    assert not [one for one in table.synonymous if table.of(one) & table.synonyms(one)]


def test_function_words_never_take_part(table: Derivations) -> None:
    known = {*table.inflected, *table.derived, *table.synonymous}
    assert not known & {found.term for word in stopwords.ENGLISH for found in read_terms(word)}


def test_a_table_reads_in_both_directions(tmp_path: Path) -> None:
    parts = ("go gone went\ngone went", "decid decis\ndecis indecis", "film movi pictur")
    (tmp_path / NAME).write_bytes(zlib.compress("\n\n".join(parts).encode()))
    table = load(tmp_path)
    assert table.inflections("went") == {"go", "gone"}
    assert table.of("decis") == {"decid", "indecis"}
    assert table.synonyms("movi") == {"film"}


def test_without_its_file_nothing_is_related(tmp_path: Path) -> None:
    assert load(tmp_path) == Derivations({}, {}, {})
    assert load(tmp_path).of("go") == frozenset()


@pytest.mark.parametrize(
    "content", [b"", b"no zlib", zlib.compress(b"one part"), zlib.compress(b"\xff")]
)
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(PullquoteError, match=r"derivations.*install Pullquote again") as caught:
        load(tmp_path)
    assert "\n" not in str(caught.value)


def test_the_shipped_table_is_small_and_comes_with_its_licence() -> None:
    assert (DATA / NAME).stat().st_size <= 120_000
    notice = (DATA / NOTICE).read_text(encoding="utf-8")
    assert "WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved." in notice
    assert "Permission to use, copy, modify and distribute" in notice


def test_wordnets_files_give_the_shipped_table_again(tmp_path: Path) -> None:
    if not (WORDNET / "cntlist.rev").is_file():
        pytest.skip(
            "needs WordNet's files: the package wordnet-base, or their folder in WNSEARCHDIR"
        )
    stemmer = f"pystemmer=={version('PyStemmer')}"
    if stemmer not in (ROOT / "constraints.txt").read_text(encoding="utf-8").lower():
        pytest.skip("needs the pinned PyStemmer: another may stem a few words otherwise")
    done = run("--wordnet", WORDNET, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    made = zlib.decompress((tmp_path / NAME).read_bytes())  # other zlibs pack the same otherwise
    assert made == zlib.decompress((DATA / NAME).read_bytes())
    assert (tmp_path / NOTICE).read_bytes() == (DATA / NOTICE).read_bytes()


def test_the_script_says_where_its_input_comes_from() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "wordnet-base" in done.stdout
    assert "3.0-37" in done.stdout
    assert "://" not in done.stdout


def test_the_script_says_what_to_do_without_wordnet(tmp_path: Path) -> None:
    done = run("--wordnet", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "install the package wordnet-base" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()
