"""`python -m bench.truth` measures what it says of what is said about quotes."""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
import typer
from bench.sets import SHARED, BadSet, Found, Gold, Question, QuestionSet, read_set
from bench.truth import (
    Figure,
    coats,
    invented,
    lists,
    long_questions,
    missing,
    spans,
    swapped,
)
from bench.truth.__main__ import main, plan
from bench.truth.asking import HERE, Asker, Said, sample
from bench.truth.forms import Texts
from bench.truth.names import find_names, find_numbers
from hypothesis import given
from hypothesis import strategies as st
from libraries import article
from test_bench import HARBOUR, write_set
from typer.testing import CliRunner, Result

needs_sets = pytest.mark.skipif(not SHARED.is_dir(), reason="no question sets in ../shared/qa")
HARBOURS = article("harbour", HARBOUR)
GOLD = Gold(article="harbour", start=HARBOUR.index("1932"), end=HARBOUR.index("1932") + 4)
OPENED = Question(id="o", question="When did Kestrel open?", answerable=True, gold=[GOLD])
FIRST = Found("harbour", 0, HARBOUR.index(".") + 1)
SECOND = Found("harbour", HARBOUR.index("It cost"), len(HARBOUR))


def said(found: Found = FIRST, **other: object) -> Said:
    kept = {"answered": True, "confidence": 0.9, "missing": (), "doubted": False, "spans": ((),)}
    return Said(found=(found,), **(kept | other))  # type: ignore[arg-type]  # of the right kinds


def asker(says: Mapping[str, Said] | Callable[[str], Said]) -> Asker:
    """One that says what is written here, where no product runs."""
    tell = says if callable(says) else lambda question: says[question]

    class Teller:
        def ask(self, question: str, *, quotes: int = 10) -> Said:
            assert quotes >= 10
            return tell(question)

    return cast("Asker", Teller())


def values(figures: list[Figure]) -> dict[str, float | None]:
    return {figure.name: figure.value for figure in figures}


def of(*questions: Question) -> QuestionSet:
    return QuestionSet("towns", [HARBOURS], list(questions))


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(main)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_twelve_coats_are_twelve_and_each_holds_the_question() -> None:
    read = coats.read_coats(coats.TWELVE)
    assert len({coat.name for coat in read}) == 12
    for coat in read:
        assert "hen did Kestrel open" in coat.around("When did Kestrel open?")


def test_a_question_within_a_sentence_starts_small_and_a_name_does_not() -> None:
    coat = coats.Coat("x", "tell me {bare}, pls")
    assert coat.around("When did it open?") == "tell me when did it open, pls"
    assert coat.around("Kestrel opened when?") == "tell me Kestrel opened when, pls"


@pytest.mark.parametrize("line", ["no colon {}", "name: no place", "name: {} and {bare}"])
def test_a_line_that_is_no_coat_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "c.txt").write_text(f"# remark\n\n{line}\n")
    with pytest.raises(BadSet, match=r"c\.txt, line 3: write a coat as"):
        coats.read_coats(tmp_path / "c.txt")


def test_coats_count_what_is_withheld_what_changes_and_what_of_the_coat_is_missing() -> None:
    asked = OPENED.question
    says = {
        asked: said(missing=("Kestrel",)),
        f"a {asked}": said(missing=("Kestrel",)),
        f"b {asked}": said(answered=False, missing=("Kestrel", "pls")),
        f"c {asked}": said(SECOND),
        f"d {asked}": said(),
    }
    four = [coats.Coat(name, f"{name} {{}}") for name in "abcd"]
    figures = values(coats.measure(asker(says), of(OPENED), four, None).figures)
    assert figures == {
        "withheld": 0.25,
        "changed": 0.25,
        "lost": 0.5,
        "named": 0.25,
        "lost in a": 0,
        "lost in b": 1,
        "lost in c": 1,
        "lost in d": 0,
    }


@pytest.mark.parametrize(
    ("question", "names", "numbers"),
    [
        ("When did Elin Strand's bridge open?", ["Elin Strand"], []),
        ("Which of Westmark, Kestrel Bay and 3,500 others in May 1932?", None, ["3,500", "1932"]),
        ("What Is The Name Of This Bridge?", [], []),
        ("Who won the 19th F-16 race at 2.5 knots?", ["F-16"], ["2.5"]),
    ],
)
def test_names_and_numbers_are_found_by_how_they_are_written(
    question: str, names: list[str] | None, numbers: list[str]
) -> None:
    found = [question[s.start : s.end] for s in find_names(question)]
    assert found == (["Westmark", "Kestrel Bay"] if names is None else names)
    assert [question[s.start : s.end] for s in find_numbers(question)] == numbers


