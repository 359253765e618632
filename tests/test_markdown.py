"""Holds what Discord displays against the source text, by a model of its markdown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from discord_markdown import show, show_block
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards import markdown

HOSTILE = [
    "**bold** *it* _it_ __under__ ~~gone~~ ||spoiler|| `code`",
    "```py\nprint('x')\n```",
    "[text](https://example.org/a_(b)) <https://example.org>",
    "see https://example.org/a_b*c and http://x.y",
    "# heading\n## two\n-# small\n> quote\n>>> all\n- list\n+ list\n1. one\n 12. twelve",
    "@everyone @here <@1234> <@!1234> <@&99> <#55> </ask:12>",
    "<t:1700000000:R> <:blob:123> <a:blob:123> :smile: 10:30:45 <id:customize>",
    "a \\* b \\ c \\\\",
    "Zero\u200bwidth \u202eright to left مرحبا \U0001f469\u200d\U0001f467 e\u0301",
    "2 * 3 * 4 = 24, snake_case_name, ~12,000, a|b",
    "line one\n\n\nline two\r\nline three\rfour",
    "-# 1. # > nested",
    "¯\\_(ツ)_/¯",
]

# Text that is as hostile as it can be: few characters, all of which mean something.
hostile_text = st.one_of(
    st.text(alphabet="*_~`|\\<>#-+1.:@[]() aé\n", max_size=60),
    st.text(max_size=60),
    st.lists(st.sampled_from([*HOSTILE, " ", "\n", "*", "x"]), max_size=4).map("".join),
).filter(lambda text: all(not 0xD800 <= ord(character) < 0xE000 for character in text))


def plain(text: str) -> str:
    """Discord ends every line with a plain newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("source", "construct"),
    [
        ("# x", "heading"),
        ("-# x", "small"),
        ("> x", "quote"),
        ("- x", "list"),
        ("1. x", "list"),
        ("`x`", "code"),
        ("[a](https://b.c)", "link"),
        ("[*a*](https://b.c)", "emphasis"),
        ("https://x.y/z", "address"),
        ("<@1>", "mention"),
        ("@everyone", "mention"),
        ("<t:1:R>", "timestamp"),
        (":smile:", "emoji"),
        ("||x||", "spoiler"),
        ("*x*", "emphasis"),
        ("__x__", "underline"),
        ("~~x~~", "strike"),
    ],
)
def test_the_model_knows_what_discord_would_make_of_it(source: str, construct: str) -> None:
    assert construct in show(source).constructs


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_displayed_verbatim(text: str) -> None:
    shown = show(markdown.escape(text))
    assert (shown.text, shown.bold, shown.constructs) == (plain(text), [], [])


@given(hostile_text)
def test_any_text_is_displayed_verbatim(text: str) -> None:
    shown = show(markdown.escape(text))
    assert (shown.text, shown.bold, shown.constructs) == (plain(text), [], [])


@given(hostile_text)
def test_any_text_in_a_block_quote_is_displayed_verbatim(text: str) -> None:
    shown = show_block(markdown.block(markdown.escape(text)))
    assert (shown.text, shown.constructs) == (plain(text), [])


@given(hostile_text)
def test_what_was_escaped_is_read_back(text: str) -> None:
    assert markdown.unescape(markdown.escape(text)) == plain(text)


@st.composite
def marked_text(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text, and ordered places in it that may touch but do not overlap."""
    text = draw(hostile_text)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(pairwise(edges))
    return text, draw(st.just(pairs[::2]) | st.just(pairs))


@given(marked_text())
@example(("*troops*", [(1, 7)]))
@example(("foobar", [(0, 3), (3, 6)]))
@example(("a*\nb", [(0, 4)]))
@example(("1. North Korea", [(0, 1), (3, 8), (9, 14)]))
def test_marked_words_are_bold_and_nothing_else_changes(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, places = case
    shown = show(markdown.mark(text, places))
    assert (shown.text, shown.constructs) == (plain(text), [])
    if "\r" in text:
        return
    marked = {place for span in places for place in range(*span) if not text[place].isspace()}
    seen = {place for span in shown.bold for place in range(*span) if not text[place].isspace()}
    assert seen == marked


def test_words_with_a_space_between_are_one_bold_stretch() -> None:
    assert markdown.mark("North Korea sent", [(0, 5), (6, 11)]) == "**North Korea** sent"


@given(hostile_text)
def test_bold_text_is_bold_and_verbatim(text: str) -> None:
    shown = show(markdown.bold(text))
    assert (shown.text, shown.constructs) == (plain(text), [])


@given(hostile_text)
@example("[Updated] *Kim* said \\o/")
@example("10:30 :smile:")
@example("see https://example.org")
@example("snow ❄ falls")
def test_a_linked_title_is_displayed_verbatim_with_one_link(title: str) -> None:
    title = " ".join(title.split()) or "x"
    shown = show(markdown.link(title, "https://example.org/a_(b)?q=[1]"))
    assert shown.text in {title, f"{title} (example.org: link)"}
    assert (shown.bold, shown.constructs) == ([], ["link"])


def test_a_plain_title_is_itself_the_link() -> None:
    linked = markdown.link("Kim, Putin: a treaty (2024)", "https://example.org/a_(b)?q=[1]")
    assert linked == "[Kim, Putin: a treaty (2024)](https://example.org/a_%28b%29?q=%5B1%5D)"


@pytest.mark.parametrize("title", ["A *title*", "snow ❄ falls", "1. First", "[Updated] Kim"])
def test_a_title_that_no_link_can_show_stands_before_it(title: str) -> None:
    linked = markdown.link(title, "https://example.org")
    assert linked == f"{markdown.escape(title)} (example.org: [link](https://example.org))"


@pytest.mark.parametrize(
    "title",
    [
        "paypal.com/login",
        "https://paypal.com",
        "Log in at PAYPAL.COM",
        "paypal\uff0ecom",
        "paypal\u3002com",
        "paypal\uff61com",
        "paypal.\u200bcom",
        "pay\u00adpal\u2060.\ufe0fcom",
        "1.1.1.1",
    ],
)
def test_a_title_that_looks_like_an_address_never_leads_elsewhere_unseen(title: str) -> None:
    linked = markdown.link(title, "https://evil.example/login")
    assert linked == f"{markdown.escape(title)} (evil.example: [link](https://evil.example/login))"


@pytest.mark.parametrize("title", ["U.S. troops", "Version 3.11 of it", "Sent… and gone. Why?"])
def test_dots_of_other_uses_look_like_no_address(title: str) -> None:
    assert markdown.link(title, "https://example.org") == f"[{title}](https://example.org)"


def test_a_host_of_other_letters_is_written_in_ascii() -> None:
    assert markdown.link("t", "https://bücher.example/ä") == (
        "[t](https://xn--bcher-kva.example/%C3%A4)"
    )


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://",
        "https://[broken",
        "https://exa%6dple.org",
        "https://example.org:99999/",
        "https://paypal.com@example.org/",
        "https://paypal.com:x@example.org/",
        "https://example.org/" + "a" * 500,
    ],
)
def test_an_address_that_no_link_can_hold_gives_the_title_alone(url: str | None) -> None:
    assert markdown.link("A *title*", url) == "A \\*title\\*"


def test_an_address_cannot_end_its_link() -> None:
    assert (
        markdown.link("t", "https://x.y/) [evil](https://z) <")
        == "[t](https://x.y/%29%20%5Bevil%5D%28https://z%29%20%3C)"
    )
