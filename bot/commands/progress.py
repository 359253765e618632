"""A progress bar on the standard error, shown on a terminal and only for long work."""

from __future__ import annotations

import time
from typing import Literal, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

PATIENCE = 0.3  # seconds of work after which a bar is worth showing

Unit = Literal["bytes", "articles"]


class Bar:
    """One stretch of work; use it in a `with` statement."""

    def __init__(self, work: str, unit: Unit, total: int | None = None) -> None:
        """Count `total` of `unit` while `work` is done."""
        self._console = Console(stderr=True)
        amount: ProgressColumn = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), amount, TimeRemainingColumn())
        self._progress = Progress(*columns, console=self._console, transient=True)
        self._task = self._progress.add_task(work, total=total)
        self._begun = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def advance(self, amount: int) -> None:
        """So much more is done."""
        self._show()
        self._progress.advance(self._task, amount)

    def reach(self, done: int, total: int) -> None:
        """So much is done, of so much."""
        self._show()
        self._progress.update(self._task, completed=done, total=total)

    def clear(self) -> None:
        """Leave the line to others; the next step shows the bar again."""
        if self._shown:
            self._progress.stop()
            self._shown = False

    def _show(self) -> None:
        late = time.monotonic() - self._begun > PATIENCE
        if late and not self._shown and self._console.is_terminal:
            self._progress.start()
            self._shown = True
