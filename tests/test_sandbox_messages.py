"""Messages in the sandbox: who hears them, who is notified, and what a bot may read."""

from __future__ import annotations

import discord
import pytest
from sandbox_bot import Newsbot, newsroom

from bot.sandbox import Intent, NothingCame, NotPossible


async def test_a_mention_is_answered_with_a_reply_that_everyone_sees_and_nobody_is_pinged() -> None:
    async with newsroom() as here:
        asked = await here.anna.mentions(here.general, "how many troops?")
        reply = await here.ben.next_message(here.general, after=asked)
        assert reply.text == "heard: @Pullquote how many troops?"
        assert reply.author == "Pullquote"
        assert reply.reply_to == asked.id
        assert reply.pings == ()
        assert asked.pings == ("Pullquote",)
        assert here.discord.unknown_routes == []


async def test_a_direct_message_is_seen_by_its_two_parties_only() -> None:
    async with newsroom() as here:
        sent = await here.anna.dm("hello")
        reply = await here.anna.next_message(here.anna.dm_channel(), after=sent)
        assert reply.text == "heard: hello"
        assert here.ben.reads(here.anna.dm_channel()) == []


async def test_content_is_empty_without_the_intent_but_not_in_mentions_dms_and_own_messages() -> (
    None
):
    async with newsroom() as here:
        await here.anna.says(here.general, "secret")
        asked = await here.anna.mentions(here.general, "open")
        await here.anna.next_message(here.general, after=asked)
        dm = await here.anna.dm("private")
        await here.anna.next_message(here.anna.dm_channel(), after=dm)
        heard = here.client.heard
        assert heard[0] == ""
        assert heard[1].endswith("open")
        assert "private" in heard
        assert "heard: @Pullquote open" in heard


async def test_content_is_there_with_the_intent_so_prefix_commands_work() -> None:
    client = Newsbot(intents=discord.Intents(guilds=True, messages=True, message_content=True))
    async with newsroom(intents=Intent.MESSAGE_CONTENT, client=client) as here:
        asked = await here.anna.says(here.general, "!echo over here")
        reply = await here.anna.next_message(here.general, after=asked)
        assert reply.text == "over here"


async def test_history_over_rest_hides_content_as_the_gateway_does() -> None:
    async with newsroom() as here:
        await here.anna.says(here.general, "secret")
        channel = here.client.get_partial_messageable(here.general.id)
        assert [message.content async for message in channel.history()] == [""]


async def test_a_bot_hears_only_what_its_intents_ask_for() -> None:
    client = Newsbot(intents=discord.Intents(guilds=True, dm_messages=True))
    async with newsroom(client=client) as here:
        await here.anna.mentions(here.general, "nobody hears this")
        dm = await here.anna.dm("but this")
        await here.anna.next_message(here.anna.dm_channel(), after=dm)
        assert here.client.heard[0] == "but this"


async def test_allowed_mentions_decide_who_is_notified() -> None:
    async with newsroom() as here:
        text = f"{here.anna.mention} {here.ben.mention} @everyone"
        channel = here.client.get_partial_messageable(here.general.id)
        await channel.send(text)
        await channel.send(text, allowed_mentions=discord.AllowedMentions.all())
        only_ben = discord.AllowedMentions(users=[discord.Object(here.ben.id)], everyone=False)
        await channel.send(text, allowed_mentions=only_ben)
        pings = [message.pings for message in here.anna.reads(here.general)]
        assert pings == [(), ("anna", "ben", "everyone"), ("ben",)]


async def test_a_mention_in_code_notifies_nobody() -> None:
    async with newsroom() as room:
        for said in ("`{}`", "```\n{}\n```", "`` ` {} ``"):
            message = await room.anna.says(room.general, said.format(room.ben.mention))
            assert not message.pings
        message = await room.anna.says(room.general, f"`a` {room.ben.mention} `")
    assert message.pings == ("ben",)


async def test_a_members_mention_of_everyone_notifies_nobody_without_the_permission() -> None:
    async with newsroom() as here:
        said = await here.anna.says(here.general, "@everyone look")
        assert said.pings == ()


async def test_a_reply_notifies_its_author_unless_told_otherwise() -> None:
    async with newsroom() as here:
        said = await here.anna.says(here.general, "hello")
        channel = here.client.get_channel(here.general.id)
        assert isinstance(channel, discord.TextChannel)
        original = await channel.fetch_message(said.id)
        await original.reply("with", allowed_mentions=discord.AllowedMentions.all())
        await original.reply("without", mention_author=False)
        _, loud, quiet = here.anna.reads(here.general)
        assert (loud.pings, quiet.pings) == (("anna",), ())
        assert loud.reply_to == quiet.reply_to == said.id


async def test_an_edit_reads_its_mentions_anew() -> None:
    async with newsroom() as here:
        channel = here.client.get_partial_messageable(here.general.id)
        message = await channel.send("nobody")
        await message.edit(
            content=here.anna.mention, allowed_mentions=discord.AllowedMentions.all()
        )
        assert here.anna.reads(here.general)[0].pings == ("anna",)


