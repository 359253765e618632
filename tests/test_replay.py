"""A replay holds answers against what a script expects, and says plainly what came instead."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.replay import Outcome, load, replay_files, run_case
from bot.replay.report import make_plain, summarize
from retrieval.library import Library
from retrieval.models import Also, Answer, Article, Quote, Speaker
from retrieval.values import LibraryState

MOON = Article(
    id="moon",
    title="The Moon",
    text="The Moon has no air. It shows one face. “Dry–dust” covers it.",
)
MARS = Article(id="mars", title="Mars", text="Mars has thin air. It has two moons.")


FORM = "quotation marks, dashes, spaces or letter case"


class Parrot:
    """Answers each question with the sentences it was taught, best first; else it abstains."""

    def __init__(self, **taught: list[Quote]) -> None:
        """Teach it quotes by question."""
        self.library = Library.of([MOON, MARS])
        self._taught = taught

    def ask(self, question: str, *, quotes: int) -> Answer:
        """The first `quotes` of what it was taught; the nearest is always the Moon's first.

        Greeted, it greets; the answer on air is clear.
        """
        if question == "hello":
            return self._say(question, reason="nothing_asked", talk="greeting")
        found = tuple(self._taught.get(question, ()))[:quotes]
        if not found:
            nearest = (quote(MOON, "The Moon has no air."),)
            words = {"missing": ("Water", "ice"), "apart": ("Moon", "Mars")}
            return self._say(question, reason="not_in_sources", nearest=nearest, **words)
        return self._say(question, quotes=found, stands_alone=0.9 if question == "air" else 0.1)

    def _say(self, question: str, **said: Any) -> Answer:  # noqa: ANN401 - any field of an answer
        values: dict[str, Any] = {
            "question": question,
            "status": "answered" if said.get("quotes") else "abstained",
            "reason": None,
            "missing": (),
            "read": (),
            "confidence": 0.8 if said.get("quotes") else 0.2,
            "quotes": (),
            "nearest": (),
            "figures": (),
            "library": LibraryState(version="v", articles=2, sentences=5),
        }
        return Answer(**values | said)


def quote(article: Article, text: str, *also: tuple[Article, str]) -> Quote:
    start = article.text.index(text)
    places = tuple(Also(text=t, article=a.id, title=a.title, start=0, end=len(t)) for a, t in also)
    return Quote(
        text=text,
        article=article.id,
        title=article.title,
        publisher=None,
        author=None,
        published=None,
        url=None,
        start=start,
        end=start + len(text),
        sha256=article.sha256,
        score=1.0,
        matched=(),
        also=places,
    )


def credited(one: Quote, name: str) -> Quote:
    return one.model_copy(
        update={
            "speaker": Speaker(text=name, start=4, end=4 + len(name)),
            "articles": 2,
            "origins": 2,
        }
    )


PARROT = Parrot(
    air=[quote(MOON, "The Moon has no air."), quote(MARS, "Mars has thin air.")],
    dust=[credited(quote(MOON, "“Dry–dust” covers it.", (MARS, "Dust is there, too.")), "Moon")],
    many=[quote(MOON, "It shows one face.")] * 11 + [quote(MARS, "It has two moons.")],
)


@pytest.fixture(scope="module", autouse=True)
def _closing() -> Iterator[None]:
    with PARROT.library:
        yield


def outcome(folder: Path, ask: str, expect: str, more: str = "") -> Outcome:
    path = folder / "script.yaml"
    path.write_text(f"cases:\n  - id: one\n    ask: {ask}\n{more}    expect: {expect}\n")
    loaded = load([path], PARROT.library)
    assert loaded.mistakes == ()
    return run_case(str(path), loaded.scripts[str(path)].cases[0], PARROT)


@pytest.mark.parametrize(
    ("ask", "expect"),
    [
        ("air", "{status: answered}"),
        ("water", "{status: abstained, reason: not_in_sources}"),
        ("water", "{missing: [water]}"),
        ("water", "{missing: [ICE, Water]}"),
        ("air", "{missing: []}"),
        ("air", "{quote: {contains: no air, article: moon, rank_max: 1}}"),
        ("air", "{quote: {equals: Mars has thin air., rank_max: 2}}"),
        ("air", "{quote: [{contains: no air}, {contains: thin air}]}"),
        ("air", "{quote: {any: [{contains: water}, {article: mars}]}}"),
        ("dust", "{quote: {contains: “Dry–dust”}}"),
        ("dust", "{quote: {equals: 'Dust is there, too.', article: mars, rank_max: 1}}"),
        ("many", "{quote: {article: mars, rank_max: 12}}"),
        ("hello", "{talk: greeting, reason: nothing_asked, status: abstained, apart: []}"),
        ("water", "{apart: [mars, moon]}"),
        ("air", "{clear: true, apart: []}"),
        ("many", "{clear: false}"),
        ("dust", "{quote: {contains: dust, speaker: {equals: Moon}, origins: 2}}"),
        ("dust", "{quote: {speaker: {contains: oo}}}"),
        ("dust", "{quote: {contains: Dust is there, speaker: {equals: Moon}}}"),
        ("dust", "{quote: {also: {contains: there, article: mars}}}"),
    ],
)
def test_an_answer_that_meets_its_expectation_is_as_expected(
    tmp_path: Path, ask: str, expect: str
) -> None:
    assert outcome(tmp_path, ask, expect).verdict == "as expected"


@pytest.mark.parametrize(
    ("ask", "expect", "came"),
    [
        ("water", "{talk: command}", "none"),
        ("hello", "{talk: bot}", "greeting"),
        ("water", "{apart: []}", "Moon, Mars"),
        ("water", "{apart: [Moon, Venus]}", "Moon, Mars"),
        ("air", "{clear: false}", "one clear answer"),
        ("many", "{clear: true}", "several that may answer"),
        ("water", "{clear: true}", "no answer"),
        (
            "dust",
            "{quote: {contains: dust, speaker: {equals: moon}, origins: 1}}",
            'not quoted among 1; quote 1 has it, but credited to "Moon", origins 2',
        ),
        (
            "air",
            "{quote: {contains: no air, speaker: {contains: NASA}, also: {article: mars}}}",
            "not quoted among 2; quote 1 has it, but credited to nobody, not also article mars",
        ),
        ("air", "{status: abstained}", "answered"),
        ("air", "{reason: nothing_asked}", "none"),
        ("water", "{reason: nothing_asked}", "not_in_sources"),
        ("water", "{missing: [water, snow]}", "Water, ice"),
        ("water", "{missing: []}", "Water, ice"),
        ("air", "{quote: {contains: thin air, rank_max: 1}}", "at rank 2"),
        ("air", "{quote: {contains: two moons}}", "not quoted among 2"),
        (
            "air",
            "{quote: {contains: no air, article: mars}}",
            "not quoted among 2; mars does not hold it",
        ),
        ("air", "{quote: {equals: The Moon}}", "not quoted among 2"),
        ("many", "{quote: {article: mars}}", "not quoted among 10"),
        ("water", "{quote: {contains: thin air}}", "no quote at all"),
        ("water", "{quote: {contains: no air}}", "no quote at all; nearest sentence 1 has it"),
        (
            "dust",
            "{quote: {contains: '\"dry-DUST\"'}}",
            f"not quoted among 1; quote 1 has it with other {FORM}",
        ),
        (
            "air",
            '{quote: {contains: "it  shows", article: moon}}',
            f"not quoted among 2; moon has it with other {FORM}",
        ),
    ],
)
def test_a_failure_says_what_came_instead(tmp_path: Path, ask: str, expect: str, came: str) -> None:
    failed = outcome(tmp_path, ask, expect)
    assert failed.verdict == "failed"
    assert [check.came for check in failed.checks if not check.held] == [came]


def test_each_expectation_is_checked_by_itself(tmp_path: Path) -> None:
    failed = outcome(tmp_path, "air", "{status: answered, missing: [x], quote: {article: mars}}")
    assert [(check.key, check.held) for check in failed.checks] == [
        ("status", True),
        ("missing", False),
        ("quote", True),
    ]


@pytest.mark.parametrize(
    ("status", "verdict"), [("abstained", "known failure"), ("answered", "now passes")]
)
def test_a_known_failure_must_fail(tmp_path: Path, status: str, verdict: str) -> None:
    known = "    known_failure: It cannot yet.\n"
    assert outcome(tmp_path, "air", f"{{status: {status}}}", known).verdict == verdict


SCRIPT = """\
cases:
  - id: good
    ask: air
    expect: {quote: {contains: no air}}
  - id: bad
    ask: air
    expect: {quote: {any: [{contains: thin air, rank_max: 1}, {equals: Dust}]}}
  - id: old
    ask: water
    known_failure: The parrot was not taught.
    expect: {status: answered}
