"""`python -m bench.fuzz`: random texts for every reader, the splitter and the script loader.

No error but our own may come out, nothing may take longer than two seconds, and memory may not
grow beyond 500 MB. Each target runs in a process of its own for so many seconds.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scanning import CLASSES

from bot.errors import SettingsError
from bot.questions import read_questions
from bot.replay.loading import load_file
from bot.settings import load as load_settings
from retrieval import readers
from retrieval.errors import BadQuestionFile, BadSynonyms
from retrieval.question import read_question
from retrieval.question.synonyms import read_synonyms
from retrieval.sentences import boilerplate, split

HANGING = 2.0  # seconds
MEMORY = 500  # MB
BATCH = 40  # examples, after which the clock is looked at

WORDS = "title id text cases ask expect publisher url The U.S. Mr. said “yes.” AP By (Reuters) —"
PIECES = st.sampled_from(
    [
        *CLASSES,
        *WORDS.split(),
        *(
            "---\n",
            "+++\n",
            "title: ",
            "\n",
            "\n\n",
            "# ",
            "&a ",
            "*a",
            "<<: ",
            "!!int ",
            "| ",
            "> ",
            "```\n",
            "    ",
            "::: tip\n",
            "!!! note\n",
            "[^1]: ",
            "<Tab a={",
            "<td>",
            "{{< ",
            "{/* ",
        ),
        *(
            '{"id": "a", ',
            '"title": "b", ',
            '"text": "c"}',
            "=>",
            "\\",
            "\\u",
            "\\UFFFFFFFF",
            "[x]",
        ),
        *("x = ", "[a.b]", "'''", '"""', "2024-13-45", "1:59", "0x", "1e999", "true", "\ud800"),
    ]
)
TAGS = "main article nav p li ul dl dt dd table tr td th pre div h1 blockquote aside b a br script"
MARKS = st.sampled_from(
    [
        *(f"<{close}{name}>" for close in ("", "/") for name in TAGS.split()),
        *("<!--", "-->", "<a href='", "class=toc ", "<?xml?>", "<![CDATA[", "&#x", "&amp;"),
        *(".. ", ".. note::", ".. list-table::\n\n", ".. csv-table::\n", "::\n\n", "\n    "),
        *(
            "* - ",
            "   - ",
            "====\n",
            "==  ==\n",
            "+--+\n",
            ":a: ",
            "``",
            "`_",
            "\\ ",
            "[1]_",
            "-a  ",
        ),
    ]
)
PIECES = PIECES | MARKS
RUNS = st.tuples(PIECES, st.integers(1, 3_000)).map(lambda run: run[0] * run[1])
TEXTS = st.lists(PIECES | RUNS | st.text(max_size=5), max_size=12).map("".join)
BYTES = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=3_000)


def _read(data: bytes, name: str, folder: Path) -> None:
    (folder / name).write_bytes(data)
    for item in readers.read([folder]):
        if isinstance(item, readers.Trouble):
            assert "\n" not in str(item), item
        else:
            _split(item.text)


def _sources(data: bytes, folder: Path) -> None:
    (folder / "a.txt").write_text("It rained.", "utf-8")
    _read(data, "sources.toml", folder)


def _split(text: str) -> None:
    sentences = split(text)
    assert all(one.start < one.end for one in sentences)
    boilerplate.mark(text, sentences)


def _synonyms(data: bytes, _: Path) -> None:
    try:
        read_synonyms(data, "synonyms.txt")
    except BadSynonyms:
        return


def _questions(data: bytes, folder: Path) -> None:
    (folder / "q.jsonl").write_bytes(data)
    try:
        list(read_questions(folder / "q.jsonl"))
    except BadQuestionFile:
        return


def _settings(data: bytes, folder: Path) -> None:
    (folder / ".env").write_bytes(data)
    try:
        load_settings(folder / ".env")
    except SettingsError:
        return


def _script(data: bytes, folder: Path) -> None:
    (folder / "a.yaml").write_bytes(data)
    load_file(folder / "a.yaml")


def _question(data: bytes, _: Path) -> None:
    read_question(data.decode("utf-8", "replace"))


TARGETS: dict[str, Callable[[bytes, Path], None]] = {
    "texts": lambda data, folder: _read(data, "a.txt", folder),
    "markdown": lambda data, folder: _read(data, "a.md", folder),
    "mdx": lambda data, folder: _read(data, "a.mdx", folder),
    "front-matter": lambda data, folder: _read(b"---\na: b\n" + data + b"\n---\na", "a.md", folder),
    "jsonl": lambda data, folder: _read(data, "a.jsonl", folder),
    "html": lambda data, folder: _read(data, "a.html", folder),
    "documentation": lambda data, folder: _read(b"<main><pre>a</pre>" + data, "a.html", folder),
    "rst": lambda data, folder: _read(data, "a.rst", folder),
    "sources": _sources,
    "split": lambda data, _: _split(data.decode("utf-8", "replace")),
    "script": _script,
    "script-cases": lambda data, folder: _script(b"cases:\n- ask: " + data, folder),
    "synonyms": _synonyms,
    "questions": _questions,
    "settings": _settings,
    "question": _question,
}


def fuzz(name: str, seconds: float) -> None:
    """Try one target; what is wrong ends the process with hypothesis's smallest example."""
    tried, slowest, end = 0, 0.0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place:

        @settings(
            max_examples=BATCH,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(BYTES)
        def batch(data: bytes) -> None:
            nonlocal tried, slowest
            if time.monotonic() > end:
                return
            began = time.process_time()
            TARGETS[name](data, Path(place))
            took = time.process_time() - began
            tried, slowest = tried + 1, max(slowest, took)
            assert took < HANGING, f"{took:.1f} s over {len(data):,} bytes"

        while time.monotonic() < end:
            batch()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    typer.echo(f"{name}: {tried:,} texts, slowest {slowest:.2f} s, {memory:.0f} MB at most")
    assert memory < MEMORY, f"{name} took {memory:.0f} MB"


def main(
    only: Annotated[list[str] | None, typer.Argument(help="Targets; none means all.")] = None,
    seconds: Annotated[float, typer.Option(help="Of each target.")] = 600,
) -> None:
    """Fuzz each target in turn; a line each, and exit code 1 where anything was found."""
    bad = [name for name in only or TARGETS if not _in_its_process(name, seconds)]
    typer.echo(f"found something in: {', '.join(bad)}" if bad else "found nothing")
    sys.exit(bool(bad))


def _in_its_process(name: str, seconds: float) -> bool:
    process = multiprocessing.get_context("spawn").Process(target=fuzz, args=(name, seconds))
    process.start()
    process.join()
    return process.exitcode == 0


if __name__ == "__main__":
    typer.run(main)
