"""Transport compression of the gateway: one stream of zlib or zstd over a whole connection."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from contextlib import suppress

Encoder = Callable[[str], bytes | str]


def encoder(asked: str | None) -> Encoder | None:
    """How to encode each payload for a connection that asked for `compress=asked`.

    Returns:
        A function to call with each payload in order, or None if Discord has no such compression.
    """
    if asked is None:
        return lambda payload: payload
    if asked == "zlib-stream":
        return _zlib_stream()
    if asked == "zstd-stream":
        return _zstd_stream()
    return None


def _zlib_stream() -> Encoder:
    stream = zlib.compressobj()

    def encode(payload: str) -> bytes:
        return stream.compress(payload.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)

    return encode


def _zstd_stream() -> Encoder | None:
    # A client that asks for zstd has one of these; the sandbox itself requires neither.
    for make in (_zstandard_stream, _standard_library_stream):
        with suppress(ImportError):
            return make()
    return None


def _zstandard_stream() -> Encoder:
    zstandard = importlib.import_module("zstandard")
    stream = zstandard.ZstdCompressor().compressobj()

    def encode(payload: str) -> bytes:
        data: bytes = stream.compress(payload.encode())
        return data + bytes(stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))

    return encode


def _standard_library_stream() -> Encoder:
    stream = importlib.import_module("compression.zstd").ZstdCompressor()

    def encode(payload: str) -> bytes:
        return bytes(stream.compress(payload.encode(), mode=stream.FLUSH_BLOCK))

    return encode
