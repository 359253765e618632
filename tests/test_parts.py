"""What of a message asks, what is background of the question, and what is neither."""

import json
from itertools import chain, islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, answerer_over

from retrieval.question import read_question
from retrieval.question.parts import LONGEST, read_parts


def asked(text: str) -> list[str]:
    return [text[start:end] for start, end in read_parts(text).asked]


def background(text: str) -> list[str]:
    return [text[start:end] for start, end in read_parts(text).background]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hi, who wrote it?", "who wrote it"),
        ("When did it open (no worries if nobody knows)?", "When did it open"),
        ("Is there no problem if it rains?", "Is there no problem if it rains"),
        ("Thanks! And how many came?", "how many came"),
        ("Hi! Tell me about bridges", "bridges"),
        ("Can you tell me what's new?", "what's new"),
        ("I'd like to know more about tides", "tides"),
        ("What do you know about tides?", "tides"),
        ("ok so how many came", "how many came"),
        ("who is the king pls", "who is the king"),
        ("can someone tell me who the king of norway is", "who the king of norway is"),
        ("hi all, sorry if this has been asked before but who won?", "who won"),
        ("@mods who is the king lol", "who is the king"),
        ("<@123456> who built it @admin", "who built it"),
        ("hey guys, quick question: what does LOL mean", "what does LOL mean"),
        ("who is the king, thanks in advance!", "who is the king"),
        ("I was wondering if anyone knows when the bridge opened", "when the bridge opened"),
        ("CAN SOMEONE TELL ME WHO THE KING IS PLS", "WHO THE KING IS"),
        ("Hey there! Long time lurker, first time poster. Any idea how it works?", "how it works"),
        ("What do the articles say about tides?", "tides"),
        ("sorry for the dumb question but who won the cup in 1950", "who won the cup in 1950"),
        ("not sure if this is the right channel but how big is it", "how big is it"),
        ("i searched everywhere and can't find it, how big is it? thanks!!!", "how big is it"),
        ("Could you please explain to me why the sky is blue? Thank you!", "why the sky is blue"),
        ("my teacher asked me who built the bridge", "who built the bridge"),
        ("asking for a friend: who won", "who won"),
        ("who won? any ideas?", "who won"),
        ("who built it, mate?", "who built it"),
        ("400 boats sank, true?", "400 boats sank"),
        ("400 boats sank, is that really true?", "400 boats sank"),
        ("400 boats sank. Correct?", "400 boats sank"),
        ("Is that right? 400 boats sank", "400 boats sank"),
        ("400 boats sank - fact or fiction?", "400 boats sank"),
        ("400 boats sank: true or false?", "400 boats sank"),
        ("True or false: 400 boats sank", "400 boats sank"),
        ("is it true that 400 boats sank", "400 boats sank"),
        ("Was it really the case that 400 boats sank?", "400 boats sank"),
        ("How do I set enabled: true?", "How do I set enabled: true"),
        ("Who said that it was not true?", "Who said that it was not true"),
        ("Is it not true that 400 boats sank?", "Is it not true that 400 boats sank"),
        ("What is True Detective?", "What is True Detective"),
        ("Which is right?", "Which is right"),
    ],
)
def test_what_only_stands_around_a_question_is_no_part_of_it(text: str, left: str) -> None:
    assert (asked(text), background(text)) == ([left], [])


@pytest.mark.parametrize(
    "text",
    [
        "What is LOL",
        "what does lol mean",
        "who is the king of lol",
        "Who sang Thanks",
        "Hello Dolly release date",
        "Tell Me Lies cast",
        "Good Morning, Vietnam: who directed it",
        "Please Please Me release year",
        "Hi-fi prices",
        "well water depth",
        "curious incident of the dog",
        "Isle of Man area",
        "who wrote the song mary did you know",
        "Did uninstalling the program help",
        "How should members vote as they please",
        "Who is Dr. Who",
        "how did the u.s. navy win",
        "What was detected in R. affinis",
        "Was it built by the Church of St. Matthew",
        "Tell me about",
        "hello",
        "thanks",
    ],
)
def test_what_looks_like_filler_and_is_asked_about_stays(text: str) -> None:
    assert asked(text) == [text]


def test_what_stands_in_quotation_marks_is_never_cut() -> None:
    assert asked("Who said “hi all”") == ["Who said “hi all"]
    assert read_question("“Tell me about it” is said by whom?").phrases[0].forms[0] == "tell"
    assert read_question('Who said "It is me. Is it you? thanks"').phrases[0].forms[-1] == "thanks"


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (
            "I've read the manual but found nothing, in what year was it built?",
            ["in what year was it built"],
            ["I've read the manual but found nothing"],
        ),
        (
            "Hi all, sorry to bother you. I bought a boat in May. Anyone know what it costs? thx",
            ["what it costs"],
            ["I bought a boat in May"],
        ),
        (
            "I live in Leeds and my dad died, can I claim his pension?",
            ["can I claim his pension"],
            ["I live in Leeds and my dad died"],
        ),
        (
            "How big is it? I forgot. And who built it?",
            ["How big is it", "who built it"],
            ["I forgot"],
        ),
        ("Prices rose in May. Wages fell.", ["Prices rose in May", "Wages fell"], []),
    ],
)
def test_what_is_told_is_background_where_something_else_asks(
    text: str, question: list[str], told: list[str]
) -> None:
    assert (asked(text), background(text)) == (question, told)


def test_background_is_searched_for_and_never_missing() -> None:
    library = answerer_over(BRIDGE, HARBOUR)
    plain = library.ask("When did the harbour open?")
    long = library.ask(
        "Hello everyone, hope you are all well! Last week I was on holiday near the bridge with my "
        "two nephews and their zeppelin, and we walked along the quay for an hour in the rain. My "
        "sister wanted to know something that none of us could say, so I promised to find out. "
        "When did the harbour open? Thanks in advance, any help appreciated lol"
    )
    assert long.status == plain.status == "answered"
    assert long.quotes[0].text == plain.quotes[0].text
    assert long.missing == ()
    assert long.confidence >= plain.confidence


def test_a_question_that_leans_on_what_was_told_asks_for_all_of_it() -> None:
    question = read_question("The harbour is old. Why is it?")
    assert [(word.term, word.told) for word in question.words] == [
        ("harbor", False),
        ("old", False),
    ]


def test_filler_is_cut_from_hardly_a_question_of_the_public_sets(shared: Path) -> None:
    """But from those that tell a story first: `ukgov-long`, and some of `ukgov`."""
    files = sorted(f for f in (shared / "qa").rglob("questions.jsonl") if "ukgov" not in str(f))
    lines = chain.from_iterable(f.read_text(encoding="utf-8").splitlines() for f in files)
    texts = [json.loads(line)["question"] for line in islice(lines, 0, None, 10)]
    words = ["".join(filter(str.isalnum, text)) for text in texts]
    left = ["".join(filter(str.isalnum, "".join(asked(text)))) for text in texts]
    assert len(texts) > 1_200
    assert sum(one != other for one, other in zip(words, left, strict=True)) <= 2


@given(st.text(max_size=80))
def test_something_is_always_left_to_ask(text: str) -> None:
    parts = read_parts(text)
    places = sorted(parts.asked + parts.background)
    assert parts.asked
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@pytest.mark.parametrize(
    "said", ["a ", "sorry if ", "can anyone ", "i am ", "just ", "thanks ", ", ", "((", "the a an "]
)
def test_a_text_made_to_be_slow_is_read_to_its_end(said: str) -> None:
    assert read_parts((said * LONGEST)[:LONGEST]).asked
