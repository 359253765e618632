"""Routes with which a bot answers interactions and follows them up."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.sandbox import payloads
from bot.sandbox.callbacks import Callbacks, fitting_callback
from bot.sandbox.calls import Answer, Call
from bot.sandbox.errors import Refusal, unknown
from bot.sandbox.events import Events
from bot.sandbox.forms import check
from bot.sandbox.interactions import Interaction, Interactions
from bot.sandbox.messages import Messages
from bot.sandbox.rest import Rest
from bot.sandbox.shapes import type_problems
from bot.sandbox.state import Message, MessageFlag

_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = _WEBHOOK + "/messages/@original"
_MESSAGE = _WEBHOOK + "/messages/{message_id}"


class InteractionRoutes:
    """Callbacks, `@original` and follow-ups."""

    def __init__(
        self, interactions: Interactions, callbacks: Callbacks, messages: Messages, events: Events
    ) -> None:
        self._interactions = interactions
        self._callbacks = callbacks
        self._messages = messages
        self._events = events

    def add_to(self, app: web.Application, rest: Rest) -> None:
        """Serve these routes."""
        rest.add(app, "POST", _CALLBACK, self._answer, open_=True)
        rest.add(app, "POST", _WEBHOOK, self._follow_up, open_=True)
        for route in (_ORIGINAL, _MESSAGE):
            rest.add(app, "GET", route, self._get, open_=True)
            rest.add(app, "PATCH", route, self._edit, open_=True)
            rest.add(app, "DELETE", route, self._delete, open_=True)

    def _answer(self, call: Call) -> Answer:
        interaction = self._interactions.to_acknowledge(
            call.ids["interaction_id"], call.words["interaction_token"]
        )
        check(type_problems(call.form, {"type": int, "data": {}}))
        callback = fitting_callback(interaction, call.form.get("type"))
        try:
            self._callbacks.answer(interaction, callback, call.form.get("data") or {}, call.files)
        except Refusal as refusal:
            raise refusal.under("data") from refusal
        self._interactions.acknowledge(interaction, callback)
        if call.query.get("with_response") not in ("1", "true"):
            return None
        return self._callback_body(interaction)

    def _callback_body(self, interaction: Interaction) -> dict[str, Any]:
        told: dict[str, Any] = {"id": str(interaction.id), "type": int(interaction.kind)}
        message = interaction.original
        if message is None:
            return {"interaction": told}
        told["response_message_id"] = str(message.id)
        told["response_message_loading"] = bool(message.flags & MessageFlag.LOADING)
        told["response_message_ephemeral"] = bool(message.flags & MessageFlag.EPHEMERAL)
        shown = self._shown(interaction, message)
        return {
            "interaction": told,
            "resource": {"type": interaction.acknowledged, "message": shown},
        }

    def _follow_up(self, call: Call) -> Answer:
        interaction = self._interaction(call)
        message = self._callbacks.follow_up(interaction, call.form, call.files)
        return self._shown(interaction, message)

    def _get(self, call: Call) -> Answer:
        interaction, message = self._found(call)
        return self._shown(interaction, message)

    def _edit(self, call: Call) -> Answer:
        interaction, message = self._found(call)
        self._callbacks.edit(interaction, message, call.form, call.files)
        return self._shown(interaction, message)

    def _delete(self, call: Call) -> Answer:
        _, message = self._found(call)
        self._messages.delete(message)
        return None

    def _interaction(self, call: Call) -> Interaction:
        webhook = call.ids["webhook_id"]
        return self._interactions.to_follow_up(webhook, call.words["webhook_token"])

    def _found(self, call: Call) -> tuple[Interaction, Message]:
        interaction = self._interaction(call)
        if "message_id" not in call.ids:
            message = interaction.original
        else:
            own = [*interaction.messages, *filter(None, [interaction.original])]
            message = next((m for m in own if m.id == call.ids["message_id"]), None)
        if message is None or message.deleted:
            raise unknown("Message")
        return interaction, message

    def _shown(self, interaction: Interaction, message: Message) -> dict[str, Any]:
        return payloads.message(message, interaction.bot.user, self._events.base, content=True)
