"""A small model of how Discord's client displays markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass
class Shown:
    """What a reader sees: the text, where it is bold, and constructs that ought not be there."""

    text: str
    bold: list[tuple[int, int]]
    constructs: list[str]


# Discord's rules in the order in which its client tries them, as regular expressions at the
# current place. `line` rules count at the start of a line only.
_LINE_RULES = {
    "heading": re.compile(r" *#{1,3}\s+\S"),
    "small": re.compile(r" *-#\s+\S"),
    "quote": re.compile(r" *>(?:>>)?\s"),
    "list": re.compile(r"\s*(?:[*+-]|\d+\.)(?:\s|$)"),
}
_RULES = {
    "code block": re.compile(r"```"),
    "code": re.compile(r"(`+)[\s\S]*?[^`]\1(?!`)"),
    "autolink": re.compile(r"<[^: >]+:/[^ >]+>"),
    "address": re.compile(r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]"),
    "mention": re.compile(r"<(?:@[!&]?|#|/[^:>]+:|id:)\w+>|@(?:everyone|here)"),
    "timestamp": re.compile(r"<t:-?\d+(?::\w)?>"),
    "custom emoji": re.compile(r"<a?:\w+:\d+>"),
    "emoji": re.compile(r":[^\s:\\]+:"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
    "underline": re.compile(r"__(?:\\.|[^\\])+?__(?!_)"),
    "emphasis": re.compile(r"\*(?=[^\s*])(?:\\.|[^*\\])+?\*(?!\*)|\b_(?:\\.|[^_\\])+?_(?!\w)"),
    "strike": re.compile(r"~~(?=\S)(?:\\.|[^\\])*?~~"),
}
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
# Within a link's text nothing is escaped; a host with percent signs makes it no link.
_LINK = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\((https?://[^\s()/%]+(?:/[^\s()]*)?)\)"
)
_STRONG = re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")


def show(source: str) -> Shown:
    """Display `source` as Discord does."""
    shown = Shown("", [], [])
    _show(source, shown, starts_line=True)
    return shown


def _show(source: str, shown: Shown, *, starts_line: bool) -> None:
    place = 0
    while place < len(source):
        if starts_line:
            shown.constructs += [n for n, rule in _LINE_RULES.items() if rule.match(source, place)]
        if escaped := _ESCAPE.match(source, place):
            shown.text += escaped[1]
            place = escaped.end()
        elif link := _LINK.match(source, place):
            shown.constructs += ["link", *_constructs(link[1])]
            shown.text += link[1]
            place = link.end()
        elif strong := _STRONG.match(source, place):
            before = len(shown.text)
            _show(strong[1], shown, starts_line=starts_line)
            shown.bold.append((before, len(shown.text)))
            place = strong.end()
        else:
            shown.constructs += [n for n, rule in _RULES.items() if rule.match(source, place)]
            shown.text += source[place]
            place += 1
        starts_line = shown.text.endswith("\n")


def _constructs(text: str) -> list[str]:
    """What Discord would make of a text in which nothing is escaped."""
    places = range(len(text))
    return [n for place in places for n, rule in _RULES.items() if rule.match(text, place)]


def show_block(source: str) -> Shown:
    """Display a text that is one block quote as Discord does."""
    lines = source.split("\n")
    assert all(line.startswith("> ") for line in lines)
    return show("\n".join(line.removeprefix("> ") for line in lines))
