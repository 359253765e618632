"""Holds every card against Discord's limits, and reads from it what a member would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from discord import ui
from discord_markdown import show, show_block
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import cards, layout, limits, markdown
from bot.cards.buttons import ALL
from bot.cards.context_card import context_card
from bot.cards.why_card import why_card
from bot.reasons import MEANINGS
from retrieval.library import Entry
from retrieval.models import (
    Also,
    Answer,
    Context,
    Excerpt,
    Figure,
    FigureValue,
    Lead,
    Named,
    Quote,
    Reason,
    Speaker,
    Talk,
)
from retrieval.values import Doubt, LibraryState, Reading

SHA = "0123456789abcdef" * 4
LIBRARY = LibraryState(version="feedbeef00000000", articles=5, sentences=131)
LONGEST_QUOTE = 1200


def quote(text: str, **changes: Any) -> Quote:  # noqa: ANN401 - any field of a quote
    values: dict[str, Any] = {
        "text": text,
        "article": "002",
        "title": "North Korea and Russia",
        "publisher": None,
        "author": None,
        "published": None,
        "url": None,
        "start": 10,
        "end": 10 + len(text),
        "sha256": SHA,
        "score": 1.0,
        "matched": (),
    }
    return Quote(**{**values, **changes})


def answer(*quotes: Quote, question: str = "How many troops?", **changes: Any) -> Answer:  # noqa: ANN401 - any field
    values: dict[str, Any] = {
        "question": question,
        "status": "answered" if quotes else "abstained",
        "reason": None if quotes else "not_in_sources",
        "missing": (),
        "read": (),
        "confidence": 0.8,
        "quotes": quotes,
        "nearest": (),
        "figures": (),
        "library": LIBRARY,
    }
    return Answer(**{**values, **changes})


def speaker(text: str) -> Speaker:
    return Speaker(text=text, start=0, end=len(text))


def entry(number: int, **changes: Any) -> Entry:  # noqa: ANN401 - any field of an entry
    values: dict[str, Any] = {
        "id": f"{number:03}",
        "title": f"Title {number}",
        "publisher": None,
        "author": None,
        "published": None,
        "url": None,
        "language": "en",
        "sha256": SHA,
        "characters": 3000,
    }
    return Entry(**{**values, **changes})


def walk(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk([component["accessory"]] if "accessory" in component else [])


def parts_of(card: ui.LayoutView) -> list[dict[str, Any]]:
    """Every component of the card as it is sent."""
    sent: list[dict[str, Any]] = card.to_components()  # type: ignore[no-untyped-call] # untyped there
    return list(walk(sent))


def source_of(card: ui.LayoutView) -> list[str]:
    """The markdown of each text on the card."""
    return [part["content"] for part in parts_of(card) if part["type"] == 10]


def colour(card: ui.LayoutView) -> object:
    """The colour at the edge of the card."""
    (container,) = card.children
    assert isinstance(container, ui.Container)
    return container.accent_colour


def read(card: ui.LayoutView) -> str:
    """The card's text as a member reads it, without marks."""
    lines = "\n".join(source_of(card)).split("\n")
    bare = (re.sub(r"^(?:### |-# |> )+", "", line) for line in lines)
    return re.sub(r"\\([^0-9A-Za-z\s])|\*", lambda found: found[1] or "", "\n".join(bare))


def buttons(card: ui.LayoutView) -> dict[str, str]:
    """`custom_id` by label; Context buttons are numbered."""
    found: dict[str, str] = {}
    for part in parts_of(card):
        if part["type"] == 2:
            label = part["label"]
            known = sum(name.startswith(label) for name in found)
            found[f"{label} {known + 1}" if label == "Context" else label] = part["custom_id"]
    return found


