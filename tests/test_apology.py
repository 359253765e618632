from __future__ import annotations

from types import SimpleNamespace

import discord
import pytest
from discord.ext import commands

from bot.apology import apologise, describe
from retrieval.errors import LibraryUnavailable, ProofError

SECRET = "what somebody wrote"


def fail(error: Exception) -> Exception:
    """The error as it arrives: raised somewhere."""

    def work() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        work()
    return caught.value


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LibraryUnavailable("/srv/library.db is locked"), "I can’t read my library right now"),
        (ProofError("at 3–9"), "not word for word in its source"),
        (KeyError(SECRET), "Something went wrong on my side"),
    ],
)
def test_an_error_is_one_calm_sentence_with_a_number(error: Exception, said: str) -> None:
    apology = apologise(fail(error))
    assert said in apology.sentence
    assert SECRET not in apology.sentence
    assert "/srv" not in apology.sentence
    assert apology.sentence.count("\n") == 0
    assert apology.sentence.rsplit("`", 2)[1] == apology.line.partition(":")[0]


def test_the_log_names_the_class_and_the_place_and_no_text() -> None:
    line = apologise(fail(KeyError(SECRET))).line
    assert "KeyError at tests/test_apology.py:" in line
    assert "in work" in line
    assert SECRET not in line


def test_the_log_keeps_what_a_library_error_says() -> None:
    assert "library.db is locked" in describe(fail(LibraryUnavailable("library.db is locked")))


def test_the_log_keeps_the_numbers_of_what_discord_refuses_and_no_text() -> None:
    response = SimpleNamespace(status=403, reason="Forbidden")
    refused = discord.Forbidden(response, {"code": 50013, "message": SECRET})
    line = describe(fail(refused))
    assert line.startswith("discord.errors.Forbidden (403, code 50013) at ")
    assert SECRET not in line


def test_the_cause_is_named_too() -> None:
    def look_up() -> None:
        try:
            dict[str, str]()[SECRET]
        except KeyError as error:
            raise LookupError(SECRET) from error

    with pytest.raises(LookupError) as caught:
        look_up()
    line = describe(caught.value)
    assert line.startswith("LookupError at ")
    assert ", caused by KeyError at " in line
    assert SECRET not in line


def test_the_wrapper_of_a_command_is_taken_off() -> None:
    wrapped = commands.CommandInvokeError(fail(ProofError("at 3–9")))
    assert "not word for word" in apologise(wrapped).sentence


def test_two_errors_have_two_numbers() -> None:
    assert apologise(KeyError()).line != apologise(KeyError()).line
