"""What speaks against a quote, by files of own sentences."""

from pathlib import Path
from typing import Any

import yaml

from retrieval.evidence.doubts.conflicts import find_conflict
from retrieval.evidence.doubts.reading import Reading
from retrieval.text import derivations, verbs

DATA = Path(__file__).parent / "data" / "doubts"
RELATED = derivations.load()


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return found


def is_turned(question: str, text: str) -> bool:
    quote = Reading(text)
    asked = Reading(question).naming(quote)
    return find_conflict(asked, quote, RELATED, verbs.load()) is not None


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