def assert_discord_takes_it(card: ui.LayoutView) -> None:
    parts = parts_of(card)
    texts = [part["content"] for part in parts if part["type"] == 10]
    assert sum(len(text.encode("utf-16-le")) // 2 for text in texts) <= 4000
    assert all(text.strip() for text in texts)
    assert len(parts) <= 40
    pressed = [part["custom_id"] for part in parts if part["type"] == 2]
    assert len(set(pressed)) == len(pressed)
    assert all(1 <= len(custom_id) <= 100 for custom_id in pressed)
    templates = [button.__discord_ui_compiled_template__ for button in ALL]
    assert all(any(t.fullmatch(custom_id) for t in templates) for custom_id in pressed)
    assert all(1 <= len(part["label"]) <= 80 for part in parts if part["type"] == 2)
    numbered = [part["id"] for part in parts if part.get("id")]
    assert len(set(numbered)) == len(numbered)
    assert all(1 <= len(part["components"]) <= 5 for part in parts if part["type"] == 1)


def pages(given_answer: Answer, quotes: int) -> Iterator[ui.LayoutView]:
    number = 0
    while True:
        card = cards.answer_card(given_answer, page=number, quotes=quotes)
        yield card
        if "More" not in buttons(card):
            return
        number += 1


# -- any answer -------------------------------------------------------------------------------

words = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="*_~`|\\<>#-+1.:@[]()/ aé\n\U0001f600\u200f\u200b", max_size=80),
    st.sampled_from(
        ["@everyone", "```py\nx\n```", "https://example.org/" + "a" * 600, "مرحبا " * 40]
    ),
).filter(lambda text: "\r" not in text)
filled = words.filter(bool)
long_text = st.builds(
    lambda piece, times: (piece * times)[:LONGEST_QUOTE], filled, st.integers(1, LONGEST_QUOTE)
)
maybe = st.none() | words
features = st.sampled_from(sorted(MEANINGS)) | filled


@st.composite
def counts(draw: st.DrawFn) -> dict[str, object]:
    articles = draw(st.integers(1, 9))
    origins = draw(st.integers(1, articles))
    why = draw(st.lists(filled, min_size=1, max_size=3)) if origins < articles else []
    return {"articles": articles, "origins": origins, "origins_because": tuple(why)}


@st.composite
def quotes_(draw: st.DrawFn) -> Quote:
    text = draw(long_text)
    start = draw(st.integers(0, 10**9))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=40)))
    also = draw(st.lists(st.tuples(filled, filled, filled), max_size=5))
    return quote(
        text,
        article=draw(filled),
        title=draw(filled),
        publisher=draw(maybe),
        author=draw(maybe),
        published=draw(maybe),
        url=draw(maybe),
        start=start,
        end=start + len(text),
        answer=tuple(zip(edges[::2], edges[1::2], strict=False)),
        also=tuple(
            Also(text=said, article=name, title=title, start=0, end=len(said))
            for said, name, title in also
        ),
        **draw(counts()),
        speaker=draw(st.none() | st.builds(speaker, filled)),
        why=draw(st.dictionaries(features, st.floats(-30, 30), max_size=25)),
    )


