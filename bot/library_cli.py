"""The command line of `pullquote library`: names its commands, as `cli.py` those of the rest."""
# ruff: noqa: PLC0415 - imports stand inside the commands, so that `--help` answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.exits import finish
from bot.options import AsJson, LibraryFolder, path, teach

Style = Literal["docusaurus", "mkdocs", "mdbook", "vitepress", "sphinx"]

group = typer.Typer(
    help=teach(
        "Keep a library of your own: add, sync, list, remove and verify its articles.",
        "pullquote library add articles/ more.jsonl --library shelf",
        "pullquote library sync docs/ --library shelf",
        "pullquote library list --library shelf",
    ),
)


@group.command(
    help=teach(
        "Add articles: .txt, .md, .mdx, .rst, .html, .docx, .epub, .pdf, .jsonl, .csv and .tsv "
        "files, zip files of them, and folders.\n\n"
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
        list[Path], typer.Argument(parser=path, metavar="PATH…", help="Files and folders.")
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
    help=teach(
        "Bring a library in step with a folder: what came is added, what changed is replaced, and "
        "what is gone from the folder is removed, all in one step. Articles that came from "
        "elsewhere are kept. Only files that changed are read, so run it as often as you like, "
        "also while the bot runs.\n\n"
        "A file that cannot be read keeps its article and is named. Files named in a "
        "`.pullquoteignore`, which is written like a .gitignore, are left out; so is what "
        "--exclude says.\n\n"
        "With --base-url, each page that states no address gets that of its path, as the site's "
        "generator makes it; which one that is, its configuration tells, or "
        "--base-url-style.\n\n"
        "Exit codes: 0 the library is in step, 1 something could not be read or was refused (each "
        "named), 2 the folder is missing, or empty without --allow-empty; nothing is changed then.",
        "pullquote library sync docs/ --library shelf --dry-run",
        "pullquote library sync docs/ --library shelf --exclude 'drafts/' --exclude '*.tmp.md'",
        "pullquote library sync docs/ --library shelf --base-url https://example.org/docs/",
    )
)
def sync(  # noqa: PLR0913 - one for each option
    folder: Annotated[
        Path, typer.Argument(parser=path, metavar="DIR", help="The folder to keep in step with.")
    ],
    *,
    library: LibraryFolder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Leave out what this matches; may be said again."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the pages of DIR stand.")
    ] = None,
    base_url_style: Annotated[
        Style | None, typer.Option(help="What makes the pages of them.")
    ] = None,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Remove all of an empty DIR, too.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace articles from elsewhere, too.")
    ] = False,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Follow links out of DIR, too.")
    ] = False,
) -> None:
    """Bring a library in step with a folder."""
    from bot.commands.syncing import Wish, sync_folder

    wish = Wish(
        exclude=tuple(exclude or ()),
        base_url=base_url,
        style=base_url_style,
        dry_run=dry_run,
        allow_empty=allow_empty,
        follow_links=follow_links,
        replace=replace,
    )
    finish(sync_folder(folder, library, wish))


@group.command(
    name="list",
    help=teach(
        "List the articles, in order of id; exit code 1 where one cannot be listed.",
        "pullquote library list",
        "pullquote library list --json --library shelf",
    ),
)
def list_(*, as_json: AsJson = False, library: LibraryFolder = None) -> None:
    """List the articles."""
    from bot.commands.library import list_articles

    finish(list_articles(library, as_json=as_json))


@group.command(
    help=teach(
        "Take articles out, by ids and patterns: * stands for any characters, / too.\n\n"
        "Exit codes: 0 done, 1 one of these matched nothing (named; the rest is out), 2 none did.",
        "pullquote library remove 002 guide/install --library shelf",
        "pullquote library remove 'guide/*' --library shelf",
    )
)
def remove(
    articles: Annotated[
        list[str], typer.Argument(metavar="ID…", help="As `list` shows them, or a pattern.")
    ],
    library: LibraryFolder = None,
) -> None:
    """Take articles out."""
    from bot.commands.library import remove_articles

    finish(remove_articles(articles, library))


@group.command(
    help=teach(
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
