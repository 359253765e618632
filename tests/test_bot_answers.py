"""What members of a server read when they ask, press and look; the real client, no mocks."""

from __future__ import annotations

import pytest
from bot_room import Room, open_room, plain, press_alone, running
from libraries import article

from bot.opening import open_library
from bot.sandbox import Intent, NotPossible
from retrieval import Answerer, Library

TROOPS = "How many troops has North Korea sent to Russia?"
PAGED = "How many North Korean troops are there in Russia?"  # fills several pages
POPULATION = "What is the population of North Korea?"
BELOUSOV = "What did Belousov say?"


async def test_a_mention_is_answered_to_its_author_with_quotes(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, TROOPS)
        card = await room.ben.next_message(room.general, after=asked)
    assert card.reply_to == asked.id
    assert card.layout
    assert card.text.startswith(f"### {TROOPS}")
    assert "10,000" in plain(card)
    assert "**approximately 12,000**" in card.text
    assert card.labels.count("Context") == 3
    assert card.pings == ()


async def test_what_a_card_quotes_stands_in_the_articles(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, TROOPS)
        card = await room.anna.next_message(room.general, after=asked)
    answer = shipped.ask(TROOPS, quotes=3)
    assert all(quote.text in plain(card) for quote in answer.quotes)
    assert all(quote.text in shipped.library.get(quote.article).text for quote in answer.quotes)


