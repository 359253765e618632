"""How many say what a sentence says: the same for every question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import answerer_over, index_of
from test_evidence import FERRY, REWORDED, TEXTS, article, lexicon

from bot.opening import open_library
from bot.replay import load
from retrieval import Answerer, Library
from retrieval.evidence.grouping import gather
from retrieval.evidence.origins import Counted
from retrieval.evidence.quoting import speaker_of
from retrieval.evidence.sources import Originals
from retrieval.evidence.witnesses import Witnesses, find_peers
from retrieval.ranking import Candidate
from retrieval.search import Index
from retrieval.search.writing.tokenizing import read_articles

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def answerer() -> Iterator[Answerer]:
    with open_library(None) as library:
        yield Answerer.open(library)


def counts(index: Index, library: Library) -> list[Counted]:
    """How many say what each sentence says, where no article credits anybody."""
    originals, witnesses = Originals(index, library), Witnesses()
    peers = find_peers(range(index.sentences), originals, lexicon(index))
    return [witnesses.count(n, peers[n], originals, lambda _: None) for n in peers]


@given(st.lists(TEXTS, min_size=2, max_size=4))
@settings(max_examples=40)
def test_who_says_what_a_sentence_says_depends_on_the_articles_alone(texts: list[str]) -> None:
    with Library.of(article(str(n), text) for n, text in enumerate(texts)) as library:
        index = Index.of(read_articles(library))
        known = lexicon(index)
        together = find_peers(range(index.sentences), Originals(index, library), known)
        for head in range(index.sentences):
            alone = find_peers([head], Originals(index, library), known)
            assert alone == {head: together[head]}
            others = [n for n in range(index.sentences) if n != head]
            ranked = [Candidate(n, 0, np.zeros(0), ()) for n in (head, *others)]
            first, *_ = gather(ranked, Originals(index, library), known, limit=1)
            assert {other.sentence for other in first.others} >= together[head]


def test_the_same_sentence_has_the_same_sources_whatever_was_asked(answerer: Answerer) -> None:
    index, library = index_of(answerer), answerer.library
    scripts = load([Path(__file__).parent / "scripts"]).scripts.values()
    questions = [case.ask for script in scripts for case in script.cases]
    found: dict[tuple[str, int], set[tuple[object, ...]]] = defaultdict(set)
    for question in questions:
        answer = answerer.ask(question)
        for quote in (*answer.quotes, *answer.nearest):
            said = quote.articles, quote.origins, quote.origins_because
            found[quote.article, quote.start].add(said)
            others = {quote.article, *(place.article for place in quote.also)}
            assert len(others) <= quote.articles
    assert len(found) > 60
    for sentence in range(index.sentences):
        place, counted = alone(sentence, index, library)
        assert found.get(place, {counted}) == {counted}


def alone(sentence: int, index: Index, library: Library) -> tuple[tuple[str, int], Counted]:
    """A sentence's place and how many say so, as nothing else was ever looked at."""
    originals = Originals(index, library)
    peers = find_peers([sentence], originals, lexicon(index))[sentence]
    place = originals.of(sentence)
    counted = Witnesses().count(sentence, peers, originals, lambda one: speaker_of(originals, one))
    return (place.article.id, place.sentence.start), counted


ROW = re.compile(
    r"^\| (\d{3}) (\d+)–(\d+) \| ([\d, ]+) \| (\d) \| ([^|]*) \| right \|", re.MULTILINE
)


def test_every_statement_of_the_seeds_has_the_sources_that_were_judged(answerer: Answerer) -> None:
    index, library = index_of(answerer), answerer.library
    judged = (ROOT / "docs" / "origins-judged.md").read_text(encoding="utf-8")
    rows = {(name, int(start)): rest for name, start, _, *rest in ROW.findall(judged)}
    found = dict(alone(sentence, index, library) for sentence in range(index.sentences))
    several = {(name[:3], at): said for (name, at), said in found.items() if said.articles > 1}
    assert several.keys() == rows.keys()
    for place, (articles, origins, because) in several.items():
        named, counted, why = rows[place]
        assert (len(named.split(", ")), int(counted)) == (articles, origins)
        assert tuple(filter(None, why.split("; "))) == because


def test_many_copies_are_all_counted() -> None:
    copies = [article(f"copy-{n:03}", FERRY) for n in range(150)]
    answer = answerer_over(*copies).ask("When will the ferry Aurora sail to Brava?")
    assert (answer.quotes[0].articles, answer.quotes[0].origins) == (150, 1)


@pytest.mark.parametrize(
    "known",
    [{"publisher": "The Herald"}, {"author": "Reuters"}, {"url": "https://herald.example/a"}],
)
def test_one_publisher_wire_or_site_is_one_source(known: dict[str, str]) -> None:
    with Library.of(
        [
            article("a", FERRY, title="Ferry Aurora to Brava", **known),
            article("b", REWORDED, title="Aurora ferry to sail to Brava", **known),
        ]
    ) as library:
        index = Index.of(read_articles(library))
        counted = counts(index, library)
    assert [(one.articles, one.origins) for one in counted] == [(2, 1), (2, 1)]


def test_two_places_in_one_article_are_one_source() -> None:
    with Library.of([article("a", f"{FERRY}\n\n{FERRY}")]) as library:
        index = Index.of(read_articles(library))
        assert counts(index, library) == [Counted(1, 1), Counted(1, 1)]
