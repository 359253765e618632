#!/usr/bin/env python3
"""Draws the picture of a card: asks a question, and paints the components that Discord would get.

Run it as `python tools/draw_card.py`; `--help` says what it needs. The components are the real
ones; only how they look is our own, in the colours and sizes of Discord's dark theme.
"""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Annotated, Any

import typer
from discord import ButtonStyle, ComponentType

from bot.cards.cards import answer_card
from bot.cards.limits import MOST_QUOTES
from bot.opening import open_library
from bot.questions import check_text
from bot.service import PAGES
from retrieval import Answerer
from retrieval.errors import InputError, PullquoteError

Component = dict[str, Any]

ROOT = Path(__file__).parents[1]
STYLE = Path(__file__).with_suffix(".css")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-lcd-text",
    "--hide-scrollbars",
    "--default-background-color=00000000",
)
PATIENCE = 60  # seconds that the browser may take
# Measured with a script, which the page that is kept does not have.
MEASURE = (
    "<script>"
    "document.body.dataset.size = document.body.offsetWidth + 'x' + document.body.offsetHeight"
    "</script>"
)
SIZE = re.compile(r'<body data-size="([0-9]+)x([0-9]+)"')


HELP = """\
Draw the card that the bot would send as its answer to a question.

The answer, the card and its components are the real ones; how they look is an imitation of
Discord's dark theme, not a screenshot of Discord.

The page needs nothing but Pullquote. Chromium takes its picture, and optipng makes that smaller
where it is installed (Debian: apt-get install chromium fonts-inter optipng). Without Chromium the
page is written in the picture's place, as .html, and the exit code is 2.

\b
Examples:
  python tools/draw_card.py
  python tools/draw_card.py --question "What was signed in June?" --out card.html
  python tools/draw_card.py --library shelf --quotes 2 --out shelf.png
"""


class Undrawable(InputError):
    """The picture cannot be made; the message says what is missing."""


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(help=HELP)
def main(
    question: Annotated[
        str, typer.Option(help="What to ask.")
    ] = "How many troops has North Korea sent to Russia?",
    library: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The library to ask; else the seeds.")
    ] = None,
    quotes: Annotated[
        int, typer.Option(min=1, max=MOST_QUOTES, help="How many quotes the card shows at most.")
    ] = 3,
    out: Annotated[
        Path, typer.Option(help="The picture; a name that ends in .html gets the page alone.")
    ] = ROOT / "docs" / "card.png",
    browser: Annotated[
        str | None, typer.Option(help="Chromium's command, where it is not found by itself.")
    ] = None,
) -> None:
    """Draw the card that the bot would send as its answer to a question."""
    try:
        page = draw_page(lay_out(question, library, quotes))
        made = _save(page, out, browser)
    except PullquoteError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{made}: {made.stat().st_size:,} bytes")


def lay_out(question: str, folder: Path | None, quotes: int) -> list[Component]:
    """The components of the card that answers `question`, as they are sent to Discord.

    Raises:
        PullquoteError: The library cannot answer.
    """
    check_text(question)
    with open_library(folder) as library:
        answer = Answerer.open(library).ask(question, quotes=PAGES * quotes)
    card = answer_card(answer, quotes=quotes)
    components: list[Component] = card.to_components()  # type: ignore[no-untyped-call] # untyped there
    return components


def draw_page(components: list[Component]) -> str:
    """A message with `components` as an HTML page that needs no other file.

    Raises:
        Undrawable: There is a component that the bot's cards did not have so far.
    """
    style = STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Pullquote</title>\n'
        f"<style>\n{style}</style>\n<body><main>\n"
        '<div class="avatar">“</div>\n<div class="message">\n'
        '<div class="name">Pullquote <span class="tag">APP</span></div>\n'
        f"{_draw_all(components)}\n</div>\n</main></body>\n</html>\n"
    )


def _draw_all(components: list[Component]) -> str:
    return "\n".join(_draw(component) for component in components)


def _draw(component: Component) -> str:
    pens: dict[int, Callable[[Component], str]] = {
        ComponentType.container.value: _container,
        ComponentType.section.value: _section,
        ComponentType.text_display.value: _text,
        ComponentType.separator.value: _separator,
        ComponentType.action_row.value: _row,
        ComponentType.button.value: _button,
    }
    pen = pens.get(component["type"])
    if pen is None:
        raise Undrawable(
            f"{Path(__file__).name} cannot draw components of type {component['type']} yet"
        )
    return pen(component)


def _container(component: Component) -> str:
    colour = component.get("accent_color")
    style = f' style="--accent: #{colour:06x}"' if colour is not None else ""
    return f'<div class="container"{style}>\n{_draw_all(component["components"])}\n</div>'


