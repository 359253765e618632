"""Damages index files at random and searches them: each is an error of ours, or answers.

Run as a process of its own, so that a crash is seen: `engine_fuzz.py FOLDER ROUNDS [SEED]`.
"""

import random
import struct
import sys
import zlib
from pathlib import Path

from test_engine import corpus, levels_of, weighed

from retrieval.errors import LibraryError
from retrieval.search import levels
from retrieval.search.codec.container import ENTRY, HEADER
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.kernel import kernel

QUERIES = [[1, 2, 30], [0], [1, 40, 41, 40], [59]]  # by the terms' numbers


def search(path: Path) -> None:
    inverted = InvertedIndex.open(path)
    by_level = levels_of(inverted)
    for query in QUERIES:
        wanted = weighed(inverted, [number for number in query if number < inverted.terms])
        for native in {kernel.AVAILABLE, False}:
            levels.propose(inverted, wanted, by_level, 50, native=native)


def signed(data: bytearray) -> bytes:
    """The file with a header whose checksum is right: what a forger would write."""
    if len(data) < HEADER.size:
        return bytes(data)
    magic, version, count, _, _, _ = HEADER.unpack_from(data)
    bare = HEADER.pack(magic, version, count, len(data), 0, 0)
    end = HEADER.size + min(count, 40) * ENTRY.size
    crc = zlib.crc32(bytes(data[HEADER.size : end]), zlib.crc32(bare))
    return HEADER.pack(magic, version, count, len(data), crc, 0) + bytes(data[HEADER.size :])


def flip(data: bytearray, rng: random.Random) -> bytearray:
    for _ in range(rng.choice([1, 3, 40])):
        data[rng.randrange(len(data))] = rng.choice([0, 0xFF, rng.randrange(256)])
    return data


def cut(data: bytearray, rng: random.Random) -> bytearray:
    return data[: rng.randrange(len(data))]


def forge_directory(data: bytearray, rng: random.Random) -> bytearray:
    """Move a section, or change its length."""
    count = HEADER.unpack_from(data)[2]
    at = HEADER.size + rng.randrange(count) * ENTRY.size + 24 + 8 * rng.randrange(2)
    (value,) = struct.unpack_from("<Q", data, at)
    change = rng.choice([-64, -8, -4, -1, 1, 4, 8, 64, rng.randrange(len(data)), 1 << 63])
    struct.pack_into("<Q", data, at, (value + change) % (1 << 64))
    return data


def poke(data: bytearray, rng: random.Random) -> bytearray:
    """Put an extreme number where some number is."""
    at = rng.randrange(len(data) // 4) * 4
    struct.pack_into("<I", data, at, rng.choice([0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]))
    return data


def attempt(path: Path) -> bool:
    """Whether a file could be searched."""
    try:
        search(path)
    except LibraryError:
        return False
    return True


def main(folder: Path, rounds: int, seed: int = 1) -> None:
    rng = random.Random(seed)  # noqa: S311 - drawn alike each time
    served = 0
    for articles, most in ((60, 40), (700, 5)):
        path = folder / "levels.idx"
        levels.build_levels(corpus(1, articles, 60, most), path)
        whole = path.read_bytes()
        if not attempt(path):
            raise SystemExit("a whole file cannot be searched")
        for _ in range(rounds):
            damage = rng.choice([flip, flip, poke, cut, forge_directory])
            data = damage(bytearray(whole), rng)
            # A new name each time: the file that is mapped must not change under the map.
            bad = folder / f"{rng.getrandbits(64):x}.idx"
            bad.write_bytes(signed(data) if rng.random() < 0.9 else data)
            served += attempt(bad)
            bad.unlink()
    sys.stdout.write(f"{served} of {2 * rounds} damaged files still answered\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
