"""What speaks against a quote, by files of own sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from libraries import answerer_over, article

from retrieval import Answerer
from retrieval.evidence.doubts.conflicts import find_conflict
from retrieval.evidence.doubts.reading import Reading
from retrieval.models import Answer
from retrieval.text import derivations
from retrieval.text.nations import nations_in
from retrieval.text.terms import read_terms

DATA = Path(__file__).parent / "data" / "doubts"
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