"""


def replay(*paths: Path, json: bool = False, width: int = 100) -> tuple[int, str, str]:
    """The exit code, and what was printed on both streams."""
    out, err = io.StringIO(), io.StringIO()
    code = replay_files(
        paths,
        PARROT,
        Console(file=out, width=width),
        json=json,
        errors=Console(file=err, width=20),
    )
    return code, out.getvalue(), err.getvalue()


def write(folder: Path, text: str, name: str = "script.yaml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_the_report_has_a_table_differences_and_a_summary(tmp_path: Path) -> None:
    code, out, err = replay(write(tmp_path, SCRIPT))
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 1
    assert err == ""
    assert lines[-1] == "1 as expected, 1 failed, 1 known failure"
    assert 'quote expected contains "thin air", rank_max 1' in lines
    assert 'or equals "Dust", rank_max 3' in lines
    assert "came at rank 2" in lines
    assert "answer answered, confidence 0.80" in lines
    assert "quote 1 moon: The Moon has no air." in lines
    assert "known The parrot was not taught." in lines
    assert "answer abstained (not_in_sources), confidence 0.20" in lines
    assert "nearest 1 moon: The Moon has no air." in lines


def test_a_known_failure_that_fails_is_no_failure(tmp_path: Path) -> None:
    known = SCRIPT.replace("id: bad", "id: bad\n    known_failure: Too dusty.")
    code, out, _ = replay(write(tmp_path, known))
    assert code == 0
    assert out.endswith("1 as expected, 0 failed, 2 known failures\n")


def test_a_known_failure_that_passes_is_to_be_moved_over(tmp_path: Path) -> None:
    known = SCRIPT.replace("id: good", "id: good\n    known_failure: Too airy.")
    code, out, _ = replay(write(tmp_path, known))
    assert code == 1
    assert "it came as expected: remove known_failure from the case" in out
    assert out.endswith("0 as expected, 1 failed, 1 known failure, 1 now passes\n")


def test_nothing_is_asked_while_a_script_is_wrong(tmp_path: Path) -> None:
    good = write(tmp_path, SCRIPT)
    bad = write(tmp_path, SCRIPT.replace("contains", "contians"), "wrong.yaml")
    code, out, err = replay(good, bad, tmp_path / "none.yaml")
    assert code == 2
    assert out == ""
    assert [line.rpartition("/")[2].partition(":")[0] for line in err.splitlines()] == [
        "wrong.yaml, line 4",
        "wrong.yaml, line 7",
        "none.yaml",
    ]


def test_without_a_script_there_is_nothing_to_replay() -> None:
    assert replay() == (2, "", "pullquote: no script is named\n")


def test_json_is_one_line_a_case(tmp_path: Path) -> None:
    code, out, _ = replay(write(tmp_path, SCRIPT), json=True, width=20)
    first, second, third = map(json.loads, out.splitlines())
    assert code == 1
    assert [first["verdict"], second["verdict"], third["verdict"]] == [
        "as expected",
        "failed",
        "known failure",
    ]
    assert second["checks"][0]["rank"] == 2
    assert second["answer"]["quotes"][0]["text"] == "The Moon has no air."
    assert third["known_failure"] == "The parrot was not taught."


def test_the_same_library_gives_the_same_report_byte_for_byte(tmp_path: Path) -> None:
    path = write(tmp_path, SCRIPT)
    assert replay(path) == replay(path)


@pytest.mark.parametrize("width", [1, 20, 40, 200])
def test_any_width_holds_the_report(tmp_path: Path, width: int) -> None:
    code, out, _ = replay(write(tmp_path, SCRIPT), width=width)
    assert code == 1
    for words in ("good", "water", "as expected", "known failure"):
        assert words in out.partition("\n\n")[0]


def test_nothing_in_a_script_steers_the_terminal(tmp_path: Path) -> None:
    evil = write(
        tmp_path,
        'cases: [{id: "[red]a\\e[2J", ask: "x\\a\\u202ey\\nz", expect: {status: answered}}]',
    )
    code, out, _ = replay(evil)
    assert code == 1
    assert r"x\x07\u202ey z" in out
    assert r"[red]a\x1b[2J" in out
    assert not set(out) & set("\x07\x1b\u202e")
    _, _, err = replay(write(tmp_path, '"k\\e[2J": 1\ncases: []'))
    assert r"k\x1b[2J: unknown key" in err


def test_plain_text_keeps_the_letters_of_every_language() -> None:
    assert make_plain("Привет “мир” 你好 مرحبا\t1") == "Привет “мир” 你好 مرحبا 1"


def test_the_progress_bar_is_for_terminals_and_never_in_the_report(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    replay_files(
        [write(tmp_path, SCRIPT)],
        PARROT,
        Console(file=out, width=100),
        errors=Console(file=err, width=60, force_terminal=True),
    )
    assert "replaying" in err.getvalue()
    assert "replaying" not in out.getvalue()


def test_the_summary_counts_each_verdict() -> None:
    assert summarize([]) == "0 as expected, 0 failed"
