"""`pullquote ask`: one question or a file of them, as cards or as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from bot.commands.opened import opened
from bot.commands.output import write_line
from bot.questions import Asked, check_text, read_questions
from bot.terminal import card, console, question
from retrieval import Answer, Answerer


class Wish(NamedTuple):
    """What the user wants of every answer.

    Attributes:
        library: The folder named, if any.
        quotes: How many at most.
        article: The only article that may answer, if any.
        as_json: One line of JSON instead of a card.
        why: Each quote's score as the sum of its parts; JSON has it anyway.
    """

    library: Path | None
    quotes: int
    article: str | None
    as_json: bool
    why: bool = False


def answer_one(text: str, wish: Wish) -> None:
    """Answer one question."""
    check_text(text)
    with opened(wish.library) as answerer:
        answer = _ask(answerer, text, wish)
    if wish.as_json:
        write_line(answer.as_json())
    else:
        console().print(card(answer, why=wish.why))


def answer_file(path: Path, wish: Wish) -> None:
    """Answer every question of a file, each as soon as it is read."""
    with opened(wish.library) as answerer:
        for asked in read_questions(path):
            _show(asked, _ask(answerer, asked.question, wish), wish)


def _show(asked: Asked, answer: Answer, wish: Wish) -> None:
    if not wish.as_json:
        console().print(question(asked.question), card(answer, why=wish.why))
        return
    # The answer's own bytes with the id before them: `as_json` begins with a brace.
    name = json.dumps(asked.id, ensure_ascii=False)
    write_line(f'{{"id":{name},{answer.as_json()[1:]}')


def _ask(answerer: Answerer, text: str, wish: Wish) -> Answer:
    return answerer.ask(text, quotes=wish.quotes, article=wish.article)
