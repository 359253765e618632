"""An answer as a person reads it in a terminal."""

import io

import pytest
from rich.console import Console

from bot.terminal import ANSWER, MATCHED, card, explained, listing, question
from retrieval.library import Library
from retrieval.models import Also, Answer, Article, Figure, FigureValue, Lead, Quote, Speaker, Talk
from retrieval.values import Doubt, LibraryState, Reading

TEXT = "North Korea has sent over 10,000 troops to Russia."


def make_quote(text: str = TEXT, **changes: object) -> Quote:
    fields: dict[str, object] = {
        "text": text,
        "article": "one",
        "title": "Troops on the Move",
        "start": 100,
        "end": 100 + len(text),
        "publisher": "The Sea",
        "author": "A. Fish",
        "published": "1 May 2024",
        "url": "https://example.org/a",
        "sha256": "0" * 64,
        "score": 1.0,
        "matched": ((33, 39),),
    }
    return Quote.model_validate(fields | changes)


def make_answer(*quotes: Quote, **changes: object) -> Answer:
    fields: dict[str, object] = {
        "question": "How many troops?",
        "status": "answered",
        "reason": None,
        "missing": (),
        "read": (),
        "confidence": 0.9,
        "quotes": quotes,
        "nearest": (),
        "figures": (),
        "library": LibraryState(version="0" * 16, articles=5, sentences=100),
    }
    return Answer.model_validate(fields | changes)


def abstain(reason: str, *nearest: Quote, missing: tuple[str, ...] = ()) -> Answer:
    return make_answer(
        status="abstained", reason=reason, nearest=nearest, missing=missing, confidence=0.1
    )


