"""Typing errors: one slip in one content word of a question, the same for the same seed."""

from __future__ import annotations

import random
import string

from bench.sets import QuestionSet
from retrieval.question import read_question

SHORTEST = 5  # letters of a word that may be misspelt
SEED = 20261122


def misspell(questions: QuestionSet) -> QuestionSet:
    """The set with one typing error in each question that has a word long enough."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    slipped = [
        asked.model_copy(update={"question": _slip(asked.question, chance)})
        for asked in questions.questions
    ]
    return questions._replace(name=f"{questions.name}, misspelt", questions=slipped)


def _slip(question: str, chance: random.Random) -> str:
    words = [w for w in read_question(question).words if w.end - w.start >= SHORTEST]
    words = [w for w in words if question[w.start : w.end].isalpha()]
    if not words:
        return question
    word = chance.choice(words)
    place = chance.randrange(word.start, word.end - 1)
    letter = chance.choice(string.ascii_lowercase)
    before, here, after = question[:place], question[place], question[place + 1 :]
    slips = (
        before + after,
        before + letter + here + after,
        before + letter + after,
        before + after[0] + here + after[1:],
    )
    return chance.choice(slips)
