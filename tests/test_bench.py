"""`make eval` measures what it says, on any folder of question sets, and says what is wrong."""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
import typer
from bench.engines import Pullquote, RankBm25
from bench.figures import Draw, ask_itself, read_pairs, unique
from bench.measures import DEPTH, auroc, hits, trace_abstention
from bench.quality import main, read_sets
from bench.rows import BadRows, Row, read_rows, write_rows
from bench.scripted import read_scripts
from bench.sets import BadSet, QuestionSet, find_sets, first_hit, read_set
from bench.slips import SHORTEST, misspell
from hypothesis import given
from hypothesis import strategies as st
from libraries import answerer_over, article, closed_at_end
from PIL import Image
from typer.testing import CliRunner, Result

TESTS = Path(__file__).parent
HARBOUR = "The new harbour of Kestrel opened in 1932. It cost 3.5 million crowns."
BRIDGE = "The bridge at Westmark was finished in 1950. Its architect was Elin Strand."
ARTICLES = [
    {"id": "harbour", "title": "Harbour", "text": HARBOUR},
    {"id": "bridge", "title": "Bridge", "text": BRIDGE},
]


def question(name: str, text: str, place: str | None, answer: str = "") -> dict[str, Any]:
    texts = {a["id"]: a["text"] for a in ARTICLES}
    start = texts[place].index(answer) if place else 0
    gold = [{"article": place, "start": start, "end": start + len(answer)}] if place else []
    return {"id": name, "question": text, "answerable": bool(place), "gold": gold}


QUESTIONS = [
    question("opened", "When did the harbour of Kestrel open?", "harbour", "1932"),
    question("architect", "Who was the architect of the bridge?", "bridge", "Elin Strand"),
    question("sheep", "How many sheep graze in Patagonia?", None),
]


