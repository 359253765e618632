"""What is killed in `test_crashes`: adds and removes articles, and indexes each time, for ever.

`crashing.py FOLDER SEED`: prints a line when it begins.
"""

import random
import sys
from pathlib import Path

from libraries import article

from retrieval import Library
from retrieval.index.opening import open_index


def main(folder: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - nothing is kept secret with it
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    with Library.open(folder, create=True) as library:
        while True:
            name = str(rng.randrange(40))
            if rng.random() < 0.3 and name in dict(library.digests()):
                library.remove(name)
            else:
                text = " ".join(f"Ship {rng.randrange(99)} sailed in winter." for _ in range(30))
                library.add([article(name, text)])
            open_index(library)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
