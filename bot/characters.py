"""Characters that show nothing, or that steer a terminal or the order of what follows them."""

from __future__ import annotations

import unicodedata

# C0, DEL, C1, the line and paragraph separators, halves of surrogate pairs.
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000))
# Unicode's Bidi_Control: the first three mark one place, the others turn what follows.
_MARKS = (0x061C, 0x200E, 0x200F)
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x2070))
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
# Written out as JSON would.
_ESCAPES = {code: f"\\u{code:04x}" for code in (*_CONTROLS, *_MARKS, *_TURNING)}
_NEUTRAL = _ESCAPES | _SPACES
_ABOVE_C0 = {code: escape for code, escape in _ESCAPES.items() if code >= 0x7F}
_LEFT_OUT = dict.fromkeys({*_CONTROLS, *_TURNING} - set(_SPACES))
# Letters and symbols to Unicode, and nothing to a reader: fillers of Hangul, an empty cell of
# Braille, a note without a head.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")


def neutral(text: str) -> str:
    """`text` on one line and unable to steer a terminal: its controls are written out."""
    return text.translate(_NEUTRAL)


def escaped(line: str) -> str:
    """A line of JSON, or one with tabs, with all controls above C0 written out as JSON does."""
    return line.translate(_ABOVE_C0)


def without_controls(text: str) -> str:
    """`text` without what is not to be seen and would turn or break what follows."""
    return text.translate(_LEFT_OUT)


def is_seen(text: str) -> bool:
    """Whether a reader sees anything of `text`; marks alone are nothing."""
    return any(map(_shows, text))


def _shows(one: str) -> bool:
    if not one.isprintable() or one.isspace() or one in _BLANK:
        return False
    return not unicodedata.category(one).startswith("M")
