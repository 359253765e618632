"""Scripts are read strictly, and every mistake is named by file, line and key, one a line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import closed_at_end
from people import nobody, shut_folder

from bot.replay import Script, load
from bot.replay.document import Mistake
from bot.replay.parsing import parse
from retrieval.library import Library
from retrieval.models import Article

MOON = Article(id="moon", title="The Moon", text="The Moon has no air.")


GIVE = "give status, reason, talk, missing, apart, clear or quote"


def write(folder: Path, text: str | bytes, name: str = "script.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    """What is wrong with a script, without the file's name."""
    path = write(folder, text)
    loaded = load([path], closed_at_end(Library.of([MOON])))
    assert loaded.mistakes, "the script was accepted"
    assert not loaded.scripts
    lines = [str(mistake) for mistake in loaded.mistakes]
    assert all(line.startswith(str(path)) and "\n" not in line for line in lines)
    return [line.removeprefix(str(path)).removeprefix(", ") for line in lines]


def script(folder: Path, text: str) -> Script:
    path = write(folder, text)
    loaded = load([path], closed_at_end(Library.of([MOON])))
    assert loaded.mistakes == ()
    return loaded.scripts[str(path)]


def expecting(expect: str) -> str:
    return f"cases:\n  - id: air\n    ask: Is there air?\n    expect: {expect}\n"


def test_a_script_is_read_with_all_its_keys(tmp_path: Path) -> None:
    read = script(
        tmp_path,
        "title: Moon\ndescription: About it\nlibrary: moons\ncases:\n"
        "  - id: air\n    ask: Is there air?\n    note: It says so.\n    known_failure: Too hard.\n"
        "    expect:\n      status: answered\n      missing: []\n"
        "      quote:\n        contains: no air\n        equals: The Moon has no air.\n"
        "        article: moon\n        rank_max: 1\n",
    )
    (case,) = read.cases
    (passage,) = case.expect.passages()
    assert (read.title, case.known_failure, case.expect.missing) == ("Moon", "Too hard.", ())
    assert (passage.contains, passage.article, passage.rank_max) == ("no air", "moon", 1)


def test_one_passage_a_list_and_any_take_one_shape(tmp_path: Path) -> None:
    read = script(
        tmp_path,
        expecting("{quote: [{contains: no air}, {any: [{contains: Moon}, {article: moon}]}]}"),
    )
    first, second = read.cases[0].expect.quote
    assert [passage.contains for passage in first.any] == ["no air"]
    assert [passage.rank_max for passage in second.any] == [3, 3]


