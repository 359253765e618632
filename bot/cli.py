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

MOST_QUOTES = 50
QUOTES = 5  # retrieval.answer's own; importing it here would make --help slow


def _teach(about: str, *examples: str) -> str:
    """A command's help: what it does, then how it is used, line by line."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{about}\n\n\b\nExamples:\n{lines}"


app = typer.Typer(
    name="pullquote",
    add_completion=False,
    pretty_exceptions_enable=False,
    help=_teach(
        "Answer questions over a set of articles with the articles' own words.\n\n"
        "With no library named, the five seed articles answer. "
        "Exit codes: 0 done, 1 the answer is no, 2 the input is wrong.",
        'pullquote ask "How many troops did North Korea send?"',
        "pullquote chat",
        "pullquote library add articles/ --library shelf",
        "pullquote run",
    ),
)
group = typer.Typer(
    help=_teach(
        "Keep a library of your own: add, list, remove and verify its articles.",
        "pullquote library add articles/ more.jsonl --library shelf",
        "pullquote library list --library shelf",
    ),
)
app.add_typer(group, name="library")


def _path(text: str) -> Path:
    """A path as typed; whether it can be read is told where it is read, and the rest goes on."""
    if not text:
        raise typer.BadParameter("it is empty; say . for this folder")
    return Path(text)


LibraryFolder = Annotated[
    Path | None,
    typer.Option(
        "--library",
        parser=_path,
        metavar="DIR",
        help="The library's folder; else PULLQUOTE_LIBRARY, else the seed articles.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


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
    help=_teach(
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
        typer.Option(parser=_path, metavar="FILE.jsonl", help="A file of questions."),
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
    help=_teach(
        "Talk to the library in the terminal; /help lists what else can be typed.\n\n"
        "Where nobody can type, it shows example questions with their answers.",
        "pullquote chat",
        "pullquote chat --library shelf",
    )
)
def chat(library: LibraryFolder = None) -> None:
    """Talk to the library."""
    from bot.chat import chat_over

    chat_over(library, MOST_QUOTES)


@app.command(
    name="run",
    help=_teach(
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
    help=_teach(
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
    help=_teach(
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
        typer.Argument(parser=_path, metavar="FILE…", help="YAML scripts, and folders of them."),
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


@group.command(
    help=_teach(
        "Add articles: .txt, .text, .md, .markdown and .jsonl files, and folders of them.\n\n"
        'A .jsonl file has {"id", "title", "text"} a line, and publisher, author, published, url '
        "and language where they are known. For the other kinds a `sources.toml` beside them may "
        "say so. An article's id is its path below the folder that is named, without the ending; "
        "the same file again replaces it, another file of that id needs --replace.\n\n"
        "Exit codes: 0 everything went in, 1 some was refused (each named, with the reason), "
        "2 nothing could be read.",
        "pullquote library add articles/ --library shelf",
        "pullquote library add news.jsonl notes.md --library shelf",
    )
)
def add(
    paths: Annotated[
        list[Path], typer.Argument(parser=_path, metavar="PATH…", help="Files and folders.")
    ],
    *,
    library: LibraryFolder = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace other files', too.")] = False,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Follow links out of a folder, too.")
    ] = False,
) -> None:
    """Add articles."""
    from bot.commands.library import Way, add_articles

    finish(add_articles(paths, library, Way(follow_links=follow_links, replace=replace)))


@group.command(
    name="list",
    help=_teach(
        "List the articles, in order of id; exit code 1 where one cannot be listed.",
        "pullquote library list",
        "pullquote library list --json --library shelf",
    ),
)
def list_(*, as_json: AsJson = False, library: LibraryFolder = None) -> None:
    """List the articles."""
    from bot.commands.library import list_articles

    finish(list_articles(library, as_json=as_json))


@group.command(help=_teach("Take an article out.", "pullquote library remove 002 --library shelf"))
def remove(
    article: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    library: LibraryFolder = None,
) -> None:
    """Take an article out."""
    from bot.commands.library import remove_article

    remove_article(article, library)


@group.command(
    help=_teach(
        "Check every article: its text against the SHA-256 that was stored with it, and that its "
        "sentences are cut from it exactly. Then the index: every byte against its checksum, and "
        "what it holds against the articles.\n\nExit codes: 0 all is well, 1 something is wrong.",
        "pullquote library verify --library shelf",
    )
)
def verify(library: LibraryFolder = None) -> None:
    """Check every article."""
    from bot.commands.library import verify_articles

    finish(verify_articles(library))
