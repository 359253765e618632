"""Names as programmers write them: terms whole and in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import answerer_over, article

from retrieval.text.terms import parts_of, read_places, read_terms

LIBRARY = (
    article("a", "Set read_timeout in config.yml to wait longer. The default is thirty seconds."),
    article("b", "With --force, files are overwritten. With --dry-run nothing is written at all."),
    article("c", "Call getUserById to load a member. BlockBreakEvent is sent when one digs."),
    article("d", "ERR_CONN_RESET means that the peer hung up. 0x80070005 is a lack of permission."),
    article("e", "Logs are kept in /var/log/holm for a week. Holm is found in src/main/holm."),
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("foo_bar", "foo bar"),
        ("ERR_CONN_RESET", "err conn reset"),
        ("config.yml", "config yml"),
        ("getUserById", "get user by id"),
        ("BlockBreakEvent", "block break event"),
        ("/paths/like/this", "path like this"),
        ("src/main/app.py", "src main app py"),
        ("--no-cache", "no cach"),
        ("--force", "forc"),
    ],
)
def test_a_name_is_known_whole_and_in_parts(name: str, parts: str) -> None:
    whole, *rest = read_terms(f"a {name}, b")[1:-1]
    assert (whole.start, whole.end) == (2, 2 + len(name))
    assert [part.term for part in rest] == parts.split()
    assert whole.term not in parts.split()


@pytest.mark.parametrize(
    "text",
    [
        "and/or he/she 24/7",
        "YouTube iPhone McDonald siRNA macOS",
        "the end.The next",
        "_x_ he -- no",
    ],
)
def test_what_is_no_such_name_has_no_whole(text: str) -> None:
    read = read_terms(text)
    assert parts_of(read) == read


@pytest.mark.parametrize("one", ["foo_bar", "foo-bar", "fooBar"])
def test_ways_to_write_a_name_meet(one: str) -> None:
    assert read_terms(one)[0].term == "foobar"


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("What is read_timeout for?", "read_timeout"),
        ("How do I set the read timeout?", "read_timeout"),
        ("Where is config.yml?", "config.yml"),
        ("what does --force do", "--force"),
        ("--dry-run", "--dry-run"),
        ("How is a user got by id?", "getUserById"),
        ("What does getUserById load?", "getUserById"),
        ("When is the block break event sent?", "BlockBreakEvent"),
        ("What is ERR_CONN_RESET?", "ERR_CONN_RESET"),
        ("What is 0x80070005?", "0x80070005"),
        ("What is in /var/log/holm?", "/var/log/holm"),
    ],
)
def test_a_question_finds_a_name_by_itself_and_by_its_parts(question: str, has: str) -> None:
    quote = answerer_over(*LIBRARY).ask(question, quotes=1)
    assert has in (quote.quotes or quote.nearest)[0].text


def test_a_name_that_was_asked_for_is_bold_as_a_whole() -> None:
    quote = answerer_over(*LIBRARY).ask("What is read_timeout in config.yml?").quotes[0]
    shown = [quote.text[start:end] for start, end in quote.matched]
    assert "read_timeout" in shown
    assert "config.yml" in shown


@given(st.text("aB1_-./ :é王"))
def test_places_and_terms_agree_and_cover_every_letter(text: str) -> None:
    read = read_terms(text)
    assert read_places(text) == [(t.start, t.end) for t in read]
    assert [t.start for t in read] == sorted(t.start for t in read)
    covered = {n for t in parts_of(read) for n in range(t.start, t.end)}
    assert all(n in covered for n, c in enumerate(text) if c.isalnum())
