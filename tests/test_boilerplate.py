"""Boilerplate is marked by its shape; short true sentences stay quotable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tables import check_each

from retrieval.sentences import split
from retrieval.sentences.boilerplate import mark
from retrieval.sentences.boilerplate_rules import ACCOUNT_WORDS, OF_ACCOUNTS, RULES
from retrieval.values import Sentence

CASES = Path(__file__).parent / "data" / "sentences"
SEEDS = Path(__file__).parents[1] / "seeds"
ABOVE = "The council voted on Monday to close the old bridge."
BELOW = "The mayor said that work would begin in spring."

BOILERPLATE = [
    (reason, line)
    for reason, lines in yaml.safe_load((CASES / "boilerplate.yaml").read_text("utf-8")).items()
    for line in lines
]
PROSE = yaml.safe_load((CASES / "prose.yaml").read_text("utf-8"))
GUIDES = yaml.safe_load((CASES / "guides.yaml").read_text("utf-8"))
COOKIES = yaml.safe_load((CASES / "cookies.yaml").read_text("utf-8"))
NOTICES = yaml.safe_load((CASES / "notices.yaml").read_text("utf-8"))


def marks(text: str) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.boilerplate) for one in mark(text, split(text))]


def boilerplate(text: str) -> list[str]:
    return [line for line, reason in marks(text) if reason]


def prose(text: str) -> list[str]:
    return [line for line, reason in marks(text) if not reason]


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode()


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
def test_boilerplate_on_a_line_of_its_own_is_marked(end: str) -> None:
    def check(case: tuple[str, str]) -> None:
        reason, line = case
        found = marks(f"{ABOVE}{end}{line}{end}{BELOW}")
        assert found[0] == (ABOVE, None)
        assert found[-1] == (BELOW, None)
        assert {one for _, one in found[1:-1]} == {reason}

    check_each(BOILERPLATE, check)


@pytest.mark.parametrize("gap", ["\n\n", " "], ids=["on its own line", "within a paragraph"])
def test_a_short_true_sentence_survives(gap: str) -> None:
    assert PROSE
    assert [line for line in PROSE if boilerplate(f"{ABOVE}{gap}{line}{gap}{BELOW}")] == []


def test_no_line_of_a_cookie_box_is_content() -> None:
    for line in COOKIES["boxes"]:
        assert prose(f"{ABOVE}\n\n{line}\n\n{BELOW}") == [ABOVE, BELOW]
    box = "\n".join(COOKIES["boxes"])
    assert prose(f"{ABOVE}\n\n{box}\n\n{BELOW}") == [ABOVE, BELOW]


def test_prose_about_cookies_and_consent_survives() -> None:
    for line in COOKIES["prose"]:
        assert boilerplate(f"{ABOVE}\n\n{line}\n\n{BELOW}") == []
        assert boilerplate(f"{ABOVE} {line} {BELOW}") == []
    for article in COOKIES["articles"]:
        assert boilerplate(f"{ABOVE}\n\n{article}\n\n{BELOW}") == []


@pytest.mark.parametrize("place", ["{notice}\n{prose}", "{prose}\n\n{notice}"])
def test_a_log_in_notice_is_marked_as_a_whole(place: str) -> None:
    def check(notice: str) -> None:
        text = place.format(notice=notice, prose=f"{ABOVE} {BELOW}")
        assert prose(text) == [ABOVE, BELOW]

    check_each(NOTICES, check)


def test_prose_that_addresses_its_reader_survives() -> None:
    def check(guide: str) -> None:
        assert boilerplate(guide) == []
        assert boilerplate(f"{ABOVE}\n\n{guide}\n\n{BELOW}") == []

    check_each(GUIDES, check)


def test_boilerplate_between_sentences_is_marked_if_it_can_be_nothing_else() -> None:
    text = f"{ABOVE} This website uses cookies. {BELOW} Share. All rights reserved."
    assert boilerplate(text) == ["This website uses cookies.", "All rights reserved."]


def test_a_headline_that_repeats_one_above_it_is_marked() -> None:
    text = f"Council votes to close bridge\n\nCOUNCIL VOTES TO CLOSE BRIDGE\n\n{ABOVE}"
    assert marks(text)[:2] == [
        ("Council votes to close bridge", None),
        ("COUNCIL VOTES TO CLOSE BRIDGE", "repeated headline"),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "---\ntitle: The old bridge\ntags:\n- bridges\ndescription: >\n  It stood long.\n---\n",
        '---\r\n# Made by hand.\r\n\r\n"short title": Bridge\r\ntags: [\r\n  old\r\n]\r\n...\r\n',
        '+++\ntitle = "The old bridge"\n[author]\nname = "Ann Lee"\n+++\n',
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_the_fields_at_the_head_of_a_markdown_file_are_marked(fields: str, gap: str) -> None:
    found = marks(f"{fields}{gap}{ABOVE}\n\n{BELOW}\n")
    assert found[-2:] == [(ABOVE, None), (BELOW, None)]
    assert {reason for _, reason in found[:-2]} == {"front matter"}


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{ABOVE}\n---\n{BELOW}",
        f"---\ntitle: The old bridge\n{ABOVE}\n---\n{BELOW}",
        f"---\ntitle: The old bridge\n\n{ABOVE}\n",
        f"{ABOVE}\n---\ntitle: The old bridge\n---\n{BELOW}",
        f"---\n---\n{ABOVE}",
    ],
)
def test_prose_between_rules_is_no_front_matter(text: str) -> None:
    assert "front matter" not in {reason for _, reason in marks(text)}


def test_a_refrain_is_no_repeated_headline() -> None:
    text = "The river runs.\nThe river runs.\nHallelujah\nHallelujah\n"
    assert boilerplate(text) == []


def test_a_label_right_above_a_credited_caption_is_marked() -> None:
    caption = "Workers clear the road near the harbour (AP Photo/John Doe)"
    assert boilerplate(f"{ABOVE}\n\nHarbour\n{caption}\n\n{BELOW}") == ["Harbour", caption]
    assert boilerplate(f"{ABOVE}\n\nThe harbour\n\n{caption}\n\n{BELOW}") == [caption]


def test_marking_changes_nothing_but_the_mark() -> None:
    text = seed("001")
    sentences = split(text)
    assert [one._replace(boilerplate=None) for one in mark(text, sentences)] == sentences


def test_no_sentence_of_plain_prose_is_marked_in_the_seeds() -> None:
    assert boilerplate(seed("000")) == []
    assert boilerplate(seed("003")) == []
    (link,) = boilerplate(seed("004"))
    assert link.startswith("ALSO READ: Trump's January 6 case dismissed")


def test_the_log_in_notice_that_opens_a_seed_is_marked_as_a_whole() -> None:
    found = marks(seed("002"))
    assert [reason for _, reason in found[:6]] == ["log-in notice"] * 5 + [None]
    assert found[4][0] == "Make sure your card on file is up-to-date."
    assert all(reason is None for _, reason in found[5:])


def test_a_seed_that_is_a_whole_page_keeps_its_article_only() -> None:
    kept = prose(seed("001"))
    assert kept[0] == "Kim Jong Un vows North Korean support for Russia in Ukraine"
    assert all(line.endswith((".", "”")) for line in kept[1:])
    assert len(kept) == 18
    reasons = dict(marks(seed("001")))
    assert reasons["Download our Apps"] == "app appeal"
    assert reasons["By Hyung-Jin Kim, Associated Press"] == "byline"
    assert reasons["Share this article"] == "navigation"


def test_each_rule_tells_its_reason() -> None:
    assert all(rule.reason and rule.why and rule.pattern.strip() for rule in RULES)


@pytest.mark.parametrize(
    "unit", ["email ", "share this ", "please wait ", "Reporting by ", "Al Bo and ", "© A ", "by "]
)
def test_a_line_that_nearly_is_boilerplate_is_decided_at_once(unit: str) -> None:
    """A rule that backtracks without bound would not end here."""
    assert boilerplate(f"{unit * (290 // len(unit))}xyzzy went.") == []


@given(
    st.text()
    | st.lists(st.sampled_from([*PROSE, *(line for _, line in BOILERPLATE)])).map("\n".join)
)
def test_any_text_keeps_its_spans(text: str) -> None:
    sentences = split(text)
    found = mark(text, sentences)
    assert [one[:3] for one in found] == [one[:3] for one in sentences]
    assert found == mark(text, sentences)
    assert mark(text, []) == []


def test_no_sentences_have_no_marks() -> None:
    assert mark("", list[Sentence]()) == []


@pytest.mark.parametrize(
    "phrase",
    (
        "ſign in|Logged-on|SUBSCRIPTIONS|membership|registering|card on file|customer support|"
        "free trial|accounT|caChe|paying and a payment|billing|paywall|browser|cookies|password"
    ).split("|"),
)
def test_a_page_is_looked_through_for_accounts_where_it_may_speak_of_them(phrase: str) -> None:
    pattern = re.compile("".join(map(str.strip, OF_ACCOUNTS.splitlines())), re.IGNORECASE)
    assert pattern.search(phrase)
    assert any(word in phrase.casefold() for word in ACCOUNT_WORDS)
