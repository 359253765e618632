"""The bytes of a page of HTML → its text, by the encoding that it states."""

from __future__ import annotations

import re

from retrieval.readers.decoding import MARKS, decode, refuse_binary

_HEAD = 4096  # bytes in which an encoding is stated
_STATED = re.compile(
    rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w-]{1,40})"""
    rb"""|\A\s*<\?xml\b[^>]{0,300}?\bencoding\s*=\s*["']([\w-]{1,40})""",
    re.IGNORECASE,
)
# Labels by which pages go → the encodings that browsers take for them, in Python's names.
_ENCODINGS = {
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gbk", "gb2312", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "windows-31j", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    "euc-jp": "euc_jp",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "ibm866": "cp866",
    "iso-2022-jp": "iso2022_jp",
    "macintosh": "mac_roman",
}
_IN_ASCII = "iso2022_jp"  # what it writes is UTF-8, too, but says something else there


def decode_page(data: bytes, source: str) -> str:
    """The text of a page: as its byte order mark says, as UTF-8, or as the page itself says.

    A page that says one thing and is UTF-8 is UTF-8: a server's word went before the page's.

    Args:
        data: Its bytes.
        source: Its name, for an error.

    Raises:
        UnreadableSource: It is binary, or its encoding is neither stated rightly nor certain.
    """
    if any(data.startswith(mark) for mark, _ in MARKS):
        return decode(data, source)
    refuse_binary(data, source)
    stated = _stated(data[:_HEAD])
    for encoding in (stated,) if stated == _IN_ASCII else ("utf-8", stated):
        try:
            return data.decode(encoding or "utf-8")
        except UnicodeDecodeError:
            continue
    return decode(data, source)


def _stated(head: bytes) -> str | None:
    found = _STATED.search(head)
    label = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    return _ENCODINGS.get(label)
