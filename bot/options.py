"""What the commands of the command line share: their help, and options that several have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def teach(about: str, *examples: str) -> str:
    """A command's help: what it does, then how it is used, line by line."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{about}\n\n\b\nExamples:\n{lines}"


def path(text: str) -> Path:
    """A path as typed; whether it can be read is told where it is read, and the rest goes on."""
    if not text:
        raise typer.BadParameter("it is empty; say . for this folder")
    return Path(text)


LibraryFolder = Annotated[
    Path | None,
    typer.Option(
        "--library",
        parser=path,
        metavar="DIR",
        help="The library's folder; else PULLQUOTE_LIBRARY, else the seed articles.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
