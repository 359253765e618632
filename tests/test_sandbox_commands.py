"""Application commands in the sandbox: registering, syncing again, and Discord's rules for them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import discord
import pytest
from discord import app_commands
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sandbox_bot import SLASH_COMMANDS, Newsbot, newsroom, running

from bot.sandbox import NotPossible
from bot.sandbox.command_rules import bulk_problems, is_name
from bot.sandbox.errors import Refusal
from bot.sandbox.forms import check
from bot.sandbox.shapes import COMMAND, type_problems

Json = dict[str, Any]


async def test_registered_commands_are_given_back_with_ids() -> None:
    async with newsroom() as here:
        fetched = await here.client.tree.fetch_commands()
        assert {one.name for one in fetched} == {one.name for one in SLASH_COMMANDS} | {"echo"}
        assert len({one.id for one in fetched}) == len(fetched)
        one = await here.client.tree.fetch_command(fetched[0].id)
        assert one == fetched[0]


async def test_the_sandbox_counts_how_often_commands_are_written() -> None:
    async with newsroom() as here:
        assert here.discord.commands.writes == 1
        await here.client.tree.fetch_commands()
        assert here.discord.commands.writes == 1
        await here.client.tree.sync()
        assert here.discord.commands.writes == 2


async def test_a_command_that_is_synced_again_keeps_its_id_and_version_unless_it_changed() -> None:
    async with newsroom() as here:
        before = {one["name"]: one for one in here.discord.commands.of(here.discord.bot)}
        here.client.tree.remove_command("form")
        changed = here.client.tree.get_command("ask")
        assert isinstance(changed, app_commands.Command)
        here.client.tree.remove_command("ask")
        here.client.tree.add_command(changed._copy_with(parent=None, binding=None))  # noqa: SLF001
        await here.client.tree.sync()
        after = {one["name"]: one for one in here.discord.commands.of(here.discord.bot)}
        assert "form" not in after
        assert after == {name: one for name, one in before.items() if name != "form"}


async def test_a_changed_command_keeps_its_id_and_gets_a_new_version() -> None:
    async with newsroom() as here:
        path = f"/applications/{here.discord.bot.id}/commands"
        await here.post(path, name="news", description="Old words")
        (old,) = [c for c in here.discord.commands.of(here.discord.bot) if c["name"] == "news"]
        await here.post(path, name="news", description="New words")
        (new,) = [c for c in here.discord.commands.of(here.discord.bot) if c["name"] == "news"]
        assert new["id"] == old["id"]
        assert new["version"] != old["version"]
        assert new["description"] == "New words"


async def test_a_command_is_edited_and_deleted() -> None:
    async with newsroom() as here:
        (echo,) = [c for c in await here.client.tree.fetch_commands() if c.name == "echo"]
        edited = await echo.edit(description="Say it once more")
        assert (edited.id, edited.description) == (echo.id, "Say it once more")
        assert [option.name for option in edited.options] == ["text"]
        await echo.delete()
        with pytest.raises(NotPossible):
            await here.anna.slash(here.general, "echo", text="hello")
        with pytest.raises(discord.NotFound) as caught:
            await echo.delete()
        assert caught.value.code == 10063


async def test_a_guilds_command_is_offered_there_only() -> None:
    async with newsroom() as here:
        other = here.discord.guild("Other")
        lobby = other.channel("lobby")
        carla = other.member("carla")
        guild = discord.Object(other.id)

        @here.client.tree.command(name="local", guild=guild)
        async def local(interaction: discord.Interaction) -> None:
            """Work here only."""
            await interaction.response.send_message("here only")

        await here.client.tree.sync(guild=guild)
        assert (await carla.slash(lobby, "local")).text == "here only"
        with pytest.raises(NotPossible):
            await here.anna.slash(here.general, "local")


async def test_subcommands_are_used_by_their_path() -> None:
    async with newsroom() as here:
        group = app_commands.Group(name="library", description="The library")

        @group.command(name="search", description="Search it")
        async def search(interaction: discord.Interaction, words: str) -> None:
            await interaction.response.send_message(f"searched {words}")

        here.client.tree.add_command(group)
        await here.client.tree.sync()
        assert (await here.anna.slash(here.general, "library search", words="x")).text
        for wrong in ("library", "library list"):
            with pytest.raises(NotPossible, match="subcommand"):
                await here.anna.slash(here.general, wrong)


async def test_users_and_channels_are_options_too() -> None:
    async with newsroom() as here:

        @here.client.tree.command(name="who")
        async def who(
            interaction: discord.Interaction, person: discord.User, place: discord.TextChannel
        ) -> None:
            """Name them."""
            await interaction.response.send_message(f"{person.name} in {place.name}")

        await here.client.tree.sync()
        seen = await here.anna.slash(here.general, "who", person=here.ben, place=here.general)
        assert seen.text == "ben in general"


async def test_commands_of_another_application_are_out_of_reach() -> None:
    async with newsroom() as here:
        refused = await here.post("/applications/1/commands", name="x", description="y")
        assert (refused.status, refused.code) == (403, 20012)


async def test_a_second_start_with_unchanged_commands_leaves_the_versions() -> None:
    async with newsroom() as here:
        before = list(here.discord.commands.of(here.discord.bot))
        await here.client.close()
        async with running(here.discord, Newsbot()):
            assert here.discord.commands.of(here.discord.bot) == before


def command(**changes: object) -> Json:
    return {"name": "ask", "description": "Ask"} | changes


def option(**changes: object) -> Json:
    return {"type": 3, "name": "text", "description": "Text"} | changes


def options(count: int) -> list[Json]:
    return [option(name=f"option{number}") for number in range(count)]


def choices(count: int, length: int = 1) -> list[Json]:
    return [{"name": "n" * length, "value": f"v{number}"} for number in range(count)]


# What is just taken, and what is just refused.
EDGES: dict[str, tuple[Json, Json]] = {
    "name of 32": (command(name="x" * 32), command(name="x" * 33)),
    "name of 1": (command(name="x"), command(name="")),
    "lower case": (command(name="ask-me_now"), command(name="Ask")),
    "no spaces": (command(name="ask'me"), command(name="ask me")),
    "letters of every script": (command(name="प्रश्न"), command(name="ask!")),
    "description of 100": (command(description="x" * 100), command(description="x" * 101)),
    "a description": (command(description="x"), command(description="")),
    "25 options": (command(options=options(25)), command(options=options(26))),
    "required first": (
        command(options=[option(name="a", required=True), option(name="b")]),
        command(options=[option(name="a"), option(name="b", required=True)]),
    ),
    "option names once": (command(options=options(2)), command(options=options(1) * 2)),
    "option types that exist": (
        command(options=[option(type=11)]),
        command(options=[option(type=12)]),
    ),
    "25 choices": (
        command(options=[option(choices=choices(25))]),
        command(options=[option(choices=choices(26))]),
    ),
    "choice names of 100": (
        command(options=[option(choices=[{"name": "x" * 100, "value": "v"}])]),
        command(options=[option(choices=[{"name": "x" * 101, "value": "v"}])]),
    ),
    "choices or autocomplete": (
        command(options=[option(autocomplete=True)]),
        command(options=[option(autocomplete=True, choices=choices(1))]),
    ),
    "autocomplete of text": (
        command(options=[option(autocomplete=True)]),
        command(options=[option(type=5, autocomplete=True)]),
    ),
    "max_length of 6,000": (
        command(options=[option(max_length=6000)]),
        command(options=[option(max_length=6001)]),
    ),
    "a subcommand holds values": (
        command(options=[option(type=1, options=[option()])]),
        command(options=[option(type=1, options=[option(type=1)])]),
    ),
    "a group holds subcommands": (
        command(options=[option(type=2, options=[option(type=1, options=[option()])])]),
        command(options=[option(type=2, options=[option()])]),
    ),
    "subcommands or values": (
        command(options=[option(type=1, name="a"), option(type=1, name="b")]),
        command(options=[option(type=1, name="a"), option(name="b")]),
    ),
    "8,000 characters": (
        command(options=[option(name=f"o{n}", choices=choices(25, 70)) for n in range(4)]),
        command(options=[option(name=f"o{n}", choices=choices(25, 80)) for n in range(4)]),
    ),
    "a menu command without description": (
        {"type": 3, "name": "Quote this"},
        {"type": 3, "name": "Quote this", "description": "x"},
    ),
}


@pytest.mark.parametrize(("taken", "refused"), EDGES.values(), ids=EDGES)
async def test_a_rule_for_commands_is_where_discord_has_it(taken: Json, refused: Json) -> None:
    check(problem for _, problem in bulk_problems([taken]))
    with pytest.raises(Refusal):
        check(problem for _, problem in bulk_problems([refused]))


async def test_a_refused_sync_names_the_command_and_the_field() -> None:
    async with newsroom(described=False) as here:
        body: Any = [command(), command(name="Bad Name")]
        with pytest.raises(discord.HTTPException, match=r"In 1\.name: Command name is invalid"):
            await here.client.http.bulk_upsert_global_commands(here.discord.bot.id, body)
        again: Any = [command(), command()]
        with pytest.raises(discord.HTTPException, match="names must be unique"):
            await here.client.http.bulk_upsert_global_commands(here.discord.bot.id, again)
        many: Any = [command(name=f"c{number}") for number in range(101)]
        with pytest.raises(discord.HTTPException) as caught:
            await here.client.http.bulk_upsert_global_commands(here.discord.bot.id, many)
        assert caught.value.code == 30032
        sent = await here.client.http.bulk_upsert_global_commands(here.discord.bot.id, many[:100])
        assert len(sent) == 100


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_is_a_name_or_none(name: str) -> None:
    assert not is_name(name) or name == name.lower()


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from("type name description options choices value required".split()),
                inner,
                max_size=5,
            )
        ),
        max_leaves=15,
    )
)
@example([{"choices": "0"}])
def test_whatever_json_a_list_of_commands_is_it_is_taken_or_refused(body: object) -> None:
    with suppress(Refusal):
        check(type_problems(body, [COMMAND]))
        assert isinstance(body, list | None)
        check(problem for _, problem in bulk_problems(body or []))
