"""What speaks against a quote, by files of own sentences."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import answerer_over, article
from pages import page

from retrieval import Answerer
from retrieval.evidence.doubts.conflicts import find_conflict
from retrieval.evidence.doubts.reading import Reading
from retrieval.models import Answer
from retrieval.text import derivations, verbs
from retrieval.text import nations as nation_list
from retrieval.text.nations import nations_in
from retrieval.text.terms import read_terms
from tools.derivations.wordnet import read_wordnet
from tools.lexicon.nations import find_nations
from tools.lexicon.verbs import find_verbs

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data" / "doubts"
WORDNET = Path(os.environ.get("WNSEARCHDIR", "/usr/share/wordnet"))
RELATED = derivations.load()


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return found


def is_turned(question: str, text: str) -> bool:
    quote = Reading(text)
    asked = Reading(question, asks=True).naming(quote)
    return find_conflict(asked, quote, RELATED) is not None


def kinds(answer: Answer) -> set[str]:
    return {doubt.kind for doubt in answer.doubts}


def test_roles_the_other_way_round_are_seen_and_others_are_not_doubted() -> None:
    wrong = []
    turned = right = 0
    for case in cases("roles.yaml"):
        turned += len(case["turned"])
        right += len(case["right"])
        wrong += [("missed", q) for q in case["turned"] if not is_turned(q, case["text"])]
        wrong += [("false alarm", q) for q in case["right"] if is_turned(q, case["text"])]
    assert (turned, right) >= (20, 20)
    assert not wrong


def _asked(case: dict[str, Any]) -> Iterator[tuple[str, bool, Answer]]:
    library = answerer_over(article("a", case["text"], case.get("title", "Notes")), threshold=0)
    for question in case["doubted"]:
        yield question, True, library.ask(question)
    for question in case["right"]:
        yield question, False, library.ask(question)


@pytest.mark.parametrize("kind", ["name", "time", "negation", "value"])
def test_what_speaks_against_a_quote_is_seen_and_nothing_else_is_doubted(kind: str) -> None:
    wrong = []
    for case in cases(f"{kind}.yaml"):
        for question, doubted, answer in _asked(case):
            if kinds(answer) != ({kind} if doubted else set()):
                wrong.append((question, answer.doubts, answer.quotes[0].text))
    assert not wrong


NAMES = ["Oslo", "Lund", "Norland Oil", "South Korea", "Kim", "QF32", "Iran", "Baltic Gas"]
PLAIN = ["bought", "the", "harbour", "opened", "for", "boats", "near", "and", "sold", "grain"]


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(NAMES + PLAIN), min_size=3, max_size=9), min_size=3),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
)
def test_a_name_that_is_called_absent_stands_nowhere_around(
    said: list[list[str]], asked: list[str]
) -> None:
    text = " ".join(f"The {' '.join(words)} today." for words in said[:6])
    library = answerer_over(article("a", text, "Notes on boats"), threshold=0)
    answer = library.ask(f"Did boats near {' and '.join(asked)} open the harbour?")
    absent = [word for one in answer.doubts if one.kind == "name" for word in one.words]
    assert not [word for word in absent if word.casefold() in text.casefold()]


def test_the_lists_of_verbs_and_nations_are_what_the_script_makes() -> None:
    if not (WORDNET / "cntlist.rev").is_file():
        pytest.skip(
            "needs WordNet's files: the package wordnet-base, or their folder in WNSEARCHDIR"
        )
    words = read_wordnet(WORDNET)
    assert frozenset(find_verbs(words)) == verbs.load()
    lines = (ROOT / "retrieval" / "data" / nation_list.NAME).read_text(encoding="utf-8")
    made = [nation_list.BETWEEN.join(names) for names in find_nations(words)]
    assert made == lines.splitlines()


def norland(*more: str) -> Answerer:
    texts = ["Norland Oil bought Baltic Gas in 2019. The price was never told.", *more]
    return answerer_over(*(article(f"{n}", text, "Deals") for n, text in enumerate(texts)))


def test_a_doubt_leaves_an_answer_answered_and_names_whom_it_is_about() -> None:
    answer = norland().ask("Did Baltic Gas buy Norland Oil?")
    assert answer.status == "answered"
    (doubt,) = answer.doubts
    assert doubt.words == ("Baltic Gas", "buy")
    assert answer.as_json().count('"doubts":[{"kind":"roles","words":["Baltic Gas","buy"]}]') == 1


def test_only_where_every_near_sentence_has_it_so_the_articles_say_it_the_other_way_round() -> None:
    asked = "Did Baltic Gas buy Norland Oil?"
    again = "In May, Baltic Gas was bought by Norland Oil after long talks."
    other = "A year later Baltic Gas bought Norland Oil."
    assert norland().ask(asked).doubts[0].everywhere
    assert norland(again).ask(asked).doubts[0].everywhere
    turned = norland(other).ask(asked)
    assert not any(doubt.everywhere for doubt in turned.doubts)


def test_where_the_first_quote_is_doubted_the_next_ones_are_listed_however_weak() -> None:
    text = (
        "By sending dredgers, Norland puts itself into the harbour works of Sudland. Norland has "
        "dispatched over 40 dredgers. The harbour is deep. Sudland pays Norland in fish."
    )
    library = answerer_over(article("0", text, "Dredgers"))
    doubted = library.ask("How many dredgers did Norland send?")
    assert doubted.doubts
    assert [one.text.split()[0] for one in doubted.quotes[:2]] == ["By", "Norland"]
    assert len(doubted.quotes) == 3
    undoubted = library.ask("Is the harbour deep?")
    assert (undoubted.doubts, len(undoubted.quotes)) == ((), 1)


def test_doubts_do_not_hang_on_how_many_quotes_are_shown() -> None:
    library = norland("Baltic Gas was bought by Norland Oil.", "Norland Oil sells gas.")
    asked = "Did Baltic Gas buy Norland Oil?"
    assert library.ask(asked, quotes=1).doubts == library.ask(asked, quotes=9).doubts


def test_without_an_answer_there_is_nothing_to_doubt() -> None:
    answer = norland().ask("Which zebra did the vicar paint on a Tuesday?")
    assert (answer.status, answer.doubts) == ("abstained", ())


def test_other_languages_are_not_doubted() -> None:
    german = article("a", "Norland Oil kaufte im Mai die Baltic Gas.", "Handel", language="de")
    answer = answerer_over(german, threshold=0).ask("Kaufte Baltic Gas die Norland Oil?")
    assert (answer.status, answer.doubts) == ("answered", ())


def nations(name: str) -> frozenset[int]:
    return nations_in([term.term for term in read_terms(name)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Moscow", "Russian", True),
        ("Seoul", "South Korean President", True),
        ("London", "British", True),
        ("U.S.", "American", True),
        ("South Korea", "North Korean", False),
        ("Iran", "Iraq", False),
    ],
)
def test_capital_country_and_people_are_one_nation(one: str, other: str, same: bool) -> None:
    assert nations(one)
    assert nations(one).isdisjoint(nations(other)) != same


def test_a_name_in_the_next_row_or_definition_is_about_something_else() -> None:
    article = page(
        ("head", "Model  Top speed"),
        ("row", "Q2  900 rpm"),
        ("row", "Q3  1400 rpm"),
        ("definition", "Hopper Q7\nHolds 12 kg of grain."),
        ("definition", "Hopper Q8\nHolds 30 kg of grain."),
    )
    answerer = answerer_over(article, threshold=0)
    for question, kind in {
        "Does the Q2 run at 1400 rpm?": {"name"},
        "Does the Q3 run at 1400 rpm?": set(),
        "Does hopper Q7 hold 30 kg of grain?": {"name"},
        "Does hopper Q8 hold 30 kg of grain?": set(),
    }.items():
        answer = answerer.ask(question)
        assert "1400" in answer.quotes[0].text or "30 kg" in answer.quotes[0].text
        assert kinds(answer) == kind
