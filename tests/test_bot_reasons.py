"""A score as a sum: every feature has a name, and what is shown adds up."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.limits import CARD_TEXT
from bot.reasons import MEANINGS, add_up, explain, in_hundredths
from retrieval import Answerer
from retrieval.ranking import features

WEIGHTS = Path(features.__file__).with_name("weights.toml")
QUESTIONS = (
    "How many troops has North Korea sent to Russia?",
    "Who met Kim Jong Un?",
    "North Korea ratified the treaty",
    "What is the population of North Korea?",
)


def weighted() -> list[str]:
    tables = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    found = {n for table in tables for n in tables[table] if not table.endswith("_confidence")}
    return sorted(found)


@pytest.mark.parametrize("feature", weighted())
def test_every_feature_that_has_a_weight_has_a_name_and_a_sentence(feature: str) -> None:
    name, sentence = MEANINGS[feature]
    assert 0 < len(name) <= 32
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert "_" not in name


def test_no_two_features_share_a_name() -> None:
    assert len({meaning.name for meaning in MEANINGS.values()}) == len(MEANINGS)


def test_all_explanations_together_fit_a_card() -> None:
    text = "\n".join(f"-# **{name}**: {sentence}" for name, sentence in MEANINGS.values())
    assert len(text) < CARD_TEXT


@pytest.mark.parametrize("question", QUESTIONS)
def test_on_the_seeds_the_parts_add_up_to_the_score(question: str, shipped: Answerer) -> None:
    answer = shipped.ask(question, quotes=20)
    for quote in (*answer.quotes, *answer.nearest):
        assert math.fsum(quote.why.values()) == pytest.approx(quote.score, abs=0.005)
        total, parts = add_up(quote)
        assert total == sum(part.hundredths for part in parts)
        assert total / 100 == pytest.approx(quote.score, abs=0.0101)
        assert {meaning.name for meaning in explain([add_up(quote)])} == {p.name for p in parts}


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_rounded_amounts_add_up_to_the_rounded_sum_and_stay_near(amounts: list[float]) -> None:
    rounded = in_hundredths(amounts)
    assert sum(rounded) == round(math.fsum(100 * amount for amount in amounts))
    for amount, hundredths in zip(amounts, rounded, strict=True):
        assert abs(100 * amount - hundredths) <= 1 + 1e-6
