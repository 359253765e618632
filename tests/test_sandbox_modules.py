"""The sandbox's modules can be read one after the other."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import bot.sandbox

FOLDER = Path(bot.sandbox.__file__).parent


def imported(path: Path) -> set[str]:
    """The sandbox's modules that one imports, for types alone too."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    froms = [one for one in nodes if isinstance(one, ast.ImportFrom)]
    names = [f"{one.module}.{alias.name}" for one in froms for alias in one.names]
    return {name.split(".")[2] for name in names if name.startswith("bot.sandbox.")}


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = [path for path in FOLDER.glob("*.py") if path.stem != "__init__"]
    order = list(TopologicalSorter({path.stem: imported(path) for path in modules}).static_order())
    assert sorted(order) == sorted(path.stem for path in modules)
