"""How many independent sources stand behind articles, as far as the articles tell."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import quotable_passages

from retrieval.evidence.origins import (
    Credited,
    Report,
    Signature,
    common_origin,
    common_voice,
    count_origins,
    read_credited,
    signature,
)
from retrieval.evidence.origins.publishers import domain, publisher_key
from retrieval.evidence.origins.rewrites import is_retold, read_steps
from retrieval.evidence.origins.shingles import SHINGLE, overlap, shingles
from retrieval.evidence.origins.wires import find_wire, name_wire
from retrieval.models import Article
from retrieval.sentences import split

SEEDS = Path(__file__).parents[1] / "seeds"
WORDS = "river town mayor bridge flood north council built opened people water road stone".split()


def prose(seed: int, words: int = 300) -> str:
    """Sentences of words drawn at random, always the same for a seed."""
    draw = random.Random(seed)  # noqa: S311 - made-up text, no secret
    drawn = [f"{draw.choice(WORDS)}{draw.randrange(99)}" for _ in range(words)]
    return " ".join(f"{word}." if n % 12 == 11 else word for n, word in enumerate(drawn))


def signed(text: str, **known: str | None) -> Signature:
    article = Article(id="a", title="t", text=text, **known)
    return signature(article, split(text))


def independent(signatures: Iterable[Signature]) -> int:
    return count_origins([Report(one) for one in signatures]).origins


def because(*signatures: Signature) -> tuple[str, ...]:
    return count_origins([Report(one) for one in signatures]).because


def seed(name: str) -> Signature:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    known = tomllib.loads((SEEDS / "sources.toml").read_text("utf-8"))[path.stem]
    article = Article(id=path.stem, text=path.read_text("utf-8-sig"), **known)
    return signature(article, quotable_passages(article))


def test_copies_of_one_text_count_once() -> None:
    text = prose(1)
    copy = (
        text.upper().replace("bridge", "BRIDGE") + " One line was added by the editor of the day."
    )
    abridged = text[: len(text) * 6 // 10]
    copies = signed(text), signed(copy), signed(abridged, publisher="The Herald")
    assert independent(copies) == 1
    assert because(*copies) == ("the same text",)


def test_articles_on_one_subject_in_their_own_words_count_each() -> None:
    assert independent([signed(prose(n), publisher=f"Paper {n}") for n in range(5)]) == 5


def test_articles_are_not_called_independent_where_nobody_knows_who_brought_them() -> None:
    known = [signed(prose(n), publisher=f"Paper {n}") for n in range(2)]
    unknown = [signed(prose(n)) for n in range(2, 5)]
    assert count_origins([Report(one) for one in known]) == (2, 2, ())
    assert count_origins([Report(one) for one in unknown]) == (3, 1, ("publisher not known",))
    assert independent([*known, *unknown]) == 2
    assert because(*known, *unknown) == ("publisher not known",)


def test_a_long_quotation_makes_no_copy() -> None:
    quoted = prose(1, words=60)
    assert common_origin(signed(prose(2) + quoted), signed(prose(3) + quoted)) is None


def test_articles_that_the_same_agency_signed_count_once() -> None:
    one = signed("By Jo Roe, Associated Press\n\n" + prose(1))
    other = signed(prose(2), author="Jim Poe, The Associated Press")
    assert independent([one, other, signed(prose(3), publisher="The Herald")]) == 2
    assert because(one, other) == ("one report of AP",)


def test_the_site_and_the_name_of_a_publisher_count_once() -> None:
    sites = [
        signed(prose(1), url="https://news.example.co.uk/a"),
        signed(prose(2), url="http://www.example.co.uk:8080/b", publisher="The Example Ltd"),
        signed(prose(3), publisher="Example"),
        signed(prose(4), publisher="example.co.uk"),
    ]
    assert independent(sites) == 1
    assert independent([*sites, signed(prose(5), url="https://other.co.uk")]) == 2


def test_an_agencys_own_site_is_the_agency() -> None:
    byline = signed("SEOUL, Nov 30 (Reuters) - " + prose(1))
    site = signed(prose(2), url="https://www.reuters.com/world/x")
    assert common_origin(byline, site) == "one report of Reuters"


def test_of_the_seeds_one_retells_another_step_by_step() -> None:
    """000 retells 001, an AP story, in other words and without its byline."""
    names = ["000", "001", "002", "003", "004"]
    seeds = {name: seed(name) for name in names}
    assert seeds["001"].wires == ("AP",)
    assert seeds["001"].publishers == ("publisher:breakingnews ie", "site:breakingnews.ie")
    common = {
        (one, other): common_origin(seeds[one], seeds[other])
        for one, other in combinations(names, 2)
    }
    assert {pair: why for pair, why in common.items() if why} == {
        ("000", "001"): "the same steps in the same order"
    }


REPORT = (
    "A fire destroyed the covered market of Larnos on Tuesday night, the mayor said. "
    "Nobody was hurt, although forty stalls were lost to the flames. "
    "Firefighters needed nine hours to bring the blaze under control. "
    "The cause is not known, and the police have opened an inquiry. "
    "Stallholders will be given places in the old railway station until spring. "
    "The market was built in 1891 and renovated ten years ago."
)
REWRITTEN = (
    "LARNOS — The town’s covered market was destroyed by a fire late on Tuesday, according to its "
    "mayor. Forty stalls went up in flames, but there were no injuries. It took firefighters nine "
    "hours before they had the blaze under control. Police opened an inquiry; what caused it is "
    "unknown. Until the spring, stallholders are to trade from the old railway station. Built in "
    "1891, the market had been renovated a decade ago."
)
OTHERWISE = (
    "Anna Pohl sold cheese in the market of Larnos for thirty years. On Wednesday she stood before "
    "its ruins. The fire began near her stall, she says, and within minutes the roof was alight. "
    "“We ran,” she says. Insurance will pay for little of what was lost. The mayor has promised "
    "places in the railway station. Nine hours passed until the flames were out. Few believe that "
    "the council will build the market again, and the police would not say what they suspect."
)


def test_an_article_that_retells_another_step_by_step_is_no_second_source() -> None:
    one, other = signed(REPORT, publisher="The Herald"), signed(REWRITTEN, publisher="The Post")
    assert because(one, other) == ("the same steps in the same order",)
    longer = signed(f"{OTHERWISE} {REWRITTEN} {prose(3)}", publisher="The Post")
    assert because(one, longer) == ("the same steps in the same order",)


def test_an_article_on_the_same_event_that_goes_its_own_way_is_a_second_source() -> None:
    one, other = signed(REPORT, publisher="The Herald"), signed(OTHERWISE, publisher="The Post")
    assert count_origins([Report(one), Report(other)]) == (2, 2, ())
    backwards = signed(" ".join(reversed(REWRITTEN.split(". "))), publisher="The Post")
    assert common_origin(one, backwards) is None


def test_a_book_has_no_steps_and_two_sentences_are_no_story() -> None:
    sentences = [
        f"The river town number{n} was built by its council{n} of old." for n in range(401)
    ]
    assert read_steps(sentences[:400], "en").size == 400
    assert read_steps(sentences, "en").size == 0
    steps = read_steps(sentences[:2], "en")
    assert not is_retold(steps, steps)


def credit(said: str, speaker: str | None) -> Credited:
    return read_credited([(said, speaker)])


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("It rained.", "KCNA"), ("Rain fell.", "the official Korean Central News Agency"),
         "one report of KCNA"),
        (("It rained.", "Mr. Kim"), ("Rain fell.", "leader Kim Jong Un"), "one speaker"),
        (("It rained.", "U.S. officials"), ("Rain fell.", "US officials"), "one speaker"),
        (("It rained.", "Kim Jong Un"), ("Rain fell.", "Kim Yo Jong"), None),
        (("It rained.", "Kim and Putin"), ("Rain fell.", "Putin"), None),
        (("It rained.", "Experts"), ("Rain fell.", "Experts"), None),
        (("It rained.", "The ministry"), ("Rain fell.", "The ministry"), None),
        (("It rained.", None), ("Rain fell.", "KCNA"), None),
        (("“It rained on all of us,” he said.", None), ("She was “rained on all of us”.", None),
         "the same quotation"),
        (("“It rained,” he said.", None), ("“It rained,” she said.", None), None),
        (("It rained on all of us.", None), ("“It rained on all of us.”", None), None),
    ],
)  # fmt: skip
def test_one_speaker_is_one_source_whoever_relays_it(
    one: tuple[str, str | None], other: tuple[str, str | None], reason: str | None
) -> None:
    assert common_voice(credit(*one), credit(*other)) == reason
    assert common_voice(credit(*other), credit(*one)) == reason
    papers = [signed(prose(n), publisher=f"Paper {n}") for n in range(2)]
    reports = [
        Report(paper, credit(*said)) for paper, said in zip(papers, (one, other), strict=True)
    ]
    assert count_origins(reports).origins == (1 if reason else 2)


def test_an_agency_and_who_credits_it_are_one_source() -> None:
    agency, paper = signed(prose(1), author="KCNA"), signed(prose(2), publisher="The Herald")
    reports = [Report(agency), Report(paper, credit("It rained.", "KCNA"))]
    assert count_origins(reports) == (2, 1, ("one report of KCNA",))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("SEOUL, Nov 30 (Reuters) - Rain fell.", "Reuters"),
        ("PARIS (AFP) — Rain fell.", "AFP"),
        ("SEOUL, South Korea (AP) — Rain fell.", "AP"),
        ("SEOUL, Nov. 30 (Yonhap) -- Rain fell.", "Yonhap"),
        ("AP — Rain fell.", "AP"),
        ("A headline\n\nBy Hyung-Jin Kim, Associated Press\n\nRain fell.", "AP"),
        ("A headline\nBY JO ROE OF THE ASSOCIATED PRESS\n", "AP"),
        ("A headline\nBy Jo Roe of The Associated Press\n", "AP"),
        ("A headline\nBy Jo Roe\nThe Canadian Press\nRain fell.", "CP"),
        ("A headline\nSource: AFP\nRain fell.", "AFP"),
        ("Rain fell.\n\n— Reuters", "Reuters"),
        ("Rain fell.\n(dpa)", "dpa"),
        ("Rain fell. (c) 2024 Agence France-Presse", "AFP"),
        ("Rain fell.\n© 2024 The Associated Press. All rights reserved.", "AP"),
        ("Rain fell, the Associated Press reported.", None),
        ("Rain fell (Korea News Service via AP)\nMore rain.", None),
        ("Reuters reported rain - and snow.", None),
        ("Reuters contributed to this report.", None),
        ("Tel Aviv (IT) - Rain fell.", None),
        ("", None),
    ],
)
def test_a_wire_is_known_by_its_byline_dateline_or_last_line(text: str, agency: str | None) -> None:
    assert find_wire(text) == agency


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Jo Roe, Associated Press", "AP"),
        ("Jo Roe for the Associated Press", "AP"),
        ("AP News", "AP"),
        ("Deutsche Presse-Agentur", "dpa"),
        ("Reuters Institute", None),
        ("Jo Roe", None),
        ("", None),
        (None, None),
    ],
)
def test_a_credit_names_an_agency_or_does_not(credit: str | None, agency: str | None) -> None:
    assert name_wire(credit) == agency


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("https://edition.cnn.com./x?y#z", "cnn.com"),
        ("https://jo.blogspot.com/1", "jo.blogspot.com"),
        ("https://example.de", "example.de"),
        ("https://www.gov.uk/x", "gov.uk"),
        ("http://[broken", None),
        ("http://127.0.0.1/x", None),
        ("Reuters", None),
        ("", None),
        (None, None),
    ],
)
def test_a_domain_is_what_its_owner_registered(url: str | None, owner: str | None) -> None:
    assert domain(url) == owner


@pytest.mark.parametrize(
    ("name", "key"),
    [("The Guardian", "guardian"), ("Le Monde", "le monde"), ("ACME Média Group Ltd.", "acme"),
     ("Group", "group"), ("...", None), (None, None)],
)  # fmt: skip
def test_a_publishers_name_is_read_without_what_does_not_tell(
    name: str | None, key: str | None
) -> None:
    assert publisher_key(name) == key


def test_what_two_texts_share_is_counted() -> None:
    words = [f"w{n}" for n in range(3000)]
    whole, half = shingles(" ".join(words[:2000])), shingles(" ".join(words[1000:]))
    shared = overlap(whole, half)
    assert (len(whole), len(half)) == (1997, 1997)
    assert shared == (997 / 2997, 997 / 1997)
    assert overlap(whole, shingles(" ".join(words[500:600]))) == (97 / 1997, 1)


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_what_two_texts_share_is_what_the_sets_of_their_runs_share(
    one: list[str], other: list[str]
) -> None:
    runs, others = (
        {tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}
        for words in (one, other)
    )
    shared = overlap(shingles(" ".join(one)), shingles(" ".join(other)))
    assert shared.resemblance == len(runs & others) / max(1, len(runs | others))
    assert shared.containment == len(runs & others) / max(1, min(len(runs), len(others)))


def test_case_accents_and_punctuation_make_no_other_text() -> None:
    one, other = "Élan vital, of the “first” water!", "elan VITAL of the first water"
    assert shingles(one).tolist() == shingles(other).tolist()


@pytest.mark.parametrize("text", ["", "three words only", "。？！", "\x00"])
def test_a_text_without_shingles_copies_nothing(text: str) -> None:
    assert common_origin(signed(text), signed(text)) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=10), st.randoms())
@settings(max_examples=40)
def test_sources_do_not_depend_on_the_order_of_the_articles(
    drawn: list[tuple[int, int]], shuffle: random.Random
) -> None:
    publishers = [None, "A", "B", "Reuters"]
    signatures = [signed(prose(text, 60), publisher=publishers[by]) for text, by in drawn]
    shuffled = shuffle.sample(signatures, len(signatures))
    assert independent(shuffled) == independent(signatures) <= max(1, len(signatures))


@given(st.text(max_size=200), st.text(max_size=200), st.none() | st.text(max_size=30))
def test_any_two_articles_can_be_compared_either_way(
    one: str, other: str, credit: str | None
) -> None:
    known = {"author": credit, "publisher": credit, "url": credit}
    first = signature(Article(id="a", title="t", text=one, **known), split(one))
    second = signature(Article(id="b", title="t", text=other), split(other))
    assert common_origin(first, second) == common_origin(second, first)


def test_fifty_copies_are_one_source() -> None:
    assert independent([signed(prose(1)) for _ in range(50)]) == 1


def test_two_that_share_nothing_are_one_source_with_a_third_that_shares_with_both() -> None:
    nothing = signed("")
    both = nothing._replace(publishers=("publisher:a", "site:b"))
    apart = [nothing._replace(publishers=(mark,)) for mark in both.publishers]
    assert independent(apart) == 2
    assert independent([*apart, both]) == 1
