"""The command line as people and programs use it: what it prints, and its exit code."""

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

import pytest
from interrupting import ctrl_c

from bot.cli import run
from bot.commands.progress import Bar
from retrieval import Answerer, Library
from retrieval.library import NAME
from retrieval.untrusted import files

PROGRAM = [sys.executable, "-m", "bot"]
COMMANDS = [
    ["ask"],
    ["chat"],
    ["run"],
    ["replay"],
    ["library"],
    ["library", "add"],
    ["library", "list"],
    ["library", "remove"],
    ["library", "verify"],
]


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture(autouse=True)
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to stand in, and no setting from whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.startswith(("PULLQUOTE_", "DISCORD_"))]:
        monkeypatch.delenv(variable)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command within this process."""

    def run_command(*arguments: str | Path) -> Done:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run_command


def start(*arguments: str | bytes, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the program itself, for what only a process of its own can show."""
    settings: dict[str, object] = {"capture_output": True, "text": True, "encoding": "utf-8"}
    return subprocess.run([*PROGRAM, *arguments], **settings | options)  # type: ignore[call-overload, no-any-return] # options vary  # noqa: S603, PLW1510 - our own program; the test looks at its code


class Running(NamedTuple):
    """The program while it runs."""

    process: subprocess.Popen[bytes]
    input: IO[bytes]
    output: IO[bytes]
    errors: IO[bytes]


