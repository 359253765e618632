"""Coverage, confidence and the reasons for silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, answerer_over, article

from retrieval.question import read_question
from retrieval.question.asking import Kind
from retrieval.ranking import propose, rank
from retrieval.ranking.confidence import judge, map_score, stands_alone
from retrieval.ranking.features import (
    CLAIM,
    IN_PARAGRAPH,
    IN_SENTENCE_BEFORE,
    IN_TITLE,
    QUESTION,
    answer_shape,
    soft_coverage,
)
from retrieval.ranking.matching import Batch, lay_out
from retrieval.ranking.weighing import weigh
from retrieval.search import Index
from retrieval.search.arrays import Floats
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import derivations

RELATED = derivations.load()
INDEX = Index.of(read_articles([BRIDGE, HARBOUR]))


def batch_of(question: str, index: Index = INDEX) -> Batch:
    asked = read_question(question)
    scores = propose(index, asked)
    return lay_out(weigh(asked, index, RELATED), asked.kind, index, scores)


def by_sentence(batch: Batch, values: Floats) -> dict[int, float]:
    pairs = zip(batch.scores.sentences.tolist(), values.tolist(), strict=True)
    return dict(pairs)


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("architect", 1.0),
        ("bridge", IN_TITLE),
        ("finished", IN_SENTENCE_BEFORE),
    ],
)
def test_a_word_counts_by_where_it_stands(question: str, share: float) -> None:
    batch = batch_of(question)
    assert by_sentence(batch, soft_coverage(batch))[1] == pytest.approx(share)


def test_a_word_elsewhere_in_the_paragraph_counts_a_little() -> None:
    index = Index.of(read_articles([article("a", "Cats sleep. It rains. It snows.")]))
    batch = batch_of("cats", index)
    assert by_sentence(batch, soft_coverage(batch))[2] == pytest.approx(IN_PARAGRAPH)


def test_neighbours_of_another_article_do_not_count() -> None:
    batch = batch_of("traffic harbour")
    assert not batch.matches.before[batch.scores.sentences == 3].any()


def test_a_word_of_the_same_family_counts_nearly_as_much() -> None:
    index = Index.of(read_articles([article("a", "They ratified the pact. Cats sleep.", "T")]))
    batch = batch_of("ratification", index)
    assert 0.5 < by_sentence(batch, soft_coverage(batch)).get(0, 0.0) <= 1.0 or not batch.size


def test_a_rare_word_weighs_more_than_a_frequent_one_and_an_unknown_one_most() -> None:
    index = Index.of(read_articles([article("a", "Cats sleep. Cats run. Cats eat mice.")]))
    unknown, mice, cats = weigh(read_question("dogs mice cats"), index, RELATED).weights
    assert unknown > mice > cats > 0


def test_a_compound_covers_its_parts() -> None:
    index = Index.of(read_articles([article("a", "They seek cooperation. They rest.")]))
    batch = batch_of("co-operation", index)
    assert by_sentence(batch, soft_coverage(batch))[0] == pytest.approx(1.0)


@given(
    st.lists(st.sampled_from("bridge harbour mayor cost unknown 1950 traffic long-term".split())),
    st.sampled_from(["who", "when did", "how many", "where", "why", "what is", "which", ""]),
)
def test_every_feature_lies_between_nothing_and_everything(words: list[str], asking: str) -> None:
    question = f"{asking} {' '.join(words)}"
    if read_question(question).words and propose(INDEX, read_question(question)).sentences.size:
        batch = batch_of(question)
        for feature in (*QUESTION, *CLAIM):
            values = feature(batch)
            assert values.shape == (batch.size,)
            assert ((values >= 0) & (values <= 1 + 1e-9)).all(), feature.__name__


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who was the bridge's architect?", "Its architect was Elin Strand."),
        ("When was the bridge finished?", "The bridge was finished in 1950."),
        ("How many crowns did the harbour cost?", "It cost 3.5 million crowns."),
    ],
)
def test_the_shape_that_is_asked_for_is_found(question: str, answer: str) -> None:
    batch = batch_of(question)
    shaped = by_sentence(batch, answer_shape(batch))
    places = {n: (BRIDGE if n < 3 else HARBOUR) for n in shaped}
    texts = {
        places[n].text[slice(*INDEX.segments[0].forward.sentence(n)[:2])]
        for n, value in shaped.items()
        if value
    }
    assert answer in texts


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who wrote it?", Kind.WHO),
        ("In what year did it open?", Kind.WHEN),
        ("how many troops", Kind.HOW_MANY),
        ("Which country is that?", Kind.WHERE),
        ("why is that so", Kind.WHY),
        ("What is a harbour?", Kind.WHAT_IS),
        ("Which ships sailed?", Kind.OTHER),
        ("Kim vows support", Kind.CLAIM),
    ],
)
def test_a_question_asks_for_a_kind_of_answer(question: str, kind: Kind) -> None:
    assert read_question(question).kind is kind


def test_why_a_candidate_stands_where_it_stands_adds_up() -> None:
    asked = weigh(read_question("When did the harbour open?"), INDEX, RELATED)
    for candidate in rank(INDEX, asked):
        assert sum(candidate.why().values()) == pytest.approx(candidate.score)


def test_the_threshold_decides() -> None:
    asked = weigh(read_question("architect of the palace"), INDEX, RELATED)
    candidates = rank(INDEX, asked)
    confidence = judge(asked, INDEX, candidates, 0.0).confidence
    assert 0 < confidence < 1
    assert judge(asked, INDEX, candidates, confidence).reason is None
    assert judge(asked, INDEX, candidates, confidence + 1e-6).reason == "not_in_sources"


def test_without_a_candidate_even_a_threshold_of_nothing_abstains() -> None:
    asked = weigh(read_question("zeppelin"), INDEX, RELATED)
    verdict = judge(asked, INDEX, [], 0.0)
    assert (verdict.reason, verdict.missing) == ("not_in_sources", ("zeppelin",))


@given(st.floats(0, 60), st.floats(0, 60), st.integers(0, 10_000_000), st.sampled_from(Kind))
def test_confidence_rises_with_evidence(one: float, other: float, size: int, kind: Kind) -> None:
    lower, higher = sorted((one, other))
    assert 0 <= map_score(lower, size, kind) <= map_score(higher, size, kind) <= 1


def test_an_article_on_the_subject_is_no_evidence_of_an_answer() -> None:
    index = Index.of(read_articles([BRIDGE, HARBOUR, article("rain", "It rained all day.")]))
    first = rank(index, weigh(read_question("When did the harbour open?"), index, RELATED))[0]
    assert first.why()["article_bm25"] > 0
    assert first.evidence == pytest.approx(first.score - first.why()["article_bm25"])


def test_a_quote_that_stands_alone_is_told_from_one_of_many() -> None:
    candidates = rank(INDEX, weigh(read_question("When did the harbour open?"), INDEX, RELATED))
    alone = stands_alone(candidates[:1])
    assert alone == 1.0
    assert stands_alone([candidates[0]] * 4) == pytest.approx(0.25)


def test_those_that_say_the_same_are_no_rivals() -> None:
    first, *others = rank(INDEX, weigh(read_question("When did the harbour open?"), INDEX, RELATED))
    assert stands_alone([first, *others], others) == 1.0
    assert stands_alone([first, *others], others[:1]) == stands_alone([first, *others[1:]])


def test_an_answer_says_whether_its_first_quote_stands_alone() -> None:
    clear = answerer_over(HARBOUR, BRIDGE).ask("When did the harbour open?")
    copies = [article(name, HARBOUR.text, HARBOUR.title) for name in "ab"]
    copied = answerer_over(BRIDGE, *copies).ask("When did the harbour open?")
    rivals = [article(str(n), f"The new harbour of Port {n} opened in 19{n}2.") for n in range(5)]
    several = answerer_over(*rivals).ask("When did the new harbour open?")
    assert clear.stands_alone >= 0.7
    assert copied.stands_alone >= 0.7
    assert several.status == "answered"
    assert several.stands_alone < 0.7


def test_how_far_the_first_quote_stands_alone_does_not_hang_on_how_many_are_shown() -> None:
    library = answerer_over(BRIDGE, *[article(name, HARBOUR.text) for name in "ab"])
    asked = "When did the harbour open?"
    assert library.ask(asked, quotes=1).stands_alone == library.ask(asked, quotes=9).stands_alone


def test_silence_names_what_is_missing_or_else_what_stands_apart() -> None:
    library = answerer_over(HARBOUR, BRIDGE, threshold=1.0)
    missing = library.ask("Which ribbon did the zeppelin cut?")
    apart = library.ask("Did the architect cut a ribbon?")
    together = library.ask("Which mayor cut the ribbon?")
    assert (missing.missing, missing.apart) == (("zeppelin",), ())
    assert (apart.missing, apart.apart) == ((), ("architect", "cut"))
    assert (together.missing, together.apart) == ((), ())
    assert {one.stands_alone for one in (missing, apart, together)} == {0}


def test_what_is_answered_leaves_nothing_apart() -> None:
    asked = weigh(read_question("Did the architect cut a ribbon?"), INDEX, RELATED)
    assert judge(asked, INDEX, rank(INDEX, asked), 0.0).apart == ()
