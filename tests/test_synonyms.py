"""An operator's own synonyms: a file in Solr's format beside the library."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, answerer_over, article, closed_at_end

from retrieval import Answerer, Article, Library
from retrieval.errors import BadSynonyms, InputError
from retrieval.models import Answer
from retrieval.question import read_question
from retrieval.question.synonyms import LARGEST, NAME, NONE, load_synonyms, read_synonyms

SHIPS = article(
    "ships",
    "The United States sent ships to the island. The states of the league united. "
    "The US sent planes. A cinema opened in 1950. The show cost nine crowns. "
    "She wrote an e-mail to the mayor.",
    "News of the year",
)


def answerer(folder: Path, synonyms: str | None, *articles: Article) -> Answerer:
    if synonyms is not None:
        (folder / NAME).write_text(synonyms, encoding="utf-8")
    library = closed_at_end(Library.open(folder, create=True))
    library.add(articles or (SHIPS, HARBOUR, BRIDGE))
    return Answerer.open(library)


def first(answer: Answer) -> tuple[str, list[str]]:
    """The text of the first quote and what of it is marked."""
    quote = answer.quotes[0]
    return quote.text, [quote.text[a:b] for a, b in quote.matched]


def names(file: str, question: str, language: str = "en") -> list[tuple[str, set[str], bool]]:
    """The words of a question with their other names, and whether these take its place."""
    synonyms = read_synonyms(file.encode(), NAME, language)
    asked = read_question(question, language, synonyms)
    return [
        (asked.written(word), {" ".join(name.terms) for name in word.names}, word.replaced)
        for word in asked.words
    ]


def test_a_word_is_found_by_another_name_and_that_is_marked(tmp_path: Path) -> None:
    question = "When did the multiplex open?"
    without = answerer(tmp_path, None).ask(question)
    assert without.missing == ("multiplex",)
    answer = answerer(tmp_path, "multiplex, cinema\n").ask(question)
    assert first(answer) == ("A cinema opened in 1950.", ["cinema", "opened"])
    assert (answer.missing, answer.apart, answer.read) == ((), (), ())


def test_another_name_counts_as_much_as_the_word_itself(tmp_path: Path) -> None:
    answerer_ = answerer(tmp_path, "multiplex, cinema\n")
    by_name = answerer_.ask("multiplex")
    by_word = answerer_.ask("cinema")
    assert by_name.quotes[0].text == by_word.quotes[0].text
    assert by_name.quotes[0].score == by_word.quotes[0].score
    assert by_name.confidence == by_word.confidence


@pytest.mark.parametrize("asked", ["the US", "the United States", "America"])
def test_a_name_of_several_words_counts_where_all_of_them_stand(tmp_path: Path, asked: str) -> None:
    answer = answerer(tmp_path, "US, United States, America\n").ask(f"What has {asked} sent?")
    assert {quote.text for quote in answer.quotes[:2]} == {
        "The United States sent ships to the island.",
        "The US sent planes.",
    }
    assert answer.missing == ()


def test_part_of_a_name_is_neither_counted_nor_marked(tmp_path: Path) -> None:
    only = article("a", "The states of the league met. Planes were sent.", "League")
    answer = answerer(tmp_path, "America, United States\n", only, BRIDGE).ask("America")
    assert (answer.status, answer.missing) == ("abstained", ("America",))
    other = article("b", "The united front won. The United States lost.", "Fronts")
    answer = answerer(tmp_path, "America, United States\n", other).ask("America")
    marked = {q.text: [q.text[a:b] for a, b in q.matched] for q in answer.quotes}
    assert marked["The United States lost."] == ["United", "States"]
    assert marked.get("The united front won.", []) == []


def test_an_arrow_leads_one_way_and_takes_the_place_of_the_word(tmp_path: Path) -> None:
    answerer_ = answerer(tmp_path, "planes => ships\n")
    there = answerer_.ask("Which planes were sent?")
    assert first(there)[0] == "The United States sent ships to the island."
    assert "planes" not in [mark for quote in there.quotes for mark in first(there)[1]]
    back = answerer_.ask("Which ships were sent?")
    assert first(back)[0] == "The United States sent ships to the island."


def test_a_word_of_the_sources_is_not_called_missing_though_another_takes_its_place(
    tmp_path: Path,
) -> None:
    answer = answerer(tmp_path, "planes => zeppelins\n").ask("Which planes?")
    assert (answer.status, answer.missing) == ("abstained", ())


def test_a_word_with_another_name_in_the_library_is_no_slip(tmp_path: Path) -> None:
    question = "When did the harbur open?"
    assert [r.as_ for r in answerer(tmp_path, None).ask(question).read] == ["harbour"]
    answer = answerer(tmp_path, "harbur, cinema\n").ask(question)
    assert answer.read == ()
    assert first(answer)[0] == "A cinema opened in 1950."
    still = answerer(tmp_path, "harbur, zeppelin\n").ask(question)
    assert [r.as_ for r in still.read] == ["harbour"]


def test_a_phrase_is_exact_whatever_the_file_says(tmp_path: Path) -> None:
    answerer_ = answerer(tmp_path, "ship, boat\n")
    assert answerer_.ask("Which boats were sent?").missing == ()
    assert answerer_.ask('"boats"').missing == ("boats",)


def test_the_library_s_state_tells_one_file_from_another(tmp_path: Path) -> None:
    none = answerer(tmp_path, None).ask("cinema").library
    one = answerer(tmp_path, "multiplex, cinema\n").ask("cinema").library
    other = answerer(tmp_path, "multiplex, cinema \n").ask("cinema").library
    again = answerer(tmp_path, "multiplex, cinema\n").ask("cinema").library
    assert none.synonyms is None
    assert one.synonyms != other.synonyms
    assert one == again
    assert none.version == one.version


def test_a_file_that_says_nothing_of_a_question_changes_only_the_state(tmp_path: Path) -> None:
    without = answerer(tmp_path, None)
    with_file = answerer(tmp_path, "# nothing\n\nzeppelin, airship\n")
    for question in ("When did the harbour open?", "What has the US sent?", "dirigible"):
        one, other = without.ask(question), with_file.ask(question)
        assert one == other.model_copy(update={"library": one.library})


def test_a_library_in_memory_has_no_file() -> None:
    assert answerer_over(HARBOUR).ask("harbour").library.synonyms is None


@pytest.mark.parametrize(
    ("file", "question", "expected"),
    [
        ("ship, boat", "boats", [("boats", {"ship"}, False)]),
        ("SHIPS,  boat ,", "boats", [("boats", {"ship"}, False)]),
        ("ship, boat\r\nboat, vessel", "boat", [("boat", {"ship", "vessel"}, False)]),
        ("ship, boat\nboat, vessel", "ship", [("ship", {"boat"}, False)]),
        ("ship => boat", "ship", [("ship", {"boat"}, True)]),
        ("ship => boat", "boat", [("boat", set(), False)]),
        ("ship, hull => boat, ship", "ship", [("ship", {"boat"}, False)]),
        ("ship, hull => boat, ship", "hull", [("hull", {"boat", "ship"}, True)]),
        ("ship => boat\nship, hull", "ship", [("ship", {"boat", "hull"}, False)]),
        ("\ufeffship, boat", "boat", [("boat", {"ship"}, False)]),
        ("colour, paint", "color", [("color", {"paint"}, False)]),
        (r"big d, Dallas\, Texas", "Dallas, Texas", [("Dallas", {"big d"}, False)] * 2),
        (r"c\=>d, e", "e", [("e", {"c d"}, False)]),
        (r"\#tag, label", "label", [("label", {"tag"}, False)]),
        ("a\\", "a", None),
        ("# ship, boat", "boat", [("boat", set(), False)]),
    ],
)
def test_the_file_is_read_as_solr_reads_it(
    file: str, question: str, expected: list[tuple[str, set[str], bool]] | None
) -> None:
    if expected is None:
        with pytest.raises(BadSynonyms):
            names(file, question)
        return
    found = names(file, question)
    assert [found_names for _, found_names, _ in found] == [n for _, n, _ in expected]
    assert [replaced for *_, replaced in found] == [replaced for *_, replaced in expected]


def test_a_hyphenated_name_is_one_with_or_without_its_hyphen(tmp_path: Path) -> None:
    for written in ("e-mail", "email", "E-Mail"):
        assert "letter" in names("letter, e-mail", written)[-1][1]
    answerer_ = answerer(tmp_path, "letter, email\n")
    assert first(answerer_.ask("Who wrote a letter?"))[0] == "She wrote an e-mail to the mayor."


def test_the_longest_name_counts_and_its_words_do_not_count_again() -> None:
    file = "united states, us\nstates, countries\nunited states of america, usa"
    (_, united, _), (_, states, _), (_, america, _) = names(file, "United States of America")
    assert united == states == america == {"usa"}
    assert [n for _, n, _ in names(file, "united states")] == [{"us"}, {"us"}]
    assert [n for _, n, _ in names(file, "member states")] == [set(), {"countri"}]


def test_a_stop_word_may_be_part_of_a_name() -> None:
    (_, war, _), (_, independence, _) = names(
        "war of independence, revolution", "war of Independence"
    )
    assert war == independence == {"revolut"}


def test_names_are_read_in_the_language_of_the_library() -> None:
    assert names("Häfen, Ankerplatz", "Hafen", "de")[0][1] == {"ankerplatz"}
    assert names("кино, фильмы", "фильм", "ru")[0][1] == {"кин"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ship, boat\nship\n", "line 2: one name alone"),
        (b"ship, boat\r\n\r\nhull,\r\n", "line 3: one name alone"),
        (b"a => b => c", "line 1: more than one"),
        (b"=> boat", "line 1: nothing on one side"),
        (b"boat =>", "line 1: nothing on one side"),
        (b",", "line 1: one name alone"),
        (b"ship, &", "line 1: '&' has no letter"),
        (b"ship, boat\nh\xfctte, haus", "line 2: not UTF-8"),
        (b"a,b\n" * (LARGEST // 4 + 1), "larger than 10 MiB"),
    ],
)
def test_a_bad_file_is_one_clear_error(tmp_path: Path, content: bytes, message: str) -> None:
    answerer(tmp_path, None)
    (tmp_path / NAME).write_bytes(content)
    with Library.open(tmp_path) as library, pytest.raises(BadSynonyms) as caught:
        Answerer.open(library)
    assert isinstance(caught.value, InputError)
    assert message in str(caught.value)
    assert str(tmp_path / NAME) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_by_the_file_s_name_is_an_error(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(BadSynonyms, match="it is a folder"):
        load_synonyms(tmp_path)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_content_is_read_or_refused_in_one_line(content: bytes) -> None:
    said = ""
    try:
        synonyms = read_synonyms(content, NAME)
    except BadSynonyms as error:
        synonyms, said = NONE, str(error)
    assert len(said.splitlines()) <= 1
    question = read_question(content.decode(errors="replace"), "en", synonyms)
    assert len(set(question.terms)) == len(question.terms)


@given(
    st.lists(
        st.lists(
            st.sampled_from(["us", "the us", "WHO AGENCY UNION", "e-mail", "10 000", "U.S. army"]),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_name_on_a_line_is_found_in_a_question(lines: list[list[str]]) -> None:
    synonyms = read_synonyms("\n".join(", ".join(line) for line in lines).encode(), NAME)
    for name in {name for line in lines for name in line}:
        question = read_question(name, "en", synonyms)
        others = {other for line in lines if name in line for other in line} - {name}
        assert all(word.names for word in question.words) or not others or not question.words
