"""A block's Markdown → which of its characters are shown, by markdown-it's own inline rules.

Each rule is followed while it runs: what it took, and where. So a mark is left out exactly where
markdown-it reads one, and everything else stays at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]
NESTING = 100  # lists, items and quotations in one another; markdown-it reads nothing deeper
MARKS = "marks"  # the key of the environment under which rules put what they find
# So many marks of emphasis and links in one block; markdown-it takes quadratic time over them.
TOO_MANY = re.compile(r"(?:[^*_\[\]`~!<&]*+[*_\[\]`~!<&]){2000}")
_PLAIN = re.compile(r"[^\n\\`~*_\[\]!<&]*+")  # what no rule begins with
_SIMPLE = re.compile(
    r"(?P<tag></?[A-Za-z][^<>]{0,500}>)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<mark>[*`~]+|(?<!\w)_+|_+(?!\w)|!?\[|\](?:\([^()\s]{0,500}\))?)"
)


class Mark(NamedTuple):
    """A stretch of a block's Markdown.

    Attributes:
        start: First character.
        end: One past the last.
        kind: `text` is shown as it stands; of `instead`, `value` is shown; of `tag`, `value` is a
            tag of HTML; `gap` shows what is no text, as a picture.
        value: See there.
    """

    start: int
    end: int
    kind: Literal["text", "instead", "tag", "gap"] = "text"
    value: str = ""


class _Delimiter(NamedTuple):
    """What may yet become emphasis: its token is a text for as long as it is none."""

    start: int
    token: Token


@cache
def parser(*, has_code: bool, has_markup: bool) -> MarkdownIt:
    """CommonMark with tables and strikethrough.

    Args:
        has_code: Whether indentation makes code.
        has_markup: Whether HTML makes blocks that hold no Markdown.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"])
    parser.inline.ruler2.disable("fragments_join")
    for rule in parser.inline.ruler.__rules__:
        rule.fn = _followed(rule.name, rule.fn)
    parser.inline.ruler.push("other", _followed("other", _other))
    parser.disable(["code"] * (not has_code) + ["html_block"] * (not has_markup))
    return parser


def read_inline(content: str, parser: MarkdownIt, env: dict[str, object]) -> list[Mark]:
    """What is shown of a block.

    Args:
        content: Its Markdown.
        parser: See `parser`.
        env: What the page's blocks share, such as where links lead.
    """
    if TOO_MANY.match(content):
        return _simple(content)
    found: list[Mark | _Delimiter] = []
    env[MARKS] = found
    parser.inline.parse(content, parser, env, [])
    return [mark for one in found if (mark := _settled(one))]


def _settled(found: Mark | _Delimiter) -> Mark | None:
    if isinstance(found, Mark):
        return found
    token = found.token
    shown = token.content if token.type == "text" else ""
    return Mark(found.start, found.start + len(shown)) if shown else None


def _simple(content: str) -> list[Mark]:
    """The same by simple means: what may be a mark is none of the words."""
    marks: list[Mark] = []
    place = 0
    for match in _SIMPLE.finditer(content):
        marks.append(Mark(place, match.start()))
        if match["tag"]:
            marks.append(Mark(*match.span(), "tag", match["tag"]))
        elif match["entity"]:
            marks.append(Mark(*match.span(), "instead", unescape(match["entity"])))
        place = match.end()
    return [*marks, Mark(place, len(content))]


def _other(state: StateInline, _: bool) -> bool:
    """A character that no rule takes stands for itself, and so does what follows it."""
    match = _PLAIN.match(state.src, state.pos + 1, state.posMax)
    state.pos = match.end() if match else state.pos + 1
    return True


def _followed(name: str, rule: Rule) -> Rule:
    """`rule`, and what it takes is noted down."""
    note = _NOTES.get(name, _note_text)

    def follow(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, True)
        found = state.env[MARKS]
        start, tokens, marks = state.pos, len(state.tokens), len(found)
        if not rule(state, False):
            return False
        if name == "image":  # its words are read like a text, but not shown
            del found[marks:]
        found.extend(note(state, start, state.tokens[tokens:]))
        return True

    return follow


Noted = list[Mark | _Delimiter]


def _note_text(state: StateInline, start: int, _: list[Token]) -> Noted:
    return [Mark(start, state.pos)]


def _note_newline(_: StateInline, start: int, __: list[Token]) -> Noted:
    return [Mark(start, start + 1)]


def _note_escape(state: StateInline, start: int, new: list[Token]) -> Noted:
    if new[-1].type == "hardbreak":
        return [Mark(start + 1, start + 2)]
    return [Mark(state.pos - len(new[-1].content), state.pos)]


def _note_code(state: StateInline, start: int, new: list[Token]) -> Noted:
    if not new or new[-1].type != "code_inline":
        return [Mark(start, state.pos)]
    ticks = len(new[-1].markup)
    inner = state.src[start + ticks : state.pos - ticks]
    around = int(inner[0] in " \n" and inner[-1] in " \n" and bool(inner.strip(" \n")))
    return [Mark(start + ticks + around, state.pos - ticks - around)]


def _note_delimiters(state: StateInline, start: int, new: list[Token]) -> Noted:
    found: Noted = []
    end = state.pos
    for token in reversed(new):
        end -= len(token.content)
        if end < start:
            break
        found.append(_Delimiter(end, token))
    return found[::-1]


def _note_link(*_: object) -> Noted:
    return []  # its words were noted


def _note_image(state: StateInline, start: int, _: list[Token]) -> Noted:
    return [Mark(start, state.pos, "gap")]


def _note_autolink(state: StateInline, start: int, _: list[Token]) -> Noted:
    return [Mark(start + 1, state.pos - 1)]


def _note_tag(state: StateInline, start: int, _: list[Token]) -> Noted:
    return [Mark(start, state.pos, "tag", state.src[start : state.pos])]


def _note_entity(state: StateInline, start: int, new: list[Token]) -> Noted:
    return [Mark(start, state.pos, "instead", new[-1].content)]


_NOTES: dict[str, Callable[[StateInline, int, list[Token]], Noted]] = {
    "newline": _note_newline,
    "escape": _note_escape,
    "backticks": _note_code,
    "strikethrough": _note_delimiters,
    "emphasis": _note_delimiters,
    "link": _note_link,
    "image": _note_image,
    "autolink": _note_autolink,
    "html_inline": _note_tag,
    "entity": _note_entity,
}
