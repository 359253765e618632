"""What a member can read, and waiting for what comes."""

from __future__ import annotations

from bot.sandbox.backend import Backend
from bot.sandbox.changes import PATIENCE
from bot.sandbox.errors import NotPossible
from bot.sandbox.seen import SeenMessage, see
from bot.sandbox.state import Channel, Message, User


class Reader:
    """A person who looks at the screen.

    Attributes:
        user: Their account.
        name: Their name.
    """

    def __init__(self, backend: Backend, user: User) -> None:
        self._backend = backend
        self.user = user
        self.name = user.name

    @property
    def id(self) -> int:
        """The account's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """The text that mentions this person."""
        return self.user.mention

    def reads(self, channel: Channel) -> list[SeenMessage]:
        """All that this member can see in a channel, oldest first."""
        return [see(message) for message in channel.messages if message.visible_to(self.user)]

    def rereads(self, message: SeenMessage) -> SeenMessage:
        """A message as it looks now.

        Raises:
            NotPossible: It was deleted.
        """
        return see(self._visible(message))

    async def next_message(
        self,
        channel: Channel,
        *,
        after: SeenMessage | None = None,
        patience: float = PATIENCE,
    ) -> SeenMessage:
        """The first complete message of somebody else after `after`, or after now.

        Raises:
            NothingCame: There was none within `patience` seconds.
        """
        last = after.id if after is not None else max((m.id for m in channel.messages), default=0)

        def look() -> SeenMessage | None:
            for message in self.reads(channel):
                if message.id > last and message.author != self.name and not message.thinking:
                    return message
            return None

        what = f"message for {self.name} in {channel.name or 'direct messages'}"
        return await self._backend.changes.until(look, what, patience=patience)

    async def next_edit(self, message: SeenMessage, *, patience: float = PATIENCE) -> SeenMessage:
        """The message after its next change since it was seen.

        Raises:
            NothingCame: It did not change within `patience` seconds.
        """

        def look() -> SeenMessage | None:
            now = self.rereads(message)
            return now if now.edits > message.edits else None

        return await self._backend.changes.until(look, "edit", patience=patience)

    def _visible(self, message: SeenMessage) -> Message:
        channel = self._backend.world.channels[message.channel_id]
        found = channel.find(message.id)
        if found is None or not found.visible_to(self.user):
            raise NotPossible(f"{self.name} sees no message {message.id}")
        return found
