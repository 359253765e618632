"""Whatever a member can press has a pace, and leaves the event loop to the others."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from bot_room import Room, plain, running

from bot.article_list import ArticleList
from bot.cards import cards, limits, markdown
from bot.cards.context_card import context_card
from bot.cards.why_card import why_card
from retrieval import Answerer, Library
from retrieval.models import Also

PAGED = "How many North Korean troops are there in Russia?"  # fills several pages
DOORS = {
    Answerer: ("ask", "context"),
    Library: ("entries", "stamp"),
    ArticleList: ("offer", "named"),
}


def is_on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def test_nothing_that_grows_with_the_library_runs_on_the_event_loop(
    room: Room, shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Counter[tuple[str, bool]] = Counter()

    def watched(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - any method's
            seen[name, is_on_a_loop()] += 1
            return work(*given, **named)

        return watch

    async with running(room, shipped):  # which reads its list before the loop has anything to do
        for kind, names in DOORS.items():
            for name in names:
                monkeypatch.setattr(kind, name, watched(name, getattr(kind, name)))
        monkeypatch.setattr("bot.article_list.ListRefresher._refresh", refresh_always)
        card = await room.anna.slash(room.general, "ask", question=PAGED, article="Kursk")
        await room.anna.autocomplete(room.general, "ask", question="?", article="Kim")
        await room.anna.mentions(room.general, PAGED)
        for label in ("Context", "Why", "More"):
            await room.anna.clicks(
                await room.anna.slash(room.general, "ask", question=PAGED), label
            )
        await room.anna.slash(room.general, "sources")
    assert {name for name, _ in seen} == {name for names in DOORS.values() for name in names}
    assert not any(on_loop for _, on_loop in seen)
    assert card.layout


def refresh_always(refresher: Any) -> None:  # noqa: ANN401 - the list's own
    refresher._library.stamp()  # noqa: SLF001 - as it does where a library is a file
    refresher.newest = ArticleList(refresher._library.entries())  # noqa: SLF001 - same


async def test_slash_commands_and_keystrokes_have_a_pace(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped, cooldown=600):
        lists = [await room.anna.slash(room.general, "sources") for _ in range(3)]
        offered = [
            await room.anna.autocomplete(room.general, "ask", question="?", article="")
            for _ in range(51)
        ]
        other = await room.ben.slash(room.general, "sources")
    assert ["5 articles" in plain(one) for one in [*lists, other]] == [True, True, False, True]
    assert "more than 2 lists in 600 seconds" in plain(lists[2])
    assert [len(one) for one in offered] == [5] * 50 + [0]


def sizes_of(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long each text is that is escaped for a card from now on."""
    sizes: list[int] = []

    def watched(real: Callable[..., str]) -> Callable[..., str]:
        def watch(text: str, *rest: Any) -> str:  # noqa: ANN401 - places, if any
            sizes.append(len(text))
            return real(text, *rest)

        return watch

    for name in ("escape", "mark"):
        monkeypatch.setattr(markdown, name, watched(getattr(markdown, name)))
    return sizes


def test_a_card_takes_no_longer_for_a_text_that_no_card_can_hold(
    shipped: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    vast = "troops *marched* " * 60_000
    answer = shipped.ask(PAGED)
    first = answer.quotes[0]
    also = Also(text=f"{vast}on", article="a", title=vast, start=0, end=len(vast) + 2)
    quote = first.model_copy(
        update={"text": vast, "end": first.start + len(vast), "title": vast, "also": (also,)}
    )
    answer = answer.model_copy(update={"quotes": (quote, *answer.quotes[1:])})
    context = shipped.context(first.article, first.start, first.end)
    entries = [one.model_copy(update={"title": vast}) for one in shipped.library.entries()]
    sizes = sizes_of(monkeypatch)
    cards.answer_card(answer, within=entries[0])
    why_card(answer, [0])
    context_card(context.model_copy(update={"quote": quote}))
    context_card(context.model_copy(update={"before": quote, "after": quote}))
    cards.sources_card(entries)
    assert 0 < max(sizes) <= limits.CARD_TEXT + 1
