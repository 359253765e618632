"""No word of an article, of a member, and no token gets into an error or the log by accident."""

import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from libraries import article

from bot import exits, logs
from bot.apology import describe
from bot.cli import run
from bot.errors import SettingsError
from bot.replay.loading import load_file
from bot.settings import load
from retrieval import Answerer, Library
from retrieval.errors import PullquoteError
from retrieval.library import NAME
from retrieval.models import Article
from retrieval.search.directory import IndexFolder

WORD = "Xyzzyplugh"
TOKEN = f"MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.{WORD}nsXXsA6pTTc2n0T5NY"
Damage = Callable[[Path], None]


def sql(statement: str) -> Damage:
    def work(folder: Path) -> None:
        connection = sqlite3.connect(folder / NAME)
        connection.execute(statement)
        connection.commit()
        connection.close()

    return work


def flip(ending: str) -> Damage:
    def work(folder: Path) -> None:
        for path in IndexFolder(folder).path.glob(f"*{ending}"):
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 0xFF
            path.write_bytes(data)

    return work


def unreadable(column: str, table: str = "articles") -> Damage:
    spoilt = f"CAST(CAST({column} AS BLOB) || x'ff' AS TEXT)"
    return sql(f"UPDATE {table} SET {column} = {spoilt}")  # noqa: S608 - our own names


@pytest.mark.parametrize(
    "damage",
    [
        *map(unreadable, ("title", "publisher", "author", "url", "language", "digest")),
        unreadable("text", "texts"),
        sql("UPDATE texts SET text = CAST(text AS BLOB)"),
        sql("UPDATE articles SET title = CAST(title AS BLOB)"),
        sql("INSERT INTO state VALUES ('Xyzzyplugh', 'Xyzzyplugh')"),
        sql("UPDATE state SET value = 'Xyzzyplugh'"),
        sql("UPDATE changes SET after = CAST('Xyzzyplugh' AS BLOB)"),
        sql("DROP TABLE texts"),
        sql(f"CREATE TRIGGER t BEFORE INSERT ON texts BEGIN SELECT raise(ABORT, '{WORD}'); END"),
        flip(".words"),
        flip(".postings"),
        flip("manifest"),
    ],
)
def test_what_a_damaged_library_holds_is_in_no_error(
    damage: Damage,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "shelf"
    with Library.open(folder, create=True) as library:
        known = {"publisher": WORD, "author": WORD, "url": f"https://example.org/{WORD}"}
        library.add(
            [
                Article.model_validate(
                    {"id": "a", "title": f"On {WORD}", "text": f"The {WORD} stands here."} | known
                )
            ]
        )
        Answerer.open(library)
    damage(folder)
    (tmp_path / "b.txt").write_text(f"Another {WORD} stands there.", encoding="utf-8")
    monkeypatch.setenv(exits.DEBUG, "1")
    for command in (
        ["library", "verify"],
        ["doctor"],
        ["ask", f"Where does the {WORD} stand?"],
        ["library", "add", str(tmp_path / "b.txt")],
    ):
        code = run([*command, "--library", str(folder)])
        done = capfd.readouterr()
        assert code in {0, 1}, (command, done)
        assert WORD not in done.err, command
        assert WORD not in done.out or command[0] == "ask", command


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.jsonl", f'{{"id": "a", "title": "A", "text": "{WORD} '),
        ("bad.jsonl", f'{{"id": "a", "title": "A", "text": "\\x {WORD}"}}'),
        ("bad.jsonl", f'{{"id": "a", "title": ["{WORD}"], "text": "A"}}'),
        ("bad.jsonl", f'{{"id": "{WORD}\\n", "title": "A", "text": "A"}}'),
        ("bad.jsonl", f'{{"id": "a", "title": "A", "text": "A", "url": "{WORD}"}}'),
        ("bad.jsonl", f'{{"id": "a", "title": "\\ud800 {WORD}", "text": "A"}}'),
        ("sources.toml", f'[good]\ntitle = "{WORD}'),
        ("sources.toml", f'[good]\nurl = "{WORD}"'),
        ("sources.toml", f"[good]\ntitle = {WORD}"),
        ("sources.toml", f"[good]\ntitle = ['{WORD}']"),
        ("sources.toml", f"[good]\ntitle = {{{WORD} = 1, {WORD} = 2}}"),
        ("sources.toml", f"[{WORD}]\n[{WORD}]\n"),
        ("front.md", f"---\ntitle: !!bool {WORD}\n---\nA word.\n"),
        ("front.md", f"---\ntitle: !!timestamp {WORD}\n---\nA word.\n"),
        ("front.md", f"---\ntitle: *{WORD}\n---\nA word.\n"),
    ],
)
def test_what_a_file_holds_that_cannot_be_read_is_in_no_error(
    name: str,
    content: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "good.txt").write_text("A good one.", encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv(exits.DEBUG, "1")
    code = run(["library", "add", str(tmp_path), "--library", str(tmp_path / "shelf")])
    done = capfd.readouterr()
    assert code == (0 if name == "front.md" else 1), done
    assert WORD not in done.out + done.err


@pytest.mark.parametrize(
    "script",
    [
        f"cases: [{WORD}",
        f"cases: !{WORD}!x 1",
        f"cases: {{{WORD}: [}}",
        f'cases: "{WORD}',
        f"cases: *{WORD}",
        f'cases: "\\q {WORD}"',
        f"cases:\n  - {WORD}: a: b",
        f"cases:\n  - id: a\n    ask: [{WORD}]\n    expect: {{status: {WORD}}}",
        f"cases:\n  - id: a\n    ask: a\n    expect: {{clear: {WORD}}}",
    ],
)
def test_what_a_script_says_is_in_no_mistake(script: str, tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(script, encoding="utf-8")
    found = load_file(path)
    assert isinstance(found, list)
    assert found
    assert WORD not in " ".join(map(str, found))


def test_synonyms_and_questions_are_named_by_their_lines(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([article("a", "A fact stands here.")])
    (tmp_path / "questions.jsonl").write_text(f'{{"id": 1, "question": "{WORD}', encoding="utf-8")
    asked = str(tmp_path / "questions.jsonl")
    assert run(["ask", "--questions", asked, "--library", str(tmp_path)]) == 2
    for line in (f"{WORD}".encode(), f"{WORD} =>".encode(), f"{WORD}, \xff".encode("latin-1")):
        (tmp_path / "synonyms.txt").write_bytes(line)
        assert run(["ask", "What stands here?", "--library", str(tmp_path)]) == 2
    assert WORD not in capfd.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        f"DISCORD_TOKEN '{TOKEN}",
        f"PULLQUOTE_PREFIX={TOKEN}",
        f"PULLQUOTE_QUOTES={TOKEN}",
        f"PULLQUOTE_LOG_LEVEL={TOKEN}",
        f"DISCORD_TOKEN={TOKEN}\nPULLQUOTE_TOKENS={TOKEN}",
    ],
)
def test_a_token_in_the_wrong_place_is_not_shown(
    line: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / ".env")
    assert WORD not in str(caught.value)
    assert WORD not in capfd.readouterr().err


def test_a_token_whose_bytes_are_no_utf8_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f"{WORD}\udcff")
    try:
        load(Path("/nowhere/.env"))
    except SettingsError as error:
        assert WORD not in str(error)  # noqa: PT017 - pydantic may take it, and Discord not


