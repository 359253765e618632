"""Characters that show nothing or steer what reads them."""

import json
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.characters import escaped, is_seen, neutral, without_controls

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
EVERY = list(map(chr, range(sys.maxunicode + 1)))


@given(st.text())
def test_a_neutral_text_stands_on_one_line_and_steers_nothing(text: str) -> None:
    safe = neutral(text)
    assert len(safe.splitlines()) <= 1
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in safe)
    safe.encode()  # no half of a surrogate pair is left
    assert neutral(safe) == safe


def test_every_control_is_written_out_and_every_other_character_stays() -> None:
    steers = {
        one
        for one in EVERY
        if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(one) in BIDI
    }
    assert {one for one in EVERY if neutral(one) != one} > steers
    assert [one for one in steers if neutral(one) not in {" ", f"\\u{ord(one):04x}"}] == []
    assert not {one for one in EVERY if one.isprintable() and neutral(one) != one}
    assert not {one for one in EVERY if one.isprintable() and without_controls(one) != one}


@given(st.text())
def test_json_says_the_same_with_its_controls_written_out(text: str) -> None:
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text


def test_what_shows_nothing_is_not_seen() -> None:
    for (
        unseen
    ) in "\u3164 \u115f \u1160 \uffa0 \u2800 \u200b \u2060 \ufeff \u00ad \ufe0f \u034f".split():
        assert not is_seen(unseen * 3), ascii(unseen)
    assert all(map(is_seen, ("a", "\u3164a", "❄", "ㅤ你", ".", "👩\u200d👧")))
