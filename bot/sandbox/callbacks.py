"""What a bot's answer to an interaction does: a message, a deferral, an update, a modal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from bot.sandbox.errors import unknown
from bot.sandbox.forms import bad_choice, check
from bot.sandbox.interactions import Interaction, Kind
from bot.sandbox.messages import Messages, Origin, Upload
from bot.sandbox.modal_rules import choice_problems, modal_problems
from bot.sandbox.shapes import MESSAGE, MODAL, SUGGESTIONS, type_problems
from bot.sandbox.state import Message, MessageFlag, MessageKind

Json = Mapping[str, Any]
Files = Sequence[Upload]


class Callback(IntEnum):
    """How a bot may answer, as Discord numbers it."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_NEW_MESSAGE = {Callback.MESSAGE, Callback.DEFERRED_MESSAGE}
_OLD_MESSAGE = {Callback.DEFERRED_UPDATE, Callback.UPDATE}


class Callbacks:
    """Carries out the answers to interactions, and what follows them."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._answers: dict[Callback, Callable[[Interaction, Json, Files], None]] = {
            Callback.MESSAGE: self._send,
            Callback.DEFERRED_MESSAGE: self._defer,
            Callback.DEFERRED_UPDATE: self._defer_update,
            Callback.UPDATE: self._update,
            Callback.CHOICES: _suggest,
            Callback.MODAL: _open_modal,
        }

    def answer(
        self, interaction: Interaction, callback: Callback, data: Json, files: Files
    ) -> None:
        """Carry out an answer of a type that fits the interaction.

        Raises:
            Refusal: 400, the data break a rule; the interaction is as before.
        """
        self._answers[callback](interaction, data, files)

    def follow_up(self, interaction: Interaction, body: Json, files: Files) -> Message:
        """Send another message in response.

        The first one after a deferral fills the deferred response, as Discord does.

        Raises:
            Refusal: 400, the body breaks a rule.
        """
        if interaction.deferred and interaction.original is not None:
            return self.edit(interaction, interaction.original, body, files)
        return self._respond(interaction, body, files, MessageKind.REPLY, interaction.original)

    def edit(self, interaction: Interaction, message: Message, body: Json, files: Files) -> Message:
        """Change one of the interaction's messages.

        Raises:
            Refusal: 400, the message would break a rule.
        """
        edited = self._messages.edit(message, body, files=files)
        if message is interaction.original:
            interaction.deferred = False
        return edited

    def _respond(
        self,
        interaction: Interaction,
        body: Json,
        files: Files,
        kind: int,
        reference: Message | None,
    ) -> Message:
        check(type_problems(body, MESSAGE))
        origin = _origin(interaction, body, kind, reference)
        message = self._messages.send(
            interaction.channel, interaction.bot.user, body, files=files, origin=origin
        )
        interaction.messages.append(message)
        return message

    def _send(self, interaction: Interaction, data: Json, files: Files) -> None:
        kind, reference = _response_kind(interaction)
        interaction.original = self._respond(interaction, data, files, kind, reference)

    def _defer(self, interaction: Interaction, data: Json, _files: Files) -> None:
        kind, reference = _response_kind(interaction)
        check(type_problems(data, {"flags": int}))
        origin = _origin(interaction, data, kind, reference)
        message = self._messages.send_loading(interaction.channel, interaction.bot.user, origin)
        interaction.messages.append(message)
        interaction.original = message
        interaction.deferred = True

    def _defer_update(self, interaction: Interaction, _data: Json, _files: Files) -> None:
        interaction.original = interaction.source

    def _update(self, interaction: Interaction, data: Json, files: Files) -> None:
        if interaction.source is None or interaction.source.deleted:
            raise unknown("Message")
        interaction.original = interaction.source
        self.edit(interaction, interaction.source, data, files)


def fitting_callback(interaction: Interaction, given: object) -> Callback:
    """The type of answer that the bot gave, if it may answer so.

    Raises:
        Refusal: 400, code 50035.
    """
    allowed = _allowed(interaction)
    check(bad_choice(given, sorted(int(one) for one in allowed), "type"))
    return next(one for one in allowed if one == given)


def _allowed(interaction: Interaction) -> set[Callback]:
    if interaction.kind is Kind.AUTOCOMPLETE:
        return {Callback.CHOICES}
    allowed = set(_NEW_MESSAGE)
    if interaction.source is not None:
        allowed |= _OLD_MESSAGE
    if interaction.kind is not Kind.MODAL:
        allowed.add(Callback.MODAL)
    return allowed


def _response_kind(interaction: Interaction) -> tuple[int, Message | None]:
    if interaction.source is None:
        return MessageKind.SLASH_RESPONSE, None
    return MessageKind.REPLY, interaction.source


def _origin(interaction: Interaction, body: Json, kind: int, reference: Message | None) -> Origin:
    ephemeral = (body.get("flags") or 0) & MessageFlag.EPHEMERAL
    return Origin(
        kind=kind,
        reference=reference,
        only_for=interaction.user if ephemeral else None,
        flags=ephemeral,
        application_id=interaction.bot.id,
        metadata=interaction.metadata(),
    )


def _suggest(interaction: Interaction, data: Json, _files: Files) -> None:
    check(type_problems(data, SUGGESTIONS))
    choices = data.get("choices") or []
    check(choice_problems(choices, "choices"))
    interaction.choices = list(choices)


def _open_modal(interaction: Interaction, data: Json, _files: Files) -> None:
    check(type_problems(data, MODAL))
    check(modal_problems(data))
    interaction.modal = dict(data)
