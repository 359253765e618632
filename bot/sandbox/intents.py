"""Gateway intents: what a bot asks to be told, and which need the operator's switch."""

from __future__ import annotations

from enum import IntFlag


class Intent(IntFlag):
    """The groups of events that the sandbox sends; values as Discord documents them."""

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT

# Bits 17 to 19, 22 and 23 were never given out.
KNOWN_BITS = (1 << 26) - 1 & ~(0b111 << 17) & ~(0b11 << 22)

_APPLICATION_FLAGS = {
    Intent.GUILD_PRESENCES: 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}


def application_flags(enabled: Intent) -> int:
    """The flags of an application of fewer than 100 servers with these intents enabled."""
    return sum(flag for intent, flag in _APPLICATION_FLAGS.items() if intent in enabled)
