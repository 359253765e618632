"""Discord's limits, each with its edge: the longest that is taken, the shortest that is refused."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import discord
import pytest
from discord_api import ABSENT, openapi_validator
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox_bot import newsroom
from sandbox_limits import EDGES, V2, Edge
from tables import check_each

from bot.sandbox.errors import Refusal
from bot.sandbox.rules import check_message

Json = dict[str, Any]


def test_a_limit_is_where_discord_has_it() -> None:
    def check(case: tuple[str, Edge]) -> None:
        name, edge = case
        check_message(edge.taken)
        try:
            check_message(edge.refused)
        except Refusal as refusal:
            assert (refusal.status, refusal.code) == (400, 50035)  # noqa: PT017 - one row of many
            assert edge.place in _places(refusal.errors or {})  # noqa: PT017 - same
        else:
            raise AssertionError(f"{name}: it is taken")

    check_each(EDGES.items(), check)


async def test_the_same_limits_hold_over_http() -> None:
    async with newsroom(described=False) as here:
        for name, edge in EDGES.items():
            path = f"/channels/{here.general.id}/messages"
            assert (await here.post(path, **edge.taken)).status == 200, name
            refused = await here.post(path, **edge.refused)
            assert (refused.status, refused.code) == (400, 50035), name
            assert edge.place in _places(refused.errors), name


@pytest.mark.skipif(openapi_validator() is None, reason=ABSENT)
async def test_discords_own_description_takes_what_the_rules_take() -> None:
    async with newsroom(described=True) as here:
        for name, edge in EDGES.items():
            sent = await here.post(f"/channels/{here.general.id}/messages", **edge.taken)
            assert sent.status == 200, (name, sent.errors)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": ""},
        {"content": " \n\t"},
        {"content": None},
        {"embeds": []},
        {"components": []},
        {"flags": V2},
        {"flags": V2, "components": []},
    ],
)
def test_an_empty_message_is_refused(body: Json) -> None:
    with pytest.raises(Refusal) as caught:
        check_message(body)
    assert caught.value.code == 50006


def test_a_file_alone_is_no_empty_message() -> None:
    check_message({}, files=1)
    check_message({}, files=10)
    with pytest.raises(Refusal):
        check_message({}, files=11)


async def test_a_limit_reaches_the_bot_as_discord_py_shows_it() -> None:
    async with newsroom(described=False) as here:
        channel = here.client.get_partial_messageable(here.general.id)
        await channel.send("x" * 2000)
        with pytest.raises(discord.HTTPException) as caught:
            await channel.send("x" * 2001)
        assert (caught.value.status, caught.value.code) == (400, 50035)
        assert "In content: Must be 2000 or fewer in length." in str(caught.value)


async def test_an_edit_is_judged_by_the_message_that_it_would_make() -> None:
    async with newsroom(described=False) as here:
        channel = here.client.get_partial_messageable(here.general.id)
        message = await channel.send("words")
        view = discord.ui.LayoutView().add_item(discord.ui.TextDisplay("layout"))
        with pytest.raises(discord.HTTPException, match="content"):
            await message.edit(view=view)
        with pytest.raises(discord.HTTPException, match="empty message"):
            await message.edit(content=None)
        await message.edit(content=None, view=view)
        with pytest.raises(discord.HTTPException, match="IS_COMPONENTS_V2"):
            await message.edit(content="words again")
        (seen,) = here.anna.reads(here.general)
        assert (seen.text, seen.layout, seen.edits) == ("layout", True, 1)


KEYS = (
    "type content components accessory options embeds fields flags allowed_mentions parse users "
    "custom_id label style media id items name value min_values nonce message_reference footer"
).split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=20,
)
COMPONENTS = st.lists(
    st.recursive(
        st.fixed_dictionaries({"type": st.integers(0, 20)}, optional={"content": st.text()}),
        lambda inner: st.fixed_dictionaries(
            {"type": st.integers(0, 20)},
            optional={"components": st.lists(inner, max_size=3), "accessory": inner},
        ),
        max_leaves=8,
    )
)


@settings(max_examples=60)
@given(JSON.filter(lambda body: body is not None))
def test_whatever_json_a_body_is_it_is_taken_or_refused(body: object) -> None:
    _judge(body)


@settings(max_examples=60)
@given(COMPONENTS, st.sampled_from([0, V2]))
def test_whatever_components_a_body_has_it_is_taken_or_refused(
    components: list[Json], flags: int
) -> None:
    _judge({"components": components, "flags": flags, "content": "x"})


def _judge(body: Any) -> None:  # noqa: ANN401  # any JSON at all
    """Any other exception than a refusal fails the test."""
    with suppress(Refusal):
        check_message(body)


def _places(errors: Json, *above: str) -> list[str]:
    """The fields that an error body names, with dots between keys."""
    found = [".".join(above)] if "_errors" in errors else []
    for key, inner in errors.items():
        if key != "_errors":
            found += _places(inner, *above, key)
    return found
