"""Answers: proven quotes, or an honest silence."""

import gc
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, answerer_over, article

from retrieval import Answerer, Library
from retrieval.answer import ENDS, NEAREST
from retrieval.errors import InputError, ProofError, UnknownArticle
from retrieval.library import NAME

TROOPS = "How many troops has North Korea sent to Russia?"
SENTENCES = st.lists(
    st.lists(st.sampled_from("ships bridges cost 300 crowns in winter the U.S. *mayor*".split()))
    .map(" ".join)
    .map(lambda s: f"{s}."),
    max_size=6,
).map(" ".join)
TEXTS = st.one_of(SENTENCES, st.text(max_size=200))


@given(st.lists(TEXTS, min_size=1, max_size=4), st.one_of(SENTENCES, st.text(max_size=40)))
def test_every_quote_stands_in_its_article_at_its_place(texts: list[str], question: str) -> None:
    articles = {str(n): article(str(n), text) for n, text in enumerate(texts)}
    answer = answerer_over(*articles.values()).ask(question, quotes=10)
    for quote in (*answer.quotes, *answer.nearest):
        source = articles[quote.article]
        assert source.text[quote.start : quote.end] == quote.text
        assert source.sha256 == quote.sha256
        for also in quote.also:
            assert articles[also.article].text[also.start : also.end] == also.text


def test_a_question_that_the_articles_answer_is_answered_with_their_words() -> None:
    answer = answerer_over(HARBOUR, BRIDGE).ask("When did the harbour open?")
    assert answer.status == "answered"
    assert answer.quotes[0].text == "The new harbour opened in 1932."
    assert [answer.quotes[0].text[a:b] for a, b in answer.quotes[0].matched] == [
        "harbour",
        "opened",
    ]


def test_a_word_that_no_source_has_is_named_as_it_was_written() -> None:
    answer = answerer_over(HARBOUR, BRIDGE).ask("What is the Population of the harbour?")
    assert (answer.status, answer.reason) == ("abstained", "not_in_sources")
    assert answer.missing == ("Population",)
    assert answer.quotes == ()
    assert "The new harbour opened in 1932." in [quote.text for quote in answer.nearest]
    assert len(answer.nearest) <= 3


@pytest.mark.parametrize("question", ["", " ", "?!", "Who is it?", "\u200b", "🤷"])
def test_a_question_without_a_searchable_word_asks_nothing(question: str) -> None:
    answer = answerer_over(HARBOUR).ask(question)
    assert (answer.status, answer.reason) == ("abstained", "nothing_asked")
    assert answer.nearest == ()


def test_an_empty_library_says_so() -> None:
    answer = answerer_over().ask("When did the harbour open?")
    assert (answer.status, answer.reason) == ("abstained", "empty_library")
    assert answer.library.articles == 0


def test_a_question_of_ten_thousand_characters_is_answered() -> None:
    answer = answerer_over(HARBOUR).ask("When did the harbour open? " * 370)
    assert answer.status == "answered"


def test_more_quotes_add_to_the_end_of_fewer(answerer: Answerer) -> None:
    many = answerer.ask(TROOPS, quotes=10).quotes
    assert answerer.ask(TROOPS, quotes=2).quotes == many[:2]
    assert len(many) > 2


@pytest.mark.parametrize("question", [TROOPS, "What did Kim say about the missiles?"])
def test_the_list_ends_before_the_first_that_is_much_weaker(seeds: Library, question: str) -> None:
    endless = Answerer.open(seeds)
    endless.ends = 0.0
    whole = endless.ask(question, quotes=50).quotes
    listed = Answerer.open(seeds).ask(question, quotes=50)
    fewest = NEAREST if listed.doubts else 1
    strong = [
        quote
        for place, quote in enumerate(whole)
        if place < fewest or quote.score >= ENDS * whole[0].score
    ]
    assert list(listed.quotes) == strong
    assert len(strong) < len(whole)
    assert listed.available == len(strong)


def test_what_comes_nearest_is_listed_however_weak_it_is(seeds: Library) -> None:
    answer = Answerer.open(seeds, threshold=1.0).ask("What did Kim say about the missiles?")
    assert len(answer.nearest) == 3
    assert answer.nearest[2].score < ENDS * answer.nearest[0].score