async def test_a_direct_message_is_answered(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        asked = await room.anna.dm(TROOPS)
        card = await room.anna.next_message(room.anna.dm_channel(), after=asked)
    assert card.reply_to == asked.id
    assert "10,000" in plain(card)


async def test_a_slash_command_is_answered_for_all(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
        assert not card.ephemeral
        assert card in room.ben.reads(room.general)
    assert "10,000" in plain(card)


async def test_a_slash_command_works_in_direct_messages(room: Room, shipped: Answerer) -> None:
    await room.anna.dm("hello")
    async with running(room, shipped):
        channel = room.anna.dm_channel()
        card = await room.anna.slash(channel, "ask", question=PAGED)
        more = await room.anna.clicks(card, "More")
        listed = await room.anna.slash(channel, "sources")
    assert "10,000" in plain(card)
    assert "Quotes 4–6 of" in plain(more)
    assert "5 articles" in plain(listed)


async def test_a_private_answer_is_seen_by_the_asker_only(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS, private=True)
        assert card.ephemeral
        assert card in room.anna.reads(room.general)
        assert room.ben.reads(room.general) == []


async def test_one_article_is_offered_by_its_title_and_asked_alone(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        offered = await room.anna.autocomplete(
            room.general, "ask", question=TROOPS, article="commit to str"
        )
        assert [name for name, _ in offered] == [
            "North Korea and Russia Commit to Strengthening Military Cooperation"
        ]
        chosen = offered[0][1]
        card = await room.anna.slash(room.general, "ask", question=TROOPS, article=chosen)
    text = plain(card)
    assert "Only in North Korea and Russia Commit to Strengthening" in text
    only = shipped.ask(TROOPS, quotes=3, article="003_601dd0bef2fbb5b7")
    assert all(quote.text in text for quote in only.quotes)


async def test_all_articles_are_offered_before_anything_is_typed(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        offered = await room.anna.autocomplete(room.general, "ask", question=TROOPS, article="")
    assert len(offered) == 5


async def test_an_article_that_nobody_knows_is_said_to_the_asker(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS, article="The Times")
    assert card.ephemeral
    assert "I don’t know that article" in plain(card)


async def test_an_abstention_names_the_missing_word_and_shows_the_nearest_as_no_answer(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=POPULATION)
    assert "No source mentions population." in plain(card)
    assert "not an answer" in plain(card)


async def test_more_shows_the_next_quotes_to_the_one_who_pressed(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        more = await press_alone(room, PAGED, "More")
    assert "Quotes 4–6 of" in plain(more)
    expected = shipped.ask(PAGED, quotes=6).quotes[3:]
    assert expected
    assert all(quote.text in plain(more) for quote in expected)


async def test_pages_of_a_private_card_turn_in_place_forward_and_back(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        first = await room.anna.slash(room.general, "ask", question=PAGED, private=True)
        second = await room.anna.clicks(first, "More")
        assert second.id == first.id
        assert "Quotes 4–6 of" in plain(second)
        back = await room.anna.clicks(second, "Back")
        assert back.text == first.text


async def test_the_pages_stay_within_the_article_that_was_asked(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped, quotes=1):
        card = await room.anna.slash(
            room.general, "ask", question=TROOPS, article="commit to strengthening"
        )
        more = await room.anna.clicks(card, "More")
    assert "Only in North Korea and Russia" in plain(more)


async def test_context_shows_the_quote_in_its_paragraph_to_the_one_who_pressed(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        shown = await press_alone(room, TROOPS, "Context")
    quote = shipped.ask(TROOPS).quotes[0]
    assert quote.text in plain(shown)
    assert "> " in shown.text
    assert "**" in shown.text


async def test_old_buttons_work_after_a_restart(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, PAGED)
        card = await room.anna.next_message(room.general, after=asked)
    async with running(room, shipped):
        context = await room.anna.clicks(card, "Context")
        more = await room.anna.clicks(card, "More")
    assert shipped.ask(PAGED).quotes[0].text in plain(context)
    assert "Quotes 4–6 of" in plain(more)


async def test_an_old_button_says_that_the_library_has_changed(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=PAGED)
    with open_library(None) as seeds, Library.of([*seeds, article("new", "A new fact.")]) as grown:
        async with running(room, Answerer.open(grown)):
            more = await room.anna.clicks(card, "More")
            context = await room.anna.clicks(card, "Context")
    assert "My library has changed" in plain(more)
    assert shipped.ask(PAGED).quotes[0].text in plain(context)


async def test_a_private_card_stays_as_it_is_when_it_cannot_turn(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=PAGED, private=True)
    with Library.of([article("other", "Something else.")]) as other:
        async with running(room, Answerer.open(other)):
            await room.anna.presses(card, "More")
            said = await room.anna.next_message(room.general, after=card)
            now = room.anna.rereads(card)
    assert now.text == card.text
    assert said.ephemeral
    assert "My library has changed" in plain(said)


async def test_an_old_button_says_that_its_article_is_gone_or_changed(
    room: Room, shipped: Answerer
) -> None:
    first = shipped.ask(TROOPS).quotes[0].article
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=TROOPS)
    with Library.of([article("other", "Something else.")]) as other:
        async with running(room, Answerer.open(other)):
            gone = await room.anna.clicks(card, "Context")
    with Library.of([article(first, "Rewritten from the start.")]) as rewritten:
        async with running(room, Answerer.open(rewritten)):
            changed = await room.anna.clicks(card, "Context")
    assert "no longer in my library" in plain(gone)
    assert "has changed" in plain(changed)


async def test_the_articles_are_listed(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "sources")
    assert card.ephemeral
    assert "5 articles" in plain(card)
    assert "North Korea and Russia Commit to Strengthening Military Cooperation" in plain(card)


async def test_a_long_list_of_articles_is_paged_in_place(room: Room) -> None:
    with Library.of(article(f"{n:02}", f"Fact number {n}.") for n in range(25)) as library:
        async with running(room, Answerer.open(library)):
            first = await room.anna.slash(room.general, "sources")
            last = await room.anna.clicks(await room.anna.clicks(first, "More"), "More")
    assert last.id == first.id
    assert last.labels == ["Back"]
    assert "Page 3 of 3" in plain(last)


async def test_an_empty_library_says_so(room: Room) -> None:
    with Library.of([]) as library:
        async with running(room, Answerer.open(library)):
            card = await room.anna.slash(room.general, "ask", question=TROOPS)
            listed = await room.anna.slash(room.general, "sources")
    assert "My library is empty" in plain(card)
    assert "My library is empty" in plain(listed)


# -- what is meant for the bot, and what is not ------------------------------------------------


async def test_a_mention_alone_gets_an_introduction(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, "")
        card = await room.anna.next_message(room.general, after=asked)
    assert "Ask me a question" in plain(card)


async def test_what_is_not_meant_for_the_bot_is_left_alone(room: Room, shipped: Answerer) -> None:
    async with running(room, shipped):
        await room.anna.says(room.general, TROOPS)
        await room.anna.says(room.general, f"!ask {TROOPS}")
        await room.anna.says(room.general, "@everyone look")
        first = await room.anna.mentions(room.general, POPULATION)
        answer = await room.anna.next_message(room.general, after=first)
        thanks = await room.anna.says(room.general, "thanks!", reply_to=answer)
        edited = await room.anna.edits(first, f"{first.text} Really?")
        last = await room.anna.mentions(room.general, TROOPS)
        card = await room.anna.next_message(room.general, after=last)
        replies = [one.reply_to for one in room.anna.reads(room.general) if one.layout]
    assert replies == [first.id, last.id]
    assert thanks.id not in replies
    assert edited.id == first.id
    assert "10,000" in plain(card)


async def test_another_bot_is_not_answered(room: Room, shipped: Answerer) -> None:
    robot = room.discord.guild("Newsroom").member("robot")
    robot.user.bot = True
    async with running(room, shipped):
        ignored = await robot.mentions(room.general, TROOPS)
        asked = await room.anna.mentions(room.general, TROOPS)
        card = await room.anna.next_message(room.general, after=asked)
        replies = [one.reply_to for one in room.anna.reads(room.general) if one.layout]
    assert card.reply_to == asked.id
    assert ignored.id not in replies


async def test_the_prefix_command_works_where_the_intent_is_on(shipped: Answerer) -> None:
    async with (
        open_room(Intent.MESSAGE_CONTENT) as room,
        running(room, shipped, message_content=True, prefix="?"),
    ):
        asked = await room.anna.says(room.general, f"?ask {TROOPS}")
        card = await room.anna.next_message(room.general, after=asked)
        assert card.reply_to == asked.id
        assert "10,000" in plain(card)

        listed = await room.anna.says(room.general, "?sources")
        assert "5 articles" in plain(await room.anna.next_message(room.general, after=listed))

        empty = await room.anna.says(room.general, "?ask")
        helped = await room.anna.next_message(room.general, after=empty)
        assert "Ask me a question" in plain(helped)

        await room.anna.says(room.general, "?unknown")
        await room.anna.says(room.general, TROOPS)
        long = await room.anna.says(room.general, f"?ask {'why ' * 300}")
        refused = await room.anna.next_message(room.general, after=long)
        assert "too long" in plain(refused)
        assert [one.reply_to for one in room.anna.reads(room.general) if one.layout] == [
            asked.id,
            listed.id,
            empty.id,
            long.id,
        ]


async def test_a_mention_works_where_the_intent_is_on_too_but_not_in_code(
    shipped: Answerer,
) -> None:
    async with (
        open_room(Intent.MESSAGE_CONTENT) as room,
        running(room, shipped, message_content=True),
    ):
        me = room.discord.bot.mention
        for code in (f"`{me}` {TROOPS}", f"```py\n{me}\n```", f"`` ` {me} ``"):
            await room.anna.says(room.general, code)
        asked = await room.anna.says(room.general, f"`not {me}` ` {me} {TROOPS}")
        card = await room.anna.next_message(room.general, after=asked)
        replies = [one.reply_to for one in room.anna.reads(room.general) if one.layout]
    assert replies == [asked.id]
    assert "10,000" in plain(card)


# -- questions as people (and others) type them ------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "@everyone how many troops? @here",
        "**how** _many_ ~~troops~~ ||were|| `sent` # to > Russia",
        "```py\nhow many troops\n``` [x](https://example.org) </ask:1> <t:1:R>",
        "- how many troops\n1. to\n> Russia",
        "كم عدد الجنود؟ troops 👩‍👩‍👧",
    ],
)
async def test_a_hostile_question_is_echoed_verbatim_and_pings_nobody(
    question: str, room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=question)
        asked = await room.anna.mentions(room.general, question)
        reply = await room.anna.next_message(room.general, after=asked)
    echoed = " ".join(question.split())
    assert plain(card).startswith(f"{echoed}\n")
    assert plain(reply).startswith(f"{echoed}\n")
    assert (card.pings, reply.pings) == ((), ())


HOSTILE = (
    "The **troops** of `North` <@1> ||came|| @everyone, see https://x.org/a_b [x](y) <t:1:R>.",
    "- # Troops > came *in* __1950__ ~~and~~ :smile: 1. left \\o/ ```again```.",
    f"Troops {'_of_* ' * 190}came.",
)


async def test_hostile_articles_are_quoted_verbatim_and_ping_nobody(room: Room) -> None:
    with Library.of(article(f"{n}", text, title=text) for n, text in enumerate(HOSTILE)) as hostile:
        async with running(room, Answerer.open(hostile, threshold=0), quotes=1):
            card = await room.anna.slash(room.general, "ask", question="troops came?")
            shown = [card, await room.anna.clicks(card, "Context")]
            shown.append(await room.anna.clicks(card, "More"))
            shown.append(await room.anna.clicks(shown[-1], "More"))
            listed = await room.anna.slash(room.general, "sources")
        answer = Answerer.open(hostile, threshold=0).ask("troops came?")
    assert len(answer.quotes) == 3
    pages = "\n".join(plain(one) for one in shown)
    assert all(quote.text in pages for quote in answer.quotes)
    assert all(one.pings == () for one in [*shown, listed])


async def test_emoji_and_mentions_are_no_words_of_a_question(room: Room, shipped: Answerer) -> None:
    question = f"<:blob:123456789> {room.anna.mention} {TROOPS} <a:wave:987654321> <#5> <@&6>"
    async with running(room, shipped):
        asked = await room.anna.mentions(room.general, question)
        card = await room.anna.next_message(room.general, after=asked)
        slash = await room.anna.slash(room.general, "ask", question=question)
    assert card.text.startswith(f"### {TROOPS}\n")
    assert slash.text == card.text


@pytest.mark.parametrize("question", ["?", "?!… — ***", "\u200b", "the of and"])
async def test_a_question_without_a_word_to_look_up_says_so(
    question: str, room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=question)
    assert "nothing to look up" in plain(card)


async def test_a_question_that_is_too_long_is_refused_in_a_message(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        asked = await room.anna.dm("troops " * 280)
        card = await room.anna.next_message(room.anna.dm_channel(), after=asked)
    assert "I read up to 500 characters" in plain(card)


async def test_discord_itself_refuses_ten_thousand_characters(
    room: Room, shipped: Answerer
) -> None:
    async with running(room, shipped):
        with pytest.raises(NotPossible):
            await room.anna.slash(room.general, "ask", question="x" * 10_000)
        with pytest.raises(NotPossible):
            await room.anna.dm("x" * 10_000)


async def test_the_longest_question_can_still_be_paged(room: Room, shipped: Answerer) -> None:
    question = f"{PAGED} {'*_*' * 200}"[:500]
    async with running(room, shipped):
        card = await room.anna.slash(room.general, "ask", question=question)
        assert "Quotes 4–6 of" in plain(await room.anna.clicks(card, "More"))
    assert plain(card).split("\n")[0].startswith(PAGED)