def write_set(
    folder: Path,
    articles: Sequence[object] = ARTICLES,
    questions: Sequence[object] = QUESTIONS,
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (("articles", articles), ("questions", questions)):
        text = "".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    """`make eval` in this process."""
    app = typer.Typer()
    app.command()(main)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def make(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`bench.quality` as the Makefile runs it."""
    return subprocess.run(  # noqa: S603 - this interpreter and arguments of this test
        [sys.executable, "-m", "bench.quality", *map(str, arguments)],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=False,
    )


def draw(rows: Sequence[Row], to: Path) -> None:
    """What draws them loads matplotlib, for seconds; so only where it is drawn."""
    import_module("bench.plots").draw(rows, to)


def a_row(**figures: object) -> Row:
    given = {
        "questions": "own",
        "library": "own",
        "engine": "pullquote",
        "hits": hits([1, 3, None]),
    }
    return Row.model_validate(given | figures)


CURVED = {"answered": 0.5, "withheld": 1.0, "auroc": 0.75, "curve": ((1, 0), (0.5, 1), (0, 1))}


def test_a_folder_of_sets_is_measured_end_to_end_and_redrawn_from_its_json(tmp_path: Path) -> None:
    write_set(tmp_path / "sets" / "towns")
    rows_at, first, again = (tmp_path / "out" / name for name in ("q.json", "1.png", "2.png"))
    done = make(tmp_path / "sets", "--json-to", rows_at, "--plot-to", first)
    assert (done.returncode, done.stderr) == (0, "")
    assert "towns, misspelt" in done.stdout
    rows = {(row.questions, row.engine): row for row in read_rows(rows_at)}
    assert set(rows) == set(product(("towns", "towns, misspelt"), ("pullquote", "rank-bm25")))
    own = rows["towns", "pullquote"]
    assert own.hits is not None
    assert (own.hits.within[0], own.auroc, own.answered, own.withheld) == (1, 1, 1, 1)
    redrawn = run("--from", rows_at, "--plot-to", again)
    assert (redrawn.exit_code, redrawn.stdout) == (0, done.stdout)
    assert first.read_bytes() == again.read_bytes()


def test_the_picture_is_a_small_png_wide_enough_for_a_page(tmp_path: Path) -> None:
    names = [f"set {n}" for n in range(9)]
    rows = [
        a_row(questions=f"{n}{end}", library=n, engine=engine, misspelt=bool(end), **CURVED)
        for n, engine, end in product(names, ("pullquote", "rank-bm25"), ("", ", misspelt"))
    ]
    draw(rows, tmp_path / "new" / "q.png")
    with Image.open(tmp_path / "new" / "q.png") as image:
        assert (image.format, image.size) == ("PNG", (1800, 828))
        assert image.text == {}  # type: ignore[attr-defined]  # only a PNG has it, and this is one
    assert (tmp_path / "new" / "q.png").stat().st_size < 150_000


@pytest.mark.parametrize(
    "rows",
    [
        [a_row()],
        [a_row(hits=None, **CURVED)],
        [a_row(engine="another")],
        [a_row(questions="unheard of", hits=None, **CURVED)],
    ],
)
def test_what_is_not_there_is_not_drawn(
    tmp_path: Path, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.plots._DPI", 30)  # a small picture is drawn sooner
    draw(rows, tmp_path / "q.png")
    assert (tmp_path / "q.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_at_all_cannot_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(BadRows, match="there are no figures to draw"):
        draw([], tmp_path / "q.png")


ARTICLE = '{"id": "a", "title": "A", "text": "Some text."}'
ASKED = '{"id": "q", "question": "Why?", "answerable": %s, "gold": [%s]}'


@pytest.mark.parametrize(
    ("articles", "questions", "said"),
    [
        ([], [ASKED % ("false", "")], "articles.jsonl: is empty"),
        ([ARTICLE], ["{"], "questions.jsonl, line 1: Invalid JSON"),
        ([ARTICLE, '{"id": "b"}'], [], "articles.jsonl, line 2: title: Field required"),
        ([ARTICLE, ARTICLE], [], "articles.jsonl, line 2: id 'a' stands in line 1 too"),
        ([ARTICLE], [ASKED % ("true", "")], "line 1: `gold` has to name a span where"),
        (
            [ARTICLE],
            [ASKED % ("true", '{"article": "a", "start": 3, "end": 99}')],
            "line 1: gold 3–99 is not in an article 'a' of articles.jsonl",
        ),
        (
            [ARTICLE],
            [ASKED % ("true", '{"article": "b", "start": 0, "end": 1}')],
            "line 1: gold 0–1 is not in an article 'b' of articles.jsonl",
        ),
    ],
)
def test_a_bad_set_is_one_line_that_names_file_and_line(
    tmp_path: Path, articles: list[str], questions: list[str], said: str
) -> None:
    with pytest.raises(BadSet) as raised:
        read_set(write_set(tmp_path, articles, questions))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_wrong_path_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.json").write_text('[{"questions": 1}]')
    for arguments, said in (
        ([tmp_path / "none"], "none: no such folder; name a folder with articles.jsonl"),
        ([tmp_path / "empty"], "empty: no question set there; name a folder"),
        (["--from", tmp_path / "none.json"], "none.json: cannot be read: No such file"),
        (["--from", tmp_path / "bad.json"], "bad.json: holds no figures of `make eval` (0.q"),
    ):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


def test_two_sets_of_one_name_are_refused(tmp_path: Path) -> None:
    folders = [write_set(tmp_path / place / "towns") for place in "ab"]
    with pytest.raises(BadSet, match="towns: two sets have this name"):
        read_sets(folders)


def test_a_folder_is_a_set_or_holds_sets(tmp_path: Path) -> None:
    sets = [write_set(tmp_path / name) for name in ("a", "b")]
    assert find_sets(tmp_path) == sets
    assert find_sets(sets[0]) == [sets[0]]


def test_rows_are_kept_whole(tmp_path: Path) -> None:
    rows = [a_row(**CURVED), a_row(hits=None, misspelt=True)]
    write_rows(rows, tmp_path / "q.json")
    assert read_rows(tmp_path / "q.json") == rows


def test_earlier_rows_show_the_change_in_thousandths(tmp_path: Path) -> None:
    write_rows([a_row(hits=hits([1, 1])), a_row(questions="new")], tmp_path / "now.json")
    write_rows([a_row(hits=hits([1, 2]))], tmp_path / "then.json")
    done = run("--from", tmp_path / "now.json", "--before", tmp_path / "then.json")
    changed, new = (line for line in done.stdout.splitlines() if "pullquote" in line)
    assert "1.000 +500" in changed
    assert changed.count("+") == 2  # hit@1 and MRR; the others are as they were
    assert "+" not in new


ranks = st.lists(st.none() | st.integers(1, 30), min_size=1, max_size=40)


@given(ranks)
def test_hits_are_what_counting_one_by_one_gives(found: list[int | None]) -> None:
    said = hits(found)
    for k in range(1, DEPTH + 1):
        counted = len([r for r in found if r is not None and r <= k])
        assert said.within[k - 1] == counted / len(found)
    reciprocal = [1 / r if r is not None and r <= DEPTH else 0 for r in found]
    assert said.mrr_10 == pytest.approx(sum(reciprocal) / len(found))


scores = st.lists(st.integers(0, 12).map(lambda n: n / 4), min_size=1, max_size=30)


@given(scores, scores)
def test_auroc_is_the_share_of_pairs_in_the_right_order(yes: list[float], no: list[float]) -> None:
    points = [1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(yes, no)]
    assert auroc(yes, no) == pytest.approx(sum(points) / len(points))


@given(scores, scores)
def test_the_curve_is_what_each_threshold_gives(yes: list[float], no: list[float]) -> None:
    levels = [*sorted({*yes, *no}), 99.0]
    expected = [
        (sum(c >= level for c in yes) / len(yes), sum(c < level for c in no) / len(no))
        for level in levels
    ]
    curve = trace_abstention(yes, no)
    assert [pytest.approx(pair, abs=1e-5) for pair in expected] == list(curve)


@given(scores, scores)
def test_the_area_under_the_whole_curve_is_the_auroc(yes: list[float], no: list[float]) -> None:
    curve = trace_abstention(yes, no)
    area = sum((a - b) * (c + d) / 2 for (a, c), (b, d) in pairwise(curve))
    assert area == pytest.approx(auroc(yes, no), abs=1e-3)


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    curve = trace_abstention([n / 5000 for n in range(2500, 5000)], [n / 4000 for n in range(3000)])
    assert len(curve) <= 200
    assert (curve[0], curve[-1]) == ((1, 0), (0, 1))
    assert list(curve) == sorted(curve, key=lambda pair: (-pair[0], pair[1]))


@pytest.mark.parametrize("engine", [Pullquote, RankBm25])
def test_an_engine_puts_forward_places_that_are_sentences(
    tmp_path: Path, engine: type[Pullquote | RankBm25]
) -> None:
    towns = read_set(write_set(tmp_path))
    made = engine(towns.articles)
    if isinstance(made, Pullquote):
        closed_at_end(made.answerer.library)
    reply = made.reply("When did the harbour of Kestrel open?")
    assert first_hit(reply.found, towns.questions[0].gold) == 1
    best = reply.found[0]
    assert HARBOUR[best.start : best.end] == "The new harbour of Kestrel opened in 1932."
    assert len(reply.found) <= DEPTH


def test_misspelt_questions_differ_by_one_slip_in_one_long_word(tmp_path: Path) -> None:
    towns = read_set(write_set(tmp_path))
    slipped = misspell(towns)
    assert slipped == misspell(towns)
    for before, after in zip(towns.questions, slipped.questions, strict=True):
        words, others = before.question.split(), after.question.split()
        changed = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
        assert len(changed) <= 1
        assert all(len(word.strip("?")) >= SHORTEST for word, _ in changed)
        assert after.gold == before.gold


def test_the_scripts_are_a_set_whose_gold_stands_in_the_seeds() -> None:
    scripts: QuestionSet = read_scripts()
    lengths = {one.id: len(one.text) for one in scripts.articles}
    assert len(scripts.articles) == 5
    assert {asked.answerable for asked in scripts.questions} == {True, False}
    for asked in scripts.questions:
        assert asked.answerable == bool(asked.gold)
        assert all(0 <= g.start < g.end <= lengths[g.article] for g in asked.gold)


def test_a_library_that_differs_with_itself_gives_each_pair_once() -> None:
    said = "Norland has sent {} gliders to Westmark."
    answers = ask_itself(
        answerer_over(
            article("one", said.format("exactly 300") + " The gliders are grey."),
            article("two", said.format("350")),
            article("three", "Westmark asked Norland for gliders."),
            threshold=0.0,
        ),
        Draw(sentences=10, quotes=5, seed=1),
        "gliders",
    )
    (pair,) = unique(pair for answer in answers for pair in read_pairs(answer))
    assert (pair.of, pair.compatible) == ("gliders", False)
    assert {pair.one.value, pair.other.value} == {"exactly 300", "350"}
    assert {pair.one.article, pair.other.article} == {"one", "two"}
