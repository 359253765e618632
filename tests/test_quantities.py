"""Numbers, dates and amounts as sentences give them, and numbers that are none."""

import json
import re
from fractions import Fraction
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.quantities import Quantity, read_numbers, read_quantities


def only(text: str) -> Quantity:
    (quantity,) = read_quantities(text)
    return quantity


def written(text: str) -> list[str]:
    return [text[quantity.start : quantity.end] for quantity in read_quantities(text)]


def counted(text: str) -> str | None:
    of = only(text).of
    return text[of.start : of.end] if of else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They counted 10,000 gulls.", 10_000),
        ("They counted 10\u202f000 gulls.", 10_000),
        ("They counted ten thousand gulls.", 10_000),
        ("They counted 10 thousand gulls.", 10_000),
        ("They counted 1.5 million gulls.", 1_500_000),
        ("They counted 1,5 million gulls.", 1_500_000),
        ("They counted 1,50 bn gulls.", 1_500_000_000),
        ("They counted 1,500,000 gulls.", 1_500_000),
        ("They counted half a million gulls.", 500_000),
        ("They counted a thousand million gulls.", 1_000_000_000),
        ("They counted two hundred and five gulls.", 205),
        ("They counted twenty-five gulls.", 25),
        ("They counted two dozen gulls.", 24),
        ("They counted three lakh gulls.", 300_000),
        ("They counted 5m gulls.", 5_000_000),
        ("They counted 1.50 gulls a day.", Fraction(3, 2)),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text: str, value: int | Fraction) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.low, quantity.high) == ("count", value, value)


@pytest.mark.parametrize(
    ("text", "span", "hedge"),
    [
        ("They sent over 300 gliders.", "over 300", "over"),
        ("They sent more than 300 gliders.", "more than 300", "over"),
        ("They sent at least 300 gliders.", "at least 300", "at_least"),
        ("They sent 300 or more gliders.", "300 or more", "at_least"),
        ("They sent 300+ gliders.", "300+", "at_least"),
        ("They sent nearly 300 gliders.", "nearly 300", "nearly"),
        ("They sent about 300 gliders.", "about 300", "about"),
        ("They sent an estimated 300 gliders.", "an estimated 300", "about"),
        ("They sent 300 or so gliders.", "300 or so", "about"),
        ("They sent up to 300 gliders.", "up to 300", "at_most"),
        ("They sent no more than 300 gliders.", "no more than 300", "at_most"),
        ("They sent fewer than 300 gliders.", "fewer than 300", "under"),
        ("They sent exactly 300 gliders.", "exactly 300", "exactly"),
        ("They sent 300 gliders.", "300", "none"),
        ("They flew over the 300 gliders.", "300", "none"),
    ],
)
def test_a_hedge_belongs_to_the_span_and_bounds_the_value(text: str, span: str, hedge: str) -> None:
    assert written(text) == [span]
    assert (only(text).hedge, counted(text)) == (hedge, "gliders")


def test_over_some_years_may_mean_during_them_and_bounds_nothing() -> None:
    text = "It was built over five years."
    assert (written(text), only(text).hedge) == (["five years"], "none")


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("They sent 40 heavily armed river boats to the delta.", "boats"),
        ("They sent 40 sports teachers.", "teachers"),
        ("They sent 40 boats, tugs and rafts.", "boats"),
        ("They sent 40 crates of tea.", "crates"),
        ("Some 40 people fled.", "people"),
        ("They sent 40 personnel in May.", "personnel"),
        ("One ferry sank.", "ferry"),
        ("A 40-strong choir sang.", "choir"),
        ("They sent thousands of boats.", "boats"),
        ("They sent 40 in all.", None),
        ("40 were sent.", None),
    ],
)
def test_what_is_counted_is_the_noun_of_the_phrase(text: str, of: str | None) -> None:
    quantity = read_quantities(text)[0]
    assert (text[slice(*quantity.of)] if quantity.of else None) == of


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("It is 5 km long.", "measure", 5, "kilometre"),
        ("It is 5 kilometers long.", "measure", 5, "kilometre"),
        ("It weighs 300 kg.", "measure", 300, "kilogram"),
        ("It covers 5,000 square miles.", "measure", 5_000, "square-mile"),
        ("It was −5 °C.", "measure", -5, "celsius"),
        ("It fell by 12 %.", "percent", 12, "percent"),
        ("It fell by 12 per cent.", "percent", 12, "percent"),
        ("It fell by 12 percentage points.", "measure", 12, "percentage-point"),
        ("Two thirds of them left.", "percent", Fraction(200, 3), "percent"),
        ("One in five children left.", "percent", 20, "percent"),
        ("It cost $5.", "money", 5, "USD"),
        ("It cost $1.5 million.", "money", 1_500_000, "USD"),
        ("It cost €1,5m.", "money", 1_500_000, "EUR"),
        ("It cost A$5m.", "money", 5_000_000, "AUD"),
        ("It cost £2bn.", "money", 2_000_000_000, "GBP"),
        ("It cost 3 billion euros.", "money", 3_000_000_000, "EUR"),
        ("It cost 300 dollars.", "money", 300, "USD"),
        ("It lasted 90 minutes.", "duration", 90, "minute"),
        ("It was a five-day visit.", "duration", 5, "day"),
        ("He met a 12-year-old boy.", "age", 12, "year"),
        ("She died aged 91.", "age", 91, ""),
        ("Take 10 mg per day.", "measure", 10, "milligram/day"),
        ("It costs $5 a day.", "money", 5, "USD/day"),
        ("It has 12 deaths per 100,000 people.", "count", 12, "/100,000 people"),
    ],
)
def test_an_amount_has_a_kind_and_one_name_for_its_unit(
    text: str, kind: str, value: int | Fraction, unit: str
) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.low, quantity.unit) == (kind, value, unit)


