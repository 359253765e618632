"""What a member can do: write, use commands, click, choose, fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.sandbox.component_rules import walk
from bot.sandbox.errors import NotPossible, Refusal
from bot.sandbox.interactions import Kind
from bot.sandbox.invocation import Value, being_typed, filled_in
from bot.sandbox.messages import Origin, Upload
from bot.sandbox.modals import Entered, filled_modal
from bot.sandbox.outcomes import Invocation
from bot.sandbox.permissions import Permission
from bot.sandbox.readers import Reader
from bot.sandbox.seen import SeenMessage, see
from bot.sandbox.state import Bot, Channel, Message, MessageKind
from bot.sandbox.widget_rules import SELECTS


class Member(Reader):
    """A person in front of Discord's client, who reads and acts."""

    def dm_channel(self, bot: Bot | None = None) -> Channel:
        """The direct message channel with a bot, by default the first one."""
        return self._backend.world.dm_channel(self.user, (bot or self._backend.bot).user)

    async def says(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: SeenMessage | None = None,
        files: Sequence[Upload] = (),
    ) -> SeenMessage:
        """Send a message; a reply notifies the one who is replied to, as Discord's client does.

        Raises:
            NotPossible: The member may not write here, or Discord would not take the message.
        """
        if not channel.allows(self.user, Permission.SEND_MESSAGES):
            raise NotPossible(f"{self.name} may not write in {channel.name!r}")
        target = None if reply_to is None else channel.find(reply_to.id)
        kind = MessageKind.DEFAULT if target is None else MessageKind.REPLY
        origin = Origin(kind=kind, reference=target)
        try:
            message = self._backend.messages.send(
                channel, self.user, {"content": text}, files=files, origin=origin
            )
        except Refusal as refusal:
            raise NotPossible(str(refusal)) from refusal
        return see(message)

    async def mentions(self, channel: Channel, text: str, *, bot: Bot | None = None) -> SeenMessage:
        """Send a message that begins with a mention of the bot."""
        return await self.says(channel, f"{(bot or self._backend.bot).mention} {text}")

    async def dm(self, text: str, *, bot: Bot | None = None) -> SeenMessage:
        """Send a direct message to a bot."""
        return await self.says(self.dm_channel(bot), text)

    async def edits(self, message: SeenMessage, text: str) -> SeenMessage:
        """Change a message of one's own.

        Raises:
            NotPossible: It is not theirs, or Discord would not take the text.
        """
        own = self._own(message)
        try:
            return see(self._backend.messages.edit(own, {"content": text}))
        except Refusal as refusal:
            raise NotPossible(str(refusal)) from refusal

    async def deletes(self, message: SeenMessage) -> None:
        """Delete a message of one's own.

        Raises:
            NotPossible: It is not theirs.
        """
        self._backend.messages.delete(self._own(message))

    async def slash(
        self, channel: Channel, command: str, /, **options: Value | Member
    ) -> SeenMessage:
        """Use a slash command and wait for its answer.

        Args:
            channel: Where.
            command: Its name, with subcommands after spaces: `"library list"`.
            options: Values by option name.

        Raises:
            NotPossible: Discord's client would not send it.
            DidNotRespond: The bot did not acknowledge within 3 seconds.
        """
        return await (await self.invokes(channel, command, **options)).answer()

    async def invokes(
        self, channel: Channel, command: str, /, **options: Value | Member
    ) -> Invocation:
        """Use a slash command without waiting.

        Raises:
            NotPossible: Discord's client would not send it.
        """
        name, *path = command.split()
        bot, registered = self._backend.command(name, self.user, channel)
        data = filled_in(registered, path, _accounts(options))
        return self._begin(Kind.COMMAND, bot, channel, data)

    async def autocomplete(
        self, channel: Channel, command: str, /, **options: Value | Member
    ) -> list[tuple[str, str | int | float]]:
        """Type in an option, the last one given, and get the suggestions: names and values.

        Raises:
            NotPossible: There is no such command or option, or it suggests nothing.
            DidNotRespond: The bot did not answer within 3 seconds.
        """
        name, *path = command.split()
        bot, registered = self._backend.command(name, self.user, channel)
        values = _accounts(options)
        if not values:
            raise NotPossible(f"name the option of /{name} that is being typed in")
        focused, text = values.popitem()
        data = being_typed(registered, path, focused, str(text), values)
        return await self._begin(Kind.AUTOCOMPLETE, bot, channel, data).choices()

    async def clicks(self, message: SeenMessage, button: str) -> SeenMessage:
        """Click a button and wait for what it does: the changed message, or a new one.

        Args:
            message: Where the button is.
            button: Its label or `custom_id`.

        Raises:
            NotPossible: There is no such button, it is disabled or a link, or the message is gone.
            DidNotRespond: The bot did not acknowledge within 3 seconds.
        """
        return await (await self.presses(message, button)).answer()

    async def presses(self, message: SeenMessage, button: str) -> Invocation:
        """Click a button without waiting.

        Raises:
            NotPossible: There is no such button, it is disabled or a link, or the message is gone.
        """
        now = self._visible(message)
        found = see(now).button(button)
        if found.disabled or found.custom_id is None:
            raise NotPossible(f"button {button!r} is disabled or a link")
        return self._use_component(now, found.custom_id)

    async def chooses(
        self, message: SeenMessage, *values: str, menu: str | None = None
    ) -> SeenMessage:
        """Choose in a select menu (the first, or `menu`) and wait for what it does.

        Raises:
            NotPossible: There is no such menu or value, or it is disabled.
            DidNotRespond: The bot did not acknowledge within 3 seconds.
        """
        now = self._visible(message)
        menus = [one for one in see(now).selects if menu in (None, one.custom_id)]
        if not menus or menus[0].disabled:
            raise NotPossible("the message has no such menu, or it is disabled")
        if set(values) - set(menus[0].values) or not menus[0].takes(len(values)):
            raise NotPossible(f"the menu does not take {values}")
        return await self._use_component(now, menus[0].custom_id, list(values)).answer()

    async def submits(self, invocation: Invocation, **values: Entered) -> SeenMessage:
        """Fill in the modal that an interaction opened, send it, and wait for the answer.

        Args:
            invocation: What opened it.
            values: By the `custom_id` of the field.

        Raises:
            NotPossible: There is no modal, or a value does not fit its field.
            DidNotRespond: The bot did not acknowledge within 3 seconds.
        """
        origin = invocation.interaction
        data = filled_modal(await invocation.modal(), values)
        submitted = self._begin(Kind.MODAL, origin.bot, origin.channel, data, origin.source)
        return await submitted.answer()

    def _own(self, message: SeenMessage) -> Message:
        found = self._visible(message)
        if found.author is not self.user:
            raise NotPossible(f"message {message.id} is not {self.name}'s")
        return found

    def _use_component(
        self, message: Message, custom_id: str, values: list[str] | None = None
    ) -> Invocation:
        bot = self._backend.world.bot_with_id(message.author.id)
        component = next(o for _, o in walk(message.components) if o.get("custom_id") == custom_id)
        if bot is None:
            raise NotPossible("only a bot's message has components")
        data = {"custom_id": custom_id, "component_type": component["type"], "id": component["id"]}
        if component["type"] in SELECTS:
            data["values"] = values or []
        return self._begin(Kind.COMPONENT, bot, message.channel, data, message)

    def _begin(
        self,
        kind: Kind,
        bot: Bot,
        channel: Channel,
        data: dict[str, object],
        source: Message | None = None,
    ) -> Invocation:
        begun = self._backend.interactions.begin(kind, bot, self.user, channel, data, source)
        return Invocation(begun, self._backend.changes)


def _accounts(options: Mapping[str, Value | Member]) -> dict[str, Value]:
    return {k: v.user if isinstance(v, Member) else v for k, v in options.items()}