def test_quotes_that_are_counted_only_are_as_many_as_would_be_given(answerer: Answerer) -> None:
    few = answerer.ask(TROOPS, quotes=3, counted=15)
    many = answerer.ask(TROOPS, quotes=15)
    assert few.quotes == many.quotes[:3]
    assert few.available == many.available == len(many.quotes)
    assert "available" not in json.loads(few.as_json())


def test_what_was_read_for_one_question_changes_no_answer_to_another(seeds: Library) -> None:
    questions = (TROOPS, "Who is Hong Min?", "What does the treaty require?", TROOPS.lower())
    fresh = [Answerer.open(seeds).ask(question, quotes=9).as_json() for question in questions]
    used = Answerer.open(seeds)
    for _ in range(2):
        assert [used.ask(question, quotes=9).as_json() for question in questions] == fresh


def test_an_answer_that_was_kept_is_never_given_of_an_article_that_is_gone(tmp_path: Path) -> None:
    question, changed = "When did the harbour open?", article("harbour", "The harbour opened late.")
    ages = iter(range(10, 100))

    def age() -> None:  # a file that was written just now is read each time
        written = time.time() - next(ages)
        os.utime(tmp_path / NAME, (written, written))

    def ask() -> str:
        first, second = (answerer.ask(question) for _ in range(2))
        assert first == second
        return " ".join(quote.text for quote in (*first.quotes, *first.nearest))

    with Library.open(tmp_path, create=True) as library, Library.open(tmp_path) as other:
        library.add([HARBOUR, BRIDGE])
        age()
        answerer = Answerer.open(library)
        assert "opened in 1932" in ask()
        other.remove("harbour")
        age()
        assert "opened" not in ask()
        other.add([HARBOUR])
        age()
        answerer.catch_up()
        assert "opened in 1932" in ask()
        other.add([changed])
        age()
        answerer.catch_up()
        assert "opened late" in ask()
        assert library.get("harbour") == changed


def test_asking_for_no_quotes_is_wrong_input() -> None:
    with pytest.raises(InputError, match="at least 1"):
        answerer_over(HARBOUR).ask("harbour", quotes=0)


def test_an_answer_can_be_sought_in_one_article() -> None:
    answer = answerer_over(HARBOUR, BRIDGE, threshold=0).ask("in which year", article="bridge")
    assert {quote.article for quote in (*answer.quotes, *answer.nearest)} <= {"bridge"}
    with pytest.raises(UnknownArticle, match="'boat'"):
        answerer_over(HARBOUR).ask("harbour", article="boat")


def test_sentences_that_are_nearly_the_same_take_one_place() -> None:
    wire = "The ferry to the island will sail every morning from the old harbour in the spring."
    copies = [article("a", wire), article("b", wire.replace("old ", "")), article("c", wire)]
    answer = answerer_over(*copies, BRIDGE).ask("When will the ferry to the island sail?")
    assert [quote.article for quote in answer.quotes] == ["b"]
    assert [also.article for also in answer.quotes[0].also] == ["a", "c"]
    assert answer.quotes[0].origins == 1  # copies of one text


def test_sentences_that_differ_in_a_figure_stand_apart() -> None:
    said = "The ferry to the island carried {} passengers from the old harbour in the spring."
    one, two = article("a", said.format("10,000")), article("b", said.format("12,000"))
    answer = answerer_over(one, two, BRIDGE).ask("How many passengers did the ferry carry?")
    assert {quote.article for quote in answer.quotes} == {"a", "b"}
    assert all(quote.also == () for quote in answer.quotes)


def test_equal_scores_stand_in_the_order_of_article_and_place() -> None:
    def tied(name: str) -> str:
        return f"Cats sleep near {name}1. Cats sleep near {name}2."

    articles = [article(name, tied(name), "Title") for name in "ba"]
    quotes = answerer_over(*articles, BRIDGE, threshold=0).ask("cats sleep", quotes=9).quotes
    assert [(q.article, q.start) for q in quotes[:4]] == sorted(
        (q.article, q.start) for q in quotes[:4]
    )


def test_the_order_in_which_articles_came_in_changes_nothing() -> None:
    one = answerer_over(HARBOUR, BRIDGE).ask("When was the bridge finished?")
    other = answerer_over(BRIDGE, HARBOUR).ask("When was the bridge finished?")
    assert one.as_json() == other.as_json()