def test_a_letter_is_a_million_behind_a_currency_and_a_metre_behind_a_number() -> None:
    assert only("It cost $5m.").low == 5_000_000
    assert only("It is 5m high.").unit == "metre"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It took 10 to 20 men.", 10, 20),
        ("It took 10–20 men.", 10, 20),
        ("It took between 10 and 20 men.", 10, 20),
        ("It took two or three men.", 2, 3),
        ("It cost 5 to 10 million euros.", 5_000_000, 10_000_000),
        ("It cost $5-10 million.", 5_000_000, 10_000_000),
        ("It is 5 km to 6 km away.", 5, 6),
    ],
)
def test_two_numbers_may_bound_a_range(text: str, low: int, high: int) -> None:
    quantity = only(text)
    assert quantity.low == low
    assert quantity.high == high


def test_a_change_from_one_number_to_another_is_no_range() -> None:
    assert written("It rose from 10 % to 20 %.") == ["10 %", "20 %"]
    assert written("It has 10 boats and 20 rafts.") == ["10", "20"]


def test_thousands_is_open_at_the_top() -> None:
    quantity = only("They sent tens of thousands of boats.")
    assert quantity.low == 10_000
    assert quantity.high is None


@pytest.mark.parametrize(
    "text",
    [
        "It opened in 1932.",
        "It opened on 21 March 1932.",
        "It opened on March 21, 1932.",
        "It opened on 1932-03-21.",
        "It opened in the 1930s.",
        "It opened in the 19th century.",
        "It opened in 44 BC.",
        "It stood from 1914 to 1918.",
        "It stood 1914–18.",
        "It stood (1932).",
        "It is a 1932 Technicolor film.",
        "The 1932 flood broke it.",
    ],
)
def test_a_date_has_its_place(text: str) -> None:
    quantity = only(text)
    assert quantity.kind == "date"
    assert quantity.low is not None
    assert quantity.high is not None


def test_a_day_lies_in_its_month_and_the_month_in_its_year() -> None:
    year, month, day = (
        only(f"It opened {when}.") for when in ("in 1932", "in March 1932", "on 21 March 1932")
    )
    for outer, inner in ((year, month), (month, day)):
        assert outer.low is not None
        assert inner.low is not None
        assert outer.high is not None
        assert inner.high is not None
        assert outer.low <= inner.low <= inner.high <= outer.high


@pytest.mark.parametrize(
    "when", ["in June", "last month", "on Friday", "two weeks ago", "in the last few months"]
)
def test_a_date_that_depends_on_today_stays_relative(when: str) -> None:
    quantity = only(f"It opened {when}.")
    assert (quantity.kind, quantity.low, quantity.high) == ("date", None, None)


def test_last_year_counts_nothing_away() -> None:
    assert written("Last week 12 people died.") == ["Last week", "12"]


@pytest.mark.parametrize(
    "text",
    [
        "An F-16 and a Boeing 747 landed.",
        "Covid-19 spread.",
        "See Section 5, figures 2 and 3, and page 12.",
        "It is known [12, 13].",
        "It has type 2 diabetes.",
        "They won 3-1.",
        "Call +1 202 555 0173.",
        "It is version 1.2.3.",
        "It began at 10:30.",
        "It began at 9 p.m.",
        "It measures 10 x 20.",
        "We had n = 120 and p < 0.05.",
        "The 2012 Olympics opened.",
        "Windows 2000 crashed.",
        "June Carter may march.",
        "No one came.",
        "One of them came.",
        "As one would expect, it rained.",
        "4.1 Methods",
    ],
)
def test_a_number_that_names_or_labels_is_no_quantity(text: str) -> None:
    assert written(text) == []


def test_four_digits_are_a_year_or_a_count_by_what_stands_around_them() -> None:
    assert only("In 2012 it rained.").kind == "date"
    assert only("We asked 2012 patients.").kind == "count"
    assert only("It holds 2000 litres.").kind == "measure"


def test_zeros_at_the_end_may_be_rounding() -> None:
    steps = [only(f"It holds {n} eggs.").step for n in ("12", "12,000", "1.5 million", "12,034")]
    assert steps == [1, 1_000, 100_000, 1]


