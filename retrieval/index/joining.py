"""Several corpora → one, without the articles that are gone: what parts of an index become."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from retrieval.engine.texts import Array
from retrieval.index.corpus import Corpus
from retrieval.index.parts import Part
from retrieval.postings import Ints, ranges


def join(parts: Sequence[Part]) -> Corpus:
    """The corpus of the articles that are not gone, as if they had been read together."""
    corpora = [part.corpus for part in parts]
    names = list(chain.from_iterable(corpus.articles for corpus in corpora))
    first = np.cumsum([0, *(len(corpus.articles) for corpus in corpora)])
    live = np.concatenate([part.live() + n for part, n in zip(parts, first, strict=False)])
    order = np.array(sorted(live.tolist(), key=names.__getitem__), dtype=np.int64)

    forms = sorted(set(chain.from_iterable(_forms(corpus) for corpus in corpora)))
    number_of = {form: n for n, form in enumerate(forms)}
    maps = [np.array([number_of[form] for form in _forms(c)], dtype=np.int32) for c in corpora]
    title, titles = _taken([c.title_offsets for c in corpora], order)
    sentence, sentences = _taken([c.article_sentences for c in corpora], order)
    word, words = _taken([c.offsets for c in corpora], sentence)
    title_words = _mapped([c.title_words for c in corpora], maps)[title]
    spoken = _mapped([c.words for c in corpora], maps)[word]

    used = np.zeros(len(forms), dtype=bool)  # forms of articles that are gone go too
    used[title_words] = used[spoken] = True
    renumbered: Array = (np.cumsum(used) - 1).astype(np.int32)
    kept = [form for form, is_used in zip(forms, used.tolist(), strict=True) if is_used]
    vocabulary = sorted({term for _, term in kept})
    term_number = {term: n for n, term in enumerate(vocabulary)}
    digests, languages = (
        list(chain.from_iterable(getattr(corpus, name) for corpus in corpora))
        for name in ("digests", "languages")
    )
    return Corpus(
        articles=[names[n] for n in order.tolist()],
        digests=[digests[n] for n in order.tolist()],
        languages=[languages[n] for n in order.tolist()],
        vocabulary=vocabulary,
        forms=[form for form, _ in kept],
        form_terms=np.array([term_number[term] for _, term in kept], dtype=np.int64),
        article_sentences=sentences,
        title_offsets=titles,
        title_words=renumbered[title_words],
        starts=_all([c.starts for c in corpora])[sentence],
        ends=_all([c.ends for c in corpora])[sentence],
        paragraphs=_all([c.paragraphs for c in corpora])[sentence],
        offsets=words,
        words=renumbered[spoken],
        cases=_all([c.cases for c in corpora])[word],
    )


def _forms(corpus: Corpus) -> list[tuple[str, str]]:
    """Each form with its term."""
    vocabulary = list(corpus.vocabulary)
    terms = (vocabulary[n] for n in corpus.form_terms.tolist())
    return list(zip(corpus.forms, terms, strict=True))


def _taken(offsets: Sequence[Ints], order: Ints) -> tuple[Ints, Ints]:
    """What stands in some stretches of several arrays laid end to end.

    Args:
        offsets: For each array, where its stretches begin and the last one ends.
        order: Which stretches, numbered through all arrays.

    Returns:
        The places of what stands in them, and where each begins and the last ends among those.
    """
    before = np.cumsum([0, *(int(each[-1]) for each in offsets)])
    starts = np.concatenate([each[:-1] + n for each, n in zip(offsets, before, strict=False)])
    ends = np.concatenate([each[1:] + n for each, n in zip(offsets, before, strict=False)])
    places, _ = ranges(starts[order], ends[order])
    sizes = ends[order] - starts[order]
    return places, np.append(0, np.cumsum(sizes)).astype(np.int64)


def _mapped(words: Sequence[Ints], maps: Sequence[Array]) -> Array:
    return _all([to[each] for each, to in zip(words, maps, strict=True)])


def _all(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays)
