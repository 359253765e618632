"""The rules of the whole house."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from itertools import chain
from pathlib import Path

import pytest

import retrieval

ROOT = Path(__file__).parents[1]
MODULES = sorted(chain((ROOT / "retrieval").rglob("*.py"), (ROOT / "bot").rglob("*.py")))
ROOMS = [path for path in MODULES if path.name != "__init__.py"]
PACKAGES = sorted({path.parent for path in MODULES})
NESTING = sorted({path.parent for path in PACKAGES if path.parent in PACKAGES})
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

# What `retrieval` is made of, lowest first: each imports only from floors below its own.
FLOORS = (
    {"errors", "values"},
    {"models", "text", "untrusted"},
    {"quantities", "sentences"},
    {"library"},
    {"search"},
    {"readers"},
    {"question"},
    {"ranking"},
    {"evidence"},
    {"snapshot"},
    {"refreshing"},
    {"answer"},
)


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports: at its top, inside a function or under TYPE_CHECKING.

    Of `from a import b` both `a` and `a.b`, which may be a module.
    """
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            module = resolve_name(start, ".".join(path.parent.relative_to(ROOT).parts))
            found.update({module, *(f"{module}.{alias.name}" for alias in node.names)})
    return frozenset(found)


def arrows(package: str) -> dict[str, set[str]]:
    """Which of the packages and lone modules right inside `package` import which others."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        user = inside(package, name(path).removesuffix(".__init__"))
        used = {inside(package, module) for module in imports(path)}
        if user:
            found[user] |= {one for one in used if one} - {user}
    return {user: {one for one in used if one in found} for user, used in found.items()}


def inside(package: str, module: str) -> str:
    """The name right inside `package` under which `module` stands; nothing where it does not."""
    prefix = f"{package}."
    return module.removeprefix(prefix).split(".")[0] if module.startswith(prefix) else ""


def circle(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """Some that import each other in a circle, the first again at the end; empty for none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_a_module_opens_with_a_sentence_that_says_its_job() -> None:
    docs = {name(path): ast.get_docstring(parsed(path)) or "" for path in MODULES}
    assert not {one for one, doc in docs.items() if not re.match(r"[^\n]+[.:](\n|$)", doc)}


def test_retrieval_knows_nothing_of_the_bot_or_of_discord() -> None:
    rooms = [path for path in MODULES if "retrieval" in path.relative_to(ROOT).parts]
    foreign = {(name(path), m) for path in rooms for m in imports(path)}
    assert not [one for one in foreign if one[1].split(".")[0] in {"bot", "discord", "aiohttp"}]


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
BESIDE = {  # what they use is no index: packed texts
    "retrieval.question.spelling.neighbours": {f"{SEARCH}.codec.strings"},
    "retrieval.question.spelling.speller": {f"{SEARCH}.codec.strings"},
}


def test_whoever_asks_a_collection_knows_its_protocol_and_not_how_it_is_kept() -> None:
    kept = {name(path) for path in MODULES if name(path).startswith(SEARCH)}
    asking = [path for path in MODULES if name(path) not in kept | OPENERS]
    known = {
        name(path): imports(path) & kept - ANYONES - BESIDE.get(name(path), set())
        for path in asking
    }
    assert not {who: modules for who, modules in known.items() if modules}


def test_a_room_holds_one_purpose_in_few_lines() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not [name(path) for path in MODULES if lines[path] > 300 and not is_table(path)]


def is_table(path: Path) -> bool:
    """A room of data may be as long as its data."""
    return not [n for n in ast.walk(parsed(path)) if isinstance(n, ast.FunctionDef)]


def test_the_doorway_offers_what_it_says_and_holds_no_logic_but_its_own() -> None:
    for offered in retrieval.__all__:
        assert getattr(retrieval, offered).__name__ == offered
    tree = ast.parse((ROOT / "retrieval" / "__init__.py").read_text(encoding="utf-8"))
    logic = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert [n.name for n in logic] == ["__getattr__"]
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = retrieval.Nothing  # type: ignore[attr-defined] # it is asked for what it has not


def test_a_circle_of_imports_is_found() -> None:
    assert not circle({"card": ["answer"], "answer": ["quote"], "quote": []})
    assert circle({"card": ["answer"], "answer": ["quote"], "quote": ["answer"]})


@pytest.mark.parametrize("package", ["bot", "retrieval"])
def test_no_packages_import_each_other_in_a_circle(package: str) -> None:
    found = arrows(package)
    assert len(found) > 10
    assert not circle(found)


@pytest.mark.parametrize("parent", NESTING, ids=name)
def test_no_packages_in_a_package_import_each_other_in_a_circle(parent: Path) -> None:
    folders = {path.name for path in PACKAGES if path.parent == parent}
    found = {one: used & folders for one, used in arrows(name(parent)).items() if one in folders}
    assert set(found) == folders
    assert not circle(found)


def test_retrieval_imports_only_from_the_floors_below() -> None:
    found = arrows("retrieval")
    assert set(found) == set(chain(*FLOORS))
    below: set[str] = set()
    for floor in FLOORS:
        assert not {one: found[one] - below for one in floor if found[one] - below}
        below |= floor


def test_the_architecture_names_every_package_and_nothing_that_is_not_there() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = {path.relative_to(ROOT).as_posix() for path in PACKAGES}
    assert not {folder for folder in folders if f"`{folder}`" not in architecture}
    files = {path.name for folder in ("bot", "retrieval") for path in (ROOT / folder).rglob("*.*")}
    named = set(re.findall(r"`([\w/]+\.(?:py|c|h))`", architecture))
    assert not {one for one in named if one not in files and not (ROOT / one).exists()}


def test_the_readme_is_read_in_a_few_minutes() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 900


def test_every_link_within_the_repository_leads_to_a_file() -> None:
    links = [
        (paper, link)
        for paper in PAPERS
        for link in re.findall(r"\]\(([^)\s#]+)", paper.read_text(encoding="utf-8"))
        if "://" not in link
    ]
    assert not [link for paper, link in links if not (paper.parent / link).exists()]


def test_nothing_that_is_committed_names_a_package_registry() -> None:
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pinned


def test_the_package_does_not_claim_the_seed_articles_as_its_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "LicenseRef-Seed-Articles" in project["license"].split(" AND ")
    notices = [(ROOT / one).read_text(encoding="utf-8") for one in project["license-files"]]
    assert any("seeds/" in notice and "publishers" in notice for notice in notices)


def test_every_dependency_is_pinned_to_the_version_that_was_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.split("==")[0] for line in lines}
    assert names <= pinned
