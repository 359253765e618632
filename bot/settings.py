"""Reads the environment and `.env` into frozen `Settings`, or names every problem at once."""

from __future__ import annotations

import difflib
import io
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from dotenv.parser import Binding, parse_stream
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.cards.limits import MOST_QUOTES
from bot.errors import SettingsError
from retrieval.errors import UnreadableSource
from retrieval.untrusted.files import read_beside

TOKEN = "DISCORD_TOKEN"  # noqa: S105 - the name of the variable, not its value
PREFIX = "PULLQUOTE_"
# Read where tracebacks are printed, before any settings exist.
LARGEST = 2**20  # bytes of `.env`
LONGEST_SHOWN = 40  # characters; a token has more
ELSEWHERE = frozenset({"PULLQUOTE_DEBUG"})


def _expand(value: object) -> object:
    """`~/articles` as the shell would read it."""
    if not isinstance(value, str):
        return value
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise ValueError("names a home folder that this machine does not have") from None


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Every setting; one that is not set has the default that `.env.example` shows.

    Attributes:
        token: The bot's token; only `pullquote run` needs it.
        library: The library's folder; None means the seed articles.
        quotes: How many quotes a card shows at most.
        threshold: From which confidence a question counts as answered; None means the
            measured default.
        message_content: Whether the bot reads messages that do not mention it, for `prefix`.
        prefix: What a message starts with to be a command.
        cooldown: Seconds in which one person may ask five questions; 0 means no limit.
        log_level: From which level a line is logged.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_by_name=True,
    )

    token: Annotated[SecretStr | None, Field(validation_alias=TOKEN)] = None
    library: Annotated[Path | None, BeforeValidator(_expand)] = None
    quotes: Annotated[int, Field(ge=1, le=MOST_QUOTES)] = 3
    threshold: Annotated[float | None, Field(ge=0, le=1, allow_inf_nan=False)] = None
    message_content: bool = False
    prefix: Annotated[str, Field(min_length=1, max_length=10, pattern=r"^\S+$")] = "!"
    cooldown: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 10.0
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = (
        "INFO"
    )


def names() -> tuple[str, ...]:
    """The environment variables that are settings, in the order of `Settings`."""
    return tuple(
        TOKEN if field == "token" else f"{PREFIX}{field.upper()}" for field in Settings.model_fields
    )


def load(env_file: Path = Path(".env")) -> Settings:
    """Read the settings; the environment goes before `env_file`, which need not exist.

    Raises:
        SettingsError: Settings are unknown or wrong; the message names all of them.
    """
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # it warns of what we name better
    in_file, problems = _read_env_file(env_file)
    problems += [*_unknown(os.environ, "the environment"), *_unknown(in_file, str(env_file))]
    try:
        settings = Settings(_env_file=env_file if in_file else None)
    except ValidationError as error:
        raise SettingsError([*problems, *map(_say, error.errors())]) from None
    if problems:
        raise SettingsError(problems)
    return settings


def _read_env_file(env_file: Path) -> tuple[Mapping[str, str | None], list[str]]:
    """The variables of `env_file`, and what is wrong with it; both empty where it is absent."""
    try:
        text = (read_beside(env_file, LARGEST) or b"").decode()
    except UnicodeDecodeError:
        return {}, [f"{env_file} is not UTF-8 text; save it as UTF-8"]
    except UnreadableSource as error:
        return {}, [str(error)]
    bindings = list(parse_stream(io.StringIO(text, newline=None)))
    wrong = [
        f"{env_file}, line {_line(binding)}, is not NAME=value"
        for binding in bindings
        if binding.error
    ]
    return {binding.key: binding.value for binding in bindings if binding.key}, wrong


def _line(binding: Binding) -> int:
    """The line on which a binding's own text starts; the parser counts blank lines before it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _unknown(variables: Iterable[str], where: str) -> Iterator[str]:
    """A problem for each variable that looks like a setting of ours and is none."""
    known = dict(zip(map(str.upper, Settings.model_fields), names(), strict=True))
    for name in sorted(variables):
        upper = name.upper()
        if not upper.startswith(PREFIX) or upper in (*known.values(), *ELSEWHERE):
            continue
        near = difflib.get_close_matches(upper.removeprefix(PREFIX), known, n=1)
        hint = f"did you mean {known[near[0]]}?" if near else ".env.example lists the settings"
        yield f"{where} sets {name}, which is no setting; {hint}"


def _say(error: ErrorDetails) -> str:
    """One problem of one setting as a clause."""
    field = str(error["loc"][0])
    name = field if field == TOKEN else f"{PREFIX}{field.upper()}"
    message = error["msg"].removeprefix("Value error, ")
    return f"{name}{_shown(field, error['input'])}: {message[:1].lower()}{message[1:]}"


def _shown(field: str, value: object) -> str:
    """A value of a setting, unless it is the token, or so long that it could be one."""
    is_secret = field == TOKEN or len(str(value)) > LONGEST_SHOWN
    return "" if is_secret else f" is {value!r}"
