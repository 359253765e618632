"""The bytes of a file → its text, exactly, or why they are none."""

from __future__ import annotations

import codecs
import itertools

from charset_normalizer import CharsetMatch, from_bytes

from retrieval.errors import UnreadableSource

BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
)
# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MULTIBYTE = ("cp932", "euc_jp", "gb18030", "big5", "cp949")
ENCODINGS = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "koi8_r"),
    *MULTIBYTE,
]
# The languages that Windows-1252 is made for: where it fits as well as another, it is the one.
WESTERN = frozenset(
    "Danish Dutch English Finnish French German Icelandic Italian Norwegian Portuguese Spanish "
    "Swedish".split()
)
# charset-normalizer's measures: how much of a guess is noise, and how much reads as a language.
CLOSE_NOISE = 0.02  # two guesses are equally good within these
CLOSE_READING = 0.05
CERTAIN = 0.5  # from here on the language is certain


def decode(data: bytes, source: str) -> str:
    """The text of `data`, line ends as they stand, without its byte order mark.

    UTF-8, or what a byte order mark says; else the encoding is detected, and taken only
    where every likely encoding gives the same text.

    Raises:
        UnreadableSource: It is binary, or its encoding is not certain.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, source)
    refuse_binary(data, source)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _detected(data, source)


def refuse_binary(head: bytes, source: str) -> None:
    """Raise where the first bytes of a file say that it is no text.

    Raises:
        UnreadableSource: It is binary; the message says what it is, where that shows.
    """
    for magic, kind in BINARY:
        if head.startswith(magic):
            raise UnreadableSource(source, f"it is {kind}, not text; save its text as UTF-8")
    if b"\0" in head:
        raise UnreadableSource(source, "it is a binary file, not text; save its text as UTF-8")


def _marked(data: bytes, encoding: str, source: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            source, f"it begins as {encoding.upper()} but breaks it at byte {error.start}"
        ) from error
    if "\0" in text:
        raise UnreadableSource(source, "it is a binary file, not text; save its text as UTF-8")
    return text


def _detected(data: bytes, source: str) -> str:
    guesses = from_bytes(data, cp_isolation=ENCODINGS)
    able = [guess for guess in guesses if _makes_sense(guess)]
    likely = [guess for guess in able if _as_good(guess, able[0])]
    if likely and all(str(guess) == str(likely[0]) for guess in likely):
        return str(likely[0])
    if western := next(filter(_is_western, likely), None):
        return str(western)
    raise UnreadableSource(source, "its encoding is not certain; save it as UTF-8")


def _makes_sense(guess: CharsetMatch) -> bool:
    """Whether the guess reads as a language, as far as that can be told."""
    text = str(guess)
    if guess.encoding in MULTIBYTE:
        return _mostly_foreign(text)
    # Another system's quotation marks come out as capitals inside words: "KimÕs".
    return guess.coherence > 0 and not any(
        before.islower() and after.isupper() and not after.isascii()
        for before, after in itertools.pairwise(text)
    )


def _mostly_foreign(text: str) -> bool:
    """Whether most letters are none of ASCII, as in any text that needs several bytes a letter."""
    letters = [character for character in text if character.isalpha()]
    return sum(not letter.isascii() for letter in letters) * 2 > len(letters)


def _as_good(guess: CharsetMatch, best: CharsetMatch) -> bool:
    as_clean = guess.chaos <= best.chaos + CLOSE_NOISE
    return as_clean and guess.coherence >= best.coherence - CLOSE_READING


def _is_western(guess: CharsetMatch) -> bool:
    certain = guess.coherence >= CERTAIN and guess.language in WESTERN
    return certain and "cp1252" in guess.could_be_from_charset
