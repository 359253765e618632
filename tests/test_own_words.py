"""What an answer says about its quotes, over two articles that differ in one thing."""

from __future__ import annotations

import pytest
from libraries import answerer_over, article

from retrieval import Answer


def ask(question: str, first: str, second: str) -> Answer:
    articles = article("first", first, "First paper"), article("second", second, "Second paper")
    return answerer_over(*articles, threshold=0).ask(question)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Lund court approved the sale of the port.",
         "The Lund court refused to approve the sale of the port."),
        ("The Lund council must reopen the old port.", "The Lund council may reopen the old port."),
        ("Norland sold the port of Lund to Westmark.",
         "Westmark sold the port of Lund to Norland."),
        ("The port of Lund was sold for $40 million.",
         "The port of Lund was sold for £40 million."),
        ("The port of Lund was closed in March 2019.",
         "The port of Lund was closed in April 2019."),
        ("All of the ships left the port of Lund.", "Some of the ships left the port of Lund."),
        ("Exports from the port of Lund rose in May.",
         "Exports from the port of Lund fell in May."),
    ],
)  # fmt: skip
def test_two_sentences_that_differ_in_one_thing_are_two_statements(first: str, second: str) -> None:
    answer = ask("What of the port of Lund?", first, second)
    assert {quote.text for quote in answer.quotes} == {first, second}
    assert all(quote.also == () and quote.articles == 1 for quote in answer.quotes)


@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        ("816 000 t of copper", "934,000 tonnes of copper", {"816 000 t", "934,000 tonnes"}),
        ("12 kt of copper", "15 kilotonnes of copper", {"12 kt", "15 kilotonnes"}),
        ("12 percent of its copper", "15 % of its copper", {"12 percent", "15 %"}),
        ("$5m of copper", "$6.5 million of copper", {"$5m", "$6.5 million"}),
        ("1,5 million tonnes of copper", "1.7 million tonnes of copper",
         {"1,5 million tonnes", "1.7 million tonnes"}),
        ("twenty-five tonnes of copper", "28 tonnes of copper",
         {"twenty-five tonnes", "28 tonnes"}),
    ],
)  # fmt: skip
def test_two_amounts_of_one_thing_differ_in_any_spelling(
    first: str, second: str, values: set[str]
) -> None:
    said = "The mine at Lund exported {} in 2012."
    answer = ask(
        "How much copper did the mine at Lund export in 2012?",
        said.format(first),
        said.format(second),
    )
    (figure,) = answer.figures
    assert {value.value for value in figure.values} == values
    assert not figure.compatible
