"""Where a library stands: a folder of the user's, and the file in it."""

from __future__ import annotations

import shlex
import stat
from pathlib import Path

from retrieval.errors import InputError, LibraryUnavailable, reason_of

NAME = "library.db"


def file_in(folder: Path, *, create: bool) -> Path:
    """The file of the library in a folder, which is made only where `create` says so.

    Raises:
        InputError: `folder` is none, or holds no library and `create` is not said.
        LibraryUnavailable: It may not be looked into, or made.
    """
    path = folder / NAME
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        found = stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        found = False
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError(f"{folder} is no folder; name another") from error
    except OSError as error:
        raise LibraryUnavailable(f"{folder}: {reason_of(error)}; name another folder") from error
    if not found and not create:
        raise InputError(
            f"{folder} holds no library; "
            f"`pullquote library add PATH --library {shlex.quote(str(folder))}` starts one"
        )
    return path