doubts_ = st.builds(
    Doubt,
    kind=st.sampled_from(["roles", "name", "time", "negation", "value"]),
    words=st.tuples(filled, filled),
    everywhere=st.booleans(),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    shown = tuple(draw(st.lists(quotes_(), max_size=5)))
    answered = draw(st.booleans()) and bool(shown)
    reasons: st.SearchStrategy[Reason] = st.sampled_from(
        ["not_in_sources", "nothing_asked", "empty_library"]
    )
    reason = None if answered else draw(reasons)
    kinds: st.SearchStrategy[Talk] = st.sampled_from(["greeting", "thanks", "command", "bot"])
    value = st.builds(
        FigureValue, value=filled, quotes=st.lists(st.integers(0, 5), max_size=6).map(tuple)
    )
    figure = st.builds(Figure, of=filled, values=st.lists(value, max_size=8).map(tuple))
    return answer(
        question=draw(words | long_text),
        status="answered" if answered else "abstained",
        reason=reason,
        talk=draw(st.none() | kinds) if reason == "nothing_asked" else None,
        missing=tuple(draw(st.lists(words, max_size=6))),
        apart=tuple(draw(st.lists(words, max_size=6))),
        confidence=draw(st.floats(0, 1)),
        stands_alone=draw(st.floats(0, 1)),
        doubts=tuple(draw(st.lists(doubts_, max_size=3))) if answered else (),
        read=tuple(
            Reading.model_validate({"word": word, "as": near})
            for word, near in draw(st.lists(st.tuples(filled, filled), max_size=4))
        ),
        quotes=shown if answered else (),
        nearest=() if answered else shown[:3],
        figures=tuple(draw(st.lists(figure, max_size=4))),
    )


@settings(max_examples=60)
@given(answers(), st.integers(1, 5), st.none() | words)
def test_discord_takes_the_card_of_any_answer(
    said: Answer, quotes: int, within: str | None
) -> None:
    one = entry(1, title=within) if within is not None else None
    assert_discord_takes_it(cards.answer_card(said, quotes=quotes, within=one))
    for number, card in enumerate(pages(said, quotes)):
        assert_discord_takes_it(card)
        shown = cards.quotes_on(said, page=number, quotes=quotes)
        assert_discord_takes_it(why_card(said, shown))


@settings(max_examples=40)
@given(st.lists(quotes_(), min_size=1, max_size=5), words, st.integers(1, 5))
def test_the_quotes_that_are_explained_are_those_that_the_page_shows(
    given_quotes: list[Quote], question: str, quotes: int
) -> None:
    said = answer(*given_quotes, question=question)
    for number, card in enumerate(pages(said, quotes)):
        numbers = [
            int(found[1])
            for text in source_of(card)
            if (found := re.match(r"-# \*\*([0-9]+)\*\* · ", text))
        ]
        shown = cards.quotes_on(said, page=number, quotes=quotes)
        assert [place + 1 for place in shown] == numbers


@settings(max_examples=40)
@given(st.lists(quotes_(), min_size=1, max_size=5), words.map(lambda q: q[:500]), st.integers(1, 5))
def test_the_pages_show_every_quote_whole_or_say_that_no_card_can(
    given_quotes: list[Quote], question: str, quotes: int
) -> None:
    said = answer(*given_quotes, question=question)
    shown = "\n".join(read(card) for card in pages(said, quotes))
    for one in given_quotes:
        if limits.measure(markdown.block(markdown.escape(one.text))) <= 3400:
            assert one.text in shown
        else:
            assert one.text in shown or f"({len(one.text):,} characters)" in shown


@settings(max_examples=60)
@given(quotes_())
def test_a_card_displays_its_quote_verbatim_and_the_words_that_answer_in_bold(one: Quote) -> None:
    block = source_of(cards.answer_card(answer(one), page=0))[-2]
    if not block.startswith("> "):  # too long for any card; the test before holds the bound
        return
    shown = show_block(block)
    assert (shown.text, shown.constructs) == (one.text, [])
    marked = {place for span in one.answer for place in range(*span)}
    bold = {place for span in shown.bold for place in range(*span)}
    letters = {place for place, letter in enumerate(one.text) if not letter.isspace()}
    assert not bold or bold & letters == marked & letters


@settings(max_examples=60)
@given(words)
def test_a_card_displays_its_question_verbatim(question: str) -> None:
    line = " ".join(question.split())[: limits.QUESTION].strip()
    echo = source_of(cards.answer_card(answer(quote("They sent troops."), question=line)))[0]
    if line:
        shown = show(echo.removeprefix("### "))
        assert (shown.text, shown.constructs) == (line, [])


@given(words.map(lambda text: text[: limits.QUESTION]))
def test_a_card_gives_its_question_back(question: str) -> None:
    line = " ".join(question.split())
    card = cards.answer_card(answer(quote("They sent troops."), question=line))
    assert cards.read_question(card) == (line or None)


@settings(max_examples=40)
@given(st.lists(st.tuples(filled, filled, maybe, maybe, maybe, maybe), max_size=25))
def test_discord_takes_the_list_of_any_articles(
    known: list[tuple[str, str, str | None, str | None, str | None, str | None]],
) -> None:
    keys = ("id", "title", "publisher", "author", "published", "url")
    entries = [entry(0, **dict(zip(keys, one, strict=True))) for one in known]
    for page in range(4):
        assert_discord_takes_it(cards.sources_card(entries, page))


@settings(max_examples=40)
@given(st.none() | long_text, quotes_(), st.none() | long_text)
def test_discord_takes_the_context_of_any_quote(
    before: str | None, one: Quote, after: str | None
) -> None:
    def beside(text: str | None) -> Excerpt | None:
        if text is None:
            return None
        return Excerpt(text=text * 5, article="1", title="t", start=0, end=len(text) * 5)

    card = context_card(Context(before=beside(before), quote=one, after=beside(after)))
    assert_discord_takes_it(card)
    assert one.text in read(card) or "too long for a card" in read(card)


@given(words)
def test_discord_takes_the_card_of_a_question_that_is_too_long(question: str) -> None:
    card = cards.too_long_card(question * 200)
    assert_discord_takes_it(card)
    assert "up to 500 characters" in read(card)


async def test_a_card_hears_no_press_and_so_is_kept_nowhere() -> None:
    card = cards.answer_card(answer(quote("Kim came.")))
    assert card.is_finished()


def test_discord_takes_the_card_with_the_most_components() -> None:
    said = answer(
        *(quote("They sent troops.", start=n, end=n + 17) for n in range(10)),
        missing=("zorgs",),
        apart=("ships", "shells"),
        read=(Reading.model_validate({"word": "tropps", "as": "troops"}),),
        figures=tuple(
            Figure(of=of, values=tuple(FigureValue(value=f"{n}", quotes=(n,)) for n in range(5)))
            for of in ("troops", "ships", "shells")
        ),
    )
    card = cards.answer_card(said, quotes=limits.MOST_QUOTES, within=entry(1))
    assert_discord_takes_it(card)
    assert {"Context 5", "More", "Why"} <= set(buttons(card))
    assert "shells" in read(card)


def test_a_gap_stands_between_two_quotes_and_not_between_a_quote_and_its_source() -> None:
    card = cards.answer_card(
        answer(quote("They sent troops."), quote("They sent ships.", start=3, end=19))
    )
    kinds = [part["type"] for part in card.to_components()[0]["components"]]  # type: ignore[no-untyped-call] # untyped there
    assert kinds == [10, 10, 9, 14, 10, 9, 14, 1]


# -- what the cards say -----------------------------------------------------------------------


def test_a_quote_stands_with_its_answer_in_bold_and_its_source() -> None:
    one = quote(
        "Kim sent 900 troops.",
        matched=((0, 3), (13, 19)),
        answer=((9, 12),),
        publisher="AP",
        author="Kim",
        published="2024",
        url="https://x.org/a",
    )
    assert source_of(cards.answer_card(answer(one))) == [
        "### How many troops?",
        "> Kim sent **900** troops.",
        "-# **1** · [North Korea and Russia](https://x.org/a) · AP · Kim · 2024 · characters 10–30",
    ]


@pytest.mark.parametrize("question", ["What is C#", "# troops ##"])
def test_a_number_sign_at_the_end_of_a_question_is_kept(question: str) -> None:
    card = cards.answer_card(answer(quote("Yes."), question=question))
    assert source_of(card)[0] == markdown.escape(question)
    assert cards.read_question(card) == question


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("\u200b \u2066", "002"),
        ("\u3164", "002"),
        ("\u2800\ufe0f\u034f\uffa0", "002"),
        ("\x00\x1b[31mRed", "\\[31mRed"),
        ("\u202elive\u202c evil", "live evil"),
    ],
)
def test_a_title_shows_nothing_that_is_not_to_be_seen(title: str, shown: str) -> None:
    card = cards.answer_card(answer(quote("Yes.", title=title)))
    assert f" · {shown} · characters" in "\n".join(source_of(card))


