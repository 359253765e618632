"""What is said to be missing stands in no stored text, in no form; what stands there is found."""

from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import yaml
from bench.truth.forms import Texts
from hypothesis import given, settings
from hypothesis import strategies as st
from lemminflect import getAllInflections, getAllLemmas
from libraries import answerer_over, article

from retrieval import Article
from retrieval.search import Index
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text.number_words import other_numeral, other_spellings

CASES = yaml.safe_load(
    (Path(__file__).parent / "data" / "words" / "cases.yaml").read_text(encoding="utf-8")
)
WORDS = (
    "buy run go mouse good bad child goose write begin choose catch analysis leaf wolf man woman "
    "tooth criterion medium bring teach fly lie lay swim tie die panic picnic easy happy large "
    "quarry harbour colour organise catalogue traveller judgment cheque grey website database "
    "weekend footnote airport bookshop ten twelve twenty 10 12 30 20th twentieth zeppelin"
).split()


def test_each_word_is_found_in_the_form_that_the_text_has() -> None:
    failed = list[tuple[object, ...]]()
    for case in chain.from_iterable(CASES.values()):
        answer = answerer_over(article("a", case["text"], "Holm")).ask(case["question"])
        if "top" in case and [quote.text for quote in answer.quotes][:1] != [case["top"]]:
            failed.append((case["question"], answer.missing, answer.quotes or answer.nearest))
        if answer.missing != tuple(case.get("missing", ())):
            failed.append((case["question"], answer.missing))
    assert not failed


@cache
def forms(word: str) -> list[str]:
    """The forms of a word that a dictionary has."""
    lemmas = {word, *(lemma for found in getAllLemmas(word).values() for lemma in found)}
    found = [form for lemma in lemmas for form in getAllInflections(lemma).values()]
    return sorted({word, *(one.lower() for every in found for one in every)})


@st.composite
def written(draw: st.DrawFn) -> tuple[Article, str]:
    """An article with forms of some words, in some spelling and place, and a question for them."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
    places = dict.fromkeys(("body", "title", "keywords"), "")
    for word in words:
        form = draw(st.sampled_from(forms(word)))
        middle = draw(st.integers(0, len(form)))
        joint = draw(st.sampled_from(["", "", " ", "-", "\u00ad", "\u200b"]))
        longer = draw(st.sampled_from(["", "", "ly", "house", "'s"]))
        spelt = form[:middle] + joint * (0 < middle < len(form)) + form[middle:] + longer
        where = draw(st.sampled_from(sorted(places)))
        places[where] += f" {draw(st.sampled_from([spelt, spelt.upper(), spelt.title()]))}"
    asked = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
    text = f"---\nkeywords:{places['keywords']}\n---\n\nThe bridge has{places['body']} in it."
    return article("a", text, f"Holm{places['title']}"), f"Where is {' '.join([*words, *asked])}?"


@settings(max_examples=60)
@given(written())
def test_a_word_named_as_missing_stands_in_no_text_in_any_form(pair: tuple[Article, str]) -> None:
    one, question = pair
    texts = Texts([one])
    for word in answerer_over(one).ask(question).missing:
        # Endings that no dictionary knows of the word ("twentiesly") are the oracle's own guess.
        assert texts.stands(word, question) in {None, "derived"}, word


def test_a_word_of_an_article_that_is_gone_stands_no_longer() -> None:
    texts = ["---\nkeywords: zeppelin\n---\n\nThe airship flew.", "The bridge."]
    index = Index.of(
        read_articles([article(name, text) for name, text in zip("ab", texts, strict=True)])
    )
    (part,) = index.segments
    left = Index([part.with_tombstones(part.deletion([0]))], index.stats)
    for terms, beginnings in (({"zeppelin"}, ()), ((), {"zepp"}), ((), {"airs"}), ({"fli"}, ())):
        assert index.stands(terms, beginnings) == (terms != {"fli"})
        assert not left.stands(terms, beginnings)
    assert left.stands((), {"bridg"})


@pytest.mark.parametrize(
    ("beginning", "stands"),
    [("2", True), ("20", True), ("2.1", False), ("20t", True), ("201", False), ("b", True)],
)
def test_a_number_is_no_beginning_of_a_longer_number(beginning: str, stands: bool) -> None:
    index = Index.of(
        read_articles([article("a", "The 2nd bridge has 2010, 20.5, 2.10 and 20th.", "b")])
    )
    assert index.stands((), {beginning}) == stands


def test_a_number_goes_by_its_other_spellings() -> None:
    assert other_spellings(("10",)) == [("ten",)]
    assert other_spellings(("twentieth",)) == [("20th",)]
    assert set(other_spellings(("25",))) == {("twenty", "five"), ("twentyfive",)}
    assert set(other_spellings(("twenty", "first"))) == {("21st",), ("twentyfirst",)}
    assert (other_numeral("ii"), other_numeral("8"), other_numeral("xi")) == ("2", "viii", None)
