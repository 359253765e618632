"""What members read when they press *Why*, and the notes that a card carries; no mocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from bot_room import Room, plain, press_alone, running
from libraries import article

from bot.opening import open_library
from bot.sandbox import NotPossible, SeenMessage
from retrieval import Answer, Answerer, Library, Quote
from retrieval.models import Also, Speaker

TROOPS = "How many troops has North Korea sent to Russia?"
PAGED = "How many North Korean troops are there in Russia?"  # fills several pages
POPULATION = "What is the population of North Korea?"
SCORES = re.compile(r"score ([0-9.]+)$", re.MULTILINE)


class Changed(Answerer):
    """Answers with fields of its quotes changed, as another library might fill them."""

    changes: Mapping[str, Any] = {}

    def ask(
        self, question: str, *, quotes: int = 5, counted: int = 0, article: str | None = None
    ) -> Answer:
        answer = super().ask(question, quotes=quotes, counted=counted, article=article)
        changed = [quote.model_copy(update=dict(self.changes)) for quote in answer.quotes]
        return answer.model_copy(update={"quotes": tuple(changed)})


def changed(answerer: Answerer, **changes: object) -> Answerer:
    other = Changed.open(answerer.library)
    other.changes = changes
    return other


def scores(card: SeenMessage) -> list[str]:
    return SCORES.findall(plain(card))


def expected(*quotes: Quote) -> list[str]:
    return [f"{quote.score:.2f}" for quote in quotes]


async def test_why_explains_the_quotes_of_a_card_to_the_one_who_pressed(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        why = await press_alone(room, TROOPS, "Why")
    answer = shipped.ask(TROOPS, quotes=3)
    assert scores(why) == expected(*answer.quotes)
    assert "Why these quotes" in plain(why)
    assert f"Confidence {answer.confidence:.2f}: a score from 0 to 1, not a probab" in plain(why)
    assert "It has North, Korea, sent, troops and Russia." in plain(why)
    assert why.pings == ()


async def test_the_parts_of_a_score_are_named_explained_and_add_up(
    room: Room, shipped: Answerer
) -> None:
    why = {"soft_coverage": 3.333, "opening": 1.333, "close_pairs": 0.334}
    async with running(room, changed(shipped, why=why, score=5.0)):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        shown = plain(await room.anna.clicks(card, "Why"))
    assert (
        "score 5.00\nIt has North, Korea, sent, troops and Russia.\n`+3.33` words of the question\n"
        "`+1.33` near the beginning\n`+0.34` words in the same order\n"
    ) in shown
    assert "near the beginning: It stands near the beginning of its article." in shown


async def test_why_works_after_a_restart(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, TROOPS)
        card = await room.anna.next_message(room.general, after=asked)
    async with running(room, shipped):
        why = await room.ben.clicks(card, "Why")
    assert scores(why) == expected(*shipped.ask(TROOPS, quotes=3).quotes)


async def test_why_on_a_later_page_explains_that_page(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        first = await room.anna.slash(room.general, "ask", question=PAGED, private=True)
        second = await room.anna.clicks(first, "More")
        why = await room.anna.clicks(second, "Why")
        assert why.id != second.id
        assert room.anna.rereads(second) == second
    assert scores(why) == expected(*shipped.ask(PAGED, quotes=6).quotes[3:])
    assert "4 · " in plain(why)


async def test_why_stays_within_the_article_that_was_asked(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        title = "commit to strengthening"
        card = await room.anna.slash(room.general, "ask", question=TROOPS, article=title)
        why = await room.anna.clicks(card, "Why")
    only = shipped.ask(TROOPS, quotes=3, article="003_601dd0bef2fbb5b7")
    assert scores(why) == expected(*only.quotes)


async def test_why_explains_an_abstention(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=POPULATION)
        why = await room.anna.clicks(card, "Why")
    assert "Why no quote is an answer" in plain(why)
    assert "too low for an answer: a score from 0 to 1" in plain(why)
    assert "No source mentions population." in plain(why)
    assert scores(why) == expected(*shipped.ask(POPULATION).nearest)


async def test_why_says_when_the_library_has_changed(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
    with open_library(None) as seeds, Library.of([*seeds, article("new", "A new fact.")]) as grown:
        async with running(room, Answerer.open(grown)):
            why = await room.ben.clicks(card, "Why")
    assert why.ephemeral
    assert "My library has changed" in plain(why)
    assert not scores(why)


async def test_why_of_a_question_that_is_none_any_more_shows_no_reason(
    room: Room, shipped: Answerer
) -> None:
    class Deaf(Answerer):
        def ask(
            self, _question: str, *, quotes: int = 5, counted: int = 0, article: str | None = None
        ) -> Answer:
            return super().ask("?", quotes=quotes, counted=counted, article=article)

    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
    async with running(room, Deaf.open(shipped.library)):
        why = await room.anna.clicks(card, "Why")
    assert "or I have" in plain(why)


async def test_why_says_when_the_one_article_is_gone(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        title = "commit to strengthening"
        card = await room.anna.slash(room.general, "ask", question=TROOPS, article=title)
    with Library.of([article("other", "Something else.")]) as other:
        async with running(room, Answerer.open(other)):
            why = await room.anna.clicks(card, "Why")
    assert "no longer in my library" in plain(why)


async def test_presses_of_why_are_counted_too(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped, cooldown=600):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        for _ in range(15):
            await room.anna.clicks(card, "Why")
        refused = await room.anna.clicks(card, "Why")
    assert "more than 15 presses" in plain(refused)


async def test_other_words_for_the_same_are_shown_with_their_place(
    room: Room, shipped: Answerer
) -> None:
    also = (
        Also(text="Over *10,000* soldiers went.", article="b", title="B_b", start=4, end=32),
        Also(text="@everyone went!", article="c", title="C", start=0, end=15),
    )
    async with running(room, changed(shipped, also=also, articles=2, origins=2), quotes=1):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        why = await room.anna.clicks(card, "Why")
    assert "Also in B_b and C · 2 independent sources" in plain(card)
    assert "soldiers went" not in plain(card)
    assert "Also in B_b · characters 4–32\nOver *10,000* soldiers went.\n" in plain(why)
    assert "Also in C · characters 0–15\n@everyone went!" in plain(why)
    assert (card.pings, why.pings) == ((), ())


NAMES = ("**KCNA** @everyone", "<@1> [x](https://x.org)\n# big", "\u202eevil", "N" * 3000)


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_speaker_is_named_verbatim_bounded_and_pings_nobody(
    name: str, room: Room, shipped: Answerer
) -> None:
    speaker = Speaker(text=name, start=0, end=len(name))
    async with running(room, changed(shipped, speaker=speaker)):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        why = await room.anna.clicks(card, "Why")
    named = " ".join(name.replace("\u202e", "").split())[:40]
    assert f" · credited to {named}" in plain(card)
    assert "\u202e" not in card.text
    assert max(map(len, card.text.split("\n"))) < 1000
    assert (card.pings, why.pings) == ((), ())


async def test_a_speaker_of_whom_nothing_is_to_be_seen_is_left_out(
    room: Room, shipped: Answerer
) -> None:
    speaker = Speaker(text="\u200b \x00", start=0, end=3)
    async with running(room, changed(shipped, speaker=speaker)):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
    assert "credited" not in plain(card)


# -- talk -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("Hello!", "Good to hear from you. Ask me a question, and I answer with sentences of 5"),
        ("thanks!", "Any time. If there is more to look up in 5 articles, just ask."),
        ("Write me a poem about the sea", "I only quote: I can’t write, draw or do things."),
        ("Are you a bot?", "I am a bot that quotes 5 articles, word for word. No model writes a"),
    ],
)
async def test_talk_is_answered_honestly_and_tells_how_to_ask(
    said: str, answered: str, room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, said)
        reply = await room.anna.next_message(room.general, after=asked)
        slash = await room.anna.slash(room.general, "ask", question=said)
    assert reply.reply_to == asked.id
    for card in (reply, slash):
        assert plain(card).startswith(f"{said}\n{answered}")
        assert "Use `/ask`, mention me together with a question, or write to me" in plain(card)
        assert card.buttons == ()


async def test_a_card_without_a_quote_has_no_why(room: Room) -> None:
    with Library.of([]) as library:
        async with running(room, Answerer.open(library)):
            card = await room.anna.slash(room.general, "ask", question=TROOPS)
            with pytest.raises(NotPossible):
                await room.anna.clicks(card, "Why")
