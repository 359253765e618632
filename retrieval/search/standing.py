"""Whether a word stands anywhere in the texts of a part of an index, quotable or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

import numpy as np

from retrieval.search.arrays import search
from retrieval.search.codec.strings import Texts, spell
from retrieval.search.reader import Part

_LAST = "\U0010ffff"
_BEHIND_DIGITS = ":"  # the character after 9: whatever sorts from here on begins with no digit


def stands(part: Part, terms: Collection[str], beginnings: Collection[str]) -> bool:
    """Whether a text has one of `terms`, or a folded word that begins so; see `Backend.stands`.

    It takes time by the number of words in a part from which articles are gone, and by the size of
    all boilerplate: some ten milliseconds at a million sentences.
    """
    return (
        any(part.document_frequencies(term)[2] > 0 for term in terms)
        or any(_has_forms(part, forms) for start in beginnings for forms in _ranges(part, start))
        or _is_hidden(part, terms, beginnings)
    )


def _ranges(part: Part, beginning: str) -> Iterator[range]:
    """The numbers of the forms that begin so; digits do not go on with digits or a point."""
    forms = part.corpus.forms
    if not beginning[-1:].isdigit():
        yield range(bisect_left(forms, beginning), bisect_left(forms, beginning + _LAST))
        return
    yield part.form_numbers(beginning)
    longer = (beginning + _BEHIND_DIGITS, beginning + _LAST)
    yield range(*(bisect_left(forms, edge) for edge in longer))


def _has_forms(part: Part, forms: range) -> bool:
    """Whether an article that is not gone has one of some forms; each form is some article's."""
    if not forms or part.gone.bits is None:
        return bool(forms)
    corpus = part.corpus
    for words, offsets in (
        (corpus.title_words, corpus.title_offsets),
        (corpus.words, corpus.offsets[corpus.article_sentences]),
    ):
        places = np.flatnonzero((words >= forms.start) & (words < forms.stop))
        if not part.gone.marks(search(offsets, places)).all():
            return True
    return False


def _is_hidden(part: Part, terms: Collection[str], beginnings: Collection[str]) -> bool:
    """Whether the boilerplate of an article that is not gone has one of these."""
    texts = part.corpus.hidden
    packed = texts if isinstance(texts, Texts) else Texts.pack(texts)
    wanted = [re.escape(spell(term)) + rb"(?=\n)" for term in terms]
    for beginning in beginnings:
        end = rb"(?![0-9.])" if beginning[-1:].isdigit() else b""
        wanted.append(re.escape(spell(beginning)) + end)
    found = re.finditer(rb"\n(?:" + b"|".join(wanted) + b")", packed.data) if wanted else ()
    places = np.fromiter((match.start() for match in found), dtype=np.int64)
    return not part.gone.marks(search(packed.starts, places)).all()