@given(st.text(min_size=1, max_size=8))
def test_an_invented_name_is_no_slip_away_from_a_word_of_the_library(seed: str) -> None:
    known = invented.Known([HARBOURS])
    name = invented.invent_name(seed, known)
    assert name is not None
    assert name == invented.invent_name(seed, known)
    assert not any(known.has_near(one) for one in (name, name[1:], name[:-1]) if len(one) > 9)
    assert not known.has_near(name)


def test_the_library_knows_its_words_and_numbers_however_they_are_written() -> None:
    known = invented.Known([article("a", "Twelve of 1,200 Kestrels in 1932.")])
    assert all(known.has_near(word) for word in ("kestrels", "Kestrel", "kestrles", "kstrels"))
    assert [known.has_number(n) for n in (12, 1200, 1932, 13)] == [True, True, True, False]


def test_a_question_gets_one_invented_thing_in_the_place_of_a_name() -> None:
    known = invented.Known([HARBOURS])
    changed = invented.change(OPENED, known)
    assert changed is not None
    assert changed.question == f"When did {changed.invented} open?"
    says = {OPENED.question: said(), changed.question: said(doubted=True)}
    figures = values(invented.measure(asker(says), of(OPENED), None).figures)
    assert (figures["withheld or doubted"], figures["withheld"]) == (1, 0)
    assert (figures["originals withheld"], figures["names withheld or doubted"]) == (0, 1)


def test_two_names_change_places_and_a_rival_takes_one() -> None:
    question = "Did Westmark buy Kestrel Bay?"
    swap = swapped.Swap("towns", "q", (4, 12), (17, 28))
    assert swapped.swap(question, swap, None) == "Did Kestrel Bay buy Westmark?"
    assert swapped.swap(question, swap, "Elin") == "Did Elin buy Kestrel Bay?"


def test_swapped_questions_count_as_noticed_where_they_are_doubted_or_withheld() -> None:
    place = HARBOUR.index("The")
    swaps = [swapped.Swap("towns", "o", (9, 16), (place, place + 3), "harbour")]
    says = {OPENED.question: said(doubted=True), "When did The open?": said(answered=False)}
    measured = swapped.measure(asker(says), of(OPENED), None, swaps)
    assert values(measured.figures) == {
        "withheld or doubted": 1,
        "doubted": 0,
        "originals withheld or doubted": 1,
        "originals doubted": 1,
        "right first quotes doubted": 1,
    }
    with pytest.raises(BadSet, match="towns has no question 'gone'"):
        swapped.build(of(OPENED), [swaps[0]._replace(id="gone")])


@needs_sets
def test_the_swaps_on_file_build_a_hundred_other_questions_and_hold_no_text() -> None:
    swaps = swapped.read_swaps()
    sets = [read_set(SHARED / name) for name in ("squad2", "selqa")]
    built = [one for questions in sets for one in swapped.build(questions, swaps)]
    assert len(built) == len(swaps) >= 100
    assert all(one.question != one.asked.question for one in built)
    lines = map(json.loads, swapped.ROLES.read_text(encoding="utf-8").splitlines())
    assert all(set(line) <= {"set", "id", "name", "other", "article"} for line in lines)


TEXT = (
    "He bought a site and coloured it. Twenty-one children ran 5km through Łódź on the web site, "
    "with data\u00adbases, at the well-known U.S. border. The creators paid 1,000 crowns."
)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("buy", "inflected"),
        ("child", "inflected"),
        ("color", "spelt"),
        ("21", "number"),
        ("1000", "written"),
        ("km", "written"),
        ("Lodz", "written"),
        ("databases", "written"),
        ("wellknown", "written"),
        ("website", "joined"),
        ("well-known", "joined"),
        ("creation", "derived"),
        ("thro", "longer"),
        ("a site", "written"),
        ("honey", None),
        ("sold", None),
        ("22", None),
        ("site a", None),
    ],
)
def test_the_oracle_finds_a_word_in_every_form_and_no_other_word(
    word: str, form: str | None
) -> None:
    texts = Texts([article("a", TEXT)])
    assert texts.stands(word, f"Which {word} is it?") == form


def test_a_word_that_the_question_parts_is_found_where_the_text_joins_it() -> None:
    texts = Texts([article("a", "The lighthouse burned.")])
    assert texts.stands("house", "Which light house burned?") == "split"


def test_words_called_missing_are_counted_by_whether_they_stand() -> None:
    says = {OPENED.question: said(missing=("opens", "honey"))}
    figures = values(missing.measure(asker(says), of(OPENED), None).figures)
    assert (figures["stands"], figures["inflected"], figures["words a question"]) == (0.5, 0.5, 2)


