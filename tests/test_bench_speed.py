"""`make bench` measures what it says: the corpora, the reference, the engines and the command."""

import json
from pathlib import Path

import pytest
from bench import speed
from bench.corpora import Corpus, draw_queries, make_corpus, read_folder
from bench.peers import ENGINES, Entry, Query, find, missing
from bench.speed_checks import EQUAL, Best, Reference, compare, is_numbered
from bench.speed_report import OURS
from libraries import closed_at_end
from rank_bm25 import BM25Okapi
from typer import BadParameter, Typer
from typer.testing import CliRunner

from retrieval.errors import InputError

SEED = 7


def ignore(_: int) -> None:
    """Progress that nobody watches."""


def lines_of(corpus: Corpus) -> list[str]:
    """A corpus, line by line."""
    return corpus.path.read_text(encoding="ascii").splitlines()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    path = tmp_path_factory.mktemp("corpus") / "sentences.txt"
    return make_corpus(path, 500, seed=SEED, advance=ignore)


@pytest.fixture(scope="module")
def queries(corpus: Corpus) -> list[Query]:
    return [Query.of(terms) for terms in draw_queries(corpus, 30, seed=SEED)]


@pytest.fixture(scope="module")
def best(corpus: Corpus, queries: list[Query]) -> list[Best]:
    reference = Reference(corpus, queries, ignore)
    return [reference.best(query) for query in queries]


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(corpus: Corpus, tmp_path: Path) -> None:
    smaller = make_corpus(tmp_path / "smaller.txt", 200, seed=SEED, advance=ignore)
    assert lines_of(smaller) == lines_of(corpus)[:200]


def test_a_corpus_knows_its_own_figures(corpus: Corpus) -> None:
    lines = [line.split() for line in lines_of(corpus)]
    assert corpus.sentences == len(lines)
    assert corpus.tokens == sum(map(len, lines))
    counted = {term: sum(term in line for line in lines) for term in corpus.frequencies}
    assert counted == corpus.frequencies


def test_a_query_is_two_to_six_different_words_of_one_sentence(corpus: Corpus) -> None:
    lines = [set(line.split()) for line in lines_of(corpus)]
    queries = draw_queries(corpus, 50, seed=SEED)
    assert queries == draw_queries(corpus, 50, seed=SEED)
    for query in queries:
        assert 2 <= len(set(query)) == len(query) <= 6
        assert any(line >= set(query) for line in lines)


def test_a_folder_of_articles_gives_lines_that_every_tokenizer_splits_alike(tmp_path: Path) -> None:
    text = "The US sent 3.5 million. Élan vital!\n\nA third sentence stands here."
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    corpus = read_folder(tmp_path / "lines", tmp_path, most=None, advance=ignore)
    lines = lines_of(corpus)
    assert len(lines) == corpus.sentences == 3
    assert all(term.isalnum() and term.islower() for line in lines for term in line.split())
    assert "x" + b"US".hex() in lines[0].split()


def test_a_folder_without_a_sentence_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gives no sentence"):
        read_folder(tmp_path / "lines", tmp_path, most=None, advance=ignore)


def test_the_reference_scores_as_rank_bm25_does(
    corpus: Corpus, queries: list[Query], best: list[Best]
) -> None:
    model = BM25Okapi([line.split() for line in lines_of(corpus)])
    for query, one in zip(queries, best, strict=True):
        scores = model.get_scores(query.terms)
        assert one.scores == pytest.approx(scores[one.sentences], rel=1e-12)


@pytest.mark.parametrize("entry", ENGINES, ids=lambda entry: entry.name)
def test_an_engine_finds_the_ten_best_where_its_formula_is_okapis(
    entry: Entry,
    corpus: Corpus,
    queries: list[Query],
    best: list[Best],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")  # compiling takes longer than all the rest
    if absent := missing(entry):
        pytest.skip(f"{', '.join(absent)} not installed; the bench extra brings it")
    maker = find(entry)
    maker.build(corpus.path, tmp_path)
    engine = maker.open(corpus.path, tmp_path)
    if whole := getattr(engine, "answerer", None):
        closed_at_end(whole.library)
    found = [engine.hits(engine.search(query, 10)) for query in queries]
    assert all(found)
    if entry.name == "Answerer.ask":
        assert not is_numbered(found)
        return
    assert is_numbered(found)
    agreement = compare(entry.name, found, best)
    assert agreement.holds
    assert agreement.queries
    # Pullquote counts the paragraph and the article too; at random it would be one in fifty.
    assert agreement.overlap > (0.25 if entry.folder == "pullquote" else 0.5)


@pytest.mark.parametrize("name", EQUAL)
def test_a_wrong_score_or_sentence_does_not_pass(name: str, best: list[Best]) -> None:
    right = [
        list(zip(one.sentences.tolist()[:10], one.scores.tolist()[:10], strict=True))
        for one in best
    ]
    assert compare(name, right, best).holds
    (number, score), *others = right[-1]
    absent = max(best[-1].sentences.tolist()) + 1
    for wrong in ([(number, score * 1.01), *others], [(absent, score), *others], others):
        assert not compare(name, [*right[:-1], wrong], best).holds


def test_sizes_are_numbers_in_order() -> None:
    assert speed.read_sizes("1_000, 200") == [200, 1000]
    for wrong in ("", "many", "-5", "99", "1000,"):
        with pytest.raises(BadParameter, match="say numbers"):
            speed.read_sizes(wrong)


@pytest.fixture
def command() -> Typer:
    app = Typer()
    app.command()(speed.main)
    return app


def test_the_command_writes_what_it_measured(
    command: Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.speed_costs.STARTS", 1)
    path = tmp_path / "out" / "growth.json"
    files = ["--json-to", str(path), "--png-to", str(path.with_suffix(".png"))]
    options = ["--growth", "--sizes", "300", "--queries", "20", "--seed", "1"]
    done = CliRunner().invoke(command, [*options, *files])
    assert done.exit_code == 0, done.output
    (size,) = json.loads(path.read_text(encoding="utf-8"))["sizes"]
    assert size["sentences"] == 300
    engines = [row["engine"] for row in size["rows"]] + list(size["left_out"])
    assert engines == [OURS]


def test_the_command_asks_for_whole_answers(command: Typer, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    options = ["--answers", "--sizes", "300", "--queries", "20", "--json-to", str(path)]
    done = CliRunner().invoke(command, options)
    assert done.exit_code == 0, done.output
    (told,) = json.loads(path.read_text(encoding="utf-8"))["answers"]
    assert told["articles"] == 12
    assert told["whole"]["queries"] == 20
    assert told["spent"]


def test_a_folder_that_is_none_ends_with_one_line(command: Typer, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--folder", str(tmp_path / "nowhere")])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert "gives no sentence" in done.output