def test_unknown_details_leave_no_trace() -> None:
    assert source_of(cards.answer_card(answer(quote("Kim sent troops."))))[-1] == (
        "-# **1** · North Korea and Russia · characters 10–26"
    )


def test_other_places_and_independent_sources_are_named() -> None:
    said = "They sent troops."
    also = tuple(
        Also(text=said, article=name, title=name, start=0, end=len(said)) for name in "ABCDE"
    )
    text = read(cards.answer_card(answer(quote(said, also=also, articles=6, origins=6))))
    assert "Also in A, B, C and 2 more · 6 independent sources" in text
    for origins, because, words in (
        (1, ("publisher not known",), "Also in A · in 5 articles\n"),
        (1, ("one publisher",), "Also in A · in 5 articles, one source: one publisher\n"),
        (
            2,
            ("the same text",),
            "A · in 5 articles, 2 independent sources, some with the same text\n",
        ),
        (2, ("publisher not known",), "A · in 5 articles, at least 2 independent sources\n"),
    ):
        known = {"articles": 5, "origins": origins, "origins_because": because}
        assert words in read(cards.answer_card(answer(quote(said, also=also[:1], **known)))) + "\n"
    known = {"articles": 2, "origins_because": ("publisher not known",)}
    assert "In 2 articles" in read(cards.answer_card(answer(quote(said, **known))))
    assert "Also in A" in read(cards.answer_card(answer(quote(said, also=also[:1]))))


