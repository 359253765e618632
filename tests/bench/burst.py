"""A burst: many slash questions at once, put to Pullquote and to a bare bot over the sandbox.

Both bots are processes of their own: `pullquote run` over the seed articles, as an operator runs
it, and `burst_bare`. Each has a sandbox of its own in this process, and they take turns, so that a
busy machine slows both. All questions of a burst are begun at the same moment, and no question is
asked twice. What is told of each bot: answers a second, the time until the last question was
acknowledged (Discord waits three seconds), processor time an answer, and memory.

A second checkout can be measured in the same run, such as the commit before a change:
`make bench BENCH="--burst --before ../before"`; it needs a virtual environment in `.venv`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple, Self

from bench.speed_run import Bench
from bot.opening import open_library
from bot.sandbox import Application, Channel, Invocation, Member, Sandbox
from bot.sandbox.interactions import Interaction
from bot.sandbox.state import MessageFlag
from retrieval.errors import InputError
from retrieval.sentences import split

TESTS = Path(__file__).parents[1]
TOKEN = "made-up.token"
OURS, BARE, BEFORE = "Pullquote", "bare bot", "before"
ASKING = ("What about", "Who said", "When was", "Where is", "Why did", "How many")
ROUNDS = 3
WARM = 30  # questions before the first that counts
LOOK = 0.005  # seconds between two looks at what has been answered
SETTLING = 2.0  # seconds after the log-in, in which a bot may still load
PATIENCE = 180.0  # seconds that a burst may take
MEMBERS = 50
TICKS = os.sysconf("SC_CLK_TCK")


class Burst(NamedTuple):
    """What one burst gave.

    Attributes:
        asked: How many questions.
        answered: How many were answered in time.
        seconds: Until the last answer.
        acknowledged: Seconds until the last one was acknowledged.
        cpu: Milliseconds of the bot's processor time a question.
        memory: Megabytes that the bot held afterwards.
    """

    asked: int
    answered: int
    seconds: float
    acknowledged: float
    cpu: float
    memory: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


class Bursts(NamedTuple):
    """All bursts of one bot."""

    name: str
    bursts: list[Burst]

    @property
    def rate(self) -> float:
        """Answers a second, at the median."""
        return median(one.rate for one in self.bursts)


def commands(before: Path | None) -> Iterator[tuple[str, list[str]]]:
    """Each bot by its name, with the command that starts it; a sandbox's addresses follow.

    Raises:
        InputError: The checkout has no virtual environment.
    """
    script = "run_pointed_at.py"
    yield OURS, [sys.executable, str(TESTS / script)]
    if before:
        python = before / ".venv" / "bin" / "python"
        if not python.exists():
            raise InputError(f"{before}: no virtual environment there; run `make demo` in it first")
        yield BEFORE, [str(python), str(before.resolve() / "tests" / script)]
    yield BARE, [sys.executable, "-m", "bench.burst_bare"]


class Running:
    """A bot in a process of its own, and the Discord that it is in.

    Attributes:
        name: The bot's.
    """

    def __init__(self, name: str, discord: Sandbox, pid: int) -> None:
        self.name, self._discord, self._pid = name, discord, pid
        guild = discord.guild("Newsroom")
        self._channel: Channel = guild.channel("general")
        self._members: list[Member] = [guild.member(f"member-{n}") for n in range(MEMBERS)]

    @classmethod
    @contextlib.asynccontextmanager
    async def start(cls, name: str, command: list[str]) -> AsyncIterator[Self]:
        """Start a bot, and stop it in the end."""
        async with Sandbox.start(Application(token=TOKEN)) as discord:
            discord.guild("Newsroom").channel("general")
            own = {"DISCORD_TOKEN": TOKEN, "PULLQUOTE_COOLDOWN": "0"}
            paths = {} if name == BEFORE else {"PYTHONPATH": os.pathsep.join(sys.path)}
            process = await asyncio.create_subprocess_exec(
                *(*command, discord.api, discord.gateway.url),
                *(["run"] if name != BARE else []),
                env=os.environ | own | paths,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                await _ready(discord, process)
                told = asyncio.create_task(_drained(process))
                yield cls(name, discord, process.pid)
                told.cancel()
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(signal.SIGTERM)
                await process.wait()

    async def burst(self, questions: list[str]) -> Burst:
        """Ask all of them at once, and wait for the answers."""
        before, began = _cpu(self._pid), time.perf_counter()
        asked: list[Invocation] = []
        for member, question in zip(itertools.cycle(self._members), questions, strict=False):
            asked.append(await member.invokes(self._channel, "ask", question=question))
        acknowledged = 0.0
        waiting = [one.interaction for one in asked]
        unheard = waiting
        while waiting and time.perf_counter() - began < PATIENCE:
            await asyncio.sleep(LOOK)
            now = time.perf_counter() - began
            if unheard:
                unheard = [one for one in unheard if one.acknowledged is None and not one.late]
                acknowledged = now
            waiting = [one for one in waiting if not _is_answered(one) and not one.late]
        taken = time.perf_counter() - began
        answered = sum(_is_answered(one.interaction) for one in asked)
        self._discord.rest.requests.clear()
        return Burst(
            asked=len(asked),
            answered=answered,
            seconds=taken,
            acknowledged=acknowledged,
            cpu=(_cpu(self._pid) - before) / len(asked) * 1000,
            memory=_memory(self._pid),
        )


async def _ready(discord: Sandbox, process: asyncio.subprocess.Process) -> None:
    """Wait until a bot has logged in and registered its command.

    Raises:
        InputError: It ended instead.
    """
    while not (discord.commands.writes and discord.gateway.identified):
        if process.returncode is not None:
            said = await process.stderr.read() if process.stderr else b""
            raise InputError(f"a bot did not start: {said.decode(errors='replace').strip()}")
        await asyncio.sleep(LOOK)
    await asyncio.sleep(SETTLING)


async def _drained(process: asyncio.subprocess.Process) -> None:
    """Read what a bot logs, so that it never waits for a reader."""
    while process.stderr and await process.stderr.read(1 << 16):
        pass


def _is_answered(one: Interaction) -> bool:
    """Whether there is more to see than “is thinking…”."""
    if one.acknowledged is None or one.deferred or one.original is None:
        return False
    return not one.original.flags & MessageFlag.LOADING


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> float:
    """Megabytes that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    held = next(line for line in lines if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1000


def made_questions(seed: int) -> Iterator[str]:
    """Questions without end in words of the seed articles, each another."""
    with open_library(None) as library:
        words = [
            article.text[one.start : one.end].rstrip(".").split()
            for article in library
            for one in split(article.text, article.language)
        ]
    drawn, told = random.Random(seed), set[str]()  # noqa: S311 - no secret
    while True:
        sentence = drawn.choice(words)
        places = sorted(drawn.sample(range(len(sentence)), min(len(sentence), drawn.randint(3, 7))))
        question = f"{drawn.choice(ASKING)} {' '.join(sentence[n] for n in places)}?"[:200]
        if question not in told:
            told.add(question)
            yield question


def measure_burst(
    bench: Bench, at_once: int, *, soak: int = 0, before: Path | None = None
) -> list[Bursts]:
    """Put bursts to each bot in turn.

    Args:
        bench: The run.
        at_once: How many questions a burst has.
        soak: How many questions to ask of Pullquote besides, a burst after the other.
        before: Another checkout to measure beside.

    Raises:
        InputError: The other checkout cannot be run.
    """
    return asyncio.run(_measured(bench, at_once, soak, before))


async def _measured(bench: Bench, at_once: int, soak: int, before: Path | None) -> list[Bursts]:
    questions = made_questions(bench.seed)
    async with contextlib.AsyncExitStack() as stack:
        bots = []
        for name, command in commands(before):
            bench.step(f"starting {name}", None)
            bots.append(await stack.enter_async_context(Running.start(name, command)))
            await bots[-1].burst(list(itertools.islice(questions, WARM)))
        found: dict[str, list[Burst]] = {bot.name: [] for bot in bots}
        for turn in range(ROUNDS):
            asked = list(itertools.islice(questions, at_once))
            for bot in bots:
                bench.step(f"{at_once:,} questions at once to {bot.name}, turn {turn + 1}", None)
                found[bot.name].append(await bot.burst(asked))
        told = [Bursts(name, bursts) for name, bursts in found.items()]
        if soak:
            told.append(await _soaked(bench, bots[0], at_once, soak, questions))
    return told


async def _soaked(
    bench: Bench, bot: Running, at_once: int, soak: int, questions: Iterator[str]
) -> Bursts:
    bursts: list[Burst] = []
    advance = bench.step(f"{soak:,} questions to {bot.name}", soak)
    while sum(one.asked for one in bursts) < soak:
        bursts.append(await bot.burst(list(itertools.islice(questions, at_once))))
        advance(at_once)
    return Bursts(f"{bot.name}, {soak:,} questions", bursts)


def burst_lines(measured: list[Bursts]) -> list[str]:
    """What was measured, for people: a line a bot."""
    bare = next(one for one in measured if one.name == BARE)
    return [_line(one, bare) for one in measured]


def _line(one: Bursts, bare: Bursts) -> str:
    lost = sum(burst.asked - burst.answered for burst in one.bursts)
    first, last = one.bursts[0].memory, one.bursts[-1].memory
    return (
        f"{one.name}: {one.rate:.0f} answers a second ({one.rate / bare.rate:.2f} of the bare "
        f"bot's), {median(burst.cpu for burst in one.bursts):.1f} ms of processor time each, last "
        f"acknowledged after {max(burst.acknowledged for burst in one.bursts):.2f} s, "
        f"{lost} of {sum(burst.asked for burst in one.bursts):,} lost, "
        f"memory {first:.0f} → {last:.0f} MB"
    )
