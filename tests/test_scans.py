"""Every scan over a text that we did not write takes time near to the text's length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from retrieval.sentences import split

SIZE = 8_000
"""Characters: a scan of quadratic time takes from one second up to minutes over so many."""
SOON = 0.3
"""Seconds of this process below which a scan needs no second look."""
GROWTH = 8
"""How much shorter the text of the second look is."""

CLASSES = (
    *(".", "!", "?", "…", "。", " ", "\t", "\n", "\r\n", "\u00a0", "\u2028", "\0", "\u200d"),
    *('"', "'", "“", "”", "‘", "’", "«", "»", "`", "''", "``", "-", "–", "—", "(", ")", "[", "]"),
    *("{", "}", "<", ">", "_", "$", "#", "*", "/", "\\", "%", "&", "@", "=", "~", "•", "|", ":"),
    *(
        ",",
        ";",
        "a",
        "A",
        "é",
        "\u0301",
        "e\u0301",
        "1",
        "٣",
        "中",
        "👩🏽",
        ". ",
        "a.",
        "a. ",
        "A.",
    ),
    *(
        "A. ",
        "1.",
        "1. ",
        "1,",
        "a b ",
        "- ",
        "a-",
        "a_",
        "a'",
        "a’b ",
        '."',
        ".'",
        "''.",
        ".” ",
        ".)",
    ),
    *("“a” ", "[1]", "a/", "a@b.c ", "$1 ", "U.S. ", ". a", "a\n", ".\n", "a  b  ", "A  B  "),
)
"""What the texts repeat: each class of characters that a pattern knows, and mixtures."""
UNWANTED = ("a", "\x01")
"""What ends the repetition: no pattern that runs over the class wants it next."""


def _texts(size: int) -> list[str]:
    return [(one * size)[:size] + end for one in CLASSES for end in UNWANTED]


SCANS: dict[str, Callable[[str], object]] = {"sentences": split}


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_takes_no_longer_than_its_text_is_long(name: str) -> None:
    for text in _texts(SIZE):
        took = _time(SCANS[name], text)
        if took > SOON:
            # Linear growth gives 8, quadratic growth 64: between them is room for a busy machine.
            shorter = min(_time(SCANS[name], text[-SIZE // GROWTH :]) for _ in range(3))
            assert took < 3 * GROWTH * shorter, f"{name}: {text[:4]!r}… {text[-1]!r}: {took:.1f} s"


def _time(scan: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    scan(text)
    return time.process_time() - began
