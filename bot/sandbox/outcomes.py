"""What becomes of an interaction, as the member who began it sees it."""

from __future__ import annotations

from typing import Any

from bot.sandbox.callbacks import Callback
from bot.sandbox.changes import Changes
from bot.sandbox.errors import DidNotRespond, NotPossible
from bot.sandbox.interactions import Interaction
from bot.sandbox.seen import SeenMessage, see
from bot.sandbox.state import Message


class Invocation:
    """An interaction as the member who began it sees it.

    Attributes:
        interaction: What the sandbox knows of it.
    """

    def __init__(self, interaction: Interaction, changes: Changes) -> None:
        self.interaction = interaction
        self._changes = changes
        self._edits = 0 if interaction.source is None else interaction.source.edits

    @property
    def token(self) -> str:
        """With it the bot may answer."""
        return self.interaction.token

    @property
    def failed(self) -> bool:
        """Whether Discord shows "The application did not respond"."""
        return self.interaction.late

    async def acknowledged(self) -> Callback:
        """How the bot acknowledged, once it has.

        Raises:
            DidNotRespond: It did not within 3 seconds.
        """

        def look() -> Callback | None:
            if self.interaction.late:
                raise DidNotRespond
            answer = self.interaction.acknowledged
            return None if answer is None else Callback(answer)

        return await self._changes.until(look, "acknowledgement")

    async def answer(self) -> SeenMessage:
        """What the member sees in the end: the response, or the message that was changed.

        Raises:
            DidNotRespond: The bot did not acknowledge within 3 seconds.
            NothingCame: It acknowledged, and then nothing was to be seen.
        """
        await self.acknowledged()
        return see(await self._changes.until(self._outcome, "answer"))

    async def choices(self) -> list[tuple[str, str | int | float]]:
        """The suggestions: names and values."""
        await self.acknowledged()
        return [(one["name"], one["value"]) for one in self.interaction.choices or ()]

    async def modal(self) -> dict[str, Any]:
        """The modal that the bot opened."""
        await self.acknowledged()
        if self.interaction.modal is None:
            raise NotPossible("the bot opened no modal")
        return self.interaction.modal

    def messages(self) -> list[SeenMessage]:
        """All messages in response that are there now."""
        return [see(one) for one in self.interaction.messages if not one.deleted]

    def _outcome(self) -> Message | None:
        interaction, source = self.interaction, self.interaction.source
        updates = interaction.acknowledged in (Callback.UPDATE, Callback.DEFERRED_UPDATE)
        if updates and source is not None and source.edits > self._edits:
            return source
        shown = (m for m in interaction.messages if not m.deleted and not see(m).thinking)
        return next(shown, None)
