"""Documents as operators have them: what people ask of them is answered by the right words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from retrieval import Answerer, Library
from retrieval.readers import read

FAQ = Path(__file__).parent / "data" / "documents" / "faq.jsonl"
LEAST = 0.88  # of the questions, the first quote is from the answer


def entries() -> list[dict[str, str]]:
    return [json.loads(line) for line in FAQ.read_text(encoding="utf-8").splitlines()]


def markdown(title: str, pairs: list[dict[str, str]]) -> str:
    return f"# {title}\n\n" + "".join(f"## {e['question']}\n\n{e['answer']}\n\n" for e in pairs)


def rst(title: str, pairs: list[dict[str, str]]) -> str:
    said = f"{title}\n{'=' * len(title)}\n\n"
    return said + "".join(
        f"{e['question']}\n{'-' * len(e['question'])}\n\n{e['answer']}\n\n" for e in pairs
    )


def html(title: str, pairs: list[dict[str, str]]) -> str:
    body = "".join(f"<h2>{e['question']}</h2><p>{e['answer']}</p>" for e in pairs)
    return (
        f'<html lang="en"><head><title>{title}</title><meta name="generator" content="mkdocs">'
        f"</head><body><nav><a href='/'>Home</a></nav><main><h1>{title}</h1>{body}</main></body>"
    )


FORMATS = {"md": markdown, "rst": rst, "html": html}


@pytest.fixture(params=FORMATS)
def faq(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Answerer]:
    for title, pairs in groupby(entries(), lambda entry: entry["document"]):
        path = tmp_path / "docs" / f"{title.lower().replace(' ', '-')}.{request.param}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(FORMATS[request.param](title, list(pairs)), encoding="utf-8")
    with Library.open(tmp_path / "library", create=True) as library:
        library.add(read([tmp_path / "docs"]))  # type: ignore[arg-type]  # none of them is a trouble
        yield Answerer.open(library)


def test_a_heading_that_is_asked_word_for_word_is_answered_by_what_stands_under_it(
    faq: Answerer,
) -> None:
    right, headings, wrong = 0, 0, list[str]()
    for entry in entries():
        answer = faq.ask(entry["question"])
        first = (answer.quotes or answer.nearest)[0]
        headings += entry["question"].rstrip("?.!") in first.text
        if answer.quotes and (first.text in entry["answer"]):
            right += 1
        else:
            wrong.append(f"{entry['question']} {answer.confidence} {first.text!r}")
    assert headings == 0
    assert right >= LEAST * len(entries()), "\n".join(wrong)
