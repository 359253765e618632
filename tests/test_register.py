"""Names that were seen are known again, however many and whatever they are."""

import itertools
import tracemalloc
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import LibraryUnavailable
from retrieval.untrusted.register import Register

MANY = 100_000


@given(st.lists(st.text(st.characters())))
def test_a_name_is_new_once_and_keeps_its_first_note(names: list[str]) -> None:
    known: dict[str, str] = {}
    with closing(Register()) as register:
        for number, name in enumerate(names):
            assert register.add(name, f"{number}") == (name not in known)
            known.setdefault(name, f"{number}")
        assert {name: register.note(name) for name in names} == known
        assert all(name in register for name in names)
        assert max(names, default="") + "a" not in register


def test_many_names_take_no_memory_of_python_s() -> None:
    names = (f"part-{number % 7}/article-{number}" for number in itertools.count())
    with closing(Register()) as register:
        tracemalloc.start()
        try:
            assert all(register.add(next(names)) for _ in range(MANY))
            assert tracemalloc.get_traced_memory()[1] < MANY
        finally:
            tracemalloc.stop()
        assert not register.add("part-3/article-3")


def test_a_full_disk_is_one_line_with_what_to_do() -> None:
    with closing(Register()) as register:
        register._database.execute("PRAGMA max_page_count = 9")  # noqa: SLF001 - a small disk
        with pytest.raises(
            LibraryUnavailable, match=r"\(SQLITE_FULL\); free some space on the disk"
        ):
            all(register.add(f"{number}") for number in range(MANY))
