"""A document is read by its sections, and what is quoted of it is a sentence or a whole unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import quotable_passages
from pages import page

from retrieval.evidence.context import surroundings
from retrieval.evidence.standing import heading, soft_breaks, standing
from retrieval.models import Article
from retrieval.search import Index
from retrieval.search.writing.tokenizing import read_articles
from retrieval.sentences.passages import (
    WHOLE_CODE,
    WHOLE_ITEM,
    read_passages,
    read_sections,
)
from retrieval.sentences.splitting import MAX_SENTENCE
from retrieval.values import Layout

MANUAL = page(
    ("paragraph", "Bees make a lot of honey. They live in hives."),
    ("heading", "Care", 2),
    ("heading", "In winter", 3),
    ("paragraph", "Feed them like this:"),
    ("item", "Warm the sugar. Let it cool.", 1),
    ("item", "Fill the tray.", 1),
    ("heading", "Opening hours", 2),
    ("head", "Day  Lund  Oslo"),
    ("row", "Monday  10–20  closed"),
    ("row", "Sunday  11–19  closed"),
    ("heading", "Setup", 2),
    ("paragraph", "Two steps are needed. Run the first command:"),
    ("code", "make hive\nmake bees"),
    title="Manual",
)


def said(article: Article) -> list[list[str]]:
    return [
        [article.cut(one.start, one.end) for one in section.passages]
        for section in read_sections(article)
    ]


def test_each_heading_opens_a_section_and_is_never_quoted() -> None:
    assert said(MANUAL) == [
        ["Bees make a lot of honey.", "They live in hives."],
        ["Feed them like this:", "Warm the sugar. Let it cool.", "Fill the tray."],
        ["Monday  10–20  closed", "Sunday  11–19  closed"],
        ["Two steps are needed.", "Run the first command:", "make hive\nmake bees"],
    ]


def test_a_section_is_read_with_the_title_and_the_headings_above_it() -> None:
    assert [section.title.split("\n") for section in read_sections(MANUAL)] == [
        ["Manual"],
        ["Manual", "Care", "In winter"],
        ["Manual", "Opening hours"],
        ["Manual", "Setup"],
    ]


def test_a_first_heading_that_is_the_title_is_not_read_twice() -> None:
    article = page(("heading", "MANUAL", 1), ("paragraph", "Bees make honey."), title="Manual")
    (section,) = read_sections(article)
    assert section.title == "Manual"
    assert standing(article, read_passages(article)[0].start).section is None


def test_a_heading_with_nothing_under_it_keeps_its_words() -> None:
    article = page(("heading", "Alpha", 2), ("heading", "Beta", 2), ("heading", "Gamma", 3))
    titles = [section.title for section in read_sections(article)]
    assert titles == ["Page\nAlpha", "Page\nBeta\nGamma"]


def test_a_row_is_read_with_the_head_of_its_table() -> None:
    index = Index.of(read_articles([MANUAL]))
    row = next(n for n, one in enumerate(read_passages(MANUAL)) if one.start in rows_of(MANUAL))
    held = index.terms_of(np.array([row]))
    assert {held.vocabulary.term(n) for n in held.terms.tolist()} >= {"lund", "day", "monday"}


def test_a_sentence_that_only_names_what_follows_is_one_with_that() -> None:
    article = page(("paragraph", "Longsword. It hits hard. It is long."))
    assert said(article) == [["Longsword. It hits hard.", "It is long."]]


def test_a_long_item_is_quoted_by_its_sentences_and_long_code_by_its_lines() -> None:
    long = " ".join(f"Step {n} is to move hive {n}." for n in range(40))
    assert len(long) > WHOLE_ITEM
    code = "\n".join(f"hive{n} = Hive({n})" for n in range(100))
    article = page(("item", long, 1), ("code", code))
    passages = [article.cut(one.start, one.end) for one in read_passages(article)]
    assert passages[:2] == ["Step 0 is to move hive 0.", "Step 1 is to move hive 1."]
    lines = [one for one in passages if one.startswith("hive")]
    assert len(lines) > 1
    assert all(len(one) <= WHOLE_CODE for one in lines)
    assert "\n".join(lines) == code


def test_a_paragraph_is_one_however_its_lines_are_wrapped() -> None:
    article = page(("paragraph", "The hive\nstands in\nthe shade. Bees\nfly."))
    assert said(article) == [["The hive\nstands in\nthe shade.", "Bees\nfly."]]


def test_in_a_document_what_looks_like_furniture_is_content_and_in_news_it_is_not() -> None:
    for genre, quotable in (("document", 2), ("news", 1)):
        article = page(
            ("paragraph", "ALSO READ: Bees sold"),
            ("paragraph", "Bees make honey in the summer."),
            genre=genre,  # type: ignore[arg-type]  # the loop's strings are its two values
        )
        assert len(quotable_passages(article)) == quotable
        assert len(read_passages(article)) == 2


@pytest.mark.parametrize(("genre", "quotable"), [("document", 2), ("news", 1)])
def test_a_plain_text_is_read_by_the_rules_of_its_genre(genre: str, quotable: int) -> None:
    layout = Layout(genre, "text 1", "0" * 64)  # type: ignore[arg-type]  # two values of the type
    text = "ALSO READ: Bees sold\n\nBees make honey in the summer."
    article = Article(id="a", title="Bees", text=text, layout=layout)
    assert len(quotable_passages(article)) == quotable


def test_a_line_end_is_seen_as_a_space_within_prose_and_as_one_in_code() -> None:
    article = page(("paragraph", "Bees\nfly. They\nhum."), ("code", "make\nhive"))
    assert [article.text[place - 1] for place in soft_breaks(article, 0, len(article.text))] == [
        "s",
        "y",
    ]
    defined = page(("definition", "hive\nWhere bees\nlive."), ("option", "-q  Hum\nless."))
    seen = list(defined.text)
    for place in soft_breaks(defined, 0, len(seen)):
        seen[place] = " "
    assert "".join(seen).rstrip() == "hive\nWhere bees live.\n\n-q  Hum less."
    plain = Article(id="a", title="A", text="Bees\nfly.")
    assert list(soft_breaks(plain, 0, 10)) == [4]


def test_a_passage_knows_its_section_its_anchor_and_what_leads_up_to_it() -> None:
    places = {MANUAL.cut(one.start, one.end): one.start for one in read_passages(MANUAL)}
    fed = standing(MANUAL, places["Fill the tray."])
    assert (fed.section, fed.anchor, fed.lead) == ("Care › In winter", "in-winter", None)
    row = standing(MANUAL, places["Sunday  11–19  closed"])
    assert row.lead is not None
    assert MANUAL.cut(*row.lead) == "Day  Lund  Oslo"
    code = standing(MANUAL, places["make hive\nmake bees"])
    assert code.lead is not None
    assert MANUAL.cut(*code.lead) == "Run the first command:"
    assert standing(MANUAL, 0).section is None
    chapter = page(("heading", "Wind", 1), ("paragraph", "It blows."), title="The book › Wind")
    where = chapter.text.index("It blows.")
    assert standing(chapter, where).section is None  # the chapter's name stands in the title
    assert heading(chapter, where) == "Wind"


def test_the_context_of_a_quote_from_a_document_is_its_section() -> None:
    places = {MANUAL.cut(one.start, one.end): one for one in read_passages(MANUAL)}
    row = places["Monday  10–20  closed"]
    context = surroundings(MANUAL, row.start, row.end)
    assert context.quote.section == "Opening hours"
    assert context.before
    assert context.after
    assert context.before.text.strip() == "Day  Lund  Oslo"  # no heading, and nothing above it
    assert context.after.text.strip() == "Sunday  11–19  closed"
    assert MANUAL.cut(context.before.start, context.after.end) == (
        context.before.text + context.quote.text + context.after.text
    )
    first, last = places["Feed them like this:"], places["Fill the tray."]
    ran_on = surroundings(MANUAL, first.start, last.end)
    assert (ran_on.before, ran_on.after) == (None, None)
    news = page(
        ("paragraph", "Bees\nfly. They hum."),
        ("paragraph", "They live in hives."),
        genre="news",
    )
    after = surroundings(news, 0, len("Bees\nfly.")).after
    assert after
    assert after.text == "They hum."


def rows_of(article: Article) -> set[int]:
    return (
        {block.start for block in article.layout.blocks if block.kind == "row"}
        if (article.layout)
        else set()
    )


KINDS = ("heading", "paragraph", "item", "head", "row", "definition", "option", "code")
WRITTEN = (
    st.text("ab1 .:\n?", min_size=1, max_size=900)
    .map(str.strip)
    .filter(lambda text: any(map(str.isalnum, text)))
)


@given(st.lists(st.tuples(st.sampled_from(KINDS), WRITTEN, st.integers(1, 6)), max_size=12))
def test_passages_are_ordered_and_hold_all_but_headings_and_heads(
    written: list[tuple[str, str, int]],
) -> None:
    article = page(*written)  # type: ignore[arg-type]  # drawn from the kinds
    passages = read_passages(article)
    edges = [edge for one in passages for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 < one.end - one.start <= MAX_SENTENCE for one in passages)
    paragraphs = [one.paragraph for one in passages]
    assert paragraphs == sorted(paragraphs)
    held = "".join(article.cut(one.start, one.end) for one in passages)
    wanted = "".join(text for kind, text, _ in written if kind not in {"heading", "head"})
    assert list(filter(str.isalnum, held)) == list(filter(str.isalnum, wanted))
