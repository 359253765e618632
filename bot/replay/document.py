"""A script's YAML as plain values that remember their lines, and what can be wrong with it."""

from __future__ import annotations

from typing import Any, NamedTuple

from retrieval.values import Value

Path = tuple[str | int, ...]


class Mistake(Value):
    """What is wrong with a script, and where; `str()` of it is one line.

    Attributes:
        source: The file, as the user named it.
        line: The line in it, from 1, where that is known.
        key: The place in the document, as a reader would name it, or nothing.
        reason: What is wrong and what to do.
    """

    source: str
    line: int | None = None
    key: str = ""
    reason: str

    def __str__(self) -> str:
        """Name file, line and key, then the reason."""
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return " ".join(": ".join(filter(None, (place, self.key, self.reason))).split())


class Document(NamedTuple):
    """A YAML document as plain values.

    Attributes:
        source: The file it came from.
        data: Mappings, lists and scalars.
        lines: The line, from 1, of each key and of each item of a list, by its path.
        mistakes: What YAML allows and a script does not, such as a key that stands twice.
    """

    source: str
    data: object
    lines: dict[Path, int]
    mistakes: tuple[Mistake, ...]

    def locate(self, steps: Path) -> Path:
        """The path that `steps` lead to; a step that the document does not have is skipped.

        A validator names steps of its own, such as the index 0 where the user wrote one value
        for a list of one. Without them the path is the one that the user wrote.
        """
        path: Path = ()
        node = self.data
        for step in steps:
            if _has(node, step):
                path, node = (*path, step), _child(node, step)
        return path

    def mistake(
        self, path: Path, reason: str, *, absent: str = "", line: int | None = None
    ) -> Mistake:
        """A mistake at `path`, or about the key `absent` that is not there."""
        line = line or self.lines.get(path, 1)
        key = self._describe((*path, absent) if absent else path)
        return Mistake(source=self.source, line=line, key=key, reason=reason)

    def _describe(self, path: Path) -> str:
        if len(path) < 2 or path[0] != "cases" or not isinstance(path[1], int):
            return _dotted(path)
        return ", ".join(filter(None, (self._case_name(path[1]), _dotted(path[2:]))))

    def _case_name(self, index: int) -> str:
        case = _child(_child(self.data, "cases"), index)
        name = case.get("id") if isinstance(case, dict) else None
        return f"case {name!r}" if isinstance(name, str) else f"case number {index + 1}"


def _has(node: object, step: str | int) -> bool:
    if isinstance(node, list):
        return isinstance(step, int) and step < len(node)
    return isinstance(node, dict) and step in node


def _child(node: Any, step: str | int) -> object:  # noqa: ANN401 - YAML holds anything
    child: object = node[step]
    return child


def _dotted(path: Path) -> str:
    """A path for a reader, items counted from 1: `expect.quote[2].contains`."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
