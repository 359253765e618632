"""The error of a decoder: bytes that cannot be what was written."""


class Damage(Exception):
    """Bytes that cannot be those of a term; its text says why."""
