from __future__ import annotations

import asyncio
import gc
import logging

import pytest

from bot import logs

TOKEN = "very.secret.token"


def test_the_token_is_never_logged(capsys: pytest.CaptureFixture[str]) -> None:
    with logs.started("INFO", TOKEN):
        logging.getLogger("aiohttp").error("header %s", f"Bot {TOKEN}")
        logging.getLogger("bot.x").info("%s", TOKEN)
    said = capsys.readouterr().err
    assert TOKEN not in said
    assert said.count("[token]") == 2


def test_the_token_of_an_interaction_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://discord.com/api/v10/webhooks/12/aW50ZXJhY3Rpb246/messages/@original"
    with logs.started("INFO", TOKEN):
        logging.getLogger("discord.http").warning("We are being rate limited. %s", address)
    said = capsys.readouterr().err
    assert "/webhooks/12/[token]/messages/@original" in said


def test_an_error_is_one_line_with_its_place_and_without_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logs.started("INFO", TOKEN):
        try:
            dict[str, str]()["what somebody wrote"]
        except KeyError:
            logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_x")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "Ignoring exception in on_x [KeyError at tests/test_bot_logs.py:" in lines[0]
    assert "somebody wrote" not in lines[0]


async def test_an_error_that_nobody_awaited_is_named_without_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def fail() -> None:
        raise KeyError("what somebody wrote")

    with logs.started("INFO", TOKEN):
        task = asyncio.create_task(fail())
        await asyncio.wait({task})
        del task
        gc.collect()
    said = capsys.readouterr().err
    assert "[KeyError at tests/test_bot_logs.py:" in said
    assert "somebody wrote" not in said


def test_a_line_break_in_a_message_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with logs.started("INFO", TOKEN):
        logging.getLogger("bot.x").info("one\ntwo\r\nthree")
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(("level", "shown"), [("DEBUG", 2), ("INFO", 1), ("ERROR", 0)])
def test_the_level_counts_for_our_own_lines(
    level: str, shown: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with logs.started(level, TOKEN):
        logging.getLogger("bot.x").debug("detail")
        logging.getLogger("bot.x").info("event")
    assert len(capsys.readouterr().err.splitlines()) == shown


def test_discords_own_messages_are_not_logged_at_any_level(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logs.started("DEBUG", TOKEN):
        logging.getLogger("discord.gateway").debug("For Shard ID None: %s", {"content": "hello"})
    assert capsys.readouterr().err == ""


def test_afterwards_logging_is_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger("bot").level
    with logs.started("DEBUG", TOKEN):
        pass
    logging.getLogger("bot.x").info("late")
    assert logging.getLogger("bot").level == before
    assert capsys.readouterr().err == ""
