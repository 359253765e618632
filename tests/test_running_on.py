"""In a document, a quote that leads up to its answer takes what follows it, whole and proven."""

from __future__ import annotations

from itertools import pairwise

from libraries import answerer_over
from pages import page

from retrieval.evidence.running_on import LONGEST
from retrieval.models import Article, Quote

FILLER = page(
    ("paragraph", "The mill stands by the river and grinds rye for the whole valley."),
    ("paragraph", "Its wheel turns from March until the river freezes."),
    name="filler",
    title="The mill",
)


def first(question: str, article: Article) -> Quote:
    answer = answerer_over(article, FILLER, threshold=0).ask(question)
    quote = answer.quotes[0]
    quote.prove(article)
    assert quote.text == article.text[quote.start : quote.end]
    return quote


def test_a_line_that_ends_in_a_colon_takes_the_list() -> None:
    article = page(
        ("paragraph", "To update the server plugin, follow these steps:"),
        ("item", "Stop the machine.", 1),
        ("item", "Swap the file.", 1),
    )
    quote = first("how to update the server plugin", article)
    assert quote.text.split("\n\n") == [
        "To update the server plugin, follow these steps:",
        "Stop the machine.",
        "Swap the file.",
    ]


def test_a_pasted_error_takes_what_the_document_says_of_it() -> None:
    article = page(
        ("heading", "Errors", 2),
        ("code", "[12:00] WARN Could not load plugin: invalid manifest in folder x"),
        ("paragraph", "The archive that you downloaded is broken."),
        ("paragraph", "Fetch it again."),
    )
    quote = first("Could not load plugin: invalid manifest", article)
    assert quote.text.endswith("The archive that you downloaded is broken.\n\nFetch it again.")


def test_under_a_heading_that_says_the_question_all_of_the_section_answers() -> None:
    article = page(
        ("heading", "How do I cancel my booking?", 2),
        ("paragraph", "Bookings sit in your profile. Press the red cross there."),
        ("paragraph", "The money is back within a week."),
        ("heading", "Something else", 2),
        ("paragraph", "Bookings for groups are made by mail."),
    )
    quote = first("How do I cancel my booking?", article)
    assert quote.section == "How do I cancel my booking?"
    assert quote.text.endswith("The money is back within a week.")


def test_a_heading_that_is_only_a_word_of_the_question_does_not_make_it_run_on() -> None:
    article = page(
        ("heading", "Goblin", 2),
        ("paragraph", "A goblin has seven hit points in total. It hides well."),
        ("paragraph", "It lives in caves."),
    )
    assert first("hit points of a goblin", article).text == (
        "A goblin has seven hit points in total."
    )


def test_a_quote_runs_on_only_within_its_section_and_its_length() -> None:
    long = "The profile " + "has many pages and " * 40 + "ends."
    article = page(
        ("paragraph", "How is the profile page closed?"),
        ("paragraph", long),
    )
    assert len(long) > LONGEST
    assert first("how is the profile page closed", article).text == (
        "How is the profile page closed?"
    )
    parted = page(("paragraph", "See the profile page rules:"), ("heading", "Rules", 2))
    assert first("profile page rules", parted).text == "See the profile page rules:"


def test_what_one_quote_shows_is_in_no_quote_after_it() -> None:
    article = page(
        ("paragraph", "To update the server plugin, follow these steps:"),
        ("item", "Stop the server plugin.", 1),
        ("item", "Update the plugin file.", 1),
        ("paragraph", "The server plugin is ready once the green lamp on its panel blinks."),
    )
    quotes = answerer_over(article, FILLER, threshold=0).ask("update the server plugin").quotes
    spans = sorted((quote.start, quote.end) for quote in quotes)
    assert len(spans) > 1
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_quote_stops_where_one_before_it_begins() -> None:
    article = page(
        ("paragraph", "The packet limit of the proxy is set by this key:"),
        ("paragraph", "limits: the packet limit of the proxy, eight thousand by default."),
    )
    last = "limits: the packet limit of the proxy, eight thousand by default."
    answer = answerer_over(article, FILLER, threshold=0).ask("limits packet limit proxy default")
    assert [quote.text for quote in answer.quotes][:2] == [
        last,
        "The packet limit of the proxy is set by this key:",
    ]


def test_news_never_runs_on() -> None:
    article = page(
        ("paragraph", "The mayor said of the profile page rules:"),
        ("paragraph", "They are closed."),
        genre="news",
    )
    assert first("profile page rules mayor", article).text == (
        "The mayor said of the profile page rules:"
    )


def test_an_entry_that_has_the_words_of_the_question_is_its_own_answer() -> None:
    article = page(
        ("option", "--dry-run\nPrints what would be done and does nothing."),
        ("option", "--quiet\nPrints errors only."),
        ("head", "Path  Method"),
        ("row", "/stop  POST  Stops the stones"),
        ("row", "/grind  POST  Starts a batch"),
        ("definition", "runner stone\nThe upper stone, which turns."),
        ("definition", "bedstone\nThe lower one."),
    )
    for question, start in {
        "What does --dry-run do?": "--dry-run",
        "What does POST /stop do?": "/stop",
        "What is a runner stone?": "runner stone",
    }.items():
        quote = first(question, article)
        whole = (
            [b for b in article.layout.blocks if b.start == quote.start] if article.layout else []
        )
        assert quote.text.startswith(start)
        assert [(b.start, b.end) for b in whole] == [(quote.start, quote.end)]


def test_the_first_quotes_are_the_same_however_many_are_asked_for() -> None:
    article = page(
        ("paragraph", "The ferry sails to these islands:"),
        *(("item", f"The ferry sails to island {name} in May.", 1) for name in ("Ro", "Bo", "Mo")),
        ("heading", "More", 2),
        ("paragraph", "The ferry sails to the harbour in winter."),
        ("paragraph", "A ferry of the islands sails at noon."),
    )
    answerer = answerer_over(article, FILLER, threshold=0)
    every = answerer.ask("To which islands does the ferry sail?", quotes=20).quotes
    assert len(every) > 1
    for number in range(1, len(every) + 1):
        few = answerer.ask("To which islands does the ferry sail?", quotes=number)
        assert few.quotes == every[:number]
        assert few.available == number