def _section(component: Component) -> str:
    texts = f'<div class="texts">{_draw_all(component["components"])}</div>'
    return f'<div class="section">{texts}{_draw(component["accessory"])}</div>'


def _row(component: Component) -> str:
    return f'<div class="row">{_draw_all(component["components"])}</div>'


def _separator(component: Component) -> str:
    space = "large" if component.get("spacing") == 2 else "small"
    return f'<hr class="{space}{"" if component.get("divider", True) else " invisible"}">'


def _button(component: Component) -> str:
    kinds = [ButtonStyle(component["style"]).name]
    kinds += ["disabled"] if component.get("disabled") else []
    return f'<span class="button {" ".join(kinds)}">{escape(component.get("label") or "")}</span>'


# -- markdown ---------------------------------------------------------------------------------

_BLOCK = re.compile(r"(?P<mark>#{1,3}|-#|>) (?P<text>.*)")
_TAGS = {"#": "h1", "##": "h2", "###": "h3", "-#": "small", ">": "blockquote", "": "p"}
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[^0-9A-Za-z\s])
    | \*\*(?P<strong>(?:\\.|[^\\])+?)\*\*(?!\*)
    | \*(?=[^\s*])(?P<em>(?:\\.|[^\\*])+)\*
    | `(?P<code>[^`]+)`
    | \[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<address>https?://[^)\s]+)\)
    """,
    re.VERBOSE | re.DOTALL,
)


def _text(component: Component) -> str:
    """A text display: what its lines are, then what stands in them."""
    blocks = itertools.groupby(map(_split, component["content"].split("\n")), lambda line: line[0])
    drawn = (_block(_TAGS[mark], [text for _, text in lines]) for mark, lines in blocks)
    return f'<div class="text">{"".join(drawn)}</div>'


def _split(line: str) -> tuple[str, str]:
    """A line's mark, such as `>`, and the rest of it."""
    found = _BLOCK.fullmatch(line)
    return (found["mark"], found["text"]) if found else ("", line)


def _block(tag: str, lines: list[str]) -> str:
    text = "\n".join(lines)
    return f"<{tag}>{_inline(text)}</{tag}>"


def _inline(markdown: str) -> str:
    parts: list[str] = []
    after = 0
    for found in _INLINE.finditer(markdown):
        parts += [escape(markdown[after : found.start()]), _span(found)]
        after = found.end()
    return "".join([*parts, escape(markdown[after:])])


def _span(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "escaped":
        return escape(found["escaped"])
    if kind == "code":
        return f"<code>{escape(found['code'])}</code>"
    if kind == "address":
        return f'<a href="{escape(found["address"])}">{_inline(found["label"])}</a>'
    return f"<{kind}>{_inline(found[str(kind)])}</{kind}>"


# -- the picture ------------------------------------------------------------------------------


def _save(page: str, out: Path, browser: str | None) -> Path:
    """Write `page` where `out` is a page; else let a browser take its picture."""
    if out.suffix == ".html":
        return _write(out, page)
    command = next(filter(None, map(shutil.which, [browser] if browser else BROWSERS)), None)
    if command is None:
        beside = _write(out.with_suffix(".html"), page)
        raise Undrawable(f"no Chromium to take the picture with; the page is in {beside}")
    _write_picture(page, out, command)
    return out


def _write(path: Path, content: str | bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise Undrawable(f"{path} cannot be written: {error.strerror}") from error
    return path


def _write_picture(page: str, out: Path, command: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        sheet = _write(Path(folder, "card.html"), page)
        ruler = _write(Path(folder, "ruler.html"), page.replace("</main>", f"</main>{MEASURE}"))
        size = SIZE.search(_browse(command, folder, "--dump-dom", ruler.as_uri()))
        if size is None:
            raise Undrawable(f"{command} did not say how large the page is")
        shot = Path(folder, "card.png")
        window = (f"--window-size={size[1]},{size[2]}", "--force-device-scale-factor=2")
        _browse(command, folder, *window, f"--screenshot={shot}", sheet.as_uri())
        _squeeze(shot)
        _write(out, shot.read_bytes())


def _squeeze(picture: Path) -> None:
    """Make the file smaller, pixel for pixel the same, where optipng is at hand."""
    command = shutil.which("optipng")
    if command is not None:
        _run(command, "-quiet", str(picture))


def _browse(command: str, folder: str, *arguments: str) -> str:
    """What a browser without a past prints, given `arguments`."""
    return _run(command, *FLAGS, f"--user-data-dir={folder}/profile", *arguments)


def _run(*command: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the arguments are ours
            command, capture_output=True, encoding="utf-8", check=True, timeout=PATIENCE
        )
    except (OSError, subprocess.SubprocessError) as error:
        name = type(error).__name__
        raise Undrawable(f"{command[0]} cannot make the picture: {name}") from error
    return done.stdout


if __name__ == "__main__":
    app()