@pytest.mark.parametrize(
    ("expect", "mistake"),
    [
        ("{}", f"line 4: case 'air', expect: is empty; {GIVE}"),
        ("", "line 4: case 'air', expect: has no value; give one or leave the key out"),
        ("answered", "line 4: case 'air', expect: must hold keys and values, such as `key: value`"),
        ("{statsu: answered}", "case 'air', expect.statsu: unknown key; did you mean 'status'?"),
        ("{zzz: 1, status: abstained}", "line 4: case 'air', expect.zzz: unknown key"),
        ("{ask: again, status: answered}", "case 'air', expect.ask: does not belong here"),
        ("{status: maybe}", "case 'air', expect.status: must be 'answered' or 'abstained'"),
        ("{status: no}", "case 'air', expect.status: must be 'answered' or 'abstained'"),
        ("{status: }", "case 'air', expect.status: has no value; give one or leave the key out"),
        ("{missing: air}", "case 'air', expect.missing: must be a list"),
        ("{missing: [2022]}", "case 'air', expect.missing[1]: must be text; put it in quotes"),
        ("{quote: []}", "line 4: case 'air', expect.quote: is empty"),
        ("{quote: {any: []}}", "line 4: case 'air', expect.quote.any: is empty"),
        ("{quote: air}", "expect.quote: must hold keys and values, such as `key: value`"),
        ("{quote: {rank_max: 1}}", "says nothing; give contains, equals, article, speaker, also, "),
        ("{quote: {speaker: {}}}", "expect.quote.speaker: says nothing; give contains or equals"),
        ("{quote: {speaker: KCNA}}", "quote.speaker: must hold keys and values, such as"),
        ("{quote: {speaker: {article: moon}}}", "quote.speaker.article: does not belong here"),
        ("{quote: {also: []}}", "line 4: case 'air', expect.quote.also: is empty"),
        (
            "{quote: {also: {}}}",
            "expect.quote.also: says nothing; give contains, equals or article",
        ),
        ("{quote: {also: {article: mars}}}", "quote.also.article: the library has no article"),
        ("{quote: {also: {rank_max: 1}}}", "quote.also.rank_max: does not belong here"),
        ("{quote: {origins: 0}}", "expect.quote.origins: must be at least 1"),
        ("{talk: gossip}", "expect.talk: must be 'greeting', 'thanks', 'command' or 'bot'"),
        ("{talk: bot, status: answered}", "case 'air', expect: cannot be met"),
        ("{talk: bot, reason: not_in_sources}", "case 'air', expect: cannot be met"),
        ("{clear: true, status: abstained}", "case 'air', expect: cannot be met"),
        ("{clear: 1}", "case 'air', expect.clear: must be true or false"),
        ("{apart: air}", "case 'air', expect.apart: must be a list"),
        ("{quote: {contains: ' '}}", "line 4: case 'air', expect.quote.contains: is blank"),
        ("{quote: {contains: 10000}}", "expect.quote.contains: must be text; put it in quotes"),
        ("{quote: {contains: a, rank_max: 0}}", "expect.quote.rank_max: must be at least 1"),
        ("{quote: {contains: a, rank_max: 51}}", "expect.quote.rank_max: must be at most 50"),
        ("{quote: {contains: a, rank_max: true}}", "rank_max: must be a whole number"),
        ("{quote: {any: [{contains: a}], contains: a}}", "quote.contains: does not belong here"),
        ("{quote: [{contains: a}, {contians: a}]}", "expect.quote[2].contians: unknown key"),
        ("{quote: {article: mars}}", "expect.quote.article: the library has no article 'mars'"),
        ("{quote: {contains: a}, status: abstained}", "case 'air', expect: cannot be met"),
        ("{reason: not_in_sources, status: answered}", "case 'air', expect: cannot be met"),
        ("{quote: {contains: 2024-13-45}}", "contains: cannot be read as it is; put it in quotes"),
    ],
)
def test_a_wrong_expectation_is_named_by_line_and_key(
    tmp_path: Path, expect: str, mistake: str
) -> None:
    (line,) = mistakes(tmp_path, expecting(expect))
    assert line.startswith("line 4: ")
    assert mistake in line


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "line 1: is empty; a script needs `cases:`"),
        ("# nothing yet\n", "is empty; a script needs `cases:`"),
        ("- a\n- b\n", "line 1: must hold keys and values, such as `key: value`"),
        ("just text", "line 1: must hold keys and values, such as `key: value`"),
        ("title: t\n", "line 1: cases: is missing"),
        ("cases: []\n", "line 1: cases: is empty"),
        ("title: t\ncases: {a: b}\n", "line 2: cases: must be a list"),
        ("cases:\n  - text\n", "line 2: case number 1: must hold keys and values"),
        ("cases:\n  - id: a\n    ask: q\n", "line 2: case 'a', expect: is missing"),
        ("cases:\n  - ask: q\n    expect: {status: answered}\n", "case number 1, id: is missing"),
        ("cases: [\n", "line 2: is not YAML: "),
        ("cases:\n\t- a\n", "line 2: is not YAML: "),
        ("a: b\n---\nc: d\n", "line 2: begins a second document; a script is one"),
        ("cases: &all []\nmore: *all\n", "line 1: uses an anchor or alias (& or *)"),
        ("title: !!python/name:os.system\n", "line 1: uses a tag (!)"),
        ("title: a\n? [1, 2]\n: 3\n", "line 2: has a key that is no word"),
        ("a: " + "[" * 5000, "line 1: is nested deeper than 20 levels"),
        ("title: a\x07b\n", "line 1: holds the character U+0007, which YAML does not allow"),
        ('title: "\\ud800"\ncases: []', "line 1: "),
        (b"title: caf\xe9\n", "line 1: is not UTF-8; save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "line 1: is not UTF-8; save it as UTF-8"),
        (b"#" * 2_000_001, ": it is larger than 2,000,000 bytes; split it"),
    ],
)
def test_a_file_that_is_no_script_is_refused(
    tmp_path: Path, text: str | bytes, mistake: str
) -> None:
    (line,) = mistakes(tmp_path, text)
    assert line.startswith(mistake) or mistake in line


