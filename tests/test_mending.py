"""Unknown words of a question, read as the library's words that were clearly meant."""

from libraries import BRIDGE, HARBOUR, answerer_over, article

from retrieval import Answerer

TOWN = article(
    "town",
    "Chancellor Belousova opened the observatory in Greifswald. The observatory houses the "
    "largest telescope of the province. Astronomers of the observatory discovered a comet.\n\n"
    "The observatory was closed during the winter. Belousova visited the telescope again.",
    "The observatory of Greifswald",
)


def readings(answerer: Answerer, question: str) -> list[tuple[str, str]]:
    return [(read.word, read.as_) for read in answerer.ask(question).read]


def test_a_slip_is_read_as_the_library_s_word_and_the_answer_says_so() -> None:
    answer = answerer_over(TOWN, BRIDGE, HARBOUR).ask("Who opened the obsrevatory?")
    assert [(read.word, read.as_) for read in answer.read] == [("obsrevatory", "observatory")]
    assert answer.missing == ()
    assert answer.quotes[0].text.startswith("Chancellor Belousova opened")
    assert '"read":[{"word":"obsrevatory","as":"observatory"}]' in answer.as_json()


def test_a_name_is_shown_with_the_capital_it_was_written_with() -> None:
    answerer = answerer_over(TOWN, BRIDGE, HARBOUR)
    assert readings(answerer, "What did Belosova visit?") == [("Belosova", "Belousova")]


def test_a_word_that_is_simply_not_there_stays_missing() -> None:
    answer = answerer_over(TOWN, BRIDGE, HARBOUR).ask("Where is the volcano?")
    assert answer.read == ()
    assert answer.missing == ("volcano",)


def test_a_word_with_a_relative_in_the_library_is_no_slip() -> None:
    assert readings(answerer_over(TOWN, BRIDGE, HARBOUR), "What was the discovery?") == []


def test_a_number_is_never_read_as_another() -> None:
    assert readings(answerer_over(TOWN, BRIDGE, HARBOUR), "What happened in 19322?") == []


def test_a_clean_question_reads_as_it_is_written() -> None:
    assert readings(answerer_over(TOWN, BRIDGE, HARBOUR), "Who opened the observatory?") == []


def test_a_slip_counts_a_little_less_than_the_word_itself() -> None:
    answerer = answerer_over(TOWN, BRIDGE, HARBOUR)
    clean = answerer.ask("Who opened the observatory?")
    slipped = answerer.ask("Who opened the obsrevatory?")
    assert slipped.confidence <= clean.confidence
    assert slipped.quotes[0].text == clean.quotes[0].text


def test_a_word_that_is_read_as_one_already_asked_is_asked_once() -> None:
    answer = answerer_over(TOWN, BRIDGE, HARBOUR).ask("the observatory, the obsrevatory")
    assert [read.as_ for read in answer.read] == ["observatory"]
    assert answer.status == "answered"


def test_a_word_of_the_language_is_missing_and_not_misspelt() -> None:
    library = answerer_over(TOWN, article("till", "The money of the till was counted in action."))
    for word in ("honey", "Honey", "auction", "monkey"):
        answer = library.ask(f"Where is the {word} of the till?")
        assert (answer.read, answer.missing) == ((), (word,))
    slipped = library.ask("Where is the moeny of the till?")
    assert [read.as_ for read in slipped.read] == ["money"]
