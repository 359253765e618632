"""Numbers of an article that writes 1.200,5 for 1,200.5, told by its own other numbers.

"1.200" alone may be either. An article groups digits by dots if one of its numbers can be read in
no other way and none speaks against it; of all others dots are decimal marks, as in English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.quantities.units import PREFIX, UNIT

_GROUPED = r"(?<![\d.,])\d{1,3}(?:\.\d{3})+"
_DOUBTFUL = re.compile(r"\d\.\d{3}(?!\d)|\d,\d{1,2}(?!\d)")
_PROOF = re.compile(
    rf"{_GROUPED}(?:(?<=\.\d{{3}}\.\d{{3}})(?![.,]?\d)|,\d{{1,2}}(?![.,]?\d))"
    rf"|(?<![\d.,])\d+,\d{{1,2}}(?![.,]?\d)(?=\s?%|\s(?:million|billion|trillion)\b|{UNIT.pattern})"
    rf"|{PREFIX}\s?\d+,\d{{1,2}}(?![.,]?\d)"
)
_AGAINST = re.compile(
    r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![.,]?\d)"  # 1,200
    r"|(?<![\d.,])\d+\.(?:\d{1,2}|\d{4,})(?![\d.])(?!,\d)"  # 3.5; not 12.05.2024
    r"|(?<![\d.,])0\.\d"
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_NUMBER = re.compile(rf"{_GROUPED}(?:,\d+)?(?![.,]?\d)|(?<![\d.,])\d+,\d+(?![.,]?\d)")
_SWAPPED = str.maketrans(".,", ",.")


def in_english(text: str, article: str) -> str:
    """A sentence with its numbers as English writes them, each character where it stood.

    Args:
        text: The sentence.
        article: The whole text of its article.
    """
    if not _DOUBTFUL.search(text) or not _groups_by_dots(article):
        return text
    return _NUMBER.sub(lambda found: found.group().translate(_SWAPPED), text)


@lru_cache(maxsize=64)
def _groups_by_dots(article: str) -> bool:
    proofs = (found.group() for found in _PROOF.finditer(article))
    return any(not _is_address(proof) for proof in proofs) and not _AGAINST.search(article)


def _is_address(number: str) -> bool:
    """Whether it may be the address of a computer."""
    parts = number.split(".")
    return _ADDRESS.fullmatch(number) is not None and all(int(part) < 256 for part in parts)
