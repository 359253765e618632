"""The command line: names each command, its options and its help; `bot/commands` does the work.

Imports of the work stand inside the commands, so that `--help` and `--version` answer at once.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import logging
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from bot.exits import Warnings, end, finish, mend_streams, mind_threads
from bot.library_cli import group
from bot.options import AsJson, LibraryFolder, path, teach

MOST_QUOTES = 50
QUOTES = 5  # retrieval.answer's own; importing it here would make --help slow


app = typer.Typer(
    name="pullquote",
    add_completion=False,
    pretty_exceptions_enable=False,
    help=teach(
        "Answer questions over a set of articles with the articles' own words.\n\n"
        "With no library named, the five seed articles answer. "
        "Exit codes: 0 done, 1 the answer is no, 2 the input is wrong.",
        'pullquote ask "How many troops did North Korea send?"',
        "pullquote chat",
        "pullquote library add articles/ --library shelf",
        "pullquote run",
    ),
)
app.add_typer(group, name="library")


def main() -> None:
    """Run the command that the command line names, and exit with its code."""
    mind_threads()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; every error becomes one line on the standard error and a code."""
    mend_streams()
    logging.lastResort = Warnings(logging.WARNING)  # `run` sets up a log of its own
    command = get_command(app)
    try:
        with command.make_context("pullquote", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - no traceback reaches a user
        return end(error)
    return 0


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pullquote {metadata.version('pullquote')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(
    help=teach(
        "Answer a question, or a file of them, with quotes.\n\n"
        'A file of questions has {"id", "question"} a line, "-" reads it from the standard input, '
        "and its answers come one a line in the same order, each with its id. "
        "That the sources do not say is an answer too: the exit code is 0.",
        'pullquote ask "How many troops did North Korea send?"',
        'pullquote ask --json --quotes 10 "Who met Kim Jong Un?"',
        'pullquote ask --library shelf --article 002 "What was signed?"',
        'pullquote ask --why "Who met Kim Jong Un?"',
        "pullquote ask 'Who said \"a matter of time\"?'  # in double quotes: word for word",
        "pullquote ask --questions questions.jsonl --json > answers.jsonl",
    )
)
def ask(  # noqa: PLR0913 - one for each option
    question: Annotated[str | None, typer.Argument(help="In quotation marks.")] = None,
    *,
    questions: Annotated[
        Path | None,
        typer.Option(parser=path, metavar="FILE.jsonl", help="A file of questions."),
    ] = None,
    as_json: AsJson = False,
    quotes: Annotated[
        int, typer.Option(min=1, max=MOST_QUOTES, metavar="N", help="How many at most.")
    ] = QUOTES,
    library: LibraryFolder = None,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this article may answer.")
    ] = None,
    why: Annotated[
        bool,
        typer.Option("--why", help="Show each score as a sum of its parts; JSON has them anyway."),
    ] = False,
) -> None:
    """Answer a question, or a file of them."""
    from bot.commands.ask import Wish, answer_file, answer_one
    from retrieval.errors import InputError

    if (question is None) == (questions is None):
        raise InputError("ask one question, or name a file of them with --questions FILE.jsonl")
    wish = Wish(library=library, quotes=quotes, article=article, as_json=as_json, why=why)
    if questions is not None:
        answer_file(questions, wish)
    else:
        answer_one(question or "", wish)


@app.command(
    help=teach(
        "Talk to the library in the terminal; /help lists what else can be typed.\n\n"
        "Questions on the standard input are answered, a line each; where that is empty, it shows "
        "example questions with their answers. Lines that are typed come back with the arrow keys, "
        "also in the next conversation.\n\n"
        "Exit codes: 0 done, 1 a line of the standard input was no question.",
        "pullquote chat",
        "pullquote chat --library shelf",
        "echo 'How long is the quay?' | pullquote chat --library shelf",
    )
)
def chat(library: LibraryFolder = None) -> None:
    """Talk to the library."""
    from bot.chat import chat_over

    finish(chat_over(library, MOST_QUOTES))


@app.command(
    name="run",
    help=teach(
        "Run the Discord bot, set up by the environment and `.env` (see .env.example).",
        "DISCORD_TOKEN=… pullquote run",
    ),
)
def run_bot() -> None:
    """Run the Discord bot."""
    from bot.app import run as run_app
    from bot.settings import load

    finish(run_app(load()))


@app.command(
    help=teach(
        "Check this installation: versions, the compiled search, the library and its index.\n\n"
        "Exit codes: 0 all is well, 1 a check found something (its line begins with !).",
        "pullquote doctor",
        "pullquote doctor --library shelf",
    )
)
def doctor(library: LibraryFolder = None) -> None:
    """Check this installation."""
    from bot.commands.doctor import examine

    finish(examine(library))


@app.command(
    help=teach(
        "Replay scripts of questions and report what came otherwise than expected.\n\n"
        "With --json, a line for each case: its script, id, ask, verdict, known_failure, checks "
        "and answer.\n\n"
        "Exit codes: 0 all as expected, 1 some not, 2 a script is wrong.",
        "pullquote replay tests/scripts",
        "pullquote replay server.yaml --library shelf",
        "pullquote replay --json server.yaml > outcomes.jsonl",
    )
)
def replay(
    files: Annotated[
        list[Path],
        typer.Argument(parser=path, metavar="FILE…", help="YAML scripts, and folders of them."),
    ],
    *,
    as_json: AsJson = False,
    library: LibraryFolder = None,
) -> None:
    """Replay scripts of questions."""
    from bot.commands.opened import opened
    from bot.replay import replay_files
    from bot.terminal import console

    with opened(library) as answerer:
        finish(replay_files(files, answerer, console(), json=as_json))
