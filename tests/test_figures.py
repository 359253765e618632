"""Where articles differ on a figure; the cases are files."""

import hashlib
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tables import check_each

from bot.opening import open_library
from retrieval import Answerer, Library, Quote
from retrieval.evidence.figures import Difference, differing
from retrieval.models import Also
from retrieval.question import read_question

CASES = Path(__file__).parent / "data" / "figures"


def cases(name: str) -> list[Any]:
    loaded: list[Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def quote(text: str, article: str, *, title: str = "A title", also: Sequence[str] = ()) -> Quote:
    return Quote(
        text=text,
        article=article,
        title=title,
        publisher=None,
        author=None,
        published=None,
        url=None,
        start=0,
        end=len(text),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        score=1.0,
        matched=(),
        also=tuple(
            Also(text=text, article=other, title=title, start=0, end=len(text)) for other in also
        ),
    )


NAMES = "Ships had left for Norland, Sudland, Westmark and Kestrel."


def quotes(*sentences: str, titles: Sequence[str] = ()) -> list[Quote]:
    """Each from an article of its own, and one more that shows what is a name here."""
    named = [*titles, *["A title"] * (len(sentences) + 1 - len(titles))]
    texts = zip([*sentences, NAMES], named, strict=True)
    return [quote(text, f"article {n}", title=title) for n, (text, title) in enumerate(texts)]


def shown(found: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {"of": d.of, "values": [v.value for v in d.values], "compatible": d.compatible}
        for d in found
    ]


def test_different_figures_of_the_same_thing_are_reported() -> None:
    def check(case: dict[str, Any]) -> None:
        found = differing((), quotes(*case["sentences"], titles=case.get("titles", ())))
        expected = [{k: v for k, v in e.items() if k != "quotes"} for e in case["expect"]]
        assert shown(found) == expected
        for difference, expectation in zip(found, case["expect"], strict=True):
            places = [list(value.quotes) for value in difference.values]
            assert places == expectation.get("quotes", places)

    check_each(cases("differ"), check)


def test_figures_of_different_things_or_the_same_are_not_reported() -> None:
    def check(case: dict[str, Any]) -> None:
        assert differing((), quotes(*case["sentences"], titles=case.get("titles", ()))) == ()

    check_each(cases("alike"), check)


OVER = "Norland has sent over 300 gliders to Westmark."
ABOUT = "Norland has sent about 350 gliders to Westmark."
PLANES = "Norland has sent about 350 planes to Westmark."


def test_two_figures_of_one_article_are_never_set_against_each_other() -> None:
    assert differing((), [quote(OVER, "a"), quote(ABOUT, "a"), quote(NAMES, "c")]) == ()


def test_an_article_with_both_figures_speaks_of_two_things() -> None:
    both = [quote(OVER, "a"), quote(ABOUT, "b"), quote(OVER, "b"), quote(NAMES, "c")]
    assert differing((), both) == ()


def test_a_near_copy_beside_a_quote_counts_as_its_article() -> None:
    assert differing((), [quote(OVER, "a", also=["b"]), quote(ABOUT, "b"), quote(NAMES, "c")]) == ()


def test_a_related_noun_is_the_same_noun() -> None:
    def related(term: str) -> frozenset[str]:
        return {"glider": frozenset({"plane"})}.get(term, frozenset())

    assert differing((), quotes(OVER, PLANES)) == ()
    assert shown(differing((), quotes(OVER, PLANES), related=related)) == [
        {"of": "gliders", "values": ["over 300", "about 350"], "compatible": True}
    ]


def test_soldiers_are_troops_and_guards_are_not() -> None:
    one = "Norland has sent over 300 soldiers to Westmark."
    assert len(differing((), quotes(one, "Norland has sent 350 troops to Westmark."))) == 1
    assert differing((), quotes(one, "Norland has sent 350 guards to Westmark.")) == ()


def test_weights_say_how_much_the_words_that_only_one_clause_has_tell() -> None:
    pair = quotes(OVER, "Norland has sent about 350 gliders to Westmark by sea and rail.")

    def heavy(term: str) -> float:
        return 10.0 if term in {"sea", "rail"} else 1.0

    assert len(differing((), pair)) == 1
    assert differing((), pair, weight=heavy) == ()


def test_what_the_question_does_not_touch_is_left_out() -> None:
    asked, other = read_question("How many gliders?"), read_question("Who painted the owl?")
    assert len(differing(asked.terms, quotes(OVER, ABOUT))) == 1
    assert differing(other.terms, quotes(OVER, ABOUT)) == ()


def test_titles_of_different_years_are_of_different_events() -> None:
    games = ["The Kestrel Games drew 300 athletes.", "The Kestrel Games drew 350 athletes."]
    years = [
        quote(text, title, title=title)
        for text, title in zip(games, ["Games of 2016", "Games of 2020"], strict=True)
    ]
    assert differing((), years) == ()
    assert len(differing((), quotes(*games))) == 1


@pytest.fixture(scope="module")
def endless(seeds: Library) -> Answerer:
    """Answers over the seeds that list weak sentences too."""
    answerer = Answerer.open(seeds)
    answerer.ends = 0.0
    return answerer


def test_on_the_seeds_troops_differ_and_the_containers_stay_out(endless: Answerer) -> None:
    question = "How many troops has North Korea sent to Russia?"
    found = endless.ask(question, quotes=10).quotes
    (difference,) = differing(read_question(question).terms, found)
    given_by = {
        value.value: sorted({found[n].article[:3] for n in value.quotes})
        for value in difference.values
    }
    assert difference.of == "troops"
    assert difference.compatible
    assert given_by == {"more than 10,000": ["000", "001"], "approximately 12,000": ["002"]}


def test_a_claim_is_answered_with_what_differs_wherever_it_stands() -> None:
    with open_library(None) as library:
        check_claims(Answerer.open(library))


def check_claims(answerer: Answerer) -> None:
    for question, articles in (
        ("12,000 soldiers, true?", {"002", "003"}),
        ("12,000 troops, true?", {"002", "001"}),
        ("Did North Korea send 12,000 soldiers to Russia?", {"002", "003"}),
    ):
        answer = answerer.ask(question)
        (figure,) = answer.figures
        shown = answer.quotes or answer.nearest
        stands = [[shown[n] for n in v.quotes] + list(v.places) for v in figure.values]
        assert {place.article[:3] for some in stands for place in some} >= articles
        assert figure.compatible
        for value, places in zip(figure.values, stands, strict=True):
            assert value.articles >= len({place.article for place in places}) > 0
            assert all(value.value.split()[-1] in place.text for place in places)


def test_a_question_without_a_number_that_is_not_answered_has_no_figures(
    answerer: Answerer,
) -> None:
    assert answerer.ask("What is the population of North Korea?").figures == ()


def test_on_the_seeds_soldiers_are_troops_where_they_are_known_to_be(endless: Answerer) -> None:
    def related(term: str) -> frozenset[str]:
        return {"soldier": frozenset({"troop"})}.get(term, frozenset())

    question = "How many troops and soldiers has North Korea dispatched or sent to assist Russia?"
    whole = endless.ask(question, quotes=60)
    articles = {
        whole.quotes[place].article[:3]
        for difference in differing((), whole.quotes, related=related)
        for value in difference.values
        for place in value.quotes
    }
    assert articles == {"000", "001", "002", "003"}


def by_place(found: Sequence[Difference], order: Sequence[Quote]) -> set[frozenset[frozenset[str]]]:
    """What was found, told by articles: so that orders of the quotes compare."""
    return {
        frozenset(frozenset(order[n].article for n in value.quotes) for value in d.values)
        for d in found
    }


def test_the_order_of_the_quotes_changes_nothing_but_the_order() -> None:
    given_quotes = quotes(
        OVER, ABOUT, "Norland delivered over 300 gliders to Westmark.", PLANES,
        "The Kestrel Bridge was opened in 1932.", "The Kestrel Bridge was opened in 1934.",
    )  # fmt: skip
    expected = by_place(differing((), given_quotes), given_quotes)
    assert len(expected) == 2
    for order in list(permutations(given_quotes))[::29]:
        assert by_place(differing((), order), order) == expected


PARTS = st.sampled_from(
    "Norland Westmark sent has over about 300 350 1,200 gliders crates to in on 2012 Friday "
    "and the it not $5 million % Kestrel cost was 5 km long".split()
)
SENTENCES = st.lists(PARTS, min_size=4, max_size=14).map(" ".join)


@given(st.lists(st.tuples(SENTENCES, st.sampled_from("abcd")), max_size=7))
def test_what_is_reported_is_the_sources_own_and_of_different_articles(
    drawn: list[tuple[str, str]],
) -> None:
    given_quotes = [quote(text, article) for text, article in drawn]
    found = differing((), given_quotes)
    for difference in found:
        articles: set[str] = set()
        assert len(difference.values) > 1
        for value in difference.values:
            assert value.value in given_quotes[value.quotes[0]].text
            assert list(value.quotes) == sorted(set(value.quotes))
            articles |= {given_quotes[place].article for place in value.quotes}
        assert len(articles) > 1
        assert difference.of in given_quotes[difference.values[0].quotes[0]].text
    assert differing((), given_quotes) == found
