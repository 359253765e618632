"""Holds the picture of a card to what Discord is sent."""

import runpy
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cards import answer, entry, quote
from typer.testing import CliRunner, Result

from bot.cards import cards
from bot.opening import open_library
from retrieval import Answerer
from retrieval.errors import InputError

TOOL = ROOT / "tools" / "draw_card.py"
QUESTION = "How many troops has North Korea sent to Russia?"
HOSTILE = (
    '</div></main><script>alert("1")</script> <img src=x onerror=alert(1)> &lt;b&gt; **a** _b_'
)

PARTS = runpy.run_path(str(TOOL))
draw_page: Callable[[list[dict[str, Any]]], str] = PARTS["draw_page"]
chromium = pytest.mark.skipif(
    not any(map(shutil.which, PARTS["BROWSERS"])), reason="needs Chromium to take the picture"
)


class Page(HTMLParser):
    """What a reader sees of a page, and the elements that it is made of."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag in {"blockquote", "h3", "small", "p", "span"}:
            self.text.append((tag, ""))
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[-1]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, before = self.text[-1]
            self.text[-1] = (tag, before + data)

    def all(self, tag: str) -> list[str]:
        """The text of each such element."""
        return [text for name, text in self.text if name == tag]


def source_of(card: ui.LayoutView) -> str:
    return draw_page(card.to_components())  # type: ignore[no-untyped-call] # untyped there


def draw(card: ui.LayoutView) -> Page:
    return Page(source_of(card))


def run(*arguments: str) -> Result:
    """The tool, in this process."""
    return CliRunner().invoke(PARTS["app"], arguments)


def test_the_page_shows_the_card_that_the_bot_sends_and_needs_no_other_file(
    tmp_path: Path,
) -> None:
    made = run("--question", QUESTION, "--out", str(tmp_path / "card.html"))
    assert (made.exit_code, made.stderr) == (0, "")
    page = Page(source := (tmp_path / "card.html").read_text(encoding="utf-8"))
    with open_library(None) as seeds:
        quotes = Answerer.open(seeds).ask(QUESTION, quotes=3).quotes
    assert page.all("h3") == [QUESTION]
    assert page.all("blockquote")[:3] == [one.text for one in quotes]
    assert all(f"{one.start:,}–{one.end:,}" in source for one in quotes)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not any(word in source for word in ("@import", "url(", "src="))


@settings(max_examples=60)
@given(
    st.one_of(
        st.text(min_size=1, max_size=80),
        st.text(alphabet="*_~`|\\<>#-+1.:&\"'[]()/ aé\n", min_size=1, max_size=80),
    )
)
def test_any_quote_stands_on_the_page_verbatim(text: str) -> None:
    shown = draw(cards.answer_card(answer(quote(text, answer=((0, len(text)),)))))
    assert shown.all("blockquote") == [text.replace("\r\n", "\n").replace("\r", "\n")]


def test_markup_from_outside_is_text_wherever_it_stands() -> None:
    one = quote(HOSTILE, title=HOSTILE, publisher="<script>", url="javascript:alert(1)")
    page = draw(cards.answer_card(answer(one, question=HOSTILE)))
    assert (page.all("h3"), page.all("blockquote")) == ([HOSTILE], [HOSTILE])
    assert not {"script", "img"} & set(page.tags)
    assert {name for name, _ in page.attributes} <= {"lang", "charset", "class", "style"}


def test_an_address_cannot_leave_its_attribute() -> None:
    one = quote("Kim sent troops.", url='https://example.org/"onclick="alert(1)')
    page = draw(cards.answer_card(answer(one)))
    assert [value for name, value in page.attributes if name == "href"] == [
        "https://example.org/%22onclick=%22alert(1)".replace("(", "%28").replace(")", "%29")
    ]
    assert "onclick" not in dict(page.attributes)


def test_bold_words_links_and_buttons_are_drawn_as_such() -> None:
    one = quote("Kim sent troops.", answer=((9, 15),), url="https://example.org/a")
    source = source_of(cards.answer_card(answer(one, one), quotes=1))
    assert "<blockquote>Kim sent <strong>troops</strong>.</blockquote>" in source
    assert '<a href="https://example.org/a">North Korea and Russia</a>' in source
    assert '<span class="button secondary">More</span>' in source
    assert "--accent: #3e8e7e" in source


def test_every_kind_of_card_can_be_drawn() -> None:
    library = [entry(number) for number in range(25)]
    assert "Sources" in draw(cards.sources_card(library, 1)).all("h3")
    assert draw(cards.help_card(5)).all("p")
    assert draw(cards.answer_card(answer(nearest=(quote("Near."),)))).all("blockquote") == ["Near."]


def test_a_component_that_no_card_had_so_far_is_refused() -> None:
    with pytest.raises(InputError, match="type 12"):
        draw_page([{"type": 12}])


def test_without_chromium_the_page_is_written_and_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made = run("--out", str(tmp_path / "card.png"))
    assert made.exit_code == 2
    assert made.stderr.count("\n") == 1
    assert "no Chromium" in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["card.html"]


def test_a_library_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    arguments = ["--library", str(tmp_path / "none"), "--out", str(tmp_path / "card.png")]
    made = subprocess.run(  # noqa: S603 - the tool under test
        [sys.executable, str(TOOL), *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert (made.returncode, made.stderr.count("\n")) == (2, 1)


@chromium
def test_chromium_takes_a_picture_at_twice_the_size_of_the_card(tmp_path: Path) -> None:
    made = run("--out", str(tmp_path / "card.png"))
    assert (made.exit_code, made.stderr) == (0, "")
    head = (tmp_path / "card.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", head[16:])
    assert width == 1440
    assert 400 < height < 4000


def test_the_picture_in_the_readme_is_light() -> None:
    assert (ROOT / "docs" / "card.png").stat().st_size < 300_000
