"""The compiled kernel changes nothing that a reader sees."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from retrieval.engine import kernel

SCRIPTS = Path(__file__).parent / "scripts"
RUN = """
import sys
if sys.argv.pop(1) == "numpy":
    sys.modules["retrieval.engine._kernel"] = None  # as where no compiler was
from retrieval.engine import kernel
print(kernel.AVAILABLE, file=sys.stderr)
from bot.cli import main
main()
"""


def answers(engine: str, questions: Path) -> tuple[bytes, bool]:
    """The answers over the seeds as bytes, and whether the kernel gave them."""
    command = [sys.executable, "-c", RUN, engine, "ask", "--json", "--questions", str(questions)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own Python
    return done.stdout, done.stderr.split()[0] == b"True"


@pytest.mark.skipif(not kernel.AVAILABLE, reason="the kernel is not compiled here")
def test_answers_are_the_same_byte_for_byte_with_the_kernel_and_without_it(tmp_path: Path) -> None:
    cases = [case for path in sorted(SCRIPTS.glob("*.yaml"))
             for case in yaml.safe_load(path.read_text("utf-8"))["cases"]]  # fmt: skip
    lines = [json.dumps({"id": n, "question": case["ask"]}) for n, case in enumerate(cases)]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(lines), "utf-8")
    compiled, numpy = answers("kernel", questions), answers("numpy", questions)
    assert (compiled[1], numpy[1]) == (True, False)
    assert compiled[0].count(b"\n") == len(cases)
    assert compiled[0] == numpy[0]
