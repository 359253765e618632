"""`make fit`: the weights of the features, fitted on the training sets alone.

Conditional logit over a question's 50 candidates (McFadden 1974): the chance of a candidate is the
softmax of its weighted features, and the chance that any right one is chosen is made as large as it
can be. Each weight is held to its expected sign, which is plus; each set weighs by the root of its
size. Fitting the same data twice gives the same table.

The weights for texts without a question word are fitted on the same questions, without the features
that only a question word gives.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from scipy.optimize import minimize

from bench.calibrate import as_claims, calibrate, try_out
from bench.sets import Gold, QuestionSet, read_set
from retrieval import ranking
from retrieval.question import read_question
from retrieval.question.spellings import widen
from retrieval.question.unasked import without_frames
from retrieval.ranking import propose
from retrieval.ranking.features import CLAIM, QUESTION, Feature
from retrieval.ranking.matching import lay_out
from retrieval.ranking.weighing import weigh
from retrieval.ranking.weights import forget
from retrieval.search import Index
from retrieval.search.arrays import Floats, Ints, Marks
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text import derivations

TRAIN = Path(__file__).parents[3] / "shared" / "qa" / "train"
TABLE = Path(ranking.__file__).with_name("weights.toml")
# Kept to measure how long questions fare: a story and a question, and the same without the story.
MEASURED = frozenset({"ukgov", "ukgov-long"})
RIDGE = 1e-4  # holds features that say the same thing together
HEADER = """\
# What each feature adds to the score of a candidate, times its value from 0 to 1.
# Written by `make fit`; see tests/bench/fit.py and docs/ranking.md.
"""


class Choice(NamedTuple):
    """A question's candidates.

    Attributes:
        features: Shape (candidates, features).
        right: Shape (candidates,): which of them answer.
        question: Whether it has a question word.
    """

    features: Floats
    right: Marks
    question: bool


def read_choices(questions: QuestionSet, features: tuple[Feature, ...]) -> list[Choice]:
    """The candidates of every question that has a right one among them."""
    index = Index.of(read_articles(sorted(questions.articles, key=lambda a: a.id)))
    related = derivations.load()
    choices = []
    bar = track(questions.questions, description=questions.name, console=Console(stderr=True))
    for asked in bar:
        question = without_frames(read_question(asked.question), index, related)
        question = widen(question, index, related)
        scores = propose(index, question)
        right = _right(index, scores.sentences, asked.gold)
        if right.any():
            batch = lay_out(weigh(question, index, related), question.kind, index, scores)
            values = np.stack([feature(batch) for feature in features], axis=1)
            choices.append(Choice(values, right, question.kind.is_question))
    return choices


def _right(index: Index, sentences: Ints, gold: list[Gold]) -> Marks:
    corpus = index.segments[0].forward
    starts, ends = corpus.starts[sentences], corpus.ends[sentences]
    right = np.zeros(len(sentences), dtype=bool)
    for span in gold:
        number = index.article_number(span.article)
        shared = np.minimum(ends, span.end) - np.maximum(starts, span.start)
        enough = (shared > 0) & (2 * shared >= np.minimum(ends - starts, span.end - span.start))
        right |= (index.article_of(sentences) == number) & enough
    return right


def fit(sets: list[list[Choice]]) -> Floats:
    """The weights under which the right candidates are likeliest."""
    choices = [choice for choices in sets for choice in choices]
    share = np.concatenate([np.full(len(c), 1 / np.sqrt(max(len(c), 1))) for c in sets])
    share /= share.sum()
    sizes = [len(choice.right) for choice in choices]
    values = np.concatenate([choice.features for choice in choices])
    right = np.concatenate([choice.right for choice in choices])
    group = np.repeat(np.arange(len(choices)), sizes)
    first = np.cumsum([0, *sizes[:-1]])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = values @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, first)[group])
        every, good = np.add.reduceat(powers, first), np.add.reduceat(powers * right, first)
        excess = powers / every[group] - powers * right / good[group]
        value = share @ (np.log(every) - np.log(good)) + RIDGE / 2 * weights @ weights
        return float(value), (excess * share[group]) @ values + RIDGE * weights

    start = np.ones(values.shape[1])
    found = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * len(start),
        options={"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-8},
    )
    weights: Floats = found.x
    return weights


def table(name: str, features: tuple[Feature, ...], weights: Floats) -> str:
    """One table as TOML."""
    rows = zip((f.__name__ for f in features), weights.tolist(), strict=True)
    return f"\n[{name}]\n" + "".join(f"{feature} = {weight:.2f}\n" for feature, weight in rows)


def main(
    folder: Annotated[Path, typer.Argument(help="Where the training sets are.")] = TRAIN,
    to: Annotated[Path, typer.Option(help="Where the table goes.")] = TABLE,
) -> None:
    """Fit the weights and write the table."""
    found = (path.parent for path in sorted(folder.glob("*/questions.jsonl")))
    sets = [read_set(path) for path in found if path.name not in MEASURED]
    if not sets:
        raise SystemExit(f"{folder}: no question sets there; name the folder that holds them")
    asked = [read_choices(questions, QUESTION) for questions in sets]
    claimed = [
        [c._replace(features=c.features[:, [QUESTION.index(f) for f in CLAIM]]) for c in choices]
        for choices in asked
    ]
    asking = [[c for c in choices if c.question] for choices in asked]
    weights = table("question", QUESTION, fit(asking)) + table("claim", CLAIM, fit(claimed))
    to.write_text(HEADER + weights, encoding="utf-8")
    forget()  # the map to confidence is fitted on scores under the new weights
    claims = [as_claims(questions) for questions in sets]
    confidence = "".join(
        f"\n[{name}_confidence]\n" + "".join(f"{k} = {v:.2f}\n" for k, v in found.items())
        for name, kind in (("question", sets), ("claim", claims))
        for found in (calibrate(try_out(kind))._asdict(),)
    )
    to.write_text(HEADER + weights + confidence, encoding="utf-8")
    Console().print(HEADER + weights + confidence, markup=False)


if __name__ == "__main__":
    typer.run(main)