def test_every_mistake_of_every_file_is_reported_in_the_order_of_lines(tmp_path: Path) -> None:
    write(
        tmp_path,
        "titel: t\n"
        "cases:\n"
        "  - id: a\n    ask: q\n    ask: r\n    expect: {}\n"
        "  - id: a\n    ask: 5\n    expect: {status: answered}\n",
        "one.yaml",
    )
    write(tmp_path, "cases: []\n", "two.yml")
    loaded = load([tmp_path, tmp_path / "none.yaml"])
    one, two = tmp_path / "one.yaml", tmp_path / "two.yml"
    assert [str(mistake) for mistake in loaded.mistakes] == [
        f"{one}, line 1: titel: unknown key; did you mean 'title'?",
        f"{one}, line 5: case 'a', ask: stands twice, first in line 4; keep one",
        f"{one}, line 6: case 'a', expect: is empty; {GIVE}",
        f"{one}, line 7: case 'a', id: 'a' is the id of line 3 already; an id stands once",
        f"{one}, line 8: case 'a', ask: must be text; put it in quotes",
        f"{two}, line 1: cases: is empty",
        f"{tmp_path / 'none.yaml'}: there is no such file or folder",
    ]


def test_a_folder_stands_for_its_scripts_at_any_depth_and_a_file_is_read_once(
    tmp_path: Path,
) -> None:
    good = expecting("{status: answered}")
    names = ["a.yaml", "deep/er/b.YML", ".hidden.yaml", ".git/c.yaml", "readme.txt"]
    for name in names:
        write(tmp_path, good, name)
    loaded = load([tmp_path / "a.yaml", tmp_path])
    assert list(loaded.scripts) == [str(tmp_path / name) for name in names[:2]]
    assert loaded.mistakes == ()


def test_a_folder_without_a_script_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = load([tmp_path]).mistakes
    assert str(mistake).startswith(f"{tmp_path}: the folder holds no script")


def test_a_path_that_cannot_be_opened_is_a_mistake(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "folder.yaml").mkdir()
    long = tmp_path / ("x" * 5000)
    assert [str(mistake) for mistake in load([tmp_path, pipe, long]).mistakes] == [
        f"{loop}: it cannot be read: Too many levels of symbolic links",
        f"{pipe}: it is a named pipe, not a regular file",
        f"{long}: it cannot be read: File name too long",
    ]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    text = "\ufeff" + expecting("{status: answered}")
    assert script(tmp_path, text).cases[0].id == "air"


def test_an_unknown_article_is_a_mistake_only_where_a_library_is_known(tmp_path: Path) -> None:
    path = write(tmp_path, expecting("{quote: {article: mars}}"))
    assert load([path]).mistakes == ()
    assert len(load([path], closed_at_end(Library.of([MOON]))).mistakes) == 1


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`?,~ \n\t0", max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    read = parse("script.yaml", text)
    if isinstance(read, Mistake):
        assert "\n" not in str(read)


def test_a_folder_that_cannot_be_listed_is_not_passed_over() -> None:
    with shut_folder() as folder, nobody():
        scripts, mistakes = load([folder.parent])
    assert not scripts
    assert [str(one) for one in mistakes] == [f"{folder}: there is no permission to read it"]
