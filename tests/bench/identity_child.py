"""Answers questions in a process of its own, with the compiled kernel or as where none is.

`python -m bench.identity_child kernel|numpy FOLDER` reads a question as JSON a line, and prints
whether the kernel serves, then an answer a line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(engine: str, folder: str) -> None:
    """Answer what comes by the standard input over the library in `folder`."""
    if engine == "numpy":
        # So Python refuses to import it.
        sys.modules["retrieval.search.kernel._kernel"] = None  # type: ignore[assignment] # on purpose
    from retrieval import Answerer, Library  # noqa: PLC0415 - only now it is without the kernel
    from retrieval.search.kernel import kernel  # noqa: PLC0415 - same

    sys.stdout.write(f"{json.dumps(kernel.AVAILABLE)}\n")
    with Library.open(Path(folder)) as library:
        answerer = Answerer.open(library)
        for line in sys.stdin:
            sys.stdout.write(answerer.ask(json.loads(line)).as_json() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
