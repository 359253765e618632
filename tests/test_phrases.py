"""Quoted phrases: words that are looked for as they stand."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, answerer_over, article

from retrieval import Answerer, Library
from retrieval.question import read_question
from retrieval.question.asking import Kind
from retrieval.question.phrases import places, read_phrases
from retrieval.ranking import CANDIDATES
from retrieval.search import Index
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text.terms import parts_of, read_terms

STAGE = article(
    "stage",
    "Hamlet asks whether to be or not to be is the question. He does not want to be king. "
    "The North-Korean guest left the stage. Don’t wake the king’s ghost! "
    "The guest came from the north. Korean tea was served.",
    "On the stage",
)
WORDS = st.lists(
    st.sampled_from(
        ["the", "king", "kings", "long-range", "range", "North‑Korean", "us", "US", "i"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@pytest.fixture(scope="module")
def stage() -> Iterator[Answerer]:
    with Library.of([STAGE]) as library:
        yield Answerer.open(library)


def phrases(text: str) -> list[str]:
    question = read_question(text)
    return [question.written(phrase) for phrase in question.phrases]


def quoted(answerer: Answerer, question: str) -> list[str]:
    return [quote.text for quote in answerer.ask(question, quotes=50).quotes]


@pytest.mark.parametrize(
    "text",
    [
        'Who said "to be" then?',
        "Who said “to be” then?",
        "Wer sagte „to be“?",
        "Kto powiedział „to be” wtedy?",
        "Qui a dit « to be » ?",
        '"to be"',
        'a 5" pipe, and "to be", 6" long',
        '"to be" and "To Be" and “TO BE.”',
        '"to be", and an open " one',
        '"" and " " and "!?" and "to be"',
    ],
)
def test_double_quotation_marks_make_a_phrase(text: str) -> None:
    assert phrases(text) == ["to be"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        '""',
        '"?!"',
        "“to be",
        "to be”",
        '"to be',
        "'to be'",
        "‘to be’",
        "rock 'n' roll",
        'a 5" pipe and a 6" hole',
        "»to be«",
    ],
)
def test_what_is_not_closed_or_holds_no_word_is_ordinary_text(text: str) -> None:
    assert phrases(text) == []


def test_a_phrase_of_stop_words_is_found_word_for_word() -> None:
    answer = answerer_over(STAGE, HARBOUR).ask('"to be or not to be"')
    assert (answer.status, answer.confidence) == ("answered", 1.0)
    (quote,) = answer.quotes
    assert quote.text.startswith("Hamlet asks")
    assert [quote.text[a:b] for a, b in quote.matched] == ["to be or not to be"]


def test_the_same_words_in_another_order_are_not_the_phrase() -> None:
    answer = answerer_over(STAGE, HARBOUR).ask('"not to be or to be"')
    assert (answer.status, answer.reason) == ("abstained", "not_in_sources")
    assert answer.missing == ("not to be or to be",)
    assert answer.confidence == 0.0


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert quoted(answerer_over(STAGE), '"the north Korean tea"') == []
    assert quoted(answerer_over(STAGE), '"came from the north"') == [
        "The guest came from the north."
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "north korean guest",
        "North-Korean guest",
        "NORTH KOREAN GUEST",
        "North‑Korean",
        "the north-korean",
    ],
)
def test_of_a_hyphenated_word_the_parts_stand_in_order(phrase: str) -> None:
    assert quoted(answerer_over(STAGE), f'"{phrase}"') == ["The North-Korean guest left the stage."]


@pytest.mark.parametrize("phrase", ["don't wake", "DON’T WAKE THE", "the king ghost", "Wáke"])
def test_case_apostrophes_accents_and_possessives_make_no_difference(phrase: str) -> None:
    assert quoted(answerer_over(STAGE), f'"{phrase}"') == ["Don’t wake the king’s ghost!"]


def test_stems_and_spellings_make_a_difference() -> None:
    answerer = answerer_over(HARBOUR)
    assert quoted(answerer, '"the new harbour opened"') == ["The new harbour opened in 1932."]
    assert quoted(answerer, '"new harbours opened"') == []
    assert quoted(answerer, '"new harbor opened"') == []


def test_an_acronym_is_found_whatever_its_case_in_a_phrase() -> None:
    answerer = answerer_over(article("a", "They make it work. The US army left."))
    assert quoted(answerer, '"Make IT work"') == ["They make it work."]
    assert quoted(answerer, '"us army"') == ["The US army left."]


def test_every_quote_has_every_phrase_and_the_other_words_rank() -> None:
    text = "Old ships sail. Old ships rust in the harbour. New ships rust. Old ships rust."
    answerer = answerer_over(article("a", text), threshold=0)
    assert quoted(answerer, 'Which "old ships" lie in the harbour?')[0] == (
        "Old ships rust in the harbour."
    )
    assert set(quoted(answerer, '"old ships" "rust"')) == {
        "Old ships rust in the harbour.",
        "Old ships rust.",
    }


def test_a_phrase_restricts_before_the_best_are_chosen() -> None:
    many = " ".join(f"Ferry ferry number {n}: the ferry." for n in range(3 * CANDIDATES))
    hidden = "In the long annual report of the company a slow ferry is mentioned once in passing."
    answerer = answerer_over(article("a", many), article("b", hidden, "Report"))
    assert hidden not in quoted(answerer, "What about the ferry?")
    assert quoted(answerer, 'What about the ferry, "a slow ferry"?') == [hidden]


def test_a_phrase_that_no_sentence_has_is_named_as_it_was_written() -> None:
    answer = answerer_over(HARBOUR, BRIDGE).ask('Why was "The zeppelin harbour!" of Oz opened?')
    assert (answer.status, answer.reason) == ("abstained", "not_in_sources")
    assert answer.missing == ("The zeppelin harbour", "Oz")
    assert answer.apart == ()
    assert [quote.text for quote in answer.nearest][:1] == ["The new harbour opened in 1932."]


def test_phrases_that_never_stand_in_one_sentence_are_no_answer() -> None:
    answer = answerer_over(HARBOUR, BRIDGE).ask('"new harbour" "3.5 million"')
    assert (answer.status, answer.missing, answer.quotes) == ("abstained", (), ())
    assert len(answer.nearest) == 3


def test_a_phrase_can_be_sought_in_one_article() -> None:
    answerer = answerer_over(HARBOUR, BRIDGE)
    assert answerer.ask('"architect was"', article="bridge").status == "answered"
    elsewhere = answerer.ask('"architect was"', article="harbour")
    assert (elsewhere.status, elsewhere.missing) == ("abstained", ())
    assert {quote.article for quote in elsewhere.nearest} <= {"harbour"}


def test_a_misspelt_word_of_a_phrase_stays_as_it_is() -> None:
    answerer = answerer_over(article("a", "The observatory of the town opened in spring."), HARBOUR)
    assert [read.word for read in answerer.ask("the obsrevatory").read] == ["obsrevatory"]
    answer = answerer.ask('the "obsrevatory"')
    assert (answer.read, answer.missing) == ((), ("obsrevatory",))


def test_a_phrase_asks_for_nothing_however_it_is_worded() -> None:
    assert read_question('"how many troops were sent"').kind is Kind.CLAIM
    assert read_question('Who said "how many troops"?').kind is Kind.WHO


def test_finding_the_phrase_is_no_answer_to_what_else_is_asked() -> None:
    answerer = answerer_over(STAGE, HARBOUR)
    assert answerer.ask('"the new harbour"').confidence == 1.0
    assert answerer.ask('prices of "the new harbour"').confidence < 1.0
    assert answerer.ask('How many of "the new harbour"?').confidence < 1.0


def test_words_of_a_phrase_stand_in_the_question_stop_words_too() -> None:
    question = read_question('Is "to be" there?')
    assert [question.written(word) for word in question.words] == ["to", "be"]
    assert question.terms == ()


def test_an_empty_library_has_no_phrase() -> None:
    assert answerer_over().ask('"to be"').reason == "empty_library"
    assert answerer_over(article("a", "")).ask('"to be"').reason == "empty_library"


def test_a_phrase_of_another_language_is_found_among_articles_of_two() -> None:
    german = article("de", "Der Hafen und die Stadt. Ein Hafen in Bergen.", language="de")
    english = article("en", "A port named Hafen in Bergen.")
    answer = answerer_over(german, english).ask('"hafen in Bergen"')
    assert {quote.article for quote in answer.quotes} == {"de", "en"}


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
def test_sentences_with_a_phrase_are_those_where_its_words_stand(
    texts: list[str], asked: str
) -> None:
    texts = [text.replace("‑", "-") for text in texts]
    index = Index.of(read_articles([article("a", "\n\n".join(f"{text}." for text in texts))]))
    (phrase,) = read_phrases(f'"{asked}"', parts_of(read_terms(f'"{asked}"')))
    corpus = index.segments[0].forward
    stored = [corpus.sentence(number) for number in range(corpus.sentences)]
    text = "\n\n".join(f"{text}." for text in texts)
    holding = [
        number
        for number, sentence in enumerate(stored)
        if list(places(parts_of(read_terms(text[sentence.start : sentence.end])), phrase))
    ]
    assert index.sentences_with(phrase.forms).tolist() == holding


@given(st.lists(st.sampled_from('" “ ” „ « » a to be-or \' 5" , \n'.split(" "))).map("".join))
def test_any_mixture_of_quotation_marks_can_be_asked(stage: Answerer, text: str) -> None:
    answer = stage.ask(text)
    phrases = read_question(text).phrases
    for quote in answer.quotes:
        spoken = parts_of(read_terms(quote.text))
        assert all(list(places(spoken, phrase)) for phrase in phrases)


def test_a_phrase_in_an_articles_title_holds_for_its_sentences() -> None:
    """Who asks after “The bridge” seldom finds the title again beside the answer."""
    answerer = answerer_over(BRIDGE, HARBOUR)
    quotes = answerer.ask("Who was the architect of “the bridge”?", quotes=50).quotes
    assert quotes[0].text == "Its architect was Elin Strand."
    assert {quote.article for quote in quotes} == {"bridge"}
    assert answerer.ask("Who was the architect of “bridge the”?").missing == ("bridge the",)


def test_a_question_that_is_a_phrase_alone_asks_for_the_words_themselves() -> None:
    quotes = answerer_over(BRIDGE, HARBOUR).ask("“the bridge”", quotes=50).quotes
    assert [quote.text for quote in quotes] == ["The bridge was finished in 1950."]