def fail() -> None:
    try:
        json.loads(f"{{{WORD}")
    except ValueError as error:
        raise PullquoteError("a line of ours") from error


def test_a_trace_has_every_place_and_only_our_own_words() -> None:
    with pytest.raises(PullquoteError) as caught:
        fail()
    caught.value.__cause__ = KeyError(WORD)
    told = exits.trace(caught.value)
    assert "builtins.KeyError\nwhich led to:\n" in told
    assert "test_leaks.py:" in told
    assert "in fail\n" in told
    assert told.endswith("PullquoteError: a line of ours\n")
    assert WORD not in told
    assert WORD not in describe(caught.value)


def test_what_ends_a_thread_is_told_by_its_class_and_place() -> None:
    program = (
        "import threading\nfrom bot.exits import mind_threads\nmind_threads()\n"
        f"def work(): {{}}['{WORD}']\n"
        "class Loud:\n    def __del__(self): work()\n"
        "thread = threading.Thread(target=work); thread.start(); thread.join(); Loud()\n"
    )
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.count("pullquote: a bug in Pullquote: ") == 2
    assert done.stderr.count("KeyError at <string>:4") == 2
    assert WORD not in done.stderr


def test_the_arguments_of_a_failed_callback_are_not_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logs.started("INFO", TOKEN):
        line = f"Exception in callback Client.say('{WORD}')\nhandle: <Handle Client.say('{WORD}')>"
        logging.getLogger("asyncio").error(line)
    said = capsys.readouterr().err
    assert "Exception in callback Client.say([left out])" in said
    assert WORD not in said
