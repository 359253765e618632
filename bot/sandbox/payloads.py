"""What exists, in the JSON that Discord's API and gateway send."""

from __future__ import annotations

from typing import Any

from bot.sandbox.clock import iso
from bot.sandbox.intents import application_flags
from bot.sandbox.permissions import EVERYONE, Permission
from bot.sandbox.state import (
    Attachment,
    Bot,
    Channel,
    Guild,
    Membership,
    Message,
    MessageFlag,
    Role,
    User,
)

Json = dict[str, Any]


def user(person: User) -> Json:
    """A user object."""
    return {
        "id": str(person.id),
        "username": person.name,
        "global_name": None if person.bot else person.name,
        "discriminator": "0",
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
    }


def application(bot: Bot, owner: User) -> Json:
    """An application object, as its own bot may read it."""
    return {
        "id": str(bot.id),
        "name": bot.application.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(bot.user),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": application_flags(bot.application.intents),
        "owner": user(owner),
        "team": None,
        "summary": "",
        "integration_types_config": {"0": {}},
    }


def member(membership: Membership, *, with_user: bool = True) -> Json:
    """A guild member object; message events carry it without its user."""
    body: Json = {
        "nick": None,
        "avatar": None,
        "roles": [str(role.id) for role in membership.roles],
        "joined_at": iso(membership.joined),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    return {"user": user(membership.user), **body} if with_user else body


def role(one: Role, position: int = 1) -> Json:
    """A role object."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions.value),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": True,
        "flags": 0,
    }


def channel(place: Channel) -> Json:
    """A channel object: a guild's text channel, or a direct message channel."""
    body: Json = {
        "id": str(place.id),
        "last_message_id": str(place.messages[-1].id) if place.messages else None,
        "flags": 0,
    }
    if place.guild is None:
        people = [user(person) for person in place.recipients if not person.bot]
        return body | {"type": 1, "recipients": people}
    return body | {
        "type": 0,
        "name": place.name,
        "guild_id": str(place.guild.id),
        "position": place.guild.channels.index(place),
        "permission_overwrites": [_overwrite(*item) for item in place.denied.items()],
        "topic": None,
        "nsfw": False,
        "parent_id": None,
        "rate_limit_per_user": 0,
    }


def _overwrite(user_id: int, denied: Permission) -> Json:
    return {"id": str(user_id), "type": 1, "allow": "0", "deny": str(denied.value)}


def guild(place: Guild, members: list[Membership]) -> Json:
    """A guild object as GUILD_CREATE carries it, with the bot first among those it may know."""
    everyone = Role(place.id, "@everyone", EVERYONE)
    return {
        "id": str(place.id),
        "name": place.name,
        "owner_id": str(place.owner.id),
        "unavailable": False,
        "large": False,
        "member_count": len(place.memberships),
        "joined_at": iso(members[0].joined),
        "roles": [role(everyone, 0), *(role(one) for one in place.roles)],
        "channels": [channel(one) for one in place.channels],
        "members": [member(one) for one in members],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "emojis": [],
        "stickers": [],
        "features": [],
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "afk_timeout": 300,
        "afk_channel_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
    }


def attachment(file: Attachment, base: str) -> Json:
    """An attachment object; `base` is where the sandbox serves files."""
    url = f"{base}/attachments/{file.id}/{file.filename}"
    body: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.content),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
    }
    return body if file.description is None else body | {"description": file.description}


def message(one: Message, reader: User, base: str, *, content: bool) -> Json:
    """A message object.

    Args:
        one: The message.
        reader: The bot's user who gets it.
        base: Where the sandbox serves files.
        content: Whether the reader has the message content intent; what it may read without it
            (its own messages, direct messages, those that mention it) is there in any case.
    """
    shown = content or readable_without_intent(one, reader)
    body: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": one.kind,
        "author": user(one.author),
        "content": one.content if shown else "",
        "embeds": one.embeds if shown else [],
        "components": one.components if shown else [],
        "attachments": [attachment(a, base) for a in one.attachments] if shown else [],
        "mentions": [user(person) for person in one.pinged],
        "mention_roles": [str(r.id) for r in one.pinged_roles],
        "mention_everyone": one.pings_everyone,
        "timestamp": iso(one.created),
        "edited_timestamp": None if one.edited is None else iso(one.edited),
        "flags": one.flags,
        "pinned": False,
        "tts": False,
    }
    if one.nonce is not None:
        body["nonce"] = one.nonce
    if one.application_id is not None:
        body["application_id"] = body["webhook_id"] = str(one.application_id)
    if one.metadata is not None:
        body["interaction_metadata"] = one.metadata
    if one.reference is not None:
        body |= _reference(one.reference, reader, base, content=content)
    return body


def _reference(to: Message, reader: User, base: str, *, content: bool) -> Json:
    pointer: Json = {"type": 0, "channel_id": str(to.channel.id), "message_id": str(to.id)}
    if to.channel.guild is not None:
        pointer["guild_id"] = str(to.channel.guild.id)
    # Discord shows the message that was replied to, but not the one that that replied to.
    shown = None if to.deleted else message(to, reader, base, content=content)
    if shown is not None:
        shown.pop("referenced_message", None)
    return {"message_reference": pointer, "referenced_message": shown}


def message_event(one: Message, reader: User, base: str, *, content: bool) -> Json:
    """A message as MESSAGE_CREATE and MESSAGE_UPDATE carry it: with its guild and member.

    An ephemeral message belongs to no guild in Discord's eyes, so it carries neither.
    """
    body = message(one, reader, base, content=content)
    place = one.channel.guild
    if place is None or one.flags & MessageFlag.EPHEMERAL:
        return body
    body["guild_id"] = str(place.id)
    if one.author.id in place.memberships and one.application_id is None:
        body["member"] = member(place.memberships[one.author.id], with_user=False)
    return body


def readable_without_intent(one: Message, reader: User) -> bool:
    """Whether a bot may read the content although it lacks the message content intent."""
    return one.author is reader or one.channel.guild is None or reader in one.pinged
