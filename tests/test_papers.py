"""What the README and the guides say, held against what the product does."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app
from bot.opening import open_library
from bot.replay.loading import load
from bot.replay.runner import run_case
from retrieval import Answer, Answerer, Article, Library
from retrieval.question.synonyms import read_synonyms
from retrieval.readers import read, registry

ROOT = Path(__file__).parents[1]
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
OURS = ("question", "status", "reason", "missing", "figures", "library")  # not the ranking's


def blocks(paper: Path, language: str) -> list[str]:
    """The blocks in a paper that are marked as of `language`."""
    text = paper.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(*papers: Path) -> Iterator[list[str]]:
    """The commands that papers show, each in its words."""
    for paper in papers:
        for line in lines_of(blocks(paper, "sh")):
            yield shlex.split(line, comments=True)


def lines_of(texts: list[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines()]


def keys(value: object) -> set[str]:
    """Every key of some JSON at any depth, but the names of features."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if not isinstance(value, Mapping):
        return set()
    return set(value).union(*(keys(part) for key, part in value.items() if key != "why"))


@pytest.fixture(scope="module")
def seeds() -> Iterator[Answerer]:
    with open_library(None) as library:
        yield Answerer.open(library)


def test_every_command_that_a_paper_shows_can_be_given() -> None:
    shown = [words[1:] for words in commands(*PAPERS) if words and words[0] == "pullquote"]
    assert len(shown) > 10
    for words in shown:
        command = get_command(app)
        while isinstance(command, TyperGroup):
            command = command.commands[words.pop(0)]
        command.make_context(command.name, words)  # it fails on what the command does not take


def test_every_target_of_make_that_a_paper_shows_is_there() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "\n".join(paper.read_text(encoding="utf-8") for paper in PAPERS)
    shown = set(re.findall(r"^make (\w+)|`make (\w+)", text, re.MULTILINE))
    assert {one or other for one, other in shown} <= targets


def test_every_kind_of_file_that_is_read_is_named_where_files_are_added() -> None:
    guide = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert {key for key in registry.BY_KEY if key.startswith(".")} == set(
        re.findall(r"`(\.\w+)`", guide.split("zip files", maxsplit=1)[0])
    ) | {".zip"}
    named = set(re.findall(r"\.\w+", CliRunner().invoke(app, ["library", "add", "--help"]).output))
    assert {one.keys[0] for one in registry.BY_KEY.values()} - {".zip"} <= named


def test_the_guide_to_the_answer_names_every_key() -> None:
    guide = ROOT / "docs" / "answer.md"
    schema = Answer.model_json_schema(by_alias=True, mode="serialization")
    made = [schema, *schema["$defs"].values()]
    named = set(re.findall(r"`\"?(\w+)\"?`|\"(\w+)\"", guide.read_text(encoding="utf-8")))
    assert {key for one in made for key in one["properties"]} <= {a or b for a, b in named}


def test_the_example_of_an_answer_is_one_that_the_seeds_give(seeds: Answerer) -> None:
    (example,) = blocks(ROOT / "docs" / "answer.md", "json")
    shown = Answer.model_validate_json(example)
    for quote in shown.quotes:
        quote.prove(seeds.library.get(quote.article))
        assert round(sum(quote.why.values()), 3) == round(quote.score, 3)
    given = json.loads(seeds.ask(shown.question, quotes=len(shown.quotes)).as_json())
    shown_keys = json.loads(example)
    assert keys(shown_keys) == keys(given)
    assert {key: shown_keys[key] for key in OURS} == {key: given[key] for key in OURS}
    assert [q["text"] for q in shown_keys["quotes"]] == [q["text"] for q in given["quotes"]]


def test_the_scripts_in_the_guide_come_as_expected(seeds: Answerer, tmp_path: Path) -> None:
    for number, text in enumerate(blocks(ROOT / "docs" / "scripts.md", "yaml")):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    loaded = load([tmp_path], seeds.library)
    assert loaded.scripts
    assert not loaded.mistakes
    for name, script in loaded.scripts.items():
        for case in script.cases:
            assert run_case(name, case, seeds).verdict == "as expected", case.id


def test_the_papers_count_the_scripted_questions_right() -> None:
    scripts = load([ROOT / "tests" / "scripts"]).scripts.values()
    cases = [case for script in scripts for case in script.cases]
    failures = sum(case.known_failure is not None for case in cases)
    counts = f"{len(cases)}", f"{failures} of them known failures"
    assert all(count in (ROOT / "docs" / "scripts.md").read_text() for count in counts)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Of the {len(cases)} scripted questions" in readme
    assert f"{len(cases) - failures} come as expected and **{failures} are known" in readme


def test_the_files_that_the_guide_to_sources_shows_are_read(tmp_path: Path) -> None:
    guide = ROOT / "docs" / "sources.md"
    for name in ("harbour.txt", "market.md"):
        (tmp_path / name).write_text("The quay is long.", encoding="utf-8")
    for name, language in (("sources.toml", "toml"), ("news.jsonl", "json")):
        (text,) = blocks(guide, language)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = list(read([tmp_path]))
    articles = [item for item in found if isinstance(item, Article)]
    assert articles == found
    assert {article.publisher for article in articles} >= {"The Quayside Gazette", "Coast Daily"}
    (synonyms,) = blocks(guide, "text")
    assert read_synonyms(synonyms.encode(), "synonyms.txt").digest


def test_a_library_is_backed_up_by_the_command_that_the_guide_shows(tmp_path: Path) -> None:
    shown = [words for words in commands(ROOT / "docs" / "operating.md") if "-c" in words]
    (program,) = [words[-1] for words in shown]
    article = Article(id="quay", title="Quay", text="The quay is long.")
    with Library.open(tmp_path / "shelf", create=True) as library:
        library.add([article])
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)  # noqa: S603 - ours
    (tmp_path / "backup.db").rename(tmp_path / "shelf" / "library.db")
    with Library.open(tmp_path / "shelf") as restored:
        assert restored.get("quay") == article


def test_the_workflow_tests_from_the_oldest_python_that_is_promised() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    versions = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    promised = re.search(r'requires-python = ">=(.+)"', (ROOT / "pyproject.toml").read_text())
    assert promised
    assert versions[0] == promised[1]
