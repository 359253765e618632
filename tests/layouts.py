"""What is promised of the blocks of every stored text."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.values import Block


def check_blocks(text: str, blocks: Sequence[Block]) -> None:
    """Blocks are in order and trimmed, and together hold every letter and digit."""
    after = 0
    for block in blocks:
        assert after <= block.start < block.end <= len(text)
        assert not any(map(str.isalnum, text[after : block.start]))
        shown = text[block.start : block.end]
        assert shown == shown.strip()
        after = block.end
    assert not any(map(str.isalnum, text[after:]))
