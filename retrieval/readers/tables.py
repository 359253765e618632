"""A CSV or TSV file → one article of rows, or, where it has ids and texts, an article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pydantic import ValidationError

from retrieval.errors import UnreadableSource
from retrieval.readers.composing import Writer, row_of, write_piece
from retrieval.readers.decoding import decode
from retrieval.readers.details import Details, Record, explain
from retrieval.readers.formats import Format, Found, Piece
from retrieval.readers.jsonl import of_record
from retrieval.readers.titles import shorten
from retrieval.readers.trouble import Trouble, name

LARGEST = 32 * 2**20  # bytes of a file
LONGEST = 2**20  # characters of a cell; what is longer lacks a closing quotation mark
SAMPLE = 16_384  # characters by which it is told what parts the cells
READER = "csv 1"
SEPARATORS = ",;\t|"
MUST = {"id", "text"}  # columns by which each row is an article


class _Row(NamedTuple):
    """Cells, and the line of the file where they end."""

    cells: list[str]
    line: int


def read_table(found: Found, details: Details) -> Iterator[Piece]:
    """The rows of a file.

    Raises:
        UnreadableSource: It is empty, no text, no table, or has no letter.
    """
    data, source = found.content(LARGEST), name(found.path)
    rows = _rows(
        decode(data, source), source, "\t" if found.path.suffix.lower() == ".tsv" else None
    )
    first = next(rows, None)
    if first is None:
        raise UnreadableSource(source, "it has no letter to read")
    columns = [cell.strip().casefold() for cell in first.cells]
    if set(columns) >= MUST:
        yield from _records(columns, rows, source)
        return
    writer, second = Writer(), next(rows, None)
    writer.add("head" if second else "row", row_of(first.cells))
    for row in chain([second] if second else [], rows):
        writer.add("row", row_of(row.cells))
    yield write_piece(found, data, READER, writer, details, Details())


def _rows(text: str, source: str, separator: str | None) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _separator(text))
    before = csv.field_size_limit(LONGEST)
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield _Row(cells, reader.line_num)
    except csv.Error as error:
        reason = f"it is no table, or a cell of it is longer than {LONGEST:,} characters"
        raise UnreadableSource(source, reason, line=reader.line_num) from error
    finally:
        csv.field_size_limit(before)


def _separator(text: str) -> str:
    """What parts the cells: by it, most of the first rows have as many as the first one."""
    sample = text[:SAMPLE]
    whole = sample if len(text) <= SAMPLE else sample.rpartition("\n")[0] or sample
    return max(SEPARATORS, key=lambda one: _share_alike(whole, one))


def _share_alike(sample: str, separator: str) -> float:
    """The share of rows with as many cells as the first; none, where that is one."""
    try:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = [len(cells) for cells in rows if cells]
    except csv.Error:
        return 0.0
    return widths.count(widths[0]) / len(widths) if widths and widths[0] > 1 else 0.0


def _records(columns: Sequence[str], rows: Iterator[_Row], source: str) -> Iterator[Piece]:
    others = [one for one in columns if one and one not in Record.model_fields]
    if others:
        known = ", ".join(Record.model_fields)
        reason = f"its column {shorten(others[0])!r} is unknown and passed over; known are {known}"
        yield Piece(Trouble(source=source, line=1, reason=reason))
    for row in rows:
        cells = zip(columns, row.cells, strict=False)
        stated = {key: cell for key, cell in cells if key in Record.model_fields and cell.strip()}
        try:
            record = Record.model_validate(stated)
        except ValidationError as error:
            trouble = Trouble(source=source, line=row.line, reason=explain(error, Record))
            yield Piece(trouble, row.line)
        else:
            yield of_record(record, "  ".join(row.cells).encode(), READER, row.line)


FORMAT = Format(
    (".csv", ".tsv", "text/csv", "text/tab-separated-values"), read_table, reader=READER
)