def test_another_place_in_the_same_article_is_not_named_as_another_article() -> None:
    again = Also(text="They went.", article="002", title="North", start=90, end=100)
    card = cards.answer_card(answer(quote("They sent troops.", also=(again,))))
    assert read(card).endswith("Also in the same article")


def test_whom_the_article_credits_stands_in_small_print() -> None:
    relayed = speaker("KCNA").model_copy(update={"quoting": Named(text="Kim", start=0, end=3)})
    text = read(cards.answer_card(answer(quote("They sent troops.", speaker=relayed))))
    assert "credited to Kim, as KCNA reports" in text
    one = quote("They sent troops.", speaker=speaker("KCNA*"), publisher="AP")
    assert source_of(cards.answer_card(answer(one)))[-1] == (
        "-# **1** · North Korea and Russia · AP · credited to *KCNA\\** · characters 10–27"
    )


@pytest.mark.parametrize("stands_alone", [0.2, 0.95, 1])
def test_an_answer_without_a_doubt_is_green_and_says_nothing_of_itself(stands_alone: float) -> None:
    card = cards.answer_card(answer(quote("Yes."), stands_alone=stands_alone))
    assert colour(card) == layout.ANSWERED
    assert source_of(card)[1] == "> Yes."


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        (
            Doubt(kind="roles", words=("Baltic Gas", "buy")),
            (
                "**The nearest I have.** In the first quote, *Baltic Gas* seems to have another "
                "part in *buy*."
            ),
        ),
        (
            Doubt(kind="roles", words=("Baltic Gas", "buy"), everywhere=True),
            "**The articles say it the other way round.**",
        ),
        (
            Doubt(kind="name", words=("O*slo",)),
            (
                "**The nearest I have.** Neither the first quote nor what stands around it "
                "mentions *O\\*slo*."
            ),
        ),
    ],
)
def test_a_doubt_makes_a_card_amber_and_is_said_over_the_quotes(doubt: Doubt, said: str) -> None:
    quotes = [quote("Yes.", start=n, end=n + 4) for n in range(4)]
    first, second = pages(answer(*quotes, doubts=(doubt,)), 3)
    assert source_of(first)[1] == said
    assert said not in read(second)
    assert {colour(first), colour(second)} == {layout.DOUBTED}


def test_words_that_stand_nowhere_together_are_named_after_those_that_stand_nowhere() -> None:
    said = answer(missing=("zebras",), apart=("South Korea", "Ukraine"))
    assert (
        "The sources don’t say. No source mentions zebras. No paragraph of the sources has South "
        "Korea and Ukraine together."
    ) in read(cards.answer_card(said))
    many = answer(apart=tuple("abcdef"))
    assert "has a, b, c and 3 other words together." in read(cards.answer_card(many))


def test_talk_is_answered_in_the_colour_of_a_note_and_without_buttons() -> None:
    card = cards.answer_card(answer(question="Hi", reason="nothing_asked", talk="greeting"))
    assert read(card).startswith("Hi\nGood to hear from you. Ask me a question")
    assert buttons(card) == {}


def test_a_sum_leaves_out_its_smallest_parts_before_it_leaves_out_a_quote() -> None:
    why = {f"feature_{n}": 1.0 for n in range(60)}
    also = tuple(
        Also(text="x" * 900, article=f"{n}", title="T", start=0, end=900) for n in range(3)
    )
    quotes = [quote("Yes.", start=n, end=n + 4, why=why, also=also) for n in range(5)]
    card = why_card(answer(*quotes), range(5))
    assert_discord_takes_it(card)
    text = read(card)
    assert text.count(f"score {len(why)}.00") == 5
    assert f"`+{len(why) - 3}.00` {len(why) - 3} smaller ones" in text
    assert "Also in 3 more places" in text


