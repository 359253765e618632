"""A table of cases as one test: whatever of its rows fails is told, not the first alone."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")


def check_each(rows: Iterable[Row], check: Callable[[Row], None]) -> None:
    """Check every row.

    Raises:
        ExceptionGroup: What each row that fails fails with, and the row itself.
    """
    failures = []
    count = 0
    for row in rows:
        count += 1
        try:
            check(row)
        except AssertionError as error:
            error.add_note(f"row: {row!r}")
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {count} rows fail", failures)
    assert count, "the table is empty"