def show(what: object, *, width: int = 72, terminal: bool = False) -> str:
    """What a console of that width prints, blanks at line ends left out."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(what)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def test_a_quote_stands_over_its_source_and_place() -> None:
    assert show(card(make_answer(make_quote()))) == (
        " 1. North Korea has sent over 10,000 troops to Russia.\n"
        "    — Troops on the Move · The Sea · A. Fish · 1 May 2024 ·\n"
        "    https://example.org/a · characters 100–150\n"
        "\n"
    )


def test_what_is_not_known_of_a_source_is_left_out() -> None:
    quote = make_quote(publisher=None, author=None, published=None, url=None)
    assert "    — Troops on the Move · characters 100–150\n" in show(card(make_answer(quote)))


def test_matched_words_are_underlined_and_the_answer_is_bold_not_only_coloured() -> None:
    assert (MATCHED, ANSWER) == ("underline", "bold")
    quote = make_quote(answer=((25, 39),))
    assert quote.text[slice(*quote.answer[0])].endswith(" troops")
    shown = show(card(make_answer(quote)), terminal=True)
    assert f"\x1b[1m{quote.text[25:33]}\x1b[0m\x1b[1;4mtroops\x1b[0m" in shown


def test_quotes_are_numbered() -> None:
    said = show(card(make_answer(make_quote(), make_quote("Another sentence.", matched=()))))
    assert "\n 2. Another sentence.\n" in said


def test_who_else_says_so_is_named_once_and_then_counted() -> None:
    titles = ("B", "C", "B", "D", "E")
    also = tuple(
        Also(text="Yes", article=f"a{n}", title=title, start=0, end=3)
        for n, title in enumerate(titles)
    )
    said = show(card(make_answer(make_quote(also=also, articles=3, origins=3))))
    assert "    — also in: B; C; D and 1 more · 3 independent sources\n" in said
    because = ("one report of KCNA", "publisher not known")
    said = show(card(make_answer(make_quote(also=also[:1], articles=3, origins_because=because))))
    assert "    — also in: B · in 3 articles, some with one report of KCNA\n" in said
    said = show(card(make_answer(make_quote(articles=2, origins_because=because[1:]))))
    assert "    — in 2 articles\n" in said
    again = Also(text="Yes", article="one", title="Troops on the Move", start=0, end=3)
    said = show(card(make_answer(make_quote(also=(again,)))))
    assert "    — also in: the same article\n" in said


def test_differing_figures_stand_side_by_side_with_their_quotes() -> None:
    values = (
        FigureValue(value="over 10,000", quotes=(0, 2)),
        FigureValue(value="approximately 12,000", quotes=(1,)),
    )
    said = show(card(make_answer(make_quote(), figures=(Figure(of="troops", values=values),))))
    assert said.endswith(
        "The sources differ on troops: over 10,000 (1 and 3) · approximately\n12,000 (2)\n"
    )


def test_figures_that_one_number_could_satisfy_are_said_to_be_compatible() -> None:
    values = (FigureValue(value="over 10", quotes=(0,)), FigureValue(value="12", quotes=(1,)))
    figure = Figure(of="ships", values=values, compatible=True)
    said = show(card(make_answer(make_quote(), figures=(figure,))))
    said = " ".join(said.split())
    assert said.endswith("On ships, one number could satisfy all of these: over 10 (1) · 12 (2)")
    assert "differ" not in said


def test_a_word_that_was_read_as_another_is_told() -> None:
    answer = make_answer(
        make_quote(), read=(Reading.model_validate({"word": "tropps", "as": "troops"}),)
    )
    assert show(card(answer)).startswith("Read “tropps” as “troops”.\n")


def test_an_answer_still_tells_which_word_no_source_has() -> None:
    answer = make_answer(make_quote(), missing=("zebras",))
    assert show(card(answer)).startswith("No source mentions *zebras*.\n 1. ")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (("population",), "The sources don’t say. No source mentions *population*."),
        (("a", "b"), "The sources don’t say. No source mentions *a* or *b*."),
        (("a", "b", "c"), "The sources don’t say. No source mentions *a*, *b* or *c*."),
        (tuple("abcd"), "The sources don’t say. No source mentions *a*, *b*, *c* or 1 other word."),
        (("a" * 300,), f"The sources don’t say. No source mentions *{'a' * 39}…*."),
        ((), "The sources don’t say. I found no sentence in them that answers this question."),
    ],
)
def test_an_abstention_says_why(missing: tuple[str, ...], said: str) -> None:
    assert show(card(abstain("not_in_sources", missing=missing)), width=99) == f"{said}\n"


def test_words_that_stand_nowhere_together_are_named_after_those_that_stand_nowhere() -> None:
    answer = abstain("not_in_sources", missing=("zebras",)).model_copy(
        update={"apart": ("South Korea", "Ukraine")}
    )
    assert " ".join(show(card(answer)).split()) == (
        "The sources don’t say. No source mentions *zebras*. "
        "No paragraph of the sources has *South Korea* and *Ukraine* together."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("greeting", "Good to hear from you. Ask me a question, and I answer with sentences of 5"),
        ("thanks", "Any time. If there is more to look up in 5 articles, just ask."),
        ("command", "I only quote: I can’t write, draw or do things. Ask me a question"),
        ("bot", "I am a bot that quotes 5 articles, word for word. No model writes a word"),
    ],
)
def test_talk_gets_an_honest_answer(kind: Talk, said: str) -> None:
    answer = abstain("nothing_asked").model_copy(update={"talk": kind})
    assert show(card(answer), width=200).startswith(said)


@pytest.mark.parametrize("stands_alone", [0.3, 0.9, 1.0])
def test_nothing_is_said_over_an_answer_without_a_doubt(stands_alone: float) -> None:
    answer = make_answer(make_quote(), stands_alone=stands_alone)
    assert show(card(answer)).startswith(" 1. ")


@pytest.mark.parametrize(
    ("everywhere", "said"),
    [
        (
            False,
            (
                "The nearest I have. In the first quote, *Baltic Gas* seems to have another part "
                "in *buy*."
            ),
        ),
        (True, "The articles say it the other way round."),
    ],
)
def test_a_doubt_stands_over_the_quotes(everywhere: bool, said: str) -> None:
    doubt = Doubt(kind="roles", words=("Baltic Gas", "buy"), everywhere=everywhere)
    shown = show(card(make_answer(make_quote(), doubts=(doubt,))), width=200)
    assert shown.startswith(f"{said}\n 1. ")


def test_whom_the_article_credits_stands_with_the_source() -> None:
    speaker = Speaker(text="South Korean\nintelligence", start=0, end=25)
    said = show(card(make_answer(make_quote(speaker=speaker))), width=200)
    assert " · credited to South Korean intelligence · characters 100–150\n" in said


def test_other_words_for_the_same_are_shown_with_their_place() -> None:
    also = (
        Also(text=TEXT, article="b", title="B", start=0, end=len(TEXT)),
        Also(text="Over 10,000 soldiers went.", article="c", title="C", start=4, end=30),
    )
    said = show(card(make_answer(make_quote(also=also, articles=2, origins=2))))
    assert (
        "    — also in: B; C · 2 independent sources\n"
        "      “Over 10,000 soldiers went.” (C, characters 4–30)\n"
    ) in said
    assert said.count(TEXT) == 1


WHY = {"soft_coverage": 4.81, "article_bm25": 0.336, "opening": 0.002, "leaning_pronoun": 0.0}


def test_a_score_is_shown_as_a_sum_whose_parts_are_named_and_explained() -> None:
    said = show(card(make_answer(make_quote(why=WHY, score=5.148)), why=True), width=200)
    assert (
        "     5.15 score\n"
        "    +4.81 words of the question\n"
        "    +0.34 the whole article\n"
        "\n"
        "Confidence 0.90: a score from 0 to 1, not a probability.\n"
        "words of the question: How much of the question"
    ) in said
    assert "near the beginning" not in said  # it adds less than is shown


def test_an_abstention_can_be_explained_too() -> None:
    said = show(card(abstain("not_in_sources", make_quote(why=WHY)), why=True))
    assert "+4.81 words of the question" in said
    assert "Confidence 0.10, too low for an answer: a score" in said


def test_scores_can_be_explained_after_the_answer() -> None:
    said = show(explained(make_answer(make_quote(why=WHY), make_quote(why={"opening": 1.0}))))
    assert said.startswith(" 5.15 1. Troops on the Move, characters 100–150\n+4.81 words of the")
    assert " 1.00 2. Troops on the Move, characters 100–150\n+1.00 near the beginning\n" in said


def test_a_part_that_has_no_name_yet_is_shown_by_its_own() -> None:
    assert "+2.00 brand new" in show(explained(make_answer(make_quote(why={"brand_new": 2.0}))))


def test_what_comes_nearest_is_marked_as_no_answer() -> None:
    said = show(card(abstain("not_in_sources", make_quote(), missing=("zebras",))))
    first, second, third, *_ = said.splitlines()
    assert first == "The sources don’t say. No source mentions *zebras*."
    assert second == "Nearest, not an answer:"
    assert third == f" 1. {TEXT}"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("nothing_asked", "There is nothing to look up in this"),
        ("empty_library", "The library has no articles yet"),
    ],
)
def test_nothing_asked_and_an_empty_library_have_words_of_their_own(reason: str, said: str) -> None:
    assert show(card(abstain(reason))).startswith(said)


# Text from outside


def test_escape_sequences_never_reach_the_terminal() -> None:
    nasty = "\x1b[2J\x1b]0;owned\x07 red \x9b31m \r\n back\x08 \u202ereversed \u2066 x"
    quote = make_quote(
        nasty,
        title=nasty,
        publisher=nasty,
        url=nasty,
        matched=((0, 3),),
        speaker=Speaker(text=nasty, start=0, end=len(nasty)),
        also=(Also(text=f"{nasty}!", article="b", title=nasty, start=0, end=len(nasty) + 1),),
        why=WHY,
    )
    far = abstain("not_in_sources", quote, missing=(nasty,))
    for answer in (make_answer(quote), far.model_copy(update={"apart": (nasty, nasty)})):
        said = show(card(answer, why=True), terminal=True).replace("\x1b[", "", 999)
        assert not any(sign in said for sign in "\x1b\x07\x08\r\x9b\u202e\u2066")
    assert "\x1b" not in show(question(nasty))


def test_markup_of_rich_in_a_text_is_shown_as_it_stands() -> None:
    text = "A [bold red]warning[/] and [link=https://x.example]one[/link] :smile: [/nope]"
    said = show(card(make_answer(make_quote(text, title=text, matched=()))), width=200)
    assert said.count(text) == 2


def test_prose_of_several_lines_is_one_and_its_marks_stay_in_place() -> None:
    quote = make_quote("Many\r\n\ttroops went.", matched=((7, 13),))
    wrapped = quote.model_copy(update={"soft": (4, 5)})
    said = show(card(make_answer(wrapped)), terminal=True)
    assert "Many   \x1b[4mtroops\x1b[0m went." in said


def test_lines_of_code_and_of_a_list_stay_lines() -> None:
    said = show(card(make_answer(make_quote("make hive\nmake bees", matched=()))))
    assert [line.strip() for line in said.splitlines()[:2]] == ["1. make hive", "make bees"]


def test_marks_stay_in_place_behind_controls_that_are_written_out() -> None:
    quote = make_quote("\x1b[2J\x9bMany troops", matched=((10, 16),))
    said = show(card(make_answer(quote)), terminal=True)
    assert "\\u001b[2J\\u009bMany \x1b[4mtroops\x1b[0m" in said


@pytest.mark.parametrize("unseen", ["\u3164", "\u200b\ufe0f", "\u2800 \u115f"])
def test_a_title_of_which_nothing_is_seen_is_the_articles_id(unseen: str) -> None:
    also = (Also(text="x", article="two", title=unseen, start=0, end=1),)
    quote = make_quote(title=unseen, also=also)
    said = show(card(make_answer(quote), why=True))
    assert "— one · The Sea" in said
    assert "also in: two" in said
    assert "1. one, characters" in show(explained(make_answer(quote)))


@pytest.mark.parametrize("width", [20, 40, 72, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = f"{TEXT} Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten " * 3
    said = show(card(make_answer(make_quote(text))), width=width)
    assert max(map(len, said.splitlines())) <= width
    assert "".join(text.split()) in "".join(said.split())


def test_a_library_is_listed_with_ids_sources_and_lengths() -> None:
    one = Article(id="001", title="Troops on the Move", text="Text. " * 500, publisher="The Sea")
    with Library.of([one]) as library:
        assert show(listing(library.entries())) == (
            "id   article                       characters\n"
            "001  Troops on the Move · The Sea       3,000\n"
        )


def test_the_head_of_a_table_stands_above_its_row_with_its_cells_apart() -> None:
    head = Lead(text="Model  Max speed\u001b[2J  Price", start=0, end=28)
    row = make_quote("Q2  900 rpm  €260", matched=(), lead=head)
    said = show(card(make_answer(row)))
    assert "    Model  Max speed\\u001b[2J  Price\n 1. Q2  900 rpm  €260\n" in said
