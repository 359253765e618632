"""PDF documents become articles: paragraphs, headings, the page of each, and what is wrong."""

from __future__ import annotations

import io
import logging
import time
import zlib
from collections import Counter
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import lines, pdf

from retrieval.models import Article
from retrieval.readers import Trouble, read
from retrieval.readers.pdf import pages
from retrieval.readers.pdf.pages import Line
from retrieval.readers.pdf.paragraphs import write_blocks

PROSE = (
    "The lamp of the north tower was lit at dusk by the keeper and his",
    "daughter, who carried the oil up all of its two hundred steps each",
    "evening of the year.",
)
UNMAPPED = (
    "<</Type/Font/Subtype/Type0/BaseFont/ABC/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/ABC/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    "/Supplement 0>>>>]>>"
)
NUMBERED = (
    "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Type/Encoding/Differences[65/g1/g2/g3/g4]>>>>"
)


def read_all(path: Path, content: bytes) -> tuple[Article | None, list[str]]:
    path.write_bytes(content)
    found = list(read([path]))
    articles = [item for item in found if isinstance(item, Article)]
    assert len(articles) < 2
    said = [item.reason for item in found if isinstance(item, Trouble)]
    return (articles[0] if articles else None), said


def shown(article: Article | None) -> list[tuple[str, int, str]]:
    """Of each block its kind, its page and its words."""
    assert article
    assert article.layout
    return [
        (block.kind, block.page, article.cut(block.start, block.end))
        for block in article.layout.blocks
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night_watch.pdf"


def test_lines_are_joined_to_paragraphs_at_gaps_and_short_ends(path: Path) -> None:
    page = lines(*PROSE, "It burned until dawn.", "", "At dawn it was put out.")
    article, _ = read_all(path, pdf([page]))
    assert shown(article) == [
        ("paragraph", 1, " ".join(PROSE)),
        ("paragraph", 1, "It burned until dawn."),
        ("paragraph", 1, "At dawn it was put out."),
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page(path: Path) -> None:
    article, _ = read_all(path, pdf([lines(*PROSE[:2]), lines(PROSE[2], "", "Then it rained.")]))
    assert shown(article) == [
        ("paragraph", 1, " ".join(PROSE)),
        ("paragraph", 2, "Then it rained."),
    ]


def test_larger_letters_are_headings_whose_levels_are_their_sizes(path: Path) -> None:
    page = [
        *lines("The night watch", top=760, size=20),
        *lines("Of lamps", top=730, size=14),
        *lines(*PROSE, top=700),
        *lines("Of oil", top=640, size=14),
        *lines("Oil is kept below.", top=620),
    ]
    article, _ = read_all(path, pdf([page]))
    assert article
    assert article.layout
    assert [(b.level, article.cut(b.start, b.end)) for b in article.layout.blocks if b.level] == [
        (1, "The night watch"),
        (2, "Of lamps"),
        (2, "Of oil"),
    ]
    assert article.title == "The night watch"


def test_items_and_rows_are_told(path: Path) -> None:
    items = ("• Light the lamp.", "• Wind the clock.", "1. Wait.")
    cells = ("Lamp", "Height", "North", "12 m", "South", "9 m")
    table = [
        (72 + 128 * (number % 2), 500 - 14 * (number // 2), 10, words)
        for number, words in enumerate(cells)
    ]
    article, _ = read_all(path, pdf([[*lines(*PROSE, "", *items), *table]]))
    assert shown(article)[1:] == [
        ("item", 1, "Light the lamp."),
        ("item", 1, "Wind the clock."),
        ("item", 1, "1. Wait."),
        ("head", 1, "Lamp  Height"),
        ("row", 1, "North  12 m"),
        ("row", 1, "South  9 m"),
    ]


def test_headers_footers_and_page_numbers_are_left_out(path: Path) -> None:
    nights = ["fog", "rain", "snow", "hail", "calm", "frost", "wind", "stars"]
    content = pdf(
        [
            (72, 30, 8, f"Page {number} of 8"),
            (72, 780, 8, "The night watch" if number % 2 else "Second edition"),
            *lines(f"That night there was {night}", f"and nothing but {night}."),
            (300, 20, 8, str(number)),
        ]
        for number, night in enumerate(nights, start=1)
    )
    article, _ = read_all(path, content)
    assert [words for _, _, words in shown(article)] == [
        f"That night there was {night} and nothing but {night}." for night in nights
    ]


def test_a_word_that_a_line_breaks_is_as_the_rest_of_the_document_has_it(path: Path) -> None:
    page = lines(
        "The government of the island paid the keeper by the half-year in gov-",
        "ernment bonds, and his daughter, who was paid by the half-",
        "year as well, found no lamp-",
        "wick to buy in any of the shops.",
    )
    (block,) = shown(read_all(path, pdf([page]))[0])
    assert "in government bonds" in block[2]
    assert "by the half-year as well" in block[2]
    assert "no lamp-\nwick to" in block[2]


def test_the_document_states_its_title_and_author(path: Path) -> None:
    page = lines("Nothing came up the river.")
    fields = "/Title (Of watches) /Author (Ana Lund)"
    article, _ = read_all(path, pdf([page], fields=fields))
    assert article
    assert (article.title, article.author) == ("Of watches", "Ana Lund")
    fields = "/Title (Microsoft Word - draft.doc) /Author (\\(anonymous\\))"
    article, _ = read_all(path, pdf([page], fields=fields))
    assert article
    assert (article.title, article.author) == ("Night watch", None)
    assert article.layout
    assert (article.layout.genre, article.layout.reader) == ("document", "pdf 1")


@pytest.mark.parametrize("font", [UNMAPPED, NUMBERED])
def test_pages_whose_signs_have_no_letters_are_named_and_the_rest_is_read(
    path: Path, font: str
) -> None:
    good = pypdf.PdfReader(io.BytesIO(pdf([lines("Nothing came up the river.")])))
    signs = "<0041004200430044>" if font == UNMAPPED else "ABCD"
    bad = pypdf.PdfReader(io.BytesIO(pdf([[(72, 700, 10, signs)]], font=font)))
    writer = pypdf.PdfWriter()
    for one in (bad, good, bad, bad, good, bad):
        writer.append(one)
    file = io.BytesIO()
    writer.write(file)
    article, said = read_all(path, file.getvalue())
    assert len(shown(article)) == 2
    assert said == [
        "of its pages, 1, 3–4 and 6 do not say which letters their signs are; the others are read"
    ]
    article, said = read_all(path, pdf([[(72, 700, 10, signs)]], font=font))
    assert article is None
    assert said == ["none of its pages can be read: they do not say which letters their signs are"]


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(pdf([lines("Nothing came up the river.")])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_document_that_anybody_may_open_is_read_though_it_is_encrypted(path: Path) -> None:
    assert shown(read_all(path, encrypted(""))[0]) == [
        ("paragraph", 1, "Nothing came up the river.")
    ]


def looped() -> bytes:
    """A document whose pages lie in themselves."""
    return pdf([lines("Words.")]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"plain words", "it is no PDF document"),
        (b"%PDF-1.7\n" + b"1 0 obj <<" * 50_000, "it is no PDF document"),
        (pdf([lines("Words.")])[:300], "it is no PDF document"),
        (looped(), ""),
        (pdf([[], []]), "no page of it has text: it seems to be a scan"),
        (encrypted("secret"), "it is encrypted"),
        (pdf([lines("-- 12 --")]), "no page of it has text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_what_cannot_be_read_is_said_in_a_line(
    path: Path, content: bytes, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        article, said = read_all(path, content)
    assert article is None
    assert len(said) == 1
    assert why in said[0]
    assert not caplog.records


def test_a_page_that_takes_too_long_is_named_and_the_rest_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = [(72, 700, 10, "a")] * 4_000
    monkeypatch.setattr(pages, "PAGE_SECONDS", 0.05)
    article, said = read_all(path, pdf([lines("Nothing came."), endless]))
    assert shown(article) == [("paragraph", 1, "Nothing came.")]
    assert said == ["of its pages, 2 take too long; the others are read"]


def test_a_stream_that_unpacks_to_much_costs_little(path: Path) -> None:
    packed = zlib.compress(b"BT /F 10 Tf (a) Tj ET " * 2_000_000, 9)
    head = f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n".encode()
    content = pdf([lines("Words.")])
    start = content.index(b"5 0 obj\n") + 8
    end = content.index(b"endobj", start)
    began = time.process_time()
    _, said = read_all(path, content[:start] + head + packed + b"\nendstream\n" + content[end:])
    assert len(said) == 1
    assert time.process_time() - began < 10


LINES = st.lists(
    st.builds(
        Line,
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
        st.integers(1, 2),
        st.floats(0, 600),
        st.floats(0, 800),
        st.sampled_from([0.0, 8.0, 10.0, 14.0, 20.0]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=50)
@given(LINES)
def test_whatever_the_lines_no_letter_of_a_few_pages_is_lost(found: list[Line]) -> None:
    found.sort(key=lambda line: line.page)
    writer = write_blocks(found, 2)
    text = writer.text
    held = "".join(text[block.start : block.end] for block in writer.blocks)
    assert [c for c in held if c.isalnum()] == [c for c in text if c.isalnum()]
    # What is as short as a page's number may be one.
    kept = Counter(c for line in found if len(line.text.strip()) > 6 for c in line.text)
    assert all(Counter(text)[c] >= count for c, count in kept.items() if c.isalpha())


def test_ten_thousand_lines_are_soon_laid_out() -> None:
    many = [
        Line(f"Line {n} of it goes on and", n // 50, 72, 700 - n % 50, 10) for n in range(10_000)
    ]
    began = time.process_time()
    write_blocks(many, 200)
    assert time.process_time() - began < 3