def test_why_gives_other_wordings_whole_and_the_same_words_once() -> None:
    also = (
        Also(text="They * went.", article="b", title="B", start=3, end=15),
        Also(text="Yes.", article="c", title="C", start=0, end=4),
    )
    text = read(why_card(answer(quote("Yes.", also=also)), [0]))
    assert "Also in B · characters 3–15\nThey * went." in text
    assert "Also in C · characters 0–4 · in the same words" in text


def test_a_word_that_was_read_as_another_is_named() -> None:
    said = answer(
        quote("Belousov came."),
        read=(Reading.model_validate({"word": "Blousov", "as": "Belousov"}),),
    )
    assert "Read Blousov as Belousov.\n" in read(cards.answer_card(said))


def test_differing_figures_stand_side_by_side_with_their_quotes() -> None:
    figure = Figure(
        of="troops",
        values=(
            FigureValue(value="over 10,000", quotes=(0, 2)),
            FigureValue(value="approximately 12,000", quotes=(1,)),
        ),
    )
    said = answer(
        quote("Over 10,000 troops."),
        quote("12,000.", start=90, end=97),
        quote("10,000."),
        figures=(figure,),
    )
    assert "over 10,000 (1 and 3) · approximately 12,000 (2)" in read(cards.answer_card(said))


def test_figures_that_one_number_could_satisfy_are_said_to_be_compatible() -> None:
    values = (FigureValue(value="over 10", quotes=(0,)), FigureValue(value="12", quotes=(1,)))
    figure = Figure(of="ships", values=values, compatible=True)
    said = answer(quote("Over 10 ships."), quote("12 ships.", start=9, end=18), figures=(figure,))
    text = read(cards.answer_card(said))
    assert "On ships, one number could satisfy all of these" in text
    assert "differ" not in text


def test_a_value_that_no_shown_quote_has_is_told_with_its_articles() -> None:
    figure = Figure(
        of="troops",
        values=(
            FigureValue(value="10,000", quotes=(0,), articles=2),
            FigureValue(value="12,000", quotes=(1,)),
            FigureValue(value="15,000", quotes=(), articles=3),
        ),
    )
    said = answer(quote("10,000."), quote("12,000."), figures=(figure,))
    text = read(cards.answer_card(said, quotes=1))
    assert "differ on troops" in text
    assert "10,000 (1, in 2 articles) · 12,000 (in 1 article) · 15,000 (in 3 articles)" in text


def test_an_abstention_names_what_is_missing_and_marks_the_nearest_as_no_answer() -> None:
    said = answer(missing=("population",), nearest=(quote("North Korea sent troops."),))
    text = read(cards.answer_card(said))
    assert "The sources don’t say. No source mentions population." in text
    assert "The nearest sentences, not an answer:\nNorth Korea sent troops." in text


def test_an_abstention_with_known_words_says_so_too() -> None:
    assert "I found no sentence in them that answers this question." in read(
        cards.answer_card(answer())
    )


def test_missing_words_beside_an_answer_are_named() -> None:
    said = answer(quote("They sent troops."), missing=("yesterday",))
    assert "No source mentions yesterday." in read(cards.answer_card(said))


def test_nothing_asked_and_an_empty_library_are_said() -> None:
    assert "nothing to look up" in read(
        cards.answer_card(answer(question="?", reason="nothing_asked"))
    )
    assert "My library is empty" in read(cards.answer_card(answer(reason="empty_library")))


def test_an_answer_from_one_article_names_it() -> None:
    card = cards.answer_card(answer(quote("They sent troops.")), within=entry(1))
    assert "Only in Title 1" in read(card)


