"""Every scan over a text that we did not write takes time near to the text's length.

`python -m bench.scans` tries the same at up to two million characters.
"""

from __future__ import annotations

import pytest
from scanning import SCANS, SENTENCE_SCANS, seconds, texts

from retrieval.sentences import MAX_SENTENCE

SIZE = 6_000
"""Characters: a scan of quadratic time takes from half a second up to minutes over so many."""
SOON = 0.2
"""Seconds of this process below which a scan needs no second look."""
GROWTH = 8
"""How much shorter the text of the second look is."""
SENTENCE_SECONDS = 1.0
"""What a sentence of the greatest length may take; an idle core takes a twentieth."""


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_takes_time_near_to_the_length_of_its_text(name: str) -> None:
    SCANS[name]("a")  # what it compiles at first use is not counted
    for text in texts(SIZE):
        took = seconds(SCANS[name], text)
        if took > SOON:
            # Linear growth gives 8, quadratic growth 64: between them is room for a busy machine.
            shorter = min(seconds(SCANS[name], text[-SIZE // GROWTH :]) for _ in range(3))
            if took >= 3 * GROWTH * shorter:  # the collector of garbage may have come between
                took = min(seconds(SCANS[name], text) for _ in range(3))
            assert took < 3 * GROWTH * shorter, f"{text[:4]!r}… {text[-1]!r}: {took:.1f} s"


@pytest.mark.parametrize("name", SENTENCE_SCANS)
def test_a_scan_of_a_sentence_is_soon_done_whatever_it_holds(name: str) -> None:
    SENTENCE_SCANS[name]("a")
    for text in texts(MAX_SENTENCE):
        took = seconds(SENTENCE_SCANS[name], text)
        if took >= SENTENCE_SECONDS:
            took = min(seconds(SENTENCE_SCANS[name], text) for _ in range(3))
        assert took < SENTENCE_SECONDS, f"{text[:4]!r}… {text[-1]!r}: {took:.1f} s"
