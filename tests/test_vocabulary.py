"""A speller over the parts of an index: it reads as one that was made of all words at once."""

import gc
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import ref

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Answerer, Article, Library
from retrieval.question.spelling import Speller
from retrieval.question.vocabulary import speller_of
from retrieval.search import Index
from retrieval.search.forward import WHOLE
from retrieval.search.writing.tokenizing import read_articles

WORDS = (
    "belousov zhabotinsky reaction reactions oscillation oscillations catalyst G.A.M.E.S. games "
    "long-range co-operation cooperation kilometres kilometers Pyongyang ratification"
).split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3)
SLIPS = ("Blousov", "zhabotinski", "reactoin", "oscilations", "gamse", "longrnage", "cooperatoin",
         "kilometrse", "Pyongang", "ratificaton", "catalist", "gammes", "belousv")  # fmt: skip


def made(articles: list[tuple[str, str]], first: int) -> list[Article]:
    return [
        Article(id=f"a{first + n}", title=title, text=f"{text}.")
        for n, (title, text) in enumerate(articles)
    ]


def flat(articles: list[Article]) -> Speller:
    """A speller of all words of some articles, counted one by one."""
    corpus = read_articles(articles)
    counts, terms = Counter[str](), dict[str, str]()
    spoken = [int(word) for word in corpus.words[(corpus.cases & WHOLE) == 0]]
    for number in [*corpus.title_words.tolist(), *spoken]:
        form, term = corpus.forms[number], corpus.vocabulary[int(corpus.form_terms[number])]
        counts[form] += 1
        terms[form] = min(term, terms.get(form, term))
    forms = sorted(counts)
    return Speller(forms, [counts[form] for form in forms], [terms[form] for form in forms])


@settings(max_examples=40, deadline=None)
@given(ARTICLES, ARTICLES, st.sets(st.integers(0, 5), max_size=2))
def test_a_speller_over_parts_reads_as_one_of_all_words(
    first: list[tuple[str, str]], more: list[tuple[str, str]], leaving: set[int]
) -> None:
    early, late = made(first, 0), made(more, len(first))
    with TemporaryDirectory() as folder, Library.open(Path(folder), create=True) as library:
        library.add(early)
        answerer = Answerer.open(library)
        library.add(late)
        answerer.catch_up()
        for article in [*early, *late]:
            if int(article.id[1:]) in leaving:
                library.remove(article.id)
        answerer.catch_up()
        left = [a for a in [*early, *late] if int(a.id[1:]) not in leaving]
        snapshot, model = answerer._refresher.snapshot, flat(left)  # noqa: SLF001 - its speller
        for slip in SLIPS:
            assert snapshot.speller().nearest(slip) == model.nearest(slip)


def test_what_was_made_of_a_parts_words_goes_when_the_part_is_closed() -> None:
    index = Index.of(read_articles(made([("belousov", "reaction oscillation")], 0)))
    assert speller_of(index).nearest("reactoin") == "reaction"
    words, forms = ref(index.segments[0].words), ref(index.segments[0].forward.forms)
    del index
    gc.collect()
    assert words() is None
    assert forms() is None
