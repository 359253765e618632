"""A Discord that runs on this machine, for a real discord.py client.

It serves the REST routes and the gateway that a bot uses, keeps guilds, channels, messages and
interactions, and is as strict as Discord. A test (or a web page) acts as its members and looks at
what they can read:

```python
async with Sandbox.start(Application(token="made-up")) as discord_here:
    guild = discord_here.guild("Newsroom")          # made when first named, like all below
    general = guild.channel("general")
    anna, ben = guild.member("anna"), guild.member("ben")

    with pointed_at(discord_here):                  # discord.py now talks to the sandbox
        client = MyBot(guild_ready_timeout=0)       # do not wait for more guilds after READY
        async with client:
            running = asyncio.create_task(client.start("made-up"))
            await client.wait_until_ready()         # watch `running` too: it holds the errors

            asked = await anna.mentions(general, "how many troops?")
            reply = await ben.next_message(general, after=asked)
            assert reply.reply_to == asked.id and "10,000" in reply.text and not reply.pings

            await anna.dm("how many troops?")           # answer: next_message(anna.dm_channel())
            card = await anna.slash(general, "ask", question="Who?", private=True)
            assert card.ephemeral and card not in ben.reads(general)
            assert card.labels == ["More", "Context"]
            more = await anna.clicks(card, "More")                   # by label or custom_id
            names = await anna.autocomplete(general, "ask", question="Who?", article="Kim")
            assert discord_here.unknown_routes == []
```

- `anna.says`, `mentions`, `dm`, `edits`, `deletes`: messages. `anna.reads(channel)`: what she sees,
  as `SeenMessage` (text, buttons, selects, reply_to, pings, ephemeral, thinking, edits).
  `next_message` and `next_edit` wait for what comes.
- `anna.slash`, `clicks`, `chooses`: act and wait for what is to be seen in the end; `invokes` and
  `presses` do not wait and give an `Invocation` (`acknowledged()`, `answer()`, `failed`, `modal()`
  for `anna.submits`, `messages()`). What Discord's client would not let her do raises
  `NotPossible`; a bot that is too slow raises `DidNotRespond`; what does not come `NothingCame`.
- `guild.promote(anna)` gives her permissions; `guild.deny(general, discord_here.bot.user,
  Permission.SEND_MESSAGES)` takes some from the bot.
- `discord_here.gateway.drop()` cuts the line (the bot resumes), `invalidate()` ends the sessions;
  `identified` and `resumed` count. discord.py waits 5 s before it identifies again, unless the
  client overrides `before_identify_hook`.
- `discord_here.requests` is every request with its status, `until_requested` waits for one,
  `unknown_routes` names those that the sandbox does not have, `commands.writes` counts how often
  commands were registered, `fail_next` answers the next request of a route with an error.
- `Sandbox.start(clock=ManualClock())`, then `clock.advance(3)`: time passes at once.
- Privileged intents are off unless `Application(intents=Intent.MESSAGE_CONTENT)` turns them on.
- `Sandbox.start(validator=…)` refuses each body in which the given function finds something wrong.

The road of a message: `routes_*` → `rules` → `messages` → `events` → `gateway`; of a click:
`actors` → `interactions` → `gateway`, and back over `routes_interactions` → `callbacks`.
"""

from bot.sandbox.actors import Member
from bot.sandbox.calls import Request
from bot.sandbox.clock import Clock, ManualClock, SystemClock
from bot.sandbox.errors import DidNotRespond, NothingCame, NotPossible, SandboxError
from bot.sandbox.guilds import GuildHandle
from bot.sandbox.intents import Intent
from bot.sandbox.outcomes import Invocation
from bot.sandbox.permissions import Permission
from bot.sandbox.seen import SeenButton, SeenMessage, SeenSelect
from bot.sandbox.server import Sandbox, pointed_at
from bot.sandbox.state import Application, Bot, Channel, User

__all__ = [
    "Application",
    "Bot",
    "Channel",
    "Clock",
    "DidNotRespond",
    "GuildHandle",
    "Intent",
    "Invocation",
    "ManualClock",
    "Member",
    "NotPossible",
    "NothingCame",
    "Permission",
    "Request",
    "Sandbox",
    "SandboxError",
    "SeenButton",
    "SeenMessage",
    "SeenSelect",
    "SystemClock",
    "User",
    "pointed_at",
]
