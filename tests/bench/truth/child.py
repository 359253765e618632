"""Answers questions with the product that Python finds first, in a process of its own.

`python child.py ARTICLES.jsonl` reads a question as JSON a line and prints an answer a line. It
imports nothing of the bench, for it also runs with the product of another checkout.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from retrieval import Answerer, Article, Library


def main(articles: str) -> None:
    """Answer what comes by the standard input over the articles of a file."""
    lines = Path(articles).read_text(encoding="utf-8").splitlines()
    answerer = Answerer.open(Library.of([Article.model_validate_json(line) for line in lines]))
    for line in sys.stdin:
        question, quotes = json.loads(line)
        sys.stdout.write(answerer.ask(question, quotes=quotes).as_json() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
