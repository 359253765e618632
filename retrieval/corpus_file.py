"""A corpus on disk, beside the library it was read from: derived, so a bad one is made again."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.corpus import Corpus
from retrieval.errors import LibraryUnavailable

# Raised whenever sentences, furniture or terms are read differently, so that old files are not.
FORMAT = 3
NAME = "index.bin"
_DIGEST = hashlib.sha256().digest_size  # stands before the arrays
_TEXTS = ("articles", "digests", "languages", "vocabulary", "forms")


def save_corpus(corpus: Corpus, folder: Path) -> None:
    """Write a corpus into `folder`; until it is whole, the old one stays in place.

    Raises:
        LibraryUnavailable: The folder cannot be written, or the disk is full.
    """
    arrays = {
        name: _packed(value) if name in _TEXTS else value
        for name, value in corpus._asdict().items()
    }
    try:
        _replace(folder / NAME, {"format": np.array(FORMAT), **arrays})
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryUnavailable(
            f"{folder / NAME}: cannot write the index ({reason}); "
            "free some space or mend the folder's permission, then run the command again"
        ) from error


def _replace(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    whole = io.BytesIO()
    np.savez(whole, **arrays)  # type: ignore[arg-type] # numpy's stub takes names for options
    # Opened as any file, so that whoever may read the library may read its index too.
    new = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with new.open("xb") as file:
            file.write(hashlib.sha256(whole.getbuffer()).digest())
            file.write(whole.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            new.unlink()
        raise


def open_corpus(folder: Path) -> Corpus | None:
    """The corpus in `folder`, or None where there is none that can be used."""
    try:
        stored = memoryview((folder / NAME).read_bytes())
    except OSError:
        return None  # it is made again from the library, which is the truth
    digest, whole = stored[:_DIGEST], stored[_DIGEST:]
    if hashlib.sha256(whole).digest() != digest:
        return None
    with np.load(io.BytesIO(whole), allow_pickle=False) as file:
        if {*file.files} != {"format", *Corpus._fields} or int(file["format"]) != FORMAT:
            return None
        texts = {name: _unpacked(file[name]) for name in _TEXTS}
        numbers = {name: file[name] for name in Corpus._fields if name not in _TEXTS}
        return Corpus(**texts, **numbers)  # type: ignore[arg-type] # names tell which is which


def _packed(texts: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(texts).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(json.loads(packed.tobytes()))
