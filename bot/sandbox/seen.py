"""Messages as a member sees them on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.component_rules import TEXT, walk
from bot.sandbox.errors import NotPossible
from bot.sandbox.state import Message, MessageFlag
from bot.sandbox.widget_rules import BUTTON, SELECTS, selectable


@dataclass(frozen=True)
class SeenButton:
    """A button.

    Attributes:
        label: Its text; empty if it shows only an emoji.
        custom_id: What the bot gets when it is clicked; None for links.
        url: Where a link leads; None for others.
        disabled: It is grey and cannot be clicked.
        style: Discord's number: 1 blurple, 2 grey, 3 green, 4 red, 5 a link.
    """

    label: str
    custom_id: str | None
    url: str | None
    disabled: bool
    style: int


@dataclass(frozen=True)
class SeenSelect:
    """A select menu.

    Attributes:
        custom_id: What the bot gets when something is chosen.
        placeholder: What it shows before.
        values: What can be chosen, for a menu of strings.
        disabled: Nothing can be chosen.
        least: How many values must be chosen.
        most: How many may be.
    """

    custom_id: str
    placeholder: str
    values: tuple[str, ...]
    disabled: bool
    least: int
    most: int

    def takes(self, chosen: int) -> bool:
        """Whether so many values may be chosen."""
        return self.least <= chosen <= self.most


@dataclass(frozen=True)
class SeenMessage:
    """A message, as it looked when it was read.

    Attributes:
        id: Snowflake.
        channel_id: Where it stands.
        author: The name of its author.
        text: What it displays, in order: content, embeds, and the text displays of a layout.
        buttons: In order.
        selects: In order.
        files: The names of its attachments.
        reply_to: The id of the message that it replies to.
        pings: The names of the users and roles that it notified; `everyone` for `@everyone`.
        ephemeral: Only this member sees it.
        thinking: It says "is thinking…" and nothing else yet.
        edits: How often it was changed.
        layout: It is made of Components V2.
    """

    id: int
    channel_id: int
    author: str
    text: str
    buttons: tuple[SeenButton, ...] = ()
    selects: tuple[SeenSelect, ...] = ()
    files: tuple[str, ...] = ()
    reply_to: int | None = None
    pings: tuple[str, ...] = ()
    ephemeral: bool = False
    thinking: bool = False
    edits: int = 0
    layout: bool = False

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons."""
        return [button.label for button in self.buttons]

    def button(self, name: str) -> SeenButton:
        """The button with this label or `custom_id`.

        Raises:
            NotPossible: There is none.
        """
        for button in self.buttons:
            if name in (button.label, button.custom_id):
                return button
        raise NotPossible(f"the message has no button {name!r}; it has {self.labels}")


def see(message: Message) -> SeenMessage:
    """The message as it looks now to someone who may see it."""
    everything = [one for _, one in walk(message.components)]
    everyone = ["everyone"] if message.pings_everyone else []
    pinged = [user.name for user in message.pinged] + [role.name for role in message.pinged_roles]
    return SeenMessage(
        id=message.id,
        channel_id=message.channel.id,
        author=message.author.name,
        text="\n".join(_texts(message)),
        buttons=tuple(_button(one) for one in everything if one["type"] == BUTTON),
        selects=tuple(_select(one) for one in everything if one["type"] in SELECTS),
        files=tuple(file.filename for file in message.attachments),
        reply_to=None if message.reference is None else message.reference.id,
        pings=(*pinged, *everyone),
        ephemeral=bool(message.flags & MessageFlag.EPHEMERAL),
        thinking=bool(message.flags & MessageFlag.LOADING),
        edits=message.edits,
        layout=bool(message.flags & MessageFlag.COMPONENTS_V2),
    )


def _texts(message: Message) -> Iterator[str]:
    if message.content:
        yield message.content
    for embed in message.embeds:
        yield from _embed_texts(embed)
    for _, one in walk(message.components):
        if one["type"] == TEXT:
            yield one["content"]


def _embed_texts(embed: dict[str, Any]) -> Iterator[str]:
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    yield from filter(None, [author.get("name"), embed.get("title"), embed.get("description")])
    for one in embed.get("fields") or ():
        yield from (one["name"], one["value"])
    yield from filter(None, [footer.get("text")])


def _button(one: dict[str, Any]) -> SeenButton:
    return SeenButton(
        label=one.get("label") or "",
        custom_id=one.get("custom_id"),
        url=one.get("url"),
        disabled=bool(one.get("disabled")),
        style=one["style"],
    )


def _select(one: dict[str, Any]) -> SeenSelect:
    least, most = selectable(one)
    return SeenSelect(
        least=least,
        most=most,
        custom_id=one["custom_id"],
        placeholder=one.get("placeholder") or "",
        values=tuple(option["value"] for option in one.get("options") or ()),
        disabled=bool(one.get("disabled")),
    )