def test_the_json_keeps_the_keys_of_the_contract(answerer: Answerer) -> None:
    answer = json.loads(answerer.ask("How many troops has North Korea sent to Russia?").as_json())
    assert {
        "question", "status", "reason", "talk", "doubts", "missing", "apart", "read", "confidence",
        "stands_alone", "quotes", "nearest", "figures", "library",
    } <= answer.keys()  # fmt: skip
    assert {
        "text", "article", "title", "publisher", "author", "published", "url", "start", "end",
        "sha256", "score", "matched", "answer", "also", "articles", "origins",
        "origins_because", "speaker", "why",
    } <= answer["quotes"][0].keys()  # fmt: skip
    assert answer["library"].keys() == {"version", "articles", "sentences", "synonyms"}


def test_troops_are_counted_from_the_evidence_of_three_articles(shipped: Answerer) -> None:
    answer = shipped.ask("How many troops has North Korea sent to Russia?")
    assert answer.status == "answered"
    sources = {one.article for quote in answer.quotes for one in (quote, *quote.also)}
    assert len(sources) >= 3


def test_figures_that_differ_are_laid_side_by_side_without_the_containers(
    answerer: Answerer,
) -> None:
    answer = answerer.ask("How many troops has North Korea sent to Russia?", quotes=10)
    (figure,) = answer.figures
    assert figure.of == "troops"
    assert {value.value for value in figure.values} == {
        "approximately 12,000",
        "more than 10,000",
    }
    assert figure.compatible
    for value in figure.values:
        for number in value.quotes:
            amount = value.value.split()[-1]
            assert amount in answer.quotes[number].text
    assert answerer.ask("What is the population of North Korea?").figures == ()


def test_the_population_is_in_no_seed(answerer: Answerer) -> None:
    answer = answerer.ask("What is the population of North Korea?")
    assert (answer.status, answer.missing) == ("abstained", ("population",))


def test_boilerplate_is_never_quoted(answerer: Answerer) -> None:
    answer = answerer.ask("How do I log into my account?")
    assert answer.status == "abstained"
    assert not any("account" in quote.text for quote in answer.nearest)


def test_a_quote_that_its_article_does_not_hold_is_not_proven() -> None:
    quote = answerer_over(HARBOUR).ask("When did the harbour open?").quotes[0]
    quote.prove(HARBOUR)
    changed = article("harbour", HARBOUR.text.replace("1932", "1933"), HARBOUR.title)
    with pytest.raises(ProofError, match="verify"):
        quote.prove(changed)


def test_context_is_the_paragraph_around_a_quote() -> None:
    answerer = answerer_over(HARBOUR)
    quote = answerer.ask("When did the harbour open?").quotes[0]
    context = answerer.context(quote.article, quote.start, quote.end)
    assert context.before is None
    assert context.quote.text == quote.text
    assert context.after is not None
    assert context.after.text == "It cost 3.5 million crowns."
    assert HARBOUR.text[context.after.start : context.after.end] == context.after.text


def test_context_of_a_place_that_is_no_sentence_is_wrong_input() -> None:
    with pytest.raises(InputError, match="no sentence at 1–5"):
        answerer_over(HARBOUR).context("harbour", 1, 5)
    with pytest.raises(UnknownArticle):
        answerer_over(HARBOUR).context("boat", 0, 5)


def test_questions_are_read_in_the_language_of_most_articles() -> None:
    german = [
        article(str(n), f"Die Verhandlungen begannen im Jahr {n}.", "Titel", "de")
        for n in range(1990, 1993)
    ]
    answer = answerer_over(*german, BRIDGE).ask("Wann begann die Verhandlung?")
    assert "Verhandlungen" in (answer.quotes or answer.nearest)[0].text


def test_what_a_warm_answerer_loaded_is_no_longer_collected() -> None:
    answerer = answerer_over(HARBOUR, BRIDGE)
    before = answerer.ask("When did the harbour open?")
    try:
        answerer.warm_up()
        held = {id(one) for one in gc.get_objects()}
        assert id(answerer.__dict__) not in held
        assert gc.get_freeze_count() > len(held)
        assert answerer.ask("When did the harbour open?") == before
    finally:
        gc.unfreeze()


def test_an_empty_library_warms_up() -> None:
    try:
        answerer_over().warm_up()
    finally:
        gc.unfreeze()
