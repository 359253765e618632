"""JSON, TOML and YAML of others: bounded, and one kind of error whatever a parser raises."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replay.document import Document, Mistake
from bot.replay.parsing import parse
from retrieval.readers.front_matter import read_front_matter
from retrieval.untrusted.parsing import (
    MAX_DEPTH,
    ForeignError,
    read_json,
    read_toml,
    read_yaml_texts,
)

ROOT = Path(__file__).parents[1]
SECONDS = 2.0
MANY = 100_000

MERGES = "a: &a {x: 1}\n" + "".join(
    f"{two}: &{two} {{<<: [{', '.join([f'*{one}'] * 9)}]}}\n"
    for one, two in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
)
HOSTILE: dict[str, tuple[Callable[[str], object], str]] = {
    "JSON: deep lists": (read_json, "[" * MANY),
    "JSON: deep objects": (read_json, '{"a":' * MANY),
    "JSON: no JSON": (read_json, "{bad"),
    "JSON: half": (read_json, '"' + "a" * MANY),
    "TOML: a number of 5,000 digits": (read_toml, "x = " + "9" * 5_000),
    "TOML: deep lists": (read_toml, "x = " + "[" * 20_000),
    "TOML: deep tables": (read_toml, "x = " + "{a=" * 20_000),
    "TOML: a key of many parts": (read_toml, "a." * MANY + "a = 1"),
    "TOML: a table of many parts": (read_toml, "x = 1\n[" + "a ." * MANY + "a]"),
    "TOML: quoted parts": (read_toml, "x = 1\n[[" + "'a'.\"b\"." * MANY + "a]]"),
    "TOML: parts in a table in a line": (read_toml, "x = {" + "a." * MANY + "a = 1}"),
    "TOML: not closed": (read_toml, 'x = "' + "a" * MANY),
    "YAML: deep lists": (read_yaml_texts, "x: " + "[" * MANY),
    "YAML: deep mappings": (read_yaml_texts, "x: " + "{" * MANY),
    "YAML: deep items": (read_yaml_texts, "- " * MANY),
    "YAML: a list": (read_yaml_texts, "- a\n- b"),
    "YAML: a character that is none": (read_yaml_texts, "a: \x01"),
    "YAML: half of a pair": (read_yaml_texts, "a: \ud800"),
    "YAML: an escape beyond Unicode": (read_yaml_texts, 'a: "\\UFFFFFFFF"'),
    "YAML: a tab": (read_yaml_texts, "a:\n\t- b"),
}
TITLES = {
    "merges of merges": (f"title: Bees\n{MERGES}", "Bees"),
    "aliases of aliases": ("a: &a [x]\n" + "b: [*a]\n" * 2_000 + "title: Bees\n", "Bees"),
    "an alias": ("a: &a Wasps\ntitle: *a\n", None),
    "a tag for a truth": ("title: !!bool maybe\n", None),
    "a tag for a number": ('title: !!int ""\n', None),
    "a tag for a time": ("title: !!timestamp x\n", None),
    "a tag for Python": ("title: !!python/object:os.system x\n", None),
    "a tag elsewhere": ("title: Bees\nplugin: !!bool maybe\n", "Bees"),
    "a number": ("title: 2024\n", None),
    "a number of 5,000 digits": (f"title: {'9' * 5_000}\n", None),
    "a number by sixties": (f"title: 1{':59' * 5_000}\n", None),
    "a title in something else": ("author:\n  title: Wasps\ntitle: Bees\n", "Bees"),
    "deep lists": (f"title: {'[' * 50_000}\n", None),
    "more than is looked through": ("# a comment\n" * 10_000 + "title: Bees\n", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_of_its_format_is_soon_one_error(name: str) -> None:
    read, text = HOSTILE[name]
    began = time.process_time()
    with pytest.raises(ForeignError) as caught:
        read(text)
    assert time.process_time() - began < SECONDS
    assert len(str(caught.value)) < 120
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", TITLES)
def test_front_matter_states_a_plain_title_or_none(name: str) -> None:
    front, stated = TITLES[name]
    began = time.process_time()
    details = read_front_matter(f"---\nlayout: post\n{front}---\n# A heading\n").details
    assert time.process_time() - began < SECONDS
    assert details.title == stated


def test_a_long_number_of_json_is_no_error_and_no_whole_number() -> None:
    assert read_json("9" * 5_000) == float("inf")
    assert read_json("[12345678901234567890]") == [12345678901234567890]


def test_a_file_of_many_levels_that_is_not_too_deep_is_read() -> None:
    deep = MAX_DEPTH - 1
    assert read_toml(".".join("a" * deep) + " = 1")
    assert read_yaml_texts("x: " + "[" * deep + "]" * deep) == {"x": None}


def test_no_merge_and_no_key_of_several_values_gives_a_text() -> None:
    assert "title" not in read_yaml_texts("base: &b {title: Wasps}\n<<: *b\n")
    assert read_yaml_texts("? [a, b]\n: c\ntitle: Bees\n")["title"] == "Bees"


SCRIPTS = (
    "x: 1" + ":59" * MANY,
    "x: 1" + ":59" * 20 + ".5",
    "x: " + "9" * 5_000,
    "x: 2001-01-01 00:00:00 +99:99",
    "x: 0001-01-01 00:00:00 +14:00",
    'x: "\\UFFFFFFFF"',
    "x: <<\ny: =",
    "x: 0b" + "1" * MANY,
    "? " + "a" * MANY + "\n: 1",
)


@pytest.mark.parametrize("text", SCRIPTS, ids=lambda text: text[:12])
def test_a_script_of_strange_values_is_read_or_refused_by_line(text: str) -> None:
    began = time.process_time()
    assert isinstance(parse("a.yaml", text), Document | Mistake)
    assert time.process_time() - began < SECONDS


PIECES = st.sampled_from(
    [
        *"a 1 . : , = - # & * ! | > ? % @ ` ' \" [ ] { } < \\ \n \t".split(" "),
        "  ",
        "\n",
        "\x00",
        *(
            "!!int",
            "<<",
            "1:59",
            "2024-01-01",
            "'''",
            '"""',
            "\\u",
            "\ud800",
            "[[",
            "0x",
            "1e9",
            "é",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_a_value_or_one_error(text: str) -> None:
    for read in (read_json, read_toml, read_yaml_texts):
        try:
            read(text)
        except ForeignError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most texts raise, a few do not


PARSERS = {("json", "loads"), ("json", "load"), ("tomllib", "loads"), ("tomllib", "load")} | {
    ("yaml", call)
    for call in ("load", "safe_load", "full_load", "parse", "scan", "compose", "load_all")
}
OURS = {"parsing.py", "weights.py"}  # the second reads a file that ships with the code


def test_nobody_else_parses_what_others_wrote() -> None:
    modules = [path for room in ("bot", "retrieval") for path in (ROOT / room).rglob("*.py")]
    found = {
        path.name
        for path in modules
        if "sandbox" not in path.parts  # Discord's stand-in: it judges the bot and is none of it
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if (node.value.id, node.attr) in PARSERS
    }
    assert found == OURS
