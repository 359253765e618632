"""How often one person may do something, whatever the machine's clock says."""

import time
from types import SimpleNamespace

import pytest

from bot.rate_limit import RateLimit

ANNA = SimpleNamespace(id=1)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_changes_nobodys_wait(
    hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = RateLimit(2, 10)
    assert [limit.wait(ANNA), limit.wait(ANNA)] == [0, 0]
    assert not limit.is_told(ANNA)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + hours * 3600)
    assert 0 < limit.wait(ANNA) <= 10
    assert limit.is_told(ANNA)


def test_the_window_passes_with_the_monotonic_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = RateLimit(1, 10)
    limit.wait(ANNA)
    assert limit.wait(ANNA) > 0
    later = time.monotonic() + 11
    monkeypatch.setattr("time.monotonic", lambda: later)
    assert limit.wait(ANNA) == 0