def test_the_long_questions_part_by_article_into_two_thirds_and_a_third() -> None:
    articles = [article(f"a{n}", "Some text.") for n in range(300)]
    golds = [Gold(article=one.id, start=0, end=4) for one in articles]
    asked = [
        Question(id=f"q{n}", question="Who?", answerable=True, gold=[gold])
        for n, gold in enumerate(golds)
    ]
    whole = QuestionSet("long", articles, asked)
    fit, measured = (long_questions.part(whole, fitting=fitting) for fitting in (True, False))
    assert len(fit.articles) + len(measured.articles) == 300
    assert 170 < len(fit.articles) < 230
    for one in (fit, measured):
        assert {q.gold[0].article for q in one.questions} == {a.id for a in one.articles}


def test_long_questions_are_judged_at_the_threshold_that_strangers_set() -> None:
    strangers = [
        Question(id=f"s{n}", question=f"s{n}", answerable=False, gold=[]) for n in range(101)
    ]
    tell = {s.question: said(confidence=n / 200) for n, s in enumerate(strangers)}
    longer = OPENED.model_copy(update={"id": "l", "question": "word " * 30})
    tell |= {OPENED.question: said(confidence=0.48), longer.question: said(confidence=0.47)}
    figures = long_questions.measure(asker(tell), of(OPENED, longer), strangers, None).figures
    found = values(figures)
    assert found["that threshold"] == pytest.approx(0.475)
    assert found["answered at 95 % of strangers withheld"] == 0.5
    assert (found["answered at 1–6 words"], found["answered at 25–40 words"]) == (1, 0)


def test_a_list_is_measured_by_its_length_and_by_what_it_holds() -> None:
    says = {OPENED.question: Said(True, 0.9, (), False, (SECOND, FIRST), ((), ()))}
    found = values(lists.measure(asker(says), of(OPENED), None).figures)
    assert (found["hit@1 of answered"], found["hit@3 of answered"], found["quotes, mean"]) == (
        0,
        1,
        2,
    )


@pytest.mark.parametrize(
    ("span", "right", "exact"),
    [("in 1932", 1, 1), ("Kestrel", 0, 0), ("of Kestrel opened in 1932", 1, 0)],
)
def test_a_span_is_right_that_meets_the_gold_and_exact_that_hardly_says_more(
    span: str, right: float, exact: float
) -> None:
    start = HARBOUR.index(span)
    says = {OPENED.question: said(spans=(((start, start + len(span)),),))}
    found = values(spans.measure(asker(says), of(OPENED), None).figures)
    assert found["right where the sentence is"] == right
    assert found["exact"] == exact
    assert found["right sentences with a span"] == 1


@given(st.lists(st.text(max_size=4), unique=True), st.integers(0, 9))
def test_a_sample_is_the_same_each_time_and_in_order(items: list[str], most: int) -> None:
    drawn = sample(items, most, lambda one: one)
    assert drawn == sample(items, most, lambda one: one)
    assert len(drawn) == min(most, len(items))
    assert all(items.index(one) < items.index(other) for one, other in pairwise(drawn))


def test_a_folder_is_measured_end_to_end_beside_another_checkout(tmp_path: Path) -> None:
    write_set(tmp_path / "towns")
    figures_at, cases_at = tmp_path / "out" / "f.jsonl", tmp_path / "out" / "c.jsonl"
    done = run(
        "missing", "invented", "--folder", tmp_path / "towns", "--before", HERE,
        "--json-to", figures_at, "--cases-to", cases_at,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "before" in done.output
    lines = [json.loads(line) for line in figures_at.read_text(encoding="utf-8").splitlines()]
    figures = {(line["measure"], line["name"]): line["value"] for line in lines}
    assert figures["missing", "stands"] == 0
    assert figures["invented", "originals withheld"] == 0
    assert cases_at.is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["taste"], "taste: no such measure; there are coats,"),
        (["missing", "--folder", "nowhere"], "nowhere: no such folder"),
        (["coats", "--coats", "nowhere.txt"], "nowhere.txt: No such file or directory"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(
    arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.truth.__main__.BESIDE", {"coats": ()})
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.output.startswith(says)
    assert done.output.count("\n") == 1


def test_a_folder_without_the_product_is_no_checkout(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match="no checkout of Pullquote"):
        Asker([HARBOURS], tmp_path)


@needs_sets
def test_only_the_sets_that_are_named_are_read() -> None:
    (one,) = plan(["coats", "missing"], [], ["clapnq"])
    assert (one.questions.name, one.measures) == ("clapnq", ["coats", "missing"])
