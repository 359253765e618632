"""`pullquote doctor`: what an installation runs on, and whether its library and index are whole."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from bot.characters import neutral
from bot.commands.opened import folder_of
from bot.commands.output import write_line
from bot.commands.progress import Bar
from bot.exits import DONE, NO
from bot.opening import open_library
from bot.phrases import count
from retrieval import Library
from retrieval.errors import InputError, LibraryError
from retrieval.library.checks import check
from retrieval.question.synonyms import NAME, load_synonyms
from retrieval.readers import examples
from retrieval.readers.finding import SOURCES
from retrieval.search.checks import check_index, is_current
from retrieval.search.directory import IndexFolder
from retrieval.search.kernel import kernel

COMPILED, NUMPY = "the compiled kernel", "numpy: slower, with the same answers"
PACKAGES = ("pullquote", "discord.py", "numpy", "pydantic", "rank-bm25", "sentencex", "SQLAlchemy")


class Finding(NamedTuple):
    """One line of the report.

    Attributes:
        of: What was looked at.
        says: What was found.
        bad: Whether something should be done about it.
    """

    of: str
    says: str
    bad: bool = False


def examine(option: Path | None) -> int:
    """Report on this installation and the library that is named.

    Returns:
        0, or 1 where a check found something.
    """
    bad = False
    for finding in _findings(folder_of(option)):
        bad |= finding.bad
        write_line(neutral(f"{'!' if finding.bad else ' '} {finding.of}: {finding.says}"))
    return NO if bad else DONE


def _findings(folder: Path | None) -> Iterator[Finding]:
    yield Finding("Python", f"{platform.python_version()} on {platform.system()}")
    for name in PACKAGES:
        yield _version(name)
    yield Finding("search", COMPILED if kernel.AVAILABLE else NUMPY)
    try:
        with open_library(folder) as library, Bar("checking", "articles") as bar:
            problems = list(check(library, progress=bar.reach))
            bar.clear()
            place = "the seed articles" if folder is None else str(folder)
            yield Finding("library", f"{place}: {count(len(library), 'article')}")
            for problem in problems:
                yield Finding(problem.where, problem.what, bad=True)
            yield from _index(library, bar)
            yield from _beside(library.folder)
    except LibraryError as error:
        yield Finding("library", str(error), bad=True)


def _version(name: str) -> Finding:
    try:
        return Finding(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, "not installed; install Pullquote again", bad=True)


def _beside(folder: Path | None) -> Iterator[Finding]:
    """What of the optional files beside a library cannot be used."""
    if folder is None:
        return
    for name, load in ((NAME, load_synonyms), (SOURCES, examples)):
        try:
            load(folder)
        except InputError as error:
            yield Finding(name, str(error), bad=True)


def _index(library: Library, bar: Bar) -> Iterator[Finding]:
    if library.folder is None:
        yield Finding("index", "in memory")
        return
    bad = False
    for fault in check_index(library, progress=bar.reach):
        bar.clear()
        bad = True
        yield Finding("index", fault, bad=True)
    bar.clear()
    folder = IndexFolder(library.folder)
    opened = folder.open()
    if opened is None:
        if not bad:
            yield Finding("index", "none yet; the next question makes it")
        return
    size = sum(path.stat().st_size for path in folder.path.iterdir())
    parts = count(len(opened.of.segments), "part")
    yield Finding("index", f"{count(opened.of.sentences, 'sentence')}, {parts}, {size:,} bytes")
    if is_current(library, opened) is False:
        yield Finding("index", "older than the library; the next question brings it up to date")
