"""What begins with two dots: directives, targets, footnotes, comments; and blocks of code."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.readers.rst import tables
from retrieval.readers.rst.directives import Directive, kind_of
from retrieval.readers.rst.frames import Frame, Page
from retrieval.readers.rst.lines import Line
from retrieval.values import BlockKind

FIELD = re.compile(r":(?![\s:`])((?:[^:\\]|\\.|:(?![\s`]|\Z)){1,200}+):(?:\s++|\Z)")
CODE_SIGNS = frozenset({"::", "...", "--"})  # of punctuation only, and yet no rule
_TARGET = re.compile(r"\.\. _(?:`([^`]++)`|((?:[^:`\\]|\\.|:(?!\s|\Z))*+)):(?:\s++|\Z)")
_NOTE = re.compile(r"\.\. \[[^\]\s]{1,80}\](?:\s++|\Z)")
_DIRECTIVE = re.compile(r"\.\. ([A-Za-z](?:[\w+.-]|:(?=\w)){0,80}+) ?::(?:\s++|\Z)")
_LEADS: dict[Directive, BlockKind] = {
    "titled": "admonition",
    "signature": "definition",
    "option": "option",
}


def read_marked(page: Page, at: int, _: Frame) -> int | None:
    """Read what begins with two dots at a line; the line after it, None where nothing does."""
    text = page.text(at)
    if text != ".." and not text.startswith((".. ", "__ ")):
        return None
    if directive := _DIRECTIVE.match(text):
        return _read_directive(page, at, directive)
    if note := _NOTE.match(text):
        page.end_lead()
        return page.open_rest(at, note.end(), page.open(at + 1, page.lines[at].indent, "paragraph"))
    target = _TARGET.match(text)
    if target and target.end() == len(text):
        page.target = target[1] or target[2]
    if text == ".." and not page.text(at + 1):
        return at + 1
    return page.skip(at)  # a comment, or a target


def _read_directive(page: Page, at: int, found: re.Match[str]) -> int:
    line = page.lines[at]
    argument, kind = line.after(found.end()), kind_of(found[1])
    if kind == "gone":
        return page.skip(at)
    head = _clear_options(page, at)
    if kind in {"code", "parsed"}:
        return read_code(page, at + 1, line.indent, is_marked=kind == "parsed")
    if kind in {"list-table", "csv-table"}:
        _show(page, argument)
        return _read_table(page, at, head, is_list=kind == "list-table")
    if kind == "admonition":
        page.end_lead()
        frame = page.open(at + 1, line.indent, "admonition")
        return page.open_rest(at, found.end(), frame)
    return _read_framed(page, at, argument, kind)


def _read_framed(page: Page, at: int, argument: Line, kind: Directive) -> int:
    """A directive that frames what is indented below it, maybe under a head."""
    indent, after = page.lines[at].indent, at + 1
    if kind in _LEADS and argument.text:
        if kind != "titled":
            after = page.run_of(after, lambda one: one.indent > indent)
        spans = [argument.span, *(one.span for one in page.lines[at + 1 : after])]
        page.lead(_LEADS[kind], spans, indent)
    elif kind == "shown":
        _show(page, argument)
    inside = page.frames[-1].kind
    if kind in {"titled", "quotation"}:
        inside = "quotation" if kind == "quotation" else "admonition"
    page.open(after, indent, inside).has_terms = kind == "terms"
    return after


def _show(page: Page, argument: Line) -> None:
    """Write a directive's argument, if it has words."""
    if argument.text and any(map(str.isalpha, argument.text)):
        page.block("paragraph", [argument.span])


class _Head(NamedTuple):
    """What a table's options say of its head.

    Attributes:
        columns: The line that names its columns.
        is_first: Whether its first row does.
    """

    columns: Line | None = None
    is_first: bool = False


def _clear_options(page: Page, at: int) -> _Head:
    """Take away a directive's options, which end at the first empty line."""
    indent, after, option = page.lines[at].indent, at + 1, -1
    head = _Head()
    while page.is_over(after, indent):
        line = page.lines[after]
        if field := FIELD.match(line.text):
            option = line.indent
            head = _see_option(head, field[1], line.after(field.end()))
        elif option < 0:  # more of the argument
            after += 1
            continue
        elif line.indent <= option:
            break
        page.lines[after] = line._replace(text="")
        after += 1
    return head


def _see_option(head: _Head, name: str, value: Line) -> _Head:
    if name == "header" and value.text:
        return head._replace(columns=value)
    return head._replace(is_first=True) if name == "header-rows" and value.text != "0" else head


def _read_table(page: Page, at: int, head: _Head, *, is_list: bool) -> int:
    end = page.skip(at)
    below = page.lines[at + 1 : end]
    if head.columns:
        below.insert(0, head.columns)
    rows = tables.list_rows(below) if is_list else tables.csv_rows(below)
    tables.write_rows(page, rows, has_head=head.is_first or head.columns is not None)
    return end


def read_code(page: Page, at: int, indent: int, *, is_marked: bool = False) -> int:
    """Read the lines that are indented below, or that all begin with the same sign, as code."""
    while at < len(page.lines) and not page.text(at):
        at += 1
    if page.is_over(at, indent):
        end = page.below(at, indent)
        page.code(at, end, is_marked=is_marked)
        return end
    sign = page.text(at)[:1]
    if not sign or page.lines[at].indent < indent or sign.isalnum() or sign not in ">$%|#":
        return at
    end = page.run_of(at, lambda one: one.text.startswith(sign))
    page.code(at, end)
    return end
