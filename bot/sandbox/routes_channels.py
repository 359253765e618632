"""Routes about channels and their messages."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox import payloads
from bot.sandbox.calls import Answer, Call
from bot.sandbox.changes import Changes
from bot.sandbox.errors import Refusal, missing_access, unknown
from bot.sandbox.events import Events
from bot.sandbox.forms import Problem, check, invalid_form
from bot.sandbox.intents import Intent
from bot.sandbox.messages import Messages, Origin, reply_target
from bot.sandbox.permissions import Permission
from bot.sandbox.rest import Rest
from bot.sandbox.shapes import MESSAGE, type_problems
from bot.sandbox.state import Channel, Message, MessageKind
from bot.sandbox.world import World

MAX_PAGE = 100

_CHANNEL = "/channels/{channel_id}"
_MESSAGES = _CHANNEL + "/messages"
_MESSAGE = _MESSAGES + "/{message_id}"


class ChannelRoutes:
    """Channels, messages, and "is typing…"."""

    def __init__(self, world: World, events: Events, messages: Messages, changes: Changes) -> None:
        self._world = world
        self._events = events
        self._messages = messages
        self._changes = changes

    def add_to(self, app: web.Application, rest: Rest) -> None:
        """Serve these routes."""
        rest.add(app, "GET", _CHANNEL, self._channel)
        rest.add(app, "POST", _CHANNEL + "/typing", self._type)
        rest.add(app, "GET", _MESSAGES, self._history)
        rest.add(app, "POST", _MESSAGES, self._send)
        rest.add(app, "GET", _MESSAGE, self._one)
        rest.add(app, "PATCH", _MESSAGE, self._edit)
        rest.add(app, "DELETE", _MESSAGE, self._delete)

    def _channel(self, call: Call) -> Answer:
        return payloads.channel(self._visible(call))

    def _type(self, call: Call) -> Answer:
        channel = self._visible(call, Permission.SEND_MESSAGES)
        channel.typing.append(call.me.user)
        self._changes.happened()
        return None

    def _send(self, call: Call) -> Answer:
        channel = self._visible(call, _needed(call))
        _refuse_closed_dms(channel)
        check(type_problems(call.form, MESSAGE))
        target = reply_target(channel, call.form.get("message_reference"))
        if target is not None and not channel.allows(call.me.user, Permission.READ_MESSAGE_HISTORY):
            raise Refusal(403, 160002, "Cannot reply without permission to read message history")
        kind = MessageKind.DEFAULT if target is None else MessageKind.REPLY
        message = self._messages.send(
            channel,
            call.me.user,
            call.form,
            files=call.files,
            origin=Origin(kind=kind, reference=target),
        )
        return self._shown(call, message)

    def _history(self, call: Call) -> Answer:
        channel = self._visible(call, Permission.READ_MESSAGE_HISTORY)
        limit = call.number("limit", 50)
        if not 1 <= limit <= MAX_PAGE:
            message = f"int value should be between 1 and {MAX_PAGE}."
            raise invalid_form([Problem(("limit",), "NUMBER_TYPE_RANGE", message)])
        there = [m for m in channel.messages if not m.deleted and m.only_for is None]
        return [self._shown(call, one) for one in reversed(_page(there, call, limit))]

    def _one(self, call: Call) -> Answer:
        return self._shown(call, self._message(call))

    def _edit(self, call: Call) -> Answer:
        message = self._message(call)
        if message.author is not call.me.user:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        return self._shown(call, self._messages.edit(message, call.form, files=call.files))

    def _delete(self, call: Call) -> Answer:
        message = self._message(call)
        if message.author is not call.me.user and message.channel.guild is None:
            raise Refusal(403, 50003, "Cannot execute action on a DM channel")
        if message.author is not call.me.user:
            self._visible(call, Permission.MANAGE_MESSAGES)
        self._messages.delete(message)
        return None

    def _visible(self, call: Call, wanted: Permission = Permission.NONE) -> Channel:
        channel = self._world.channel(call.ids["channel_id"])
        if not channel.allows(call.me.user, Permission.VIEW_CHANNEL):
            raise missing_access()
        if not channel.allows(call.me.user, wanted):
            raise Refusal(403, 50013, "Missing Permissions")
        return channel

    def _message(self, call: Call) -> Message:
        message = self._visible(call).find(call.ids["message_id"])
        # An ephemeral message is reached only through its interaction's token.
        if message is None or message.only_for is not None:
            raise unknown("Message")
        return message

    def _shown(self, call: Call, message: Message) -> dict[str, object]:
        content = Intent.MESSAGE_CONTENT in call.me.application.intents
        return payloads.message(message, call.me.user, self._events.base, content=content)


def _page(messages: list[Message], call: Call, limit: int) -> list[Message]:
    after, before, around = (call.number(name, 0) for name in ("after", "before", "around"))
    if "after" in call.query:
        return [m for m in messages if m.id > after][:limit]
    if "before" in call.query:
        return [m for m in messages if m.id < before][-limit:]
    if "around" in call.query:
        earlier = [m for m in messages if m.id < around]
        later = [m for m in messages if m.id >= around]
        return earlier[max(len(earlier) - limit // 2, 0) :] + later[: limit // 2 + 1]
    return messages[-limit:]


def _needed(call: Call) -> Permission:
    needed = Permission.SEND_MESSAGES
    if call.files:
        needed |= Permission.ATTACH_FILES
    return needed | Permission.EMBED_LINKS if call.form.get("embeds") else needed


def _refuse_closed_dms(channel: Channel) -> None:
    if any(not person.bot and not person.accepts_dms for person in channel.recipients):
        raise Refusal(403, 50007, "Cannot send messages to this user")
