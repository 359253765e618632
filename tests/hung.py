"""A file system that never answers, as a network mount whose server is gone."""

import contextlib
import ctypes
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

DETACH = 2  # umount2's MNT_DETACH


@contextlib.contextmanager
def hung_at(folder: Path) -> Iterator[None]:
    """`folder` as one: whoever looks into it waits until the context ends.

    It is a FUSE mount whose requests nobody reads; the test is skipped where none can be made.
    """
    system = ctypes.CDLL(None, use_errno=True)
    try:
        requests = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        pytest.skip("this machine has no FUSE")
    options = f"fd={requests},rootmode=40000,user_id=0,group_id=0"
    try:
        if system.mount(b"hung", os.fsencode(folder), b"fuse.hung", 0, options.encode()):
            pytest.skip("this machine does not let the test mount anything")
    except BaseException:
        os.close(requests)
        raise
    try:
        yield
    finally:
        os.close(requests)  # whoever waits gets an error
        system.umount2(os.fsencode(folder), DETACH)
