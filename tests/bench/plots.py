"""The rows as a picture: hit@k at the left, what a threshold does at the right.

Colours are those of Okabe and Ito (2008), which colour-blind people tell apart; sets differ by
their marks, too, and engines by their dashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter
from PIL import Image

from bench.measures import DEPTH
from bench.rows import BadRows, Row

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_MARKS = "osD^vPX"
_SIZE = (10.0, 4.6)  # inches
_DPI = 180
_PALETTE = 96  # colours of the picture: those of the lines, and what lies between them and white


class Style(NamedTuple):
    """The dashes of an engine's rows; rows that no style is for are not drawn."""

    name: str
    engine: str
    misspelt: bool
    dashes: Literal["-", ":", "--"]
    width: float


_STYLES = (
    Style("Pullquote", "pullquote", False, "-", 1.9),
    Style("Pullquote, a typing error in each question", "pullquote", True, ":", 1.6),
    Style("rank-bm25 as its README shows it", "rank-bm25", False, "--", 1.1),
)


def draw(rows: Sequence[Row], to: Path) -> None:
    """Draw the rows as a PNG; the same rows give the same bytes under one matplotlib.

    Raises:
        BadRows: There is nothing to draw, or the file cannot be written.
    """
    if not rows:
        raise BadRows(f"{to}: there are no figures to draw")
    figure = Figure(figsize=_SIZE, dpi=_DPI, layout="constrained")
    left, right = figure.subplots(1, 2)
    asked = (row.questions for row in rows if not row.misspelt)
    names = list(dict.fromkeys([*(row.library for row in rows), *asked]))
    _draw_hits(left, [row for row in rows if row.hits], names)
    _draw_abstention(right, [row for row in rows if row.curve and not row.misspelt], names)
    figure.legend(handles=_styles_of(rows), loc="outside lower center", ncols=3, fontsize=9)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _shrink(figure).save(to, format="PNG", optimize=True)
    except OSError as error:
        raise BadRows(f"{to}: cannot be written: {error.strerror or error}") from error


def _shrink(figure: Figure) -> Image.Image:
    """The figure in few enough colours to be small, and with nothing of the program in it."""
    drawn = BytesIO()
    figure.savefig(drawn, format="png")
    return Image.open(drawn).convert("RGB").quantize(_PALETTE, dither=Image.Dither.NONE)


def _draw_hits(axes: Axes, rows: Sequence[Row], names: list[str]) -> None:
    """hit@k by k: a colour a set, dashes an engine."""
    for row in rows:
        style = _style(row)
        if row.hits and style:
            marked = style.dashes == "-"
            axes.plot(
                range(1, DEPTH + 1),
                row.hits.within,
                **_look(names.index(row.library), style, marked=marked),
            )
    axes.set_title("The answer is among the first k sentences", fontsize=11)
    axes.set_xlabel("k")
    axes.set_ylabel("hit@k: share of the answerable questions")
    axes.set_xticks(range(1, DEPTH + 1))
    axes.set_ylim(0, 1.02)
    _finish(axes)
    shown = {row.library: names.index(row.library) for row in rows}
    _key(axes, shown, "lower right", columns=2 + (len(shown) > 4))


def _draw_abstention(axes: Axes, rows: Sequence[Row], names: list[str]) -> None:
    """Answered against withheld as the threshold moves; a mark where it is as shipped."""
    shown = {_pair(row): names.index(row.questions) for row in rows}
    for row in rows:
        style, number = _style(row), shown[_pair(row)]
        if style is None:
            continue
        axes.plot(*zip(*row.curve, strict=True), **_look(number, style))
        if row.engine == "pullquote" and row.answered is not None and row.withheld is not None:
            axes.plot([row.answered], [row.withheld], **_look(number, style, marked=True))
    axes.set_title("Silent where the sources are, as the threshold moves", fontsize=11)
    axes.set_xlabel("answerable questions answered")
    axes.set_ylabel("others withheld (mark: as shipped)")
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    _finish(axes)
    _key(axes, shown, "lower left")


def _pair(row: Row) -> str:
    own = row.questions == row.library
    return f"{row.library}'s own" if own else f"{row.questions}'s asked of {row.library}"


def _style(row: Row) -> Style | None:
    found = (s for s in _STYLES if (s.engine, s.misspelt) == (row.engine, row.misspelt))
    return next(found, None)


def _look(number: int, style: Style, *, marked: bool = False) -> dict[str, Any]:
    """How a line looks; colours and marks begin again where there are more sets than colours."""
    return {
        "color": _COLOURS[number % len(_COLOURS)],
        "marker": _MARKS[number % len(_MARKS)] if marked else "",
        "markersize": 6,
        "markeredgecolor": "white",
        "markeredgewidth": 0.6,
        "linestyle": style.dashes,
        "linewidth": style.width,
    }


def _finish(axes: Axes) -> None:
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=9)


def _key(
    axes: Axes,
    shown: dict[str, int],
    place: Literal["lower left", "lower right"],
    *,
    columns: int = 1,
) -> None:
    """What each colour and mark stands for."""
    lines = [
        Line2D([], [], label=name, **_look(number, _STYLES[0], marked=True))
        for name, number in shown.items()
    ]
    if lines:
        axes.legend(handles=lines, loc=place, ncols=columns, fontsize=9, framealpha=0.9)


def _styles_of(rows: Sequence[Row]) -> list[Line2D]:
    """What each kind of dashes stands for."""
    shown = {_style(row) for row in rows}
    return [
        Line2D([], [], color="#333333", linestyle=s.dashes, linewidth=s.width, label=s.name)
        for s in _STYLES
        if s in shown
    ]
