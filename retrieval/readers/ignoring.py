"""Which files of a folder are left out: patterns as gitignore has them, named or in files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from retrieval.errors import InputError, UnreadableSource
from retrieval.untrusted.files import name, read_beside

IGNORE = ".pullquoteignore"
LARGEST = 2**20  # bytes
ANYTHING = "its patterns are those of a .gitignore"


class Ignoring:
    """What is left out below one folder.

    A pattern of a `.pullquoteignore` is read from its own folder; the nearest file that has a
    word on a path decides, in it the last pattern, and before all of them what was named.
    """

    def __init__(self, root: Path, exclude: Sequence[str] = (), within: Path | None = None) -> None:
        """Leave out what `exclude` names, and what the files name.

        Args:
            root: The folder.
            exclude: Patterns, read from `root`.
            within: The folder out of which no link may lead.

        Raises:
            InputError: A pattern is none.
        """
        self._root, self._within = root, within
        self._named = _spec(exclude) if exclude else None
        self._specs: dict[Path, GitIgnoreSpec] = {}

    def enter(self, folder: Path, names: Collection[str]) -> None:
        """Read what a folder that holds these files says.

        Raises:
            UnreadableSource: Its `.pullquoteignore` cannot be read: nothing then tells what is to
                be left out.
        """
        if IGNORE not in names:
            return
        path = folder / IGNORE
        data = read_beside(path, LARGEST, within=self._within) or b""
        try:
            lines = data.decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise UnreadableSource(name(path), "it is not UTF-8; save it as UTF-8") from error
        for number, line in enumerate(lines, 1):
            try:
                _spec([line])
            except InputError as error:
                reason = f"{line!r} is no pattern; {ANYTHING}"
                raise UnreadableSource(name(path), reason, line=number) from error
        self._specs[folder] = _spec(lines)

    def leaves_out(self, path: Path, *, is_folder: bool) -> bool:
        """Whether a path below the root is left out; what is below one that is, is never asked."""
        mark = "/" if is_folder else ""
        for folder, spec in self._deciding(path):
            told = spec.check_file(path.relative_to(folder).as_posix() + mark).include
            if told is not None:
                return told
        return False

    def _deciding(self, path: Path) -> Iterator[tuple[Path, GitIgnoreSpec]]:
        if self._named:
            yield self._root, self._named
        if self._specs:
            yield from (
                (folder, self._specs[folder]) for folder in path.parents if folder in self._specs
            )


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        listed = ", ".join(map(repr, lines))
        raise InputError(
            f"one of these is no pattern to leave out: {listed}; {ANYTHING}"
        ) from error
