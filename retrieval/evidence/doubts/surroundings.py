"""A quote and what stands around it: title, neighbours and paragraph."""

from __future__ import annotations

from functools import cached_property

from retrieval.evidence.sources import Original
from retrieval.evidence.standing import is_entry, standing
from retrieval.search.backend import Backend


class Surroundings:
    """A sentence where it stands, read only as far as it is asked for.

    Attributes:
        quote: The sentence.
        near: It with its article's title, headings and neighbours; the next row of a table, or the
            next definition, is about something else.
    """

    def __init__(self, index: Backend, sentence: int, original: Original) -> None:
        """Look around a sentence.

        Args:
            index: Where it is numbered.
            sentence: Its number.
            original: Its place.
        """
        self._index, self._sentence, self._original = index, sentence, original
        self.quote = original.text

    @cached_property
    def near(self) -> str:
        """The title, the headings, what leads up to it, and it with its neighbours."""
        article, own = self._original.article, self._original.sentence
        apart = is_entry(article, own.start)
        before, after = (None, None) if apart else self._original.neighbours()
        first, last = before or own, after or own
        stands = standing(article, own.start)
        lead = article.cut(*stands.lead) if stands.lead else ""
        above = f"{article.title}\n{stands.section or ''}\n{lead}"
        return f"{above}\n{article.cut(first.start, last.end)}"

    @cached_property
    def around(self) -> str:
        """That and the whole paragraph."""
        number = self._original.sentence.paragraph
        prose = self._index.prose(self._sentence)
        paragraph = [sentence for sentence in prose if sentence.paragraph == number]
        whole = self._original.article.cut(paragraph[0].start, paragraph[-1].end)
        return f"{self.near}\n{whole}"
