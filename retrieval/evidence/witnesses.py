"""Who says what a sentence says: all sentences of the library that do, and how many sources.

A question has no part in it, so that the same sentence has the same counts in every answer. The
sentences that come near one are found by its own words, as a question would find them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise

import numpy as np

from retrieval.evidence.origins import (
    Counted,
    Credited,
    Key,
    Report,
    Signature,
    common_origin,
    count_origins,
    key,
    read_credited,
    signature,
)
from retrieval.evidence.sources import NOBODY, Originals
from retrieval.evidence.statements import Comparer, Lexicon, Table
from retrieval.library.memo import Memo
from retrieval.ranking.weighing import smoothed_idf
from retrieval.search.backend import Backend, Vocabulary

_NEAREST = 16  # sentences that are read at first; more where many of them are the same
_TELLING = 0.7  # share of a sentence's weight that its rarest terms have by which it is looked up
_NEAR = 0.15  # share of its own BM25 by these terms that a sentence of the same statement has
_SIGNATURES = 1024  # some kilobytes each
_PAIRS = 1 << 16

Speaker = Callable[[int], str | None]


def find_peers(
    sentences: Sequence[int], originals: Originals, lexicon: Lexicon
) -> dict[int, frozenset[int]]:
    """The sentences of the whole library that make the statements of some, each without itself."""
    known = originals.known.peers
    new = [one for one in dict.fromkeys(sentences) if one not in known]
    if new:
        for one, peers in zip(new, _peers(new, originals, lexicon), strict=True):
            known.keep(one, peers)
    return {one: known.get(one) or frozenset() for one in sentences}


def find_near(sentences: Sequence[int], originals: Originals) -> list[list[int]]:
    """The sentences that share most of what tells each of some, best first, without itself."""
    told = zip(sentences, _telling(sentences, originals), strict=True)
    return [_near(originals.index, *one) for one in told]


def _peers(heads: list[int], originals: Originals, lexicon: Lexicon) -> Iterator[frozenset[int]]:
    index = originals.index
    near = find_near(heads, originals)
    for head, found in zip(heads, _same(heads, near, originals, lexicon), strict=True):
        same, limit = found, _NEAREST
        while len(same) > limit // 2:  # there may be more than were read
            limit *= 4
            wider = [_near(index, head, next(_telling([head], originals)), limit)]
            (same,) = _same([head], wider, originals, lexicon)
        yield same


def _telling(sentences: Sequence[int], originals: Originals) -> Iterator[list[str]]:
    """The rarest terms of each sentence that any other has, by which it is looked up."""
    said = originals.terms_of(sentences)
    plain = ~said.compounds
    rows, terms = said.rows[plain], said.terms[plain]
    own = list(zip(said.vocabulary.frequencies(terms).tolist(), terms.tolist(), strict=True))
    starts = np.searchsorted(rows, np.arange(len(sentences) + 1)).tolist()
    for first, last in pairwise(starts):
        yield _rarest(sorted(set(own[first:last])), originals.index.sentences, said.vocabulary)


def _rarest(own: list[tuple[int, int]], sentences: int, vocabulary: Vocabulary) -> list[str]:
    """The rarest terms of a sentence, with so much of all the weight as tells it.

    Args:
        own: The frequency and number of each of its terms, ascending.
        sentences: How many sentences there are.
        vocabulary: Has the terms.
    """
    weights = (smoothed_idf(frequency, sentences) for frequency, _ in own)
    heavy = list(accumulate(weights, initial=0.0))
    enough = own[: bisect_left(heavy, _TELLING * heavy[-1])]
    # All of those that are as rare as the last: their order by number means nothing elsewhere.
    most = enough[-1][0] if enough else 0
    return [vocabulary.term(term) for frequency, term in own if 1 < frequency <= most]


def _near(index: Backend, head: int, terms: Sequence[str], limit: int = _NEAREST) -> list[int]:
    """Those that share much of what tells a sentence, best first, without itself."""
    if not terms:
        return []
    found = index.propose(terms, limit)
    near = found.sentences
    if len(near) == limit:  # BM25 is told by many sentences alone: of few, none is left out
        own = found.sentence[near == head].max(initial=0.0)
        near = near[found.sentence >= _NEAR * own] if own else near
    return [n for n in near.tolist() if n != head]


def _same(
    heads: list[int], near: list[list[int]], originals: Originals, lexicon: Lexicon
) -> Iterator[frozenset[int]]:
    """Those near each head that make its statement; what was compared for the answer is known."""
    compared = [originals.known.compared.get(head) or NOBODY for head in heads]
    new = [
        [n for n in some if n not in known.seen] for some, known in zip(near, compared, strict=True)
    ]
    judged = _judged(heads, new, originals, lexicon)
    for some, known, found in zip(near, compared, judged, strict=True):
        yield known.same.intersection(some) | found


def _judged(
    heads: list[int], near: list[list[int]], originals: Originals, lexicon: Lexicon
) -> list[frozenset[int]]:
    """Those near each head that make its statement, compared now."""
    places = {n: len(heads) + at for at, n in enumerate(dict.fromkeys(chain(*near)))}
    if not places:
        return [frozenset() for _ in heads]
    sentences = [*heads, *places]
    table = Table(originals.index, sentences)
    table.compare(range(len(heads)))
    close = [table.near(at, [places[n] for n in some]) for at, some in enumerate(near)]
    originals.fetch(sentences[n] for at, some in enumerate(close) for n in (at, *some) if some)
    are_one = Comparer(sentences, table, originals, lexicon).are_one
    return [
        frozenset(sentences[n] for n, beside in some.items() if are_one(at, n, same_article=beside))
        for at, some in enumerate(close)
    ]


class Witnesses:
    """Counts the sources behind statements; what articles have in common is found out once."""

    def __init__(self) -> None:
        self._signatures = Memo[Key, Signature](_SIGNATURES)
        self._common_origins = Memo[tuple[Key, Key], str | None](_PAIRS)

    def count(
        self, head: int, peers: Iterable[int], originals: Originals, speaker: Speaker
    ) -> Counted:
        """How many articles and independent sources make a statement.

        Args:
            head: A sentence.
            peers: All others that make its statement.
            originals: Their articles.
            speaker: Whom its article credits with a sentence.

        Raises:
            LibraryChanged: One is no longer the article that was indexed.
        """
        return originals.known.counted.make(
            head, lambda: self._count(sorted({head, *peers}), originals, speaker)
        )

    def _count(self, sentences: list[int], originals: Originals, speaker: Speaker) -> Counted:
        if len(sentences) == 1:
            return Counted(1, 1)
        originals.fetch(sentences)
        articles = defaultdict[str, list[int]](list)
        for sentence in sentences:
            articles[originals.of(sentence).article.id].append(sentence)
        if len(articles) == 1:
            return Counted(1, 1)
        reports = [
            Report(self._signature(said[0], originals), _credited(said, originals, speaker))
            for _, said in sorted(articles.items())
        ]
        return count_origins(reports, self._common)

    def _common(self, one: Signature, other: Signature) -> str | None:
        pair = one.article, other.article
        return self._common_origins.make(pair, lambda: common_origin(one, other))

    def _signature(self, sentence: int, originals: Originals) -> Signature:
        article, prose = originals.of(sentence).article, originals.index.prose
        return self._signatures.make(key(article), lambda: signature(article, prose(sentence)))


def _credited(said: Iterable[int], originals: Originals, speaker: Speaker) -> Credited:
    return read_credited((originals.of(one).text, speaker(one)) for one in said)
