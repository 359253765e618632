"""The small rooms of the bot: who asks how often, which article is meant, what is registered."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, answerer_over, article

from bot.article_list import ArticleList
from bot.cards.buttons import key, library_key
from bot.rate_limit import RateLimit
from bot.registration import canonical
from bot.service import Service
from retrieval import Library
from retrieval.library import Entry
from retrieval.values import LibraryState


class Person(NamedTuple):
    id: int


def list_of(*titles: str) -> ArticleList:
    with Library.of(article(f"{n}", f"Text {n}.", t) for n, t in enumerate(titles)) as library:
        return ArticleList(library.entries())


def test_each_person_has_a_pace_of_their_own() -> None:
    rate_limit = RateLimit(2, 600)
    assert [rate_limit.wait(Person(1)) for _ in range(2)] == [0, 0]
    assert 0 < rate_limit.wait(Person(1)) <= 600
    assert rate_limit.wait(Person(2)) == 0


def test_a_refusal_is_told_once_within_the_window() -> None:
    rate_limit = RateLimit(1, 600)
    assert [rate_limit.is_told(Person(1)) for _ in range(3)] == [False, True, True]
    assert not rate_limit.is_told(Person(2))


def test_a_window_of_0_seconds_is_no_limit() -> None:
    rate_limit = RateLimit(1, 0)
    assert [rate_limit.wait(Person(1)) for _ in range(50)] == [0] * 50


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_changes_nobodys_wait(
    hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = RateLimit(2, 10)
    assert [limit.wait(Person(1)), limit.wait(Person(1))] == [0, 0]
    assert not limit.is_told(Person(1))
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + hours * 3600)
    assert 0 < limit.wait(Person(1)) <= 10
    assert limit.is_told(Person(1))


def test_the_window_passes_with_the_monotonic_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = RateLimit(1, 10)
    limit.wait(Person(1))
    assert limit.wait(Person(1)) > 0
    later = time.monotonic() + 11
    monkeypatch.setattr("time.monotonic", lambda: later)
    assert limit.wait(Person(1)) == 0


def test_articles_that_start_with_what_was_typed_are_offered_first() -> None:
    articles = list_of("The bridge", "Bridges of Norway", "Harbour")
    assert [one.title for one in articles.offer("bridge", 25)] == [
        "Bridges of Norway",
        "The bridge",
    ]
    assert len(articles.offer("", 2)) == 2


@given(
    st.lists(st.text("ab \n\u0130", min_size=1), max_size=9), st.text("ab \n"), st.integers(1, 9)
)
def test_what_is_offered_and_named_is_what_a_look_at_every_title_finds(
    titles: list[str], typed: str, most: int
) -> None:
    entry = dict.fromkeys(("publisher", "author", "published", "url"))
    listed = ArticleList(
        Entry(id=f"{n}", title=title, language="en", sha256="", characters=1, **entry)
        for n, title in enumerate(titles)
    )
    wanted, lines = (" ".join(typed.split()).casefold(), listed.entries)
    folded = [(" ".join(one.title.split()).casefold(), one) for one in lines]
    found = [pair for pair in folded if wanted in pair[0]]
    found.sort(key=lambda pair: not pair[0].startswith(wanted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.article_list.STRIDE", 3)
        assert listed.offer(typed, most) == [one for _, one in found[:most]]
        exact = [one for title, one in found if title == wanted] or [one for _, one in found]
        assert listed.named(typed) == (exact[0] if wanted and len(exact) == 1 else None)


@pytest.mark.parametrize("typed", ["harbour", "  HARBOUR ", "bour"])
def test_an_article_is_named_by_as_much_of_its_title_as_only_one_has(typed: str) -> None:
    named = list_of("The bridge", "Harbour").named(typed)
    assert named is not None
    assert named.title == "Harbour"


@pytest.mark.parametrize("typed", ["b", "r", "", "   ", "tower"])
def test_a_name_that_fits_several_or_none_names_nothing(typed: str) -> None:
    assert list_of("The bridge", "Harbour").named(typed) is None


def test_a_whole_title_counts_more_than_a_part_of_another() -> None:
    named = list_of("Bridge", "The bridge").named("bridge")
    assert named is not None
    assert named.id == "0"


def test_an_article_is_found_by_its_key() -> None:
    articles = list_of("The bridge", "Harbour")
    assert articles.find(key("1")) == articles.named(key("1")) == articles.entries[1]
    assert articles.find(key("7")) is None


def test_a_library_has_another_key_with_other_articles_or_synonyms() -> None:
    states = [
        LibraryState(version=version, articles=1, sentences=1, synonyms=synonyms)
        for version, synonyms in (("a", None), ("b", None), ("a", "x"), ("a", "y"))
    ]
    assert len({library_key(state) for state in states}) == 4
    assert library_key(states[0]) == key("a")


async def test_a_stop_waits_for_what_is_under_way_but_not_for_ever() -> None:
    service = Service(answerer_over(HARBOUR, BRIDGE), 3)
    await service.finish(0)
    with service.work():
        await service.finish(0)
        with service.work():
            pass
        await service.finish(0)
    await service.finish(600)


OURS = {
    "name": "ask",
    "type": 1,
    "description": "Ask",
    "nsfw": False,
    "dm_permission": True,
    "default_member_permissions": None,
    "contexts": [1, 0],
    "integration_types": [0],
    "options": [{"type": 3, "name": "question", "description": "What", "required": True}],
}
THEIRS = {
    "id": "1",
    "application_id": "2",
    "version": "3",
    "name": "ask",
    "type": 1,
    "description": "Ask",
    "name_localizations": None,
    "nsfw": False,
    "dm_permission": None,
    "default_member_permissions": None,
    "contexts": [0, 1],
    "integration_types": [0],
    "options": [
        {
            "type": 3,
            "name": "question",
            "description": "What",
            "required": True,
            "autocomplete": False,
        }
    ],
}


def test_what_discord_adds_to_a_command_is_no_change() -> None:
    assert canonical([OURS]) == canonical([THEIRS])


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Ask something"},
        {"contexts": [0]},
        {"default_member_permissions": "8"},
        {"options": []},
        {"options": [{**OURS["options"][0], "required": False}]},  # type: ignore[index] # a list
        {"options": [{**OURS["options"][0], "min_length": 0}]},  # type: ignore[index] # a list
    ],
)
def test_a_change_of_a_command_is_seen(change: dict[str, object]) -> None:
    assert canonical([{**OURS, **change}]) != canonical([THEIRS])


def test_a_command_more_or_less_is_a_change() -> None:
    assert canonical([OURS, {**OURS, "name": "sources"}]) != canonical([THEIRS])
    assert canonical([]) != canonical([THEIRS])
