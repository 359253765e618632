"""Lines of reStructuredText → blocks, by how they are indented and by what they begin with.

Tolerant: what docutils refuses is read as it looks. Each line is read once, so time grows with
their number.
"""

from __future__ import annotations

import re

from retrieval.readers.rst import tables
from retrieval.readers.rst.frames import DEEPEST, Frame, Page
from retrieval.readers.rst.lines import Line
from retrieval.readers.rst.marked import CODE_SIGNS, FIELD, read_code, read_marked
from retrieval.values import BlockKind, Span

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1++\Z")
_BULLET = re.compile(r"[-*+•‣⁃](?:\s++|\Z)")
_NUMBER = re.compile(r"\(?(?:\d{1,9}|[A-Za-z]|#|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[.)](?:\s++|\Z)")
_ONE_OPTION = r"(?:--?|/|\+)[\w?#][\w-]*+(?:[ =](?:<[^<>]{1,60}>|[A-Za-z][\w-]*+))?"
_OPTION = re.compile(rf"{_ONE_OPTION}(?:, {_ONE_OPTION})*+(?:\s{{2,}}+(?=\S)|\Z)")


def parse(page: Page, start: int = 0) -> None:
    """Read the lines of a page from one on."""
    at = start
    while at < len(page.lines):
        line = page.lines[at]
        at = _read(page, at, page.frame_of(line.indent)) if line.text else at + 1
    page.end_lead()


def _read(page: Page, at: int, frame: Frame) -> int:
    """Read what begins at a line; the line after it."""
    for read in (read_marked, _read_title, _read_table, _read_lines, _read_item, _read_named):
        after = read(page, at, frame)
        if after is not None:
            return after
    return _read_paragraph(page, at, frame)


def _read_title(page: Page, at: int, _: Frame) -> int | None:
    text, below = page.text(at), page.text(at + 1)
    if over := _ADORNMENT.match(text):
        under = _ADORNMENT.match(page.text(at + 2))
        titled = below and under and under[1] == over[1] and not _ADORNMENT.match(below)
        if titled and len(page.frames) == 1:
            page.heading(at + 1, (over[1], True))
            return at + 3
        return at + 1 if text != "::" else None
    if not _is_underlined(page, at):
        return None
    page.heading(at, (below[0], False))
    return at + 2


def _is_underlined(page: Page, at: int) -> bool:
    """Whether a line is a title, by the line below it."""
    text, below = page.text(at), page.text(at + 1)
    if len(page.frames) > 1 or not _ADORNMENT.match(below) or _ADORNMENT.match(text):
        return False
    return below != "::" and len(below) >= min(len(text), 4)


def _read_table(page: Page, at: int, _: Frame) -> int | None:
    line = page.lines[at]
    if tables.GRID.match(line.text):
        end = page.run_of(at, lambda one: one.text.startswith(("+", "|")))
        tables.write_rows(page, tables.grid_rows(page.lines[at:end]))
        return end
    if not tables.SIMPLE.match(line.text):
        return None
    end, borders = at + 1, 1
    while end < len(page.lines) and (page.lines[end].indent >= line.indent or not page.text(end)):
        is_border = tables.SIMPLE.match(page.text(end)) is not None
        borders += is_border
        end += 1
        if is_border and (borders == 3 or not page.text(end)):
            break
    tables.write_rows(page, tables.simple_rows(page.lines[at:end], borders))
    return end


def _read_lines(page: Page, at: int, frame: Frame) -> int | None:
    """Lines that stand as they are: an interpreter's session, verse, what follows a lone "::"."""
    line = page.lines[at]
    if line.text.startswith(">>> "):
        end = page.run_of(at, lambda _: True)
        page.code(at, end)
        return end
    if line.text.startswith("| "):
        end = page.run_of(at, lambda one: one.text[:1] == "|" or one.indent > line.indent)
        spans = [one.after(one.text[:1] == "|").span for one in page.lines[at:end]]
        page.paragraph(frame, spans, line.indent)
        return end
    return read_code(page, at + 1, line.indent) if line.text == "::" else None


