"""What Markdown's own grammar does not know (components, shortcodes, comments) → where it stands.

Fences, code between ticks and what is escaped are passed over. Everything is looked for once from
left to right, and no search runs twice over the same stretch in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.readers.markdown.tags import PLAIN_TAG, TagReader, is_component

LONGEST_CODE = 500  # characters of a shortcode
_FOUND = re.compile(
    r"""
      (?P<fence>^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?:`{3,}+(?=[^`\n]*$)|~{3,}+))
    | (?P<indented>^[ \t]*\n(?=[ ]{4}|\t))
    | (?P<statement>^(?:import\b(?=[^\n]*[{"'])|export\s(?=\s*(?:default|const|let|var|function
        |async|class|type|interface|[{*]))))
    | (?P<code>`++)
    | (?P<escape>\\[^\n])
    | (?P<address><[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>|<[^\s<>@]{1,64}+@[^\s<>]++>)
    | (?P<comment><!--|<\?)
    | (?P<remark>\{/\*)
    | (?P<element><(?:script|style|svg)(?=[\s>]))
    | (?P<tag></?[A-Za-z]|</?>)
    | (?P<shortcode>\{\{[<%].{0,MOST}?[%>]\}\}|\{\{[^{}\n]{0,MOST}\}\}|\{%.{0,MOST}?%\}
        |\{:[^{}\n]{0,MOST}\}|(?<=[)\]`*_])\{[.\#:][^{}\n]{0,MOST}\})
    | (?P<expression>\{)
    | (?P<mark>\[\^[^\[\]\s]{1,80}\](?!:)|<<<[ ]@[^\n]*)
    | (?P<wiki>!?\[\[(?=[^\s\[\]])(?!_?toc_?\]\])[^\[\]\n]{1,200}\]\](?!\())
    """.replace("MOST", str(LONGEST_CODE)),
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_NO_QUOTE = re.compile(r"^(?![ \t]*>)", re.MULTILINE)
_INDENTED = re.compile(r"(?:(?:[ ]{4}|\t)[^\n]*+(?:\n(?=[ ]{4}|\t))?+)*+")
_UNINDENTED = re.compile(r"^\S[^\n]{0,12}", re.MULTILINE)
# What the indented lines below it belong to: a list, an admonition, a footnote, a definition.
_OWNER = re.compile(r"[-*+:][ \t]|\d+[.)]|!!!|\?\?\?|===|\[\^")
_LITERAL = re.compile(r"""\{\s*(["'`])([^"'`{}\\]*)\1\s*\}""")
_PLACEHOLDER = re.compile(r"\{\s*[\w.$]{1,60}\s*\}|\{[#:]")
_NAME = re.compile(r"[{<%\s]*(?P<close>/|end)?(?P<name>[A-Za-z]+)")
NOTES = frozenset(
    "abstract admonition alert aside attention callout caution danger error example failure hint "
    "important info note question seealso success summary tip tldr todo warn warning".split()
)
"""The names by which generators of sites know a note that is set apart from the text."""


class Mask(NamedTuple):
    """A stretch that is no text.

    Attributes:
        start: First character.
        end: One past the last.
        parts: Whether what stands around it is apart, as around an icon.
        shown: What Markdown is to read in its place; it is no longer than the stretch.
    """

    start: int
    end: int
    parts: bool = False
    shown: str = ""


class Masks(NamedTuple):
    """What was found in a text.

    Attributes:
        masks: In order.
        fences: From the line of each fence's opening to that of its end, in characters.
        notes: From each note's opening to its end.
    """

    masks: list[Mask]
    fences: list[tuple[int, int]]
    notes: list[tuple[int, int]]


def find_masks(text: str, *, is_mdx: bool, is_indented: bool) -> Masks:
    """What is no text in `text`.

    Args:
        text: The text; each of its lines ends with a line feed.
        is_mdx: Whether braces hold expressions.
        is_indented: Whether indented lines may be code.
    """
    return _Scanner(text, is_mdx, is_indented).run()


class _Scanner:
    """One scan over a text."""

    def __init__(self, text: str, is_mdx: bool, is_indented: bool) -> None:
        self._text = text
        self._is_mdx = is_mdx
        self._is_indented = is_indented
        self._tags = TagReader(text)
        self._found = Masks([], [], [])
        self._open: list[tuple[str, int]] = []  # the notes that are open
        self._missing: set[str] = set()  # ends that do not come any more
        self._paragraph = 0  # where the paragraph ends that is being read
        self._ticks: set[int] = set()  # lengths of ticks that do not end in it
        self._owner, self._owned = "", 0  # the last unindented line, and how far it was looked for

    def run(self) -> Masks:
        place = 0
        while match := _FOUND.search(self._text, place):
            kind = match.lastgroup or ""
            place = max(getattr(self, f"_{kind}")(match), match.start() + 1)
        return self._found

    def _mask(self, start: int, end: int, *, parts: bool = False, shown: str = "") -> int:
        self._found.masks.append(Mask(start, end, parts, shown))
        return end

    def _end(self, mark: str, start: int) -> int:
        """Where the next `mark` after `start` ends, or -1."""
        if mark in self._missing:
            return -1
        place = self._text.find(mark, start)
        if place < 0:
            self._missing.add(mark)
            return -1
        return place + len(mark)

    def _fence(self, match: re.Match[str]) -> int:
        text, start = self._text, match.end()
        marks = match[0].lstrip(" \t>-*+.)0123456789")
        region = _NO_QUOTE.search(text, text.find("\n", start) + 1) if ">" in match[0] else None
        end = region.start() if region else len(text)
        closing = f"^[ \\t>]*{marks[0]}{{{len(marks)},}}[ \\t]*$"
        close = None
        if closing not in self._missing:
            close = re.compile(closing, re.MULTILINE).search(text, start, end)
        if close is None and region is None:
            self._missing.add(closing)
        end = close.end() if close else end
        self._found.fences.append((match.start(), end))
        return end

    def _statement(self, match: re.Match[str]) -> int:
        """An import or an export of MDX: up to an empty line outside of its braces."""
        if not self._is_mdx:
            return match.end()
        start, end = match.start(), self._end_of_paragraph(match.end())
        brace = self._text.find("{", start, end)
        if brace > 0 and (close := self._tags.brace_end(brace)) > end:
            end = self._end_of_paragraph(close)
        return self._mask(start, end)

    def _end_of_paragraph(self, start: int) -> int:
        if start >= self._paragraph:
            blank = _BLANK_LINE.search(self._text, start)
            self._paragraph = blank.start() if blank else len(self._text)
            self._ticks.clear()
        return self._paragraph

    def _indented(self, match: re.Match[str]) -> int:
        """Indented code is passed over; what belongs to a list is read."""
        for line in _UNINDENTED.finditer(self._text, self._owned, match.start()):
            self._owner = line[0]
        self._owned = max(self._owned, match.start())
        if not self._is_indented or _OWNER.match(self._owner):
            return match.end()
        return _INDENTED.match(self._text, match.end()).end()  # type: ignore[union-attr]  # it may be empty

    def _ticks_end(self, length: int, start: int) -> int:
        end = self._end_of_paragraph(start)
        if length in self._ticks:
            return -1
        close = re.compile(f"(?<!`)`{{{length}}}(?!`)").search(self._text, start, end)
        if close is None:
            self._ticks.add(length)
        return close.end() if close else -1

    def _code(self, match: re.Match[str]) -> int:
        end = self._ticks_end(len(match[0]), match.end())
        return end if end > 0 else match.end()

    def _escape(self, match: re.Match[str]) -> int:
        return match.end()

    _address = _escape

    def _comment(self, match: re.Match[str]) -> int:
        end = self._end("-->" if match[0] == "<!--" else "?>", match.end())
        return self._mask(match.start(), end if end > 0 else match.end())

    def _remark(self, match: re.Match[str]) -> int:
        end = self._end("*/}", match.end())
        return self._mask(match.start(), end) if end > 0 else match.end()

    def _element(self, match: re.Match[str]) -> int:
        """Scripts, styles and drawings: nobody's words."""
        end = self._end(f"</{match[0][1:]}>", match.end())
        return self._mask(match.start(), end) if end > 0 else self._tag(match)

    def _tag(self, match: re.Match[str]) -> int:
        start = match.start()
        if match[0].endswith(">"):
            return self._mask(start, match.end())
        name = self._tags.name(start)
        plain = PLAIN_TAG.match(self._text, start)
        if plain and not is_component(name):
            return plain.end()
        end = plain.end() if plain else self._tags.end(start)
        if end < 0:
            return match.end()
        if not is_component(name):
            shown = f"<{'/' * match[0].startswith('</')}{name}>"
            return self._mask(start, end, shown=shown)
        ends_itself = self._text[end - 2] == "/"
        if not ends_itself:
            self._note(match[0].startswith("</"), name, start)
        return self._mask(start, end, parts=True)

    def _shortcode(self, match: re.Match[str]) -> int:
        named = _NAME.match(match[0])
        if named:
            self._note(bool(named["close"]), named["name"], match.start())
        return self._mask(match.start(), match.end(), parts=True)

    def _note(self, closes: bool, name: str, start: int) -> None:
        name = name.lower()
        if name not in NOTES:
            return
        if not closes:
            self._open.append((name, start))
        elif self._open and self._open[-1][0] == name:
            self._found.notes.append((self._open.pop()[1], start))

    def _expression(self, match: re.Match[str]) -> int:
        """A text in braces is shown, a name stands for what it names, code is left out."""
        start = match.start()
        if not self._is_mdx or _PLACEHOLDER.match(self._text, start):
            return match.end()
        if literal := _LITERAL.match(self._text, start):
            self._mask(start, literal.start(2))
            return self._mask(literal.end(2), literal.end())
        end = self._tags.brace_end(start)
        return self._mask(start, end, parts=True) if end > 0 else match.end()

    def _mark(self, match: re.Match[str]) -> int:
        return self._mask(match.start(), match.end())

    def _wiki(self, match: re.Match[str]) -> int:
        """Of a wiki's link its words are shown, of a picture or a page put in nothing."""
        if match[0].startswith("!"):
            return self._mask(match.start(), match.end(), parts=True)
        _, bar, _ = match[0].partition("|")
        words = match.start() + (len(match[0].partition("|")[0]) + 1 if bar else 2)
        self._mask(match.start(), words)
        return self._mask(match.end() - 2, match.end())


def blank(text: str, masks: list[Mask]) -> str:
    """`text` with blanks for what is masked, of the same length and the same lines."""
    return "".join(_blanked(text, masks))


def _blanked(text: str, masks: list[Mask]) -> Iterator[str]:
    place = 0
    for mask in masks:
        yield text[place : mask.start]
        yield mask.shown
        yield re.sub(r"[^\n]", " ", text[mask.start + len(mask.shown) : mask.end])
        place = mask.end
    yield text[place:]
