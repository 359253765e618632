"""`pullquote library`: add, list, remove and verify articles."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.characters import neutral
from bot.commands.opened import Listed, answering, folder_of
from bot.commands.output import write_line
from bot.commands.progress import Bar
from bot.exits import DONE, NO, say
from bot.opening import open_library
from bot.phrases import count
from bot.terminal import console, listing, source
from retrieval import Library
from retrieval.errors import InputError
from retrieval.library import AddReport, Clash, Placed
from retrieval.library.checks import check
from retrieval.readers import Trouble, read_placed, size
from retrieval.search.checks import check_index
from retrieval.search.directory import IndexFolder

NAMED = 20  # replaced articles that are named before the rest is counted


class Way(NamedTuple):
    """How articles are added.

    Attributes:
        follow_links: Follow links that lead out of the folder that was named.
        replace: Let an article replace one of the same id from another file.
    """

    follow_links: bool = False
    replace: bool = False


def add_articles(paths: Sequence[Path], option: Path | None, way: Way) -> int:
    """Add what `paths` hold, tell of what cannot be read, and refresh the index.

    Returns:
        0, or 1 where something was refused.

    Raises:
        InputError: No library is named, or nothing can be read.
    """
    folder = named(option)
    troubles: list[Trouble] = []
    with Bar("reading", "bytes", size(paths, follow_links=way.follow_links)) as bar:
        found = read_placed(paths, advance=bar.advance, follow_links=way.follow_links)
        articles = _readable(found, bar, troubles)
        # The first is awaited, so that a wrong path leaves no empty library behind.
        first = next(articles, None)
        if first is None:
            raise InputError("no article could be read, so nothing was changed")
        library = Library.open(folder, create=True)
        with library:
            report = library.add(itertools.chain([first], articles), replace=way.replace)
            bar.clear()
            for clash in report.refused:
                say(refusal(clash))
            write_line(_summary(report, len(library), folder))
            for line in replaced(report.replaced, report.displaced, "replaced"):
                write_line(neutral(line))
            refresh(library)
    return NO if troubles or report.refused else DONE


def _readable(
    found: Iterable[Placed | Trouble], bar: Bar, troubles: list[Trouble]
) -> Iterator[Placed]:
    """The articles of what was found; the rest goes to the standard error and into `troubles`."""
    for item in found:
        if isinstance(item, Placed):
            yield item
            continue
        bar.clear()
        say(str(item))
        troubles.append(item)


def _summary(report: AddReport, held: int, folder: Path) -> str:
    kinds = (("added", report.added), ("replaced", report.replaced))
    done = [f"{len(ids):,} {kind}" for kind, ids in kinds if ids]
    same = f"{len(report.unchanged):,} there already" if report.unchanged else ""
    refused = f"{len(report.refused):,} refused" if report.refused else ""
    said = ", ".join(filter(None, [*done, same, refused]))
    what = said if done else f"nothing changed: {said}"
    return neutral(f"{what}; the library in {folder} holds {count(held, 'article')}")


def refusal(clash: Clash) -> str:
    """That an article is another file's."""
    return (
        f"{clash.source}: its id {clash.article!r} is that of {clash.held}, which stays; "
        "give it another name, add a folder above both, or say --replace"
    )


def replaced(ids: Sequence[str], displaced: Sequence[Clash], verb: str) -> Iterator[str]:
    """What was replaced, by name; what came from another file by both files."""
    others = {clash.article: clash for clash in displaced}
    yield from (
        f"replaced {clash.article} of {clash.held} by that of {clash.source}" for clash in displaced
    )
    names = [name for name in ids if name not in others]
    if names:
        yield f"{verb} {names_of(names)}"


def names_of(ids: Sequence[str]) -> str:
    """The first of many articles by name, and how many more."""
    rest = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return f"{', '.join(ids[:NAMED])}{rest}"


def list_articles(option: Path | None, *, as_json: bool) -> int:
    """List the articles: as JSON, as a table on a terminal, else with tabs between the columns.

    Returns:
        0, or 1 where an article cannot be listed; it is named on the standard error.
    """
    with open_library(folder_of(option)) as library:
        entries = Listed(library)
        if as_json:
            for entry in entries:
                write_line(entry.model_dump_json())
        elif console().is_terminal:
            console().print(listing(entries))
        else:
            for entry in entries:
                write_line(f"{neutral(entry.id)}\t{source(entry)}\t{entry.characters}")
    return NO if entries.problems else DONE


def remove_article(article: str, option: Path | None) -> None:
    """Take an article out and refresh the index.

    Raises:
        InputError: No library is named, or it holds no such article.
    """
    folder = named(option)
    with Library.open(folder) as library:
        library.remove(article)
        held = count(len(library), "article")
        write_line(neutral(f"removed {article}; the library in {folder} holds {held}"))
        refresh(library)


def verify_articles(option: Path | None) -> int:
    """Check every article and the index, and tell of each thing that is wrong.

    Returns:
        0, or 1 where something is wrong.
    """
    problems = 0
    with open_library(folder_of(option)) as library, Bar("checking", "articles") as bar:
        for problem in check(library, progress=bar.reach):
            bar.clear()
            problems += 1
            say(str(problem))
        bar.clear()
        for fault in check_index(library, progress=bar.reach):
            bar.clear()
            problems += 1
            say(f"the index: {fault}")
        held = count(len(library), "article")
        indexed = library.folder and IndexFolder(library.folder).manifest()
        whole = ", the index is whole" if indexed else ""
    if problems:
        write_line(f"{held} checked: {count(problems, 'problem')}")
        return NO
    write_line(
        f"{held} checked: every text is the one that was stored, every sentence is exact{whole}"
    )
    return DONE


def refresh(library: Library) -> None:
    """Bring the index up to date; where that is stopped, the old one stays, and the user knows."""
    try:
        answering(library)
    except KeyboardInterrupt:
        say("the library is changed, its index not yet; the next question brings it up to date")
        raise


def named(option: Path | None) -> Path:
    """The folder of the library that is to be changed.

    Raises:
        InputError: None is named.
    """
    folder = folder_of(option)
    if folder is None:
        raise InputError(
            "the seed articles cannot be changed; name a folder for a library of your own with "
            "--library DIR or PULLQUOTE_LIBRARY"
        )
    return folder