def _read_item(page: Page, at: int, frame: Frame) -> int | None:
    line = page.lines[at]
    mark = _BULLET.match(line.text) or _numbered(page, at)
    if mark is None or len(page.frames) >= DEEPEST:
        return None
    page.end_lead()
    rest = line.after(mark.end())
    kind: BlockKind = "admonition" if frame.kind == "admonition" else "paragraph"
    item = Frame(line.indent + 1, rest.indent, kind, frame.depth + 1, "item")
    return page.open_rest(at, mark.end(), page.push(item))


def _numbered(page: Page, at: int) -> re.Match[str] | None:
    """The number of an item; below it stands nothing, more of the item, or the next one."""
    line = page.lines[at]
    mark = _NUMBER.match(line.text)
    after = page.text(at + 1)
    if mark is None or not after or page.lines[at + 1].indent > line.indent:
        return mark
    return mark if _NUMBER.match(after) or page.lines[at + 1].indent < line.indent else None


def _read_named(page: Page, at: int, _: Frame) -> int | None:
    """A field (":name: text") or an option ("-f, --file  text"), with what it means."""
    line = page.lines[at]
    if field := FIELD.match(line.text):
        kind: BlockKind = "definition"
        span, is_alone = Span(line.start + 1, line.span.end), field.end() == len(line.text)
    elif option := _OPTION.match(line.text):
        kind, span, is_alone = "option", line.span, option.end() == len(line.text)
        if is_alone and not page.is_over(at + 1, line.indent):
            return None
    else:
        return None
    if is_alone:
        page.lead(kind, [span], line.indent)
        page.open(at + 1, line.indent, "paragraph")
        return at + 1
    end = at + 1
    while page.is_over(end, line.indent) and not _begins(page, end):
        end += 1
    page.block(kind, [span, *(one.span for one in page.lines[at + 1 : end])])
    page.open(end, line.indent, "paragraph")
    return end


def _read_paragraph(page: Page, at: int, frame: Frame) -> int:
    line = page.lines[at]
    end = at + 1
    if frame.has_terms:
        end = page.run_of(at, lambda one: one.indent == line.indent)
    if page.is_over(end, line.indent) and not (frame.once or line.text.endswith("::")):
        page.lead("definition", [one.span for one in page.lines[at:end]], line.indent)
        page.open(end, line.indent, "paragraph")
        return end
    least = frame.floor if frame.once else line.indent
    end = at + 1
    while page.text(end) and page.lines[end].indent >= least and not _breaks(page, end, frame):
        if not frame.once and page.lines[end].indent != line.indent:
            break
        end += 1
    lines = page.lines[at:end]
    spans = [one.span for one in lines]
    if not lines[-1].text.endswith("::"):
        page.paragraph(frame, spans, line.indent)
        return end
    spans[-1] = _without_sign(lines[-1])
    page.paragraph(frame, spans, line.indent)
    return read_code(page, end, line.indent)


def _without_sign(line: Line) -> Span:
    """A line that ends with "::", as it is read: "so::" is "so:", "so ::" is "so"."""
    words = line.text[:-2].rstrip()
    is_apart = len(words) < len(line.text) - 2
    return Span(line.start, line.start + len(words) + (not is_apart))


def _breaks(page: Page, at: int, frame: Frame) -> bool:
    """Whether a line begins something else, though no empty line stands before it."""
    text = page.text(at)
    if _begins(page, at) or _is_underlined(page, at):
        return True
    if frame.once or page.text(at - 1).endswith(":"):
        return _BULLET.match(text) is not None
    return False


def _begins(page: Page, at: int) -> bool:
    text = page.text(at)
    if text.startswith(".. ") or tables.GRID.match(text) or FIELD.match(text):
        return True
    return _ADORNMENT.match(text) is not None and text not in CODE_SIGNS