WORDS = st.sampled_from(
    "over 10,000 troops in 2012 , $5 m - to 20 % of one km last month ( [3] ) and a half million "
    "two thirds 3-1 F-16 19th century – ± per day May 5 1.5 000 . more than".split()
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)))
def test_spans_lie_in_the_text_in_order_and_reading_is_repeatable(text: str) -> None:
    quantities = read_quantities(text)
    end = 0
    for quantity in quantities:
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        if quantity.of:
            assert 0 <= quantity.of.start < quantity.of.end <= len(text)
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
    assert read_quantities(text) == quantities


PHRASES = st.sampled_from(
    [
        *(
            "US$900 million",
            "$5m",
            "10,000",
            "10 000",
            "twenty-five",
            "5 km",
            "12%",
            "3–5",
            "a dozen",
        ),
        *(
            "two thirds of",
            "one in five",
            "10 to 20",
            "from 5 to 6 million",
            "300",
            "an 8-year-old",
        ),
        *(
            "a year",
            "per day",
            "each week",
            "a year earlier",
            "last year",
            "two years ago",
            "in 2012",
        ),
        *(
            "May 5",
            "the 1930s",
            "3rd",
            "in the second week",
            "over",
            "more than",
            "or more",
            "about",
        ),
        *("at least", "plus", "or so", "of age", "old", "by", "after", "people", "women", ","),
    ]
)


@given(st.lists(PHRASES, min_size=2, max_size=9).map(" ".join))
@example("US$900 million a year earlier")
@example("300 or more than 400 people")
@settings(max_examples=300)
def test_no_two_quantities_of_a_sentence_overlap(text: str) -> None:
    assert_apart(text)


def test_no_two_quantities_overlap_in_any_article_of_the_question_sets(shared: Path) -> None:
    for path in sorted((shared / "qa").glob("*/articles.jsonl")):
        with path.open(encoding="utf-8") as articles:
            for line in islice(articles, 40):
                for sentence in re.split(r"(?<=[.!?])\s", json.loads(line)["text"]):
                    assert_apart(sentence)


def assert_apart(text: str) -> None:
    """Whether quantities are in order, apart, and cut words out of the text."""
    end = 0
    for quantity in read_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text), text
        end = quantity.end
        cut = text[quantity.start : end]
        assert cut == cut.strip(), text
        assert any(map(str.isalnum, cut)), text


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Half had one, 37% at least three.", ["37%", "at least three"]),
        ("It had 37% at least.", ["37% at least"]),
        ("It took 300 or more than 400 men.", ["300", "more than 400"]),
        ("It took 300 or more men.", ["300 or more"]),
    ],
)
def test_a_hedge_between_two_numbers_belongs_to_the_one_it_stands_before(
    text: str, spans: list[str]
) -> None:
    assert written(text) == spans


def test_a_rate_ends_where_a_date_begins() -> None:
    money, date = read_quantities("It paid US$900 million a year earlier.")
    assert (money.kind, money.unit, date.kind) == ("money", "USD", "date")
    assert written("It paid US$900 million a year earlier.") == ["US$900 million", "a year earlier"]


@pytest.mark.parametrize(
    ("figure", "ways"),
    [
        ("25", ["25", "twenty-five", "twenty five"]),
        (
            "10000",
            ["10,000", "10 000", "10\u2009000", "10\u202f000", "10\u00a0000", "ten thousand"],
        ),
        ("5 million", ["5m people", "5,000,000", "5 million", "five million", "5.0 million"]),
        (
            "1.5 billion",
            ["$1.5 billion", "$1.5bn", "1,500 million", "1,500,000,000", "$1.50 billion"],
        ),
        ("1234567", ["1,234,567", "1.234567 million"]),
        ("100", ["a hundred", "one hundred", "100"]),
        ("20", ["one in five", "20 percent"]),
    ],
)
def test_a_number_has_one_figure_however_it_is_written(figure: str, ways: list[str]) -> None:
    for way in ways:
        assert [number.figure for number in read_numbers(f"They counted {way}.")] == [figure], way


@given(st.integers(1, 10**12))
def test_an_integer_is_read_as_itself_with_or_without_commas(number: int) -> None:
    for digits in (str(number), f"{number:,}"):
        quantity = read_quantities(f"They counted exactly {digits} of the gulls.")[0]
        assert quantity.low == number or quantity.kind == "date"


@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "1" + ",000" * 6_000,
        "1." + "9" * 9_000,
        "one thousand " * 400,
        "9" * 5_000 + "th",
    ],
    ids=["digits", "groups", "decimals", "words", "rank"],
)
def test_endless_numbers_are_read_or_left_but_never_stop_anything(text: str) -> None:
    assert len(read_quantities(f"They counted {text} gulls.")) <= 2


def test_a_text_with_hundreds_of_numbers_is_a_table() -> None:
    assert read_quantities("12 gulls, " * 600) == []
