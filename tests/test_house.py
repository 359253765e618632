"""The rules of the whole house."""

import ast
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

import retrieval

ROOT = Path(__file__).parents[1]
MODULES = sorted(chain((ROOT / "retrieval").rglob("*.py"), (ROOT / "bot").rglob("*.py")))
ROOMS = [path for path in MODULES if path.name != "__init__.py"]


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_opens_with_a_sentence_that_says_its_job(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert doc
    assert re.match(r"[^\n]+[.:](\n|$)", doc), doc.splitlines()[0]


@pytest.mark.parametrize("path", [p for p in MODULES if "retrieval" in p.parts], ids=name)
def test_retrieval_knows_nothing_of_the_bot_or_of_discord(path: Path) -> None:
    assert not [m for m in imports(path) if m.split(".")[0] in {"bot", "discord", "aiohttp"}]


def test_sql_stays_in_its_rooms() -> None:
    users = [path for path in MODULES if any("sqlalchemy" in m for m in imports(path))]
    assert {path.parent.name for path in users} == {"library"}


def test_the_sandbox_does_not_lean_on_the_bot_it_is_there_to_judge() -> None:
    rooms = [path for path in ROOMS if "sandbox" in path.parts]
    leaning = {name(p): m for p in rooms for m in imports(p) if m.startswith("bot.")}
    assert not {room: m for room, m in leaning.items() if not m.startswith("bot.sandbox")}


SEARCH = "retrieval.search"
ANYONES = {f"{SEARCH}.{room}" for room in ("backend", "scores", "arrays")}
OPENERS = {  # they open an index, follow its library, or check it
    "retrieval.refreshing",
    "retrieval.snapshot",
    "bot.commands.doctor",
    "bot.commands.library",
}
BESIDE = {  # what they use is no index: packed texts, and the name of an old file to pass over
    "retrieval.spelling.neighbours": {f"{SEARCH}.codec.strings"},
    "retrieval.spelling.speller": {f"{SEARCH}.codec.strings"},
    "retrieval.readers.finding": {f"{SEARCH}.directory"},
}


def test_whoever_asks_a_collection_knows_its_protocol_and_not_how_it_is_kept() -> None:
    asking = {name(path): path for path in MODULES if not name(path).startswith(SEARCH)}
    inside = {
        who: {m for m in imports(path) if m.startswith(SEARCH)} - ANYONES - BESIDE.get(who, set())
        for who, path in asking.items()
        if who not in OPENERS
    }
    assert not {who: known for who, known in inside.items() if known}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_room_holds_one_purpose_in_few_lines(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300 or is_table(path)


def is_table(path: Path) -> bool:
    """A room of data may be as long as its data."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]


def test_the_doorway_offers_what_it_says_and_holds_no_logic_but_its_own() -> None:
    for offered in retrieval.__all__:
        assert getattr(retrieval, offered).__name__ == offered
    tree = ast.parse((ROOT / "retrieval" / "__init__.py").read_text(encoding="utf-8"))
    logic = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert [n.name for n in logic] == ["__getattr__"]
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = retrieval.Nothing  # type: ignore[attr-defined] # it is asked for what it has not


def test_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    readme_folders = readme.replace("`retrieval/`", "").replace("`bot/`", "")
    missing = [
        name(path)
        for path in ROOMS
        if f"`{path.name}`" not in readme and f"`{path.parent.name}/`" not in readme_folders
    ]
    assert not missing


def test_nothing_that_is_committed_names_a_package_registry() -> None:
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pinned


def test_every_dependency_is_pinned_to_the_version_that_was_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.split("==")[0] for line in lines}
    assert names <= pinned
