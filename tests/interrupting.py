"""Whether programs that a test starts heed Ctrl-C."""

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def ctrl_c(*, heeded: bool) -> Iterator[None]:
    """Programs that are started meanwhile heed Ctrl-C, or ignore it as one in the background does.

    What a process ignores is ignored by those that it starts: without this it would be up to the
    shell that started the tests.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler if heeded else signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
