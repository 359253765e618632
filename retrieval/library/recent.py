"""Articles that were read a moment ago, for as long as nobody has written the library since."""

from __future__ import annotations

from retrieval.library.memo import Memo
from retrieval.models import Article

_ROOM = 1 << 22  # characters of their texts
_PACKED = 8  # so much room takes a packed character of a layout when it is unpacked


class Recent:
    """Articles by their ids, as they were read while the library had one stamp."""

    def __init__(self) -> None:
        self._read: tuple[object, Memo[str, Article]] = (None, Memo(0))

    def since(self, stamp: object) -> Memo[str, Article]:
        """What was read while the library had this stamp; nothing if it is None, for unknown."""
        known, kept = self._read
        if stamp is None or stamp != known:
            kept = Memo(_ROOM, _size)
            self._read = stamp, kept
        return kept


def _size(article: Article) -> int:
    packed = article.layout.packed_blocks if article.layout else ""
    return len(article.text) + _PACKED * len(packed)
