"""Looking at candidates all at once: it sees what reading them word by word sees."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Article
from retrieval.question import read_question
from retrieval.question.synonyms import NONE, Synonyms, read_synonyms
from retrieval.ranking.matching import NOWHERE, PARAGRAPH_REACH, Matches, Words, match
from retrieval.ranking.weighing import Weighted, weigh
from retrieval.search import Index
from retrieval.search.arrays import Ints
from retrieval.search.forward import CAPITAL, WHOLE
from retrieval.search.segment import SegmentReader
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import derivations, word_classes

WORDS = (
    "ratify ratified Korea Korean film movie North-Korean the a is in 1953 treaty troops long-range"
)
SENTENCES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12).map(
    lambda words: " ".join(words).capitalize() + "."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=12).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=3).map("\n\n".join)
TITLES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)
ARTICLES = st.lists(st.tuples(TITLES, TEXTS), min_size=1, max_size=4)
QUESTIONS = st.lists(st.sampled_from([*WORDS.split(), "moon", "who"]), min_size=1, max_size=8)
RELATED = derivations.load()


def index_of(articles: list[tuple[str, str]], first: int = 0) -> Index:
    numbered = enumerate(articles, first)
    return Index.of(
        read_articles(Article(id=f"a{n}", title=title, text=text) for n, (title, text) in numbered)
    )


class Seen(NamedTuple):
    """What was looked for, in which sentences, and what was seen."""

    asked: Weighted
    sentences: Ints
    matches: Matches


def looked(index: Index, question: str, synonyms: Synonyms = NONE, seed: int = 0) -> Seen:
    asked = weigh(read_question(question, synonyms=synonyms), index, RELATED)
    sentences = np.random.default_rng(seed).permutation(index.sentences)
    return Seen(asked, sentences, match(asked, index, sentences))


def values(seen: Matches) -> dict[str, Any]:
    named = seen._asdict()
    words = named.pop("words")._asdict()
    return {name: of.tolist() for name, of in (named | words).items()}


class Reader:
    """Reads a part one word after the other, for a question without names of several words."""

    def __init__(self, asked: Weighted, part: SegmentReader) -> None:
        self.asked, self.part, self.forward = asked, part, part.forward

    def words(self, number: int) -> list[int]:
        return list(self.forward.words[slice(*self.forward.offsets[number : number + 2])].tolist())

    def terms(self, forms: list[int]) -> list[str]:
        return [self.forward.vocabulary[self.forward.form_terms[form]] for form in forms]

    def which(self, form: int) -> int:
        """Which word of the question a form is, or -1."""
        (term,) = self.terms([form])
        return next((w for w, terms in enumerate(self.asked.exact) if term in terms), -1)

    def have(self, wanted: Iterable[Iterable[str]], words: Iterable[str]) -> list[bool]:
        return [not set(terms).isdisjoint(words) for terms in wanted]

    def marks(self, number: int, first: int, last: int) -> dict[str, list[bool]]:
        """What stands in a sentence and around it, in its article from `first` up to `last`."""
        asked, paragraphs = self.asked, self.forward.paragraphs
        own = self.terms(self.words(number))
        near = range(max(first, number - PARAGRAPH_REACH), min(last, number + PARAGRAPH_REACH + 1))
        together = [n for n in near if paragraphs[n] == paragraphs[number]]
        before, after = (
            self.terms(self.words(n)) if first <= n < last else () for n in (number - 1, number + 1)
        )
        names = [[form for (form,) in every] for every in asked.forms]
        return {
            "sentence": self.have(asked.exact, own),
            "before": self.have(asked.exact, before),
            "after": self.have(asked.exact, after),
            "paragraph": self.have(
                asked.exact, [term for n in together for term in self.terms(self.words(n))]
            ),
            "derived": self.have(asked.derived, own),
            "synonym": self.have(asked.synonyms, own),
            "unstemmed": self.have(names, [self.forward.forms[f] for f in self.words(number)]),
        }

    def candidate(self, number: int, row: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What is seen of a candidate, and of each of its words."""
        corpus, flags = self.forward, self.part.flags
        (article,) = self.part.section_of(np.array([number])).tolist()
        first, last = corpus.section_sentences[article : article + 2].tolist()
        title = corpus.title_words[slice(*corpus.title_offsets[article : article + 2])].tolist()
        content = [form for form in title if not flags[form] & word_classes.STOP]
        cases = corpus.cases[slice(*corpus.offsets[number : number + 2])].tolist()
        spoken = [
            pair for pair in zip(self.words(number), cases, strict=True) if not pair[1] & WHOLE
        ]
        words = [
            {
                "row": row,
                "place": place,
                "flags": int(flags[form]),
                "capital": bool(case & CAPITAL),
                "asked": self.which(form),
            }
            for place, (form, case) in enumerate(spoken)
        ]
        said = [word["asked"] for word in words]
        seen = self.marks(number, first, last) | {
            "title": self.have(self.asked.exact, self.terms(title)),
            "first": [
                said.index(word) if word in said else NOWHERE
                for word in range(len(self.asked.exact))
            ],
            "lengths": len(words),
            "named": sum(self.which(form) >= 0 for form in content) / max(1, len(content)),
            "opening": number - first,
            "kinds": corpus.kinds.item(article),
            "weights": corpus.weights.item(article),
        }
        return seen, words


@settings(max_examples=40, deadline=None)
@given(ARTICLES, QUESTIONS, st.integers(0, 9))
def test_a_look_sees_what_reading_word_by_word_sees(
    articles: list[tuple[str, str]], question: list[str], seed: int
) -> None:
    index = index_of(articles)
    if not index.sentences:
        return
    asked, sentences, seen = looked(index, " ".join(question), seed=seed)
    reader = Reader(asked, index.segments[0])
    read = [reader.candidate(n, row) for row, n in enumerate(sentences.tolist())]
    told = values(seen)
    for name in read[0][0]:
        assert told.pop(name) == [one[name] for one, _ in read], name
    words = [word for _, every in read for word in every]
    assert told == {name: [word[name] for word in words] for name in Words._fields}


def test_a_name_of_several_words_stands_where_all_of_them_do() -> None:
    index = index_of([("War", "The Democratic People's Republic sent troops. A republic fell.")])
    synonyms = read_synonyms(b"DPRK, Democratic People's Republic\n", "synonyms.txt")
    seen = looked(index, "Did the DPRK send troops?", synonyms, seed=3).matches
    assert sorted(seen.sentence[:, 0].tolist()) == [False, True]


@settings(max_examples=25, deadline=None)
@given(ARTICLES, QUESTIONS, st.integers(0, 9))
def test_a_look_at_candidates_of_several_parts_sees_what_one_at_a_single_part_sees(
    articles: list[tuple[str, str]], question: list[str], seed: int
) -> None:
    whole = index_of(articles)
    parts = [index_of([one], first=n).segments for n, one in enumerate(articles)]
    divided = Index([part for (part,) in parts], whole.stats)
    synonyms = read_synonyms(b"treaty, North Korean troops\n", "synonyms.txt")
    one, other = (looked(index, " ".join(question), synonyms, seed) for index in (whole, divided))
    assert one.asked.exact == other.asked.exact
    assert values(one.matches) == values(other.matches)