@contextlib.contextmanager
def asking() -> Iterator[Running]:
    """The program, which answers questions as they come."""
    with ctrl_c(heeded=True):
        started = subprocess.Popen(  # noqa: S603 - our own program
            [*PROGRAM, "ask", "--json", "--questions", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    with started as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        yield Running(process, process.stdin, process.stdout, process.stderr)


def refusal(done: Done | subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The one line that a command ended with."""
    got, out, err = (
        done if isinstance(done, Done) else (done.returncode, str(done.stdout), str(done.stderr))
    )
    assert (got, out) == (code, ""), err
    (line,) = err.splitlines()
    assert line.startswith("pullquote: ")
    return line.removeprefix("pullquote: ")


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def shelf(tmp_path: Path, call: Call) -> Path:
    """A library of two articles."""
    rows = [
        {"id": "bees", "title": "On bees", "text": "Bees returned to Berlin in May 2024."},
        {"id": "cats", "title": "On cats", "text": "Cats sleep for sixteen hours a day."},
    ]
    source = write_lines(tmp_path / "two.jsonl", rows)
    assert call("library", "add", source, "--library", tmp_path / "shelf").code == 0
    return tmp_path / "shelf"


# ask


def test_an_answer_is_a_card_with_sources(call: Call) -> None:
    done = call("ask", "How many troops has North Korea sent to Russia?")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(" 1. ")
    assert "— Kim Jong Un vows North Korean support for Russia in Ukraine ·" in done.out
    assert "BreakingNews.ie · Hyung-Jin Kim, Associated Press · characters " in done.out
    assert "\x1b" not in done.out


def test_an_abstention_names_the_missing_word_and_is_no_failure(call: Call) -> None:
    done = call("ask", "What is the population of North Korea?")
    assert done.code == 0
    assert done.out.startswith("The sources don’t say. No source mentions *population*.\n")
    assert "Nearest, not an answer:\n 1. " in done.out


def test_why_shows_each_score_as_a_sum_of_named_parts(call: Call) -> None:
    question = "How many troops has North Korea sent to Russia?"
    quotes = json.loads(call("ask", "--json", "--quotes", "2", question).out)["quotes"]
    shown = call("ask", "--why", "--quotes", "2", question).out
    sums = re.findall(r"^ +([0-9.]+) score *\n((?: +[+-][0-9.]+ .+\n)+)", shown, re.MULTILINE)
    assert [score for score, _ in sums] == [f"{quote['score']:.2f}" for quote in quotes]
    for score, parts in sums:
        amounts = [float(amount) for amount in re.findall(r"[+-][0-9.]+", parts)]
        assert sum(amounts) == pytest.approx(float(score), abs=1e-9)
        assert amounts == sorted(amounts, reverse=True)
    assert "a score from 0 to 1, not a probability." in shown
    assert call("ask", "--why", "--json", question).out == call("ask", "--json", question).out


def test_talk_is_answered_honestly(call: Call) -> None:
    done = call("ask", "Write me a poem about the sea!")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("I only quote: I can’t write, draw or do things.")


def test_json_writes_out_what_could_steer_a_terminal(call: Call, tmp_path: Path) -> None:
    nasty = "Kim\x9b31m \u202ewas\u2069 \u200fhere\x85 \x7f [2J"
    path = write_lines(tmp_path / "n.jsonl", [{"id": "n", "title": nasty, "text": "Kim came."}])
    call("library", "add", "--library", str(tmp_path / "shelf"), path)
    listed = call("library", "list", "--json", "--library", str(tmp_path / "shelf"))
    done = call("ask", "--json", "--library", str(tmp_path / "shelf"), f"Did Kim come? {nasty}")
    assert json.loads(listed.out)["title"].split() == nasty.split()
    assert json.loads(done.out)["question"] == f"Did Kim come? {nasty}"
    assert all(out[:-1].isprintable() for out in (listed.out, done.out))


def test_json_is_one_line_that_proves_itself(call: Call) -> None:
    done = call("ask", "--json", "How many troops has North Korea sent to Russia?")
    (line,) = done.out.splitlines()
    answer = json.loads(line)
    assert list(answer)[:4] == ["question", "status", "reason", "talk"]
    assert list(answer)[4:8] == ["doubts", "missing", "apart", "read"]
    assert answer["status"] == "answered"
    for quote in answer["quotes"]:
        text = (Path(__file__).parents[1] / "seeds" / f"{quote['article']}.txt").read_bytes()
        assert text.decode()[quote["start"] : quote["end"]] == quote["text"]


def test_the_same_question_gives_the_same_bytes_in_another_process(call: Call) -> None:
    question = ("ask", "--json", "How many troops has North Korea sent to Russia?")
    done = start(*question, env=os.environ | {"PYTHONHASHSEED": "77"})
    assert done.stdout == call(*question).out != ""


def test_quotes_limits_how_many(call: Call) -> None:
    few, many = (
        json.loads(call("ask", "--json", "--quotes", n, "Kim Jong Un").out) for n in ("1", "10")
    )
    assert (len(few["quotes"]), len(many["quotes"])) == (1, 10)
    assert few["quotes"] == many["quotes"][:1]


def test_article_limits_to_one(call: Call) -> None:
    done = call("ask", "--json", "--article", "003_601dd0bef2fbb5b7", "Who is Hong Min?")
    assert {quote["article"] for quote in json.loads(done.out)["quotes"]} == {
        "003_601dd0bef2fbb5b7"
    }


def test_library_names_another_and_so_does_the_environment(
    call: Call, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = call("ask", "--json", "--library", shelf, "When did bees return?")
    assert json.loads(named.out)["quotes"][0]["article"] == "bees"
    monkeypatch.setenv("PULLQUOTE_LIBRARY", str(shelf))
    assert call("ask", "--json", "When did bees return?") == named


@pytest.mark.parametrize("question", ["", "?", "…!?", "   ", "x", "a " * 5000, "@everyone", "-"])
def test_any_text_is_a_question(call: Call, question: str) -> None:
    done = call("ask", "--json", "--", question)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["question"] == question


def test_a_question_cannot_steer_the_terminal(call: Call) -> None:
    done = call("ask", "What is \x1b[31mblorp\x1b]0;x\x07?")
    assert not any(sign in done.out + done.err for sign in "\x1b\x07")


# ask --questions


def test_a_file_of_questions_gives_an_answer_a_line_in_order(call: Call, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "b", "question": "How many troops?", "answerable": True},
        {"id": 7, "question": "What is the population?"},
        {"id": 'é"', "question": ""},
    ]
    path = write_lines(tmp_path / "questions.jsonl", rows)
    done = call("ask", "--json", "--questions", path)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [next(iter(answer.items())) for answer in answers] == [
        ("id", "b"),
        ("id", 7),
        ("id", 'é"'),
    ]
    assert [answer["question"] for answer in answers] == [row["question"] for row in rows]
    single = call("ask", "--json", "How many troops?").out
    assert done.out.splitlines()[0] == '{"id":"b",' + single.strip()[1:]


def test_without_json_each_question_stands_over_its_card(call: Call, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "q.jsonl", [{"id": 1, "question": "Who is Hong Min?"}])
    assert call("ask", "--questions", path).out.startswith("? Who is Hong Min?\n")


def test_questions_come_through_a_pipe_that_is_named_however_slowly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.3)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb", buffering=0) as writing:
            for name in ("first", "second"):
                time.sleep(1)
                writing.write(b'{"id": "%s", "question": "Kim?"}\n' % name.encode())

    writer = threading.Thread(target=write)
    writer.start()
    done = call("ask", "--json", "--questions", pipe)
    writer.join()
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["first", "second"]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="only there a pipe has a path")
def test_questions_come_from_a_command_of_the_shell() -> None:
    made, end = os.pipe()
    os.write(end, b'{"id": 1, "question": "Kim?"}\n')
    os.close(end)
    done = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, "ask", "--json", "--questions", f"/dev/fd/{made}"],
        stdout=subprocess.PIPE,
        pass_fds=[made],
        check=True,
    )
    os.close(made)
    assert json.loads(done.stdout)["id"] == 1


def test_an_answer_leaves_before_the_next_question_is_read() -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [*PROGRAM, "ask", "--json", "--questions", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        for name in ("first", "second"):
            process.stdin.write(b'{"id": "%s", "question": "Kim?"}\n' % name.encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait() == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "it is no JSON object"),
        ("[1]", "it is no JSON object"),
        ('{"id": "a"}', "the key 'question' is missing"),
        ('{"question": "a"}', "the key 'id' is missing"),
        ('{"id": "a", "question": 5}', "the key 'question' is no text"),
        ('{"id": true, "question": "a"}', "the key 'id' is neither text nor a whole number"),
        ('{"id": "a", "question": "\\ud83d"}', "the key 'question' is no text"),
    ],
)
def test_a_bad_line_of_questions_is_named_after_the_answers_before_it(
    call: Call, tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"id": "a", "question": "Kim?"}}\n\n{line}\n', encoding="utf-8")
    done = call("ask", "--json", "--questions", path)
    assert done.code == 2
    assert [json.loads(out)["id"] for out in done.out.splitlines()] == ["a"]
    assert done.err.startswith(f"pullquote: {path}, line 3: {said}")
    assert done.err.count("\n") == 1


def test_a_file_of_questions_that_is_not_there_is_named(call: Call) -> None:
    assert "nope.jsonl: there is no such file" in refusal(call("ask", "--questions", "nope.jsonl"))


# What is wrong with the input


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "ask one question, or name a file"),
        (["ask", "a", "--questions", "b"], "ask one question, or name a file"),
        (["ask", "How", "many"], "unexpected extra argument"),
        (["ask", "a", "--nope"], "No such option: --nope; see `pullquote ask --help`"),
        (["ask", "a", "--quotes", "0"], "'--quotes'"),
        (["ask", "a", "--quotes", "51"], "'--quotes'"),
        (["ask", "a", "--quotes", "abc"], "'--quotes'"),
        (["ask", "a", "--quotes"], "--quotes"),
        (["ask", "a", "--library", "nowhere"], "nowhere holds no library; `pullquote library add"),
        (["ask", "a", "--library", "no where"], "add PATH --library 'no where'` starts one"),
        (["ask", "a", "--library", "file.txt"], "file.txt is no folder"),
        (["ask", "a", "--library", ""], "'--library': it is empty"),
        (["ask", "--questions", ""], "'--questions': it is empty"),
        (["library", "add", ""], "it is empty"),
        (["ask", "a", "--article", "nope"], "no article 'nope'; `pullquote library list`"),
        (["asq"], "No such command 'asq'. Did you mean 'ask'?"),
        (["library"], "Missing command; see `pullquote library --help`"),
        (["library", "add"], "Missing argument"),
        (["library", "add", "seeds"], "the seed articles cannot be changed; name a folder"),
        (["library", "remove", "x"], "the seed articles cannot be changed; name a folder"),
        (["library", "remove"], "Missing argument"),
        (["library", "list", "--library", "nowhere"], "nowhere holds no library"),
        (["library", "verify", "--library", "nowhere"], "nowhere holds no library"),
        (["chat", "--library", "nowhere"], "nowhere holds no library"),
        (["replay"], "Missing argument"),
        (["--nope\x1b[31m"], "No such option"),
    ],
)
def test_wrong_input_ends_with_one_line_and_code_2(
    call: Call, arguments: list[str], said: str
) -> None:
    Path("file.txt").write_text("Bees hum.")
    assert said in refusal(call(*arguments))


def test_the_bot_without_a_token_says_where_one_comes_from() -> None:
    assert "DISCORD_TOKEN is not set" in refusal(start("run"))


def test_a_question_of_bytes_that_are_no_text_is_refused(call: Call) -> None:
    assert "not UTF-8" in refusal(call("ask", os.fsdecode(b"caf\xe9")))


def test_a_wrong_setting_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_THRESHOLD", "high")
    assert "PULLQUOTE_THRESHOLD" in refusal(call("ask", "Kim?"))


def test_a_line_of_settings_that_is_none_is_named_once() -> None:
    Path(".env").write_text("no setting\n")
    assert refusal(start("ask", "Kim?")).endswith(".env, line 1, is not NAME=value")


def test_a_warning_is_a_line_like_any_other(shelf: Path) -> None:
    index = shelf / ".index"
    shutil.rmtree(index)
    index.touch()  # so that it cannot be written, whoever runs the tests
    done = start("ask", "When did bees return?", "--library", str(shelf))
    assert done.returncode == 0
    assert " 1. Bees" in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"pullquote: {index}: cannot write the index")


def test_a_standard_input_that_is_closed_is_told(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal(call("ask", "--questions", "-")).startswith("the standard input is closed")


def test_a_bug_is_one_line_without_the_users_words(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret question")

    monkeypatch.setattr(Answerer, "ask", break_down)
    said = refusal(call("ask", "secret question"), code=70)
    assert said == (
        "a bug in Pullquote: ZeroDivisionError; run again with PULLQUOTE_DEBUG=1 to see where"
    )
    monkeypatch.setenv("PULLQUOTE_DEBUG", "1")
    traced = call("ask", "Kim?").err
    assert "test_cli.py" in traced
    assert "secret" not in traced


# Streams


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    with asking() as program:
        program.output.close()
        program.input.write(b'{"id": 1, "question": "Kim?"}\n')
        program.input.close()
        assert program.errors.read() == b""
        assert program.process.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", [["ask", "Kim?"], ["library", "list"], ["--version"]])
def test_an_output_that_takes_nothing_is_told(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = start(*command, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == "pullquote: the output cannot be written: No space left on device\n"


def test_a_terminal_without_unicode_gets_what_it_can_show() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = start("ask", "What is the population?", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The sources don?t say.")


@pytest.mark.parametrize("columns", ["0", "1", "20"])
def test_a_narrow_terminal_shows_every_word(
    call: Call, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = call("ask", "Who is Hong Min?").out
    assert "Hong Min, a senior" in " ".join(shown.split())
    if columns == "20":
        assert max(map(len, shown.splitlines())) <= 20


def test_ctrl_c_ends_with_130_and_no_traceback() -> None:
    with asking() as program:
        program.input.write(b'{"id": 1, "question": "Kim?"}\n')
        program.input.flush()
        program.output.readline()  # it is up, and waits for the next
        program.process.send_signal(signal.SIGINT)
        assert program.errors.read() == b"pullquote: stopped\n"
        assert program.process.wait() == 130


# Help


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_shows_how_it_is_used(call: Call, command: list[str]) -> None:
    done = call(*command, "--help")
    assert (done.code, done.err) == (0, "")
    assert "Examples:\n" in "\n".join(line.rstrip() for line in done.out.splitlines())
    assert f"pullquote {' '.join(command)}".strip() in done.out


def test_no_command_at_all_shows_the_help(call: Call) -> None:
    assert call() == call("--help")


def test_the_version_is_shown(call: Call) -> None:
    assert call("--version") == Done(0, "pullquote 0.1.0\n", "")


def test_help_and_version_load_nothing_heavy() -> None:
    program = (
        "import sys; from bot.cli import run\n"
        "for command in (['--version'], ['ask', '--help'], ['library', '--help']): run(command)\n"
        "print({'numpy', 'discord', 'sqlalchemy', 'retrieval'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("Examples:") == 2
    assert done.stderr == "set()\n"


# library


def test_adding_tells_what_went_in_and_makes_the_index(
    call: Call, tmp_path: Path, shelf: Path
) -> None:
    assert (shelf / ".index" / "manifest").is_file()
    rows = [
        {"id": "cats", "title": "On cats", "text": "Cats sleep for twelve hours."},
        {"id": "dogs", "title": "On dogs", "text": "Dogs bark."},
        {"id": "bees", "title": "On bees", "text": "Bees returned to Berlin in May 2024."},
    ]
    done = call("library", "add", write_lines(tmp_path / "two.jsonl", rows), "--library", shelf)
    assert done == Done(
        0,
        f"1 added, 1 replaced, 1 there already; the library in {shelf} holds 3 articles\n"
        "replaced cats\n",
        "",
    )
    assert "twelve" in call("ask", "How long do cats sleep?", "--library", shelf).out


def test_adding_the_same_again_changes_nothing_and_says_so(
    call: Call, tmp_path: Path, shelf: Path
) -> None:
    before = contents(shelf)
    done = call("library", "add", tmp_path / "two.jsonl", "--library", shelf)
    assert done.code == 0
    assert done.out == (
        f"nothing changed: 2 there already; the library in {shelf} holds 2 articles\n"
    )
    assert contents(shelf) == before


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_library_may_stand_among_its_own_texts(call: Call, tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_text("Bees returned to Berlin.")
    for said in ("1 added;", "nothing changed: 1 there already;"):
        done = call("library", "add", tmp_path, "--library", tmp_path)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(said)


def test_an_empty_library_says_so(call: Call, shelf: Path) -> None:
    for name in ("bees", "cats"):
        assert call("library", "remove", name, "--library", shelf).code == 0
    done = call("ask", "When did bees return?", "--library", shelf)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("The library has no articles yet")
    assert call("library", "verify", "--library", shelf).out.startswith("0 articles checked: every")


def test_what_is_refused_is_named_and_the_rest_goes_in(call: Call, tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    (source / "good.txt").write_text("Bees returned to Berlin.")
    (source / "bad.txt").write_bytes(b"%PDF-1.7\0")
    (source / "lines.jsonl").write_text('{"id": "x"}\n')
    done = call("library", "add", source, "--library", tmp_path / "shelf")
    assert done.code == 1
    assert done.out == f"1 added; the library in {tmp_path / 'shelf'} holds 1 article\n"
    assert done.err.splitlines() == [
        f"pullquote: {source}/bad.txt: it is a PDF document, not text; save its text as UTF-8",
        f"pullquote: {source}/lines.jsonl, line 1: the key 'text' is missing",
    ]


def test_where_nothing_can_be_read_no_library_is_made(call: Call, tmp_path: Path) -> None:
    done = call("library", "add", tmp_path / "nope", "--library", tmp_path / "shelf")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        f"pullquote: {tmp_path}/nope: there is no such file or folder",
        "pullquote: no article could be read, so nothing was changed",
    ]
    assert not (tmp_path / "shelf").exists()


def test_a_full_disk_is_told_and_the_library_stays_as_it_was(shelf: Path, tmp_path: Path) -> None:
    rows = [{"id": f"n{n}", "title": "T", "text": "Words. " * 9999} for n in range(50)]
    source = write_lines(tmp_path / "many.jsonl", rows)
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000));"
        "from bot.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, "library", "add", str(source), "--library", str(shelf)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "nothing was changed" in refusal(done, code=1)
    with Library.open(shelf) as library:
        assert [entry.id for entry in library.entries()] == ["bees", "cats"]
        assert list(library.verify()) == []


def test_the_seeds_are_listed_without_any_setting(call: Call) -> None:
    done = call("library", "list")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[0][:3] for row in rows] == ["000", "001", "002", "003", "004"]
    known = "BreakingNews.ie · Hyung-Jin Kim, Associated Press"
    title = "Kim Jong Un vows North Korean support for Russia in Ukraine"
    assert rows[1][1:] == [f"{title} · {known}", "3797"]


def test_a_list_is_for_programs_too(call: Call, shelf: Path) -> None:
    done = call("library", "list", "--json", "--library", shelf)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["id"] for row in rows] == ["bees", "cats"]
    assert list(rows[0]) == [
        *("id", "title", "publisher", "author", "published", "url", "language"),
        *("sha256", "characters"),
    ]


def test_what_is_removed_is_quoted_no_more(call: Call, shelf: Path) -> None:
    done = call("library", "remove", "bees", "--library", shelf)
    assert done == Done(0, f"removed bees; the library in {shelf} holds 1 article\n", "")
    asked = call("ask", "--json", "When did bees return?", "--library", shelf)
    assert json.loads(asked.out)["status"] == "abstained"
    assert "no article 'bees'" in refusal(call("library", "remove", "bees", "--library", shelf))


def test_a_sound_library_is_verified(call: Call, shelf: Path) -> None:
    said = "every text is the one that was stored, every sentence is exact"
    assert call("library", "verify") == Done(0, f"5 articles checked: {said}\n", "")
    told = call("library", "verify", "--library", shelf).out
    assert told == f"2 articles checked: {said}, the index is whole\n"


def test_a_library_that_was_tampered_with_is_not(call: Call, shelf: Path) -> None:
    with contextlib.closing(sqlite3.connect(shelf / NAME)) as connection:
        connection.execute("UPDATE texts SET text = 'Bees left.' WHERE article = 'bees'")
        connection.commit()
    done = call("library", "verify", "--library", shelf)
    assert (done.code, done.out) == (1, "2 articles checked: 1 problem\n")
    assert done.err.startswith("pullquote: article 'bees': its text is not the one that was stored")


def test_each_damaged_file_of_the_index_is_a_line_that_says_what_to_do(
    call: Call, shelf: Path
) -> None:
    files = sorted((shelf / ".index").glob("*.*"))
    for path in files:
        path.write_bytes(path.read_bytes()[:-1])
    done = call("library", "verify", "--library", shelf)
    assert (done.code, done.out) == (1, f"2 articles checked: {len(files)} problems\n")
    lines = sorted(done.err.splitlines())
    assert [line.partition(": the index is damaged")[0] for line in lines] == [
        f"pullquote: the index: {path}" for path in files
    ]
    assert all(line.endswith("; delete it, it is made again") for line in lines)


def test_a_damaged_library_is_told_in_one_line(call: Call, shelf: Path) -> None:
    (shelf / NAME).write_bytes(b"no database at all " * 99)
    for command in (["ask", "Kim?"], ["library", "verify"], ["library", "list"], ["chat"]):
        assert "is damaged" in refusal(call(*command, "--library", shelf), code=1)


@pytest.mark.parametrize(("patience", "shown"), [(-1.0, True), (3600.0, False)])
def test_a_bar_is_shown_on_a_terminal_when_work_is_long(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    shown: bool,
) -> None:
    monkeypatch.setattr("bot.commands.progress.PATIENCE", patience)
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich then writes as if to a terminal
    with Bar("indexing", "articles") as bar:
        bar.reach(1, 2)
    assert ("indexing" in capsys.readouterr().err) == shown


def test_no_bar_gets_into_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.progress.PATIENCE", -1.0)
    with Bar("reading", "bytes", 9) as bar:
        bar.advance(3)
    assert capsys.readouterr() == ("", "")


# replay


def test_replay_hands_over_to_the_scripts(call: Call, tmp_path: Path, shelf: Path) -> None:
    script = tmp_path / "s.yaml"
    script.write_text(
        "cases:\n"
        "  - id: bees\n"
        "    ask: When did bees return to Berlin?\n"
        "    expect: {status: answered, quote: {contains: May 2024}}\n"
    )
    assert call("replay", script, "--library", shelf).code == 0
    assert call("replay", script).code == 1
    assert call("replay", tmp_path / "nope.yaml").code == 2


def test_replay_gives_programs_one_line_a_case(call: Call, tmp_path: Path, shelf: Path) -> None:
    script = tmp_path / "s.yaml"
    script.write_text(
        "cases:\n"
        "  - {id: one, ask: When did bees return?, expect: {status: answered}}\n"
        "  - {id: two, ask: When did cats return?, expect: {missing: [bees]}}\n"
    )
    done = call("replay", "--json", script, "--library", shelf)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err) == (1, "")
    assert [(row["id"], row["verdict"]) for row in rows] == [
        ("one", "as expected"),
        ("two", "failed"),
    ]
    assert rows[0]["answer"]["quotes"][0]["article"] == "bees"


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_script_that_is_wrong_is_told_as_everything_else(call: Call, option: list[str]) -> None:
    Path("wrong.yaml").write_text("cases: []\n")
    assert refusal(call("replay", *option, "wrong.yaml")) == "wrong.yaml, line 1: cases: is empty"


# chat without a terminal


def test_chat_without_a_terminal_shows_three_examples() -> None:
    done = start("chat", stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, "")
    questions = [line for line in done.stdout.splitlines() if line.startswith("? ")]
    assert len(questions) == 3
    assert done.stdout.count("The sources don’t say.") == 1
    assert "No source mentions *population*." in done.stdout


@pytest.fixture
def nobody_types(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A standard input that is no terminal and has nothing."""
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield


@pytest.mark.usefixtures("nobody_types")
def test_examples_over_another_library_ask_after_its_titles(call: Call, shelf: Path) -> None:
    shown = call("chat", "--library", shelf).out
    said = re.sub(r"^(One|Only|Several) .*\n", "", shown, flags=re.MULTILINE)
    assert said.startswith("? What about On bees?\n 1. Bees returned to Berlin in May 2024.")
    assert "? What about On cats?\n 1. Cats sleep" in said


@pytest.mark.usefixtures("nobody_types")
def test_a_library_may_bring_examples_of_its_own(call: Call, shelf: Path) -> None:
    (shelf / "sources.toml").write_text('examples = ["When did bees return?"]')
    shown = call("chat", "--library", shelf).out
    assert shown.startswith("? When did bees return?\n")
    assert " 1. " in shown


def test_questions_on_the_standard_input_are_answered() -> None:
    asked = "Who is Hong Min?\n\n/quotes 1\ncaf\udce9?\nPopulation?\n/quit\nNever?\n"
    done = start("chat", input=asked, errors="surrogateescape")
    assert done.returncode == 1
    assert done.stderr.startswith("pullquote: the question is not UTF-8")
    questions = [line for line in done.stdout.splitlines() if line.startswith("? ")]
    assert [questions[0], questions[-1], len(questions)] == [
        "? Who is Hong Min?",
        "? Population?",
        3,
    ]
    assert done.stdout.index(" 1. ") < done.stdout.index("Up to 1 quote from now on.")


def test_a_standard_input_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as only_written:
        done = start("chat", stdin=only_written)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "the standard input cannot be read" in done.stderr