async def test_the_bot_edits_and_deletes_its_messages() -> None:
    async with newsroom() as here:
        channel = here.client.get_partial_messageable(here.general.id)
        message = await channel.send("one")
        (seen,) = here.anna.reads(here.general)
        await message.edit(content="two")
        changed = await here.anna.next_edit(seen)
        assert (changed.text, changed.edits) == ("two", 1)
        await message.delete()
        assert here.anna.reads(here.general) == []
        with pytest.raises(NotPossible):
            here.anna.rereads(seen)


async def test_a_bot_cannot_edit_what_others_wrote() -> None:
    async with newsroom() as here:
        said = await here.anna.says(here.general, "mine")
        partial = here.client.get_partial_messageable(here.general.id).get_partial_message(said.id)
        with pytest.raises(discord.Forbidden) as caught:
            await partial.edit(content="yours")
        assert caught.value.code == 50005


async def test_a_reply_to_a_message_that_is_gone_is_refused_unless_it_may_fail() -> None:
    async with newsroom() as here:
        reference = {"message_id": "1", "channel_id": str(here.general.id)}
        body = {"content": "hello", "message_reference": reference}
        with pytest.raises(discord.HTTPException, match="Unknown message") as caught:
            await here.client.send_raw(here.general, body)
        assert caught.value.code == 50035
        reference["fail_if_not_exists"] = False  # type: ignore[assignment]  # JSON mixes types
        await here.client.send_raw(here.general, body)
        assert here.anna.reads(here.general)[0].reply_to is None


async def test_ids_increase_and_messages_keep_their_order() -> None:
    async with newsroom() as here:
        for number in range(50):
            await here.anna.says(here.general, str(number))
        seen = here.ben.reads(here.general)
        assert [message.text for message in seen] == [str(number) for number in range(50)]
        ids = [message.id for message in seen]
        assert ids == sorted(set(ids))


async def test_history_pages_before_and_after_a_message() -> None:
    async with newsroom() as here:
        for number in range(10):
            await here.anna.dm(str(number))
        channel = here.client.get_partial_messageable(here.anna.dm_channel().id)
        middle = here.anna.reads(here.anna.dm_channel())[5]
        point = discord.Object(middle.id)
        before = [m.id async for m in channel.history(before=point, limit=2)]
        after = [m.id async for m in channel.history(after=point, limit=2)]
        around = [m.id async for m in channel.history(around=point, limit=3)]
        seen = [m.id for m in here.anna.reads(here.anna.dm_channel())]
        place = seen.index(middle.id)
        assert before == [seen[place - 1], seen[place - 2]]
        assert after == seen[place + 1 : place + 3]
        oldest = [m.id async for m in channel.history(oldest_first=True, limit=2)]
        assert oldest == seen[:2]
        assert sorted(around) == seen[place - 1 : place + 2]


async def test_the_same_enforced_nonce_sends_once() -> None:
    async with newsroom() as here:
        channel = here.client.get_partial_messageable(here.general.id)
        await channel.send("once", nonce="abc")
        await channel.send("once", nonce="abc")
        assert len(here.anna.reads(here.general)) == 1


async def test_files_travel_with_a_message() -> None:
    async with newsroom() as here:
        channel = here.client.get_partial_messageable(here.general.id)
        file = discord.File(__file__, filename="notes.txt", description="the notes")
        message = await channel.send("attached", file=file)
        assert here.anna.reads(here.general)[0].files == ("notes.txt",)
        assert b"the notes" in await message.attachments[0].read()


async def test_a_whole_message_is_text_in_the_order_of_the_screen() -> None:
    async with newsroom() as here:
        channel = here.client.get_partial_messageable(here.general.id)
        embed = discord.Embed(title="Title", description="Body").set_footer(text="Foot")
        embed.set_author(name="Author").add_field(name="Field", value="Value")
        await channel.send("Content", embed=embed)
        text = here.anna.reads(here.general)[0].text
        assert text.split("\n") == ["Content", "Author", "Title", "Body", "Field", "Value", "Foot"]


async def test_a_wait_for_what_never_comes_ends_with_a_clear_error() -> None:
    async with newsroom() as here:
        with pytest.raises(NothingCame, match=r"no message for anna in general within 0\.01 s"):
            await here.anna.next_message(here.general, patience=0.01)


async def test_members_joining_and_channels_made_later_reach_the_bot() -> None:
    client = Newsbot(intents=discord.Intents(guilds=True, members=True, guild_messages=True))
    async with newsroom(intents=Intent.GUILD_MEMBERS, client=client) as here:
        guild = here.client.get_guild(here.guild.id)
        assert guild is not None
        assert {member.name for member in guild.members} >= {"anna", "ben", "Pullquote"}
        carla = here.guild.member("carla")
        side = here.guild.channel("side")
        asked = await carla.mentions(side, "here too")
        reply = await carla.next_message(side, after=asked)
        assert reply.text == "heard: @Pullquote here too"
        assert guild.get_member(carla.id) is not None