def test_pages_lead_forward_and_back() -> None:
    said = answer(*(quote(f"Sentence {n}.", start=n, end=n + 11) for n in range(7)))
    first, second, third = pages(said, 3)
    assert "Quotes 1–3 of 7" in read(first)
    assert "Quotes 4–6 of 7" in read(second)
    assert "Quote 7 of 7" in read(third)
    assert set(buttons(first)) == {"Context 1", "Context 2", "Context 3", "More", "Why"}
    assert {"Back", "More"} <= set(buttons(second))
    assert set(buttons(third)) == {"Context 1", "Back", "Why"}
    assert "7 · North Korea and Russia" in read(third)


def test_a_card_with_the_quotes_of_its_own_page_leads_to_those_that_were_counted() -> None:
    said = answer(*(quote(f"Sentence {n}.", start=n, end=n + 11) for n in range(3)))
    first = cards.answer_card(said.model_copy(update={"available": 4}))
    assert "Quotes 1–3 of 4" in read(first)
    assert "More" in buttons(first)
    assert "More" not in buttons(cards.answer_card(said.model_copy(update={"available": 3})))


def test_a_quote_that_does_not_fit_goes_to_the_next_page_whole() -> None:
    long = [quote(letter * 1200, start=0, end=1200) for letter in "abcd"]
    shown = [read(card) for card in pages(answer(*long), 5)]
    assert len(shown) == 2
    assert all(one.text in shown[0] for one in long[:3])
    assert long[3].text in shown[1]


def test_a_page_past_the_end_is_the_last_one() -> None:
    assert "They sent troops." in read(
        cards.answer_card(answer(quote("They sent troops.")), page=9)
    )


def test_the_context_shows_the_quote_in_bold_between_its_neighbours() -> None:
    one = quote("Kim sent 10,000 troops.", start=10, end=33)
    before = Excerpt(text="He * met.", article="002", title="t", start=0, end=9)
    after = Excerpt(text="More follow.", article="002", title="t", start=34, end=46)
    card = context_card(Context(before=before, quote=one, after=after))
    assert source_of(card)[0] == "> He \\* met. **Kim sent 10,000 troops.** More follow."


def test_the_cells_of_a_head_stay_apart_and_its_lines_are_one() -> None:
    head = Lead(text="Model  Max speed\nin rpm    Price", start=0, end=31)
    one = quote("Q2  900  €260", start=32, end=45, lead=head)
    shown = source_of(cards.answer_card(answer(one)))
    assert "> Model  Max speed in rpm  Price\n> Q2  900  €260" in shown
    long = quote("Q2  900", lead=Lead(text="Speed  " * 100 + "End", start=0, end=703))
    assert all("End" not in text for text in source_of(cards.answer_card(answer(long))))


def test_the_context_within_a_section_keeps_its_lines() -> None:
    one = quote("Q2  900 rpm", start=20, end=31, section="Limits")
    before = Excerpt(text="Model  Speed\n", article="2", title="t", start=7, end=20)
    after = Excerpt(text="\nOf these\ntwo.", article="2", title="t", start=31, end=45, soft=(9,))
    shown = source_of(context_card(Context(before=before, quote=one, after=after)))
    assert shown[0] == "> Model  Speed\n> **Q2  900 rpm**\n> Of these two."
    alone = source_of(context_card(Context(before=None, quote=one, after=None)))
    assert "all that stands under its heading" in alone[1]


def test_a_long_neighbourhood_is_cut_at_its_far_ends() -> None:
    one = quote("Kim sent troops.", start=20000, end=20016)
    before = Excerpt(text="b" + " before" * 2856, article="2", title="t", start=0, end=19993)
    after = Excerpt(text="after " * 3000 + "a", article="2", title="t", start=20017, end=38018)
    text = read(context_card(Context(before=before, quote=one, after=after)))
    assert text.startswith("…before before")
    assert "before Kim sent troops. after" in text


def test_the_list_of_articles_is_paged() -> None:
    entries = [entry(n, url="https://example.org/") for n in range(1, 13)]
    first, second = cards.sources_card(entries), cards.sources_card(entries, 1)
    assert "12 articles" in read(first)
    assert "1 · [Title 1](https://example.org/)\n3,000 characters" in read(first)
    assert set(buttons(first)) == {"More"}
    assert "12 · [Title 12]" in read(second)
    assert set(buttons(second)) == {"Back"}


def test_an_empty_list_of_articles_says_so() -> None:
    assert "My library is empty" in read(cards.sources_card([]))
