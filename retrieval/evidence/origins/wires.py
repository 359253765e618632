"""Which news agency an article was taken from, as its own byline, dateline or last line says.

Only the places where papers say so count. An agency that is quoted, thanked for its photograph or
named in a headline did not write the article.
"""

from __future__ import annotations

import re
from functools import cache

_HEAD = 700  # characters at the start where a byline or a dateline may stand
_FOOT = 300  # characters at the end where an agency's mark may stand

AGENCIES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "ANI": ("Asian News International",),
    "ANP": ("Algemeen Nederlands Persbureau",),
    "ANSA": (),
    "AP": ("Associated Press", "AP News"),
    "APA": ("Austria Presse Agentur",),
    "Anadolu": ("Anadolu Agency", "Anadolu Ajansı"),
    "Antara": (),
    "BERNAMA": ("Bernama",),
    "Belga": ("Belga News Agency",),
    "Bloomberg": ("Bloomberg News",),
    "CP": ("Canadian Press", "La Presse Canadienne"),
    "ČTK": ("CTK", "Czech News Agency"),
    "dpa": ("DPA", "Deutsche Presse-Agentur", "Deutsche Presse Agentur"),
    "EFE": ("Agencia EFE",),
    "IANS": ("Indo-Asian News Service",),
    "IRNA": ("Islamic Republic News Agency",),
    "Interfax": (),
    "Jiji": ("Jiji Press",),
    "KCNA": ("Korean Central News Agency",),
    "KUNA": ("Kuwait News Agency",),
    "Keystone-SDA": ("Keystone-ATS",),
    "Kyodo": ("Kyodo News",),
    "Lusa": ("LUSA",),
    "MENA": ("Middle East News Agency",),
    "MTI": (),
    "NAN": ("News Agency of Nigeria",),
    "NTB": (),
    "PA": ("Press Association", "PA Media"),
    "PAP": ("Polish Press Agency",),
    "PTI": ("Press Trust of India",),
    "RIA Novosti": ("RIA",),
    "Reuters": ("Thomson Reuters", "Thomson Reuters Foundation"),
    "Ritzau": (),
    "SAPA": (),
    "SPA": ("Saudi Press Agency",),
    "STT": (),
    "TASS": ("ITAR-TASS",),
    "TT": ("TT News Agency",),
    "UNI": ("United News of India",),
    "UPI": ("United Press International",),
    "Ukrinform": (),
    "VNA": ("Vietnam News Agency",),
    "WAM": ("Emirates News Agency",),
    "Xinhua": ("Xinhua News Agency",),
    "Yonhap": ("Yonhap News Agency", "Yonhap News"),
}
"""The world's news agencies by the short name, and the longer names that papers write."""

SITES: dict[str, str] = {
    "apnews.com": "AP", "ap.org": "AP", "reuters.com": "Reuters", "afp.com": "AFP",
    "upi.com": "UPI", "bloomberg.com": "Bloomberg", "yna.co.kr": "Yonhap", "tass.com": "TASS",
    "xinhuanet.com": "Xinhua", "ptinews.com": "PTI", "efe.com": "EFE", "ansa.it": "ANSA",
    "kyodonews.net": "Kyodo", "aninews.in": "ANI",
}  # fmt: skip
"""Sites of agencies, by domain."""


def find_wire(text: str) -> str | None:
    """The agency that the article's text names as its author, by its short name, or None."""
    head, foot = text[:_HEAD], text[-_FOOT:]
    for pattern in _openings():
        if found := pattern.search(head):
            return _short(found["agency"])
    found = _closing().search(foot) or _copyright().search(foot)
    return _short(found["agency"]) if found else None


def name_wire(credit: str | None) -> str | None:
    """The agency that an author's or a publisher's name is or ends in, by its short name."""
    found = _credit().fullmatch(credit.strip()) if credit else None
    return _short(found["agency"]) if found else None


def mentioned_wire(speaker: str) -> str | None:
    """The agency that is somewhere in a speaker's name, "the official KCNA", by its short name."""
    found = _mention().search(speaker)
    return _short(found["agency"]) if found else None


@cache
def _names() -> dict[str, str]:
    """Each written form and the short name it stands for."""
    forms = {form: short for short, longer in AGENCIES.items() for form in (short, *longer)}
    return forms | {form.upper(): short for form, short in forms.items()}


def _short(written: str) -> str:
    return _names()[" ".join(written.split())]


@cache
def _agency() -> str:
    """Any written form, the longest first, with or without its article."""
    forms = sorted(_names(), key=lambda form: (-len(form), form))
    return rf"(?:(?i:the)\s+)?(?P<agency>{'|'.join(re.escape(f) for f in forms)})(?![\w’'&-])"


@cache
def _openings() -> tuple[re.Pattern[str], ...]:
    agency, dash = _agency(), r"\s*(?:—|–|--|-|:)\s"
    person = r"[^\W\d_][^\n,|/]{2,60}"
    return (
        re.compile(rf"(?m)^[^\n]{{0,60}}\({agency}\){dash}"),  # SEOUL, Nov 30 (Yonhap) —
        re.compile(rf"(?m)^{agency}\s*(?:—|–|--)\s"),  # AP —
        re.compile(rf"(?m)^[Bb][Yy]\s+{person}(?:\s*[,|/]\s*|\s+(?i:of|for)\s+|\n+){agency}\s*$"),
        re.compile(rf"(?m)^(?:[Bb][Yy]|[Ss]ource:|[Vv]ia)\s+{agency}\s*$"),
    )


@cache
def _closing() -> re.Pattern[str]:
    """A last line that is an agency alone: "— Reuters", "(AFP)", "Source: PTI"."""
    mark = rf"(?:[—–-]+\s*|[Ss]ource:\s*|[Vv]ia\s+)?\(?{_agency()}\)?\.?"
    return re.compile(rf"(?:^|\n)[ \t]*{mark}\s*\Z")


@cache
def _copyright() -> re.Pattern[str]:
    return re.compile(rf"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{{4}},?\s+)?{_agency()}")


@cache
def _mention() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'&-]){_agency()}")


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?:.+?(?:[,|/]|\sof|\sfor)\s*)?\(?{_agency()}\)?")
