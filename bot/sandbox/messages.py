"""Sending, changing and deleting messages: the rules are checked, the bots are told."""

from __future__ import annotations

import copy
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.sandbox.changes import Changes
from bot.sandbox.component_rules import TEXT, walk
from bot.sandbox.events import Events
from bot.sandbox.forms import Problem, check, invalid_form
from bot.sandbox.mentions import pings
from bot.sandbox.rules import check_message
from bot.sandbox.shapes import MESSAGE, type_problems
from bot.sandbox.state import Attachment, Channel, Message, MessageFlag, MessageKind, User
from bot.sandbox.world import World

Json = Mapping[str, Any]

_SENDABLE = (
    MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
)
_EDITABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2


class Upload(NamedTuple):
    """A file that came with a request."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Origin:
    """Where a message comes from, beyond its body.

    Attributes:
        kind: Discord's message type.
        reference: The message that it replies to.
        only_for: The one user who is to see it.
        flags: Flags that the body cannot set.
        application_id: The application whose interaction made it.
        metadata: Discord's `interaction_metadata`.
    """

    kind: int = MessageKind.DEFAULT
    reference: Message | None = None
    only_for: User | None = None
    flags: int = 0
    application_id: int | None = None
    metadata: dict[str, Any] | None = field(default=None)


class Messages:
    """The one way in which messages come to be, change and go."""

    def __init__(self, world: World, events: Events, changes: Changes) -> None:
        self._world = world
        self._events = events
        self._changes = changes

    def send(
        self,
        channel: Channel,
        author: User,
        body: Json,
        *,
        files: Sequence[Upload] = (),
        origin: Origin | None = None,
    ) -> Message:
        """Put a message into a channel and tell everyone.

        Raises:
            Refusal: 400, the body breaks a rule.
        """
        check_message(body, files=len(files))
        if (sent := _already_sent(channel, author, body)) is not None:
            return sent
        message = self._new(channel, author, origin or Origin())
        message.flags |= (body.get("flags") or 0) & _SENDABLE
        message.nonce = body.get("nonce")
        self._fill(message, body, files)
        return self._announce(message)

    def send_loading(self, channel: Channel, author: User, origin: Origin) -> Message:
        """Put the "is thinking…" of a deferred response into a channel."""
        message = self._new(channel, author, origin)
        message.flags |= MessageFlag.LOADING
        return self._announce(message)

    def edit(self, message: Message, body: Json, *, files: Sequence[Upload] = ()) -> Message:
        """Change what the body names, and tell everyone.

        Raises:
            Refusal: 400, the message would break a rule.
        """
        whole = _as_it_would_stand(message, body)
        kept = _kept_attachments(message, body)
        check_message(whole, files=len(files) + len(kept))
        message.attachments = kept
        message.flags = whole["flags"] & ~MessageFlag.LOADING
        self._fill(message, body, files)
        message.edited = self._world.clock.now()
        message.edits += 1
        self._events.message_updated(message)
        self._changes.happened()
        return message

    def delete(self, message: Message) -> None:
        """Take a message out of its channel, and tell everyone."""
        message.deleted = True
        self._events.message_deleted(message)
        self._changes.happened()

    def _new(self, channel: Channel, author: User, origin: Origin) -> Message:
        return Message(
            id=self._world.snowflakes.next(),
            channel=channel,
            author=author,
            created=self._world.clock.now(),
            kind=origin.kind,
            reference=origin.reference,
            only_for=origin.only_for,
            flags=origin.flags,
            application_id=origin.application_id,
            metadata=origin.metadata,
        )

    def _announce(self, message: Message) -> Message:
        message.channel.messages.append(message)
        self._events.message_created(message)
        self._changes.happened()
        return message

    def _fill(self, message: Message, body: Json, files: Sequence[Upload]) -> None:
        if "content" in body:
            message.content = (body["content"] or "").strip()
        if "embeds" in body:
            message.embeds = [{"type": "rich", **embed} for embed in body["embeds"] or ()]
        if "components" in body:
            message.components = _numbered(body["components"] or [])
        message.attachments += self._stored(files, body.get("attachments") or ())
        # Mentions are read anew with the text; an edit of something else leaves them.
        if "content" in body or "components" in body:
            self._ping(message, body.get("allowed_mentions"))

    def _stored(self, files: Sequence[Upload], described: Sequence[Json]) -> list[Attachment]:
        notes = {str(one.get("id")): one for one in described}
        stored = []
        for index, upload in enumerate(files):
            note = notes.get(str(index), {})
            attachment = Attachment(
                id=self._world.snowflakes.next(),
                filename=str(note.get("filename") or upload.filename),
                content=upload.content,
                content_type=_content_type(upload.filename),
                description=note.get("description"),
            )
            self._world.files[attachment.id] = attachment
            stored.append(attachment)
        return stored

    def _ping(self, message: Message, allowed: Json | None) -> None:
        replied = message.reference if message.kind == MessageKind.REPLY else None
        who = pings(_text_of(message), message.channel, message.author, allowed, replied)
        message.pinged = list(who.users)
        message.pinged_roles = list(who.roles)
        message.pings_everyone = who.everyone


def _already_sent(channel: Channel, author: User, body: Json) -> Message | None:
    """With `enforce_nonce`, a message that is sent twice is there once."""
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    same = (m for m in channel.messages if m.author is author and m.nonce == body["nonce"])
    return next(same, None)


def reply_target(channel: Channel, reference: Json | None) -> Message | None:
    """The message that a `message_reference` names.

    Raises:
        Refusal: 400, there is no such message in this channel and the reply insists on it.
    """
    if not reference:
        return None
    named = str(reference.get("message_id"))
    found = channel.find(int(named)) if named.isdecimal() else None
    if found is None and reference.get("fail_if_not_exists", True):
        problem = Problem(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        raise invalid_form([problem])
    return found


def _as_it_would_stand(message: Message, body: Json) -> dict[str, Any]:
    check(type_problems(body, MESSAGE))
    asked = (body.get("flags") or 0) & _EDITABLE
    lasting = message.flags & ~MessageFlag.SUPPRESS_EMBEDS if "flags" in body else message.flags
    standing = {
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
    }
    return standing | dict(body) | {"flags": lasting | asked}


def _kept_attachments(message: Message, body: Json) -> list[Attachment]:
    if body.get("attachments") is None:
        return message.attachments
    named = {str(one.get("id")) for one in body["attachments"]}
    return [one for one in message.attachments if str(one.id) in named]


def _numbered(components: list[Any]) -> list[Any]:
    numbered = copy.deepcopy(components)
    everything = [one for _, one in walk(numbered)]
    taken = {one.get("id") for one in everything}
    free = (n for n in range(1, len(everything) + len(taken) + 1) if n not in taken)
    for one in everything:
        if not one.get("id"):
            one["id"] = next(free)
    return numbered


def _text_of(message: Message) -> str:
    displays = (one["content"] for _, one in walk(message.components) if one["type"] == TEXT)
    return "\n".join([message.content, *displays])


def _content_type(filename: str) -> str:
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"
