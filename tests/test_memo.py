"""What is kept: never more than there is room for, and never another's."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from retrieval.library.memo import Memo


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=6))), st.integers(0, 20))
def test_it_never_holds_more_than_its_room_and_what_it_holds_is_the_newest(
    kept: list[tuple[int, str]], room: int
) -> None:
    memo = Memo[int, str](room, len)
    newest: dict[int, str] = {}
    for key, value in kept:
        memo.keep(key, value)
        newest[key] = value
        held = {key: memo.get(key) for key in newest if key in memo}
        assert sum(len(value or "") for value in held.values()) <= room
        assert held.items() <= newest.items()
        assert (key in memo) == (len(value) <= room)


def test_a_value_is_made_once_while_it_is_kept_even_if_it_is_none() -> None:
    memo, made = Memo[str, None](2), list[str]()
    for key in ("one", "one", "two", "three", "one"):
        memo.make(key, partial(made.append, key))
    assert made == ["one", "two", "three", "one"]
