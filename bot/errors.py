"""The bot's branches of the error tree that `retrieval/errors.py` draws.

    PullquoteError
    ├── InputError
    │   ├── SettingsError   a setting that cannot be used; one message names them all
    │   ├── MissingToken    no bot token is set
    │   ├── RefusedToken    Discord does not know the token
    │   └── RefusedIntent   Discord does not grant the message content intent
    ├── TooSlow             an answer takes longer than anybody waits
    └── DiscordError        Discord itself
        ├── DiscordUnreachable  no connection, after every try
        └── DiscordRefused      it answered, and would not let the bot work

The first four end a command with exit code 2, the others with 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.errors import InputError, PullquoteError


class SettingsError(InputError):
    """Settings that cannot be used.

    Attributes:
        problems: One short sentence a problem, in the order in which they were found.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        """Put every problem into one line."""
        self.problems = tuple(problems)
        super().__init__(f"the settings cannot be used: {'; '.join(self.problems)}")


class MissingToken(InputError):
    """No token of a Discord bot is set."""

    def __init__(self) -> None:
        """Say where a token comes from and where it goes."""
        super().__init__(
            "DISCORD_TOKEN is not set; put the bot's token into the environment or into .env "
            "(Discord Developer Portal → your application → Bot → Reset Token)"
        )


class RefusedToken(InputError):
    """Discord does not know the token."""

    def __init__(self) -> None:
        """Say where a new one comes from."""
        super().__init__(
            "Discord refused DISCORD_TOKEN; make a new token and set that one "
            "(Discord Developer Portal → your application → Bot → Reset Token)"
        )


class RefusedIntent(InputError):
    """Discord does not grant the message content intent."""

    def __init__(self) -> None:
        """Say where it is switched on, and how to do without."""
        super().__init__(
            "Discord refused the message content intent; switch it on (Discord Developer Portal → "
            "your application → Bot → Message Content Intent), or set "
            "PULLQUOTE_MESSAGE_CONTENT=false"
        )


class TooSlow(PullquoteError):
    """An answer takes longer than anybody waits."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("the answer took too long")


class DiscordError(PullquoteError):
    """Discord does not let the bot work; nothing that the user typed is at fault."""


class DiscordUnreachable(DiscordError):
    """No connection to Discord, after every try."""


class DiscordRefused(DiscordError):
    """Discord answered, and refused what the bot needs to start."""
