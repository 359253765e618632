"""Words that only frame a question, measures after "how", and hard words."""

import pytest
from libraries import BRIDGE, HARBOUR, answerer_over, article

from retrieval.models import Answer
from retrieval.question import read_question
from retrieval.question.hard import hard_words

KENNEL = article(
    "kennel",
    "The kennel was described by the mayor in 1931. To be or not to be, said its oldest dog. "
    "The Who played there once.",
    "A kennel in town",
)


def ask(question: str) -> Answer:
    return answerer_over(HARBOUR, BRIDGE, KENNEL).ask(question)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("What happened to the bridge?", "bridge"),
        ("Explain the architect of the bridge pls", "architect bridge"),
        ("What kind of thing is the ribbon?", "ribbon"),
        ("How tall is the bridge?", "bridge"),
        ("How impressive was the harbour?", "harbour"),
        ("is the ribbon mentioned btw", "ribbon"),
    ],
)
def test_a_word_that_only_frames_a_question_is_neither_looked_for_nor_missing(
    question: str, plain: str
) -> None:
    answer = ask(question)
    assert answer.missing == ()
    assert answer.status == "answered"
    assert answer.quotes[0].article == ask(plain).quotes[0].article


def test_a_word_of_which_the_library_has_the_family_is_looked_for() -> None:
    assert ask("Give a description of the kennel").quotes[0].text.startswith("The kennel was des")
    assert ask("How old is the dog?").quotes[0].text.startswith("To be or not to be")


def test_a_word_after_how_that_is_no_measure_is_missing_like_any_other() -> None:
    assert ask("How zeppelins reach the harbour").missing == ("zeppelins", "reach")


def test_a_name_is_no_frame() -> None:
    assert ask("When did the Source open the harbour?").missing == ("Source",)


@pytest.mark.parametrize("question", ["What happened?", "tell me about the thing pls", "explain"])
def test_frames_alone_ask_nothing(question: str) -> None:
    answer = ask(question)
    assert (answer.reason, answer.missing) == ("nothing_asked", ())


def test_what_was_told_is_asked_where_nothing_else_is() -> None:
    answer = ask("The mayor cut a ribbon. What does that mean?")
    assert answer.status == "answered"
    assert answer.quotes[0].text == "The mayor cut the ribbon."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who are The Who?", "The Who played there once."),
        ("To be or not to be", "To be or not to be, said its oldest dog."),
        ("to be or not to be?", "To be or not to be, said its oldest dog."),
    ],
)
def test_stop_words_alone_are_looked_for_as_a_phrase(question: str, text: str) -> None:
    answer = ask(question)
    assert [quote.text for quote in answer.quotes] == [text]
    assert answer.confidence == 1


@pytest.mark.parametrize("question", ["Who are The They?", "why can we not be there for you"])
def test_stop_words_that_stand_nowhere_ask_nothing(question: str) -> None:
    answer = ask(question)
    assert (answer.reason, answer.missing, answer.nearest) == ("nothing_asked", (), ())


@pytest.mark.parametrize(
    ("question", "hard"),
    [
        ("Who opened Port Zorgon in 1932?", ["Zorgon", "1932"]),
        ("Who is Elin Strand?", ["Strand"]),
        ("Zeppelins of Zorgon: how many are there?", ["Zorgon"]),
        ("It rained. Harbours opened in Zorgon?", ["Zorgon"]),
        ("How do I call read_places or readTerms?", ["read", "places", "Terms"]),
        ("Did the 3rd ball of 40mm come?", ["40"]),
        ("Who Opened The New Harbour?", []),
        ("Who Wrote the Book of Love Songs", []),
        ("WHO OPENED PORT ZORGON?", []),
        ("who opened port zorgon", []),
        ('Who opened "Port Zorgon"?', []),
    ],
)
def test_names_numbers_and_codes_are_hard_words(question: str, hard: list[str]) -> None:
    read = read_question(question)
    found = hard_words(read)
    assert [read.written(word) for word in found] == hard


def test_a_name_that_no_source_has_withholds_what_it_is_asked_of() -> None:
    known, invented = ask("When did the harbour open?"), ask("When did the harbour of Zorgon open?")
    assert known.status == "answered"
    assert (invented.status, invented.missing) == ("abstained", ("Zorgon",))


def test_a_name_in_another_form_is_known() -> None:
    library = answerer_over(article("a", "The harbour of Norway opened in 1932."), BRIDGE)
    answer = library.ask("When did the Norwegian harbour open?")
    assert answer.status == "answered"


def test_in_another_language_a_capital_and_an_english_frame_tell_nothing() -> None:
    read = read_question("Wo liegt der neue Hafen von Zorgon?", "de")
    assert list(hard_words(read)) == []
    library = answerer_over(article("a", "Der Hafen wurde 1932 eröffnet.", language="de"))
    assert library.ask("Wer malt explanation?").missing == ("malt", "explanation")
