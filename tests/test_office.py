"""Word documents and EPUB books become articles, as a reader of their pages sees them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from papers import as_bytes, book, packed, paragraph

from retrieval.models import Article
from retrieval.readers import Trouble, read

Read = Callable[[str, bytes], list[Article | Trouble]]
Shown = list[tuple[str, int, str]]  # of each block its kind, its level and its words


@pytest.fixture
def read_file(tmp_path: Path) -> Read:
    """Read a file of a name and a content."""

    def read_it(name: str, content: bytes) -> list[Article | Trouble]:
        (tmp_path / name).write_bytes(content)
        return list(read([tmp_path / name]))

    return read_it


def one(found: list[Article | Trouble]) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def blocks(article: Article) -> Shown:
    assert article.layout
    edges = [edge for block in article.layout.blocks for edge in (block.start, block.end)]
    assert edges == sorted(edges)
    held = {place for block in article.layout.blocks for place in range(block.start, block.end)}
    assert all(n in held for n, letter in enumerate(article.text) if letter.isalnum())
    return [
        (block.kind, block.level, article.cut(block.start, block.end))
        for block in article.layout.blocks
    ]


def trouble(found: list[Article | Trouble]) -> str:
    (said,) = found
    assert isinstance(said, Trouble), said
    assert "\n" not in str(said)
    return said.reason


# Word documents


def test_a_word_document_gives_its_blocks(read_file: Read) -> None:
    document = docx.Document()
    document.add_heading("The keeper's handbook", 0)
    document.add_heading("Opening hours", 1)
    document.add_paragraph("The gate opens at nine.")
    document.add_paragraph("Bring a lamp", style="List Bullet")
    document.add_paragraph("with oil", style="List Number 2")
    document.add_paragraph("Light is a promise.", style="Quote")
    document.add_heading("Storms", 7)
    assert blocks(one(read_file("a.docx", as_bytes(document)))) == [
        ("heading", 1, "The keeper's handbook"),
        ("heading", 1, "Opening hours"),
        ("paragraph", 0, "The gate opens at nine."),
        ("item", 1, "Bring a lamp"),
        ("item", 2, "with oil"),
        ("quotation", 0, "Light is a promise."),
        ("heading", 6, "Storms"),
    ]


def test_a_table_gives_rows_and_a_head_where_the_first_row_names_columns(read_file: Read) -> None:
    document = docx.Document()
    for rows in (
        [("Lamp", "Height"), ("North", "12 m"), ("South", "9 m")],
        [("North", "12 m"), ("South", "9 m")],
    ):
        table = document.add_table(len(rows), 2)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        document.add_paragraph("Between.")
    found = blocks(one(read_file("a.docx", as_bytes(document))))
    assert [kind for kind, _, _ in found] == "head row row paragraph row row paragraph".split()
    assert found[1][2] == "North  12 m"


def test_bold_cells_are_a_head_and_a_frame_of_one_cell_is_no_table(read_file: Read) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, words in zip(table.rows[0].cells, ("12 metres", "9 metres"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for cell in table.rows[1].cells:
        cell.text = "lamp"
    document.add_paragraph("Between.")
    frame = document.add_table(1, 1).rows[0].cells[0]
    frame.text = "A note."
    frame.add_paragraph("A second one.")
    assert blocks(one(read_file("a.docx", as_bytes(document)))) == [
        ("head", 0, "12 metres  9 metres"),
        ("row", 0, "lamp  lamp"),
        ("paragraph", 0, "Between."),
        ("paragraph", 0, "A note."),
        ("paragraph", 0, "A second one."),
    ]


def test_only_what_a_page_shows_is_read(read_file: Read) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Running header"
    section.footer.paragraphs[0].text = "Running footer"
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    shape = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    body = document.element.body
    inserted = "<w:ins w:id='1' w:author='a'><w:r><w:t>is lit</w:t></w:r></w:ins>"
    deleted = "<w:del w:id='2' w:author='a'><w:r><w:delText>was dark</w:delText></w:r></w:del>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{shape}</mc:Choice>"
        f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    field = "<w:fldChar w:fldCharType='begin'/><w:instrText>PAGEREF x</w:instrText>"
    shown = (
        f"<w:r><w:t>It </w:t></w:r>{inserted}{deleted}",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r>",
        f"<w:r>{field}</w:r><w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>",
        "<w:sdt><w:sdtContent><w:r><w:t>a field</w:t></w:r></w:sdtContent></w:sdt>",
        f"<w:r><w:t>Beside.</w:t></w:r>{drawn}",
        "<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>",
    )
    for inside in shown:
        body.insert(len(body) - 1, paragraph(inside))
    document.add_comment(document.add_paragraph("Said.").runs, "A comment.", "a", "a")
    words = [text for _, _, text in blocks(one(read_file("a.docx", as_bytes(document))))]
    assert words == [
        *("It is lit", "shown", "a link", "a field", "Beside.", "In the box."),
        *("one\ntwo\tthree", "Said."),
    ]


def test_a_style_of_ones_own_counts_by_what_it_is_based_on(read_file: Read) -> None:
    document = docx.Document()
    own = document.styles.add_style("Chapter of ours", 1)
    own.base_style = document.styles["Heading 2"]
    own.base_style.base_style = own  # a circle
    document.add_paragraph("Lamps", style="Chapter of ours")
    assert blocks(one(read_file("a.docx", as_bytes(document)))) == [("heading", 2, "Lamps")]


def test_the_title_is_stated_or_the_first_heading_or_the_file_name(read_file: Read) -> None:
    document = docx.Document()
    document.core_properties.author = "Ana Lund"
    document.add_paragraph("The gate opens at nine.")
    assert one(read_file("night_watch.docx", as_bytes(document))).title == "Night watch"
    document = docx.Document()
    document.add_heading("The watch", 1)
    assert one(read_file("b.docx", as_bytes(document))).title == "The watch"
    document.core_properties.title = "Of watches"
    document.core_properties.author = "Ana Lund"
    article = one(read_file("c.docx", as_bytes(document)))
    assert (article.title, article.author, article.published) == ("Of watches", "Ana Lund", None)


def test_a_layout_names_its_source_and_sources_toml_goes_first(
    read_file: Read, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("The gate opens at nine.")
    data = as_bytes(document)
    article = one(read_file("a.docx", data))
    assert article.layout
    assert (article.layout.genre, article.layout.reader) == ("document", "docx 1")
    assert article.layout.source_sha256 == hashlib.sha256(data).hexdigest()
    (tmp_path / "sources.toml").write_text('[a]\ntitle = "Gates"\nkind = "news"\n')
    article = one(read_file("a.docx", data))
    assert article.layout
    assert (article.title, article.layout.genre) == ("Gates", "news")


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "lamp"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in zip("bcdefgh", "cdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\xd0\xcf\x11\xe0 old", "it is encrypted, or of an old Word"),
        (b"plain words", "it is no ZIP archive"),
        (packed({"a.txt": "words"}), "it is no Word document"),
        (packed({"[Content_Types].xml": "<Types>"}), "it is no Word document"),
        (packed({"word/document.xml": b"a" * 40_000_000}), "it is larger than 32 MiB"),
        (packed({"word/media/a.png": b"a" * 40_000_000}), "it unpacks to more than 200 times"),
        (as_bytes(docx.Document())[:-40], "it is no ZIP archive"),
        (as_bytes(docx.Document()), "it has no letter to read"),
    ],
)
def test_what_is_no_word_document_is_said_in_a_line(
    read_file: Read, content: bytes, why: str
) -> None:
    assert why in trouble(read_file("a.docx", content))


def with_body(body: str) -> bytes:
    """A Word document of another body, as no program would write it."""
    with zipfile.ZipFile(io.BytesIO(as_bytes(docx.Document()))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    prologue, _, inside = body.rpartition("!!")
    text = f"{prologue}<w:document {names}><w:body>{inside}</w:body></w:document>"
    return packed({**members, "word/document.xml": text})


@pytest.mark.parametrize(
    "body",
    [
        f"{BOMB}!!<w:p><w:r><w:t>&i;</w:t></w:r></w:p>",
        "<w:p>" * 200_000,
        f"{'<w:sdt>' * 5_000}{'</w:sdt>' * 5_000}",
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>!!<w:p><w:r><w:t>&a;</w:t></w:r></w:p>',
    ],
)
def test_a_hostile_body_is_one_line(read_file: Read, body: str) -> None:
    assert trouble(read_file("a.docx", with_body(body)))


# Books


def test_a_book_gives_an_article_for_each_chapter_in_their_order(read_file: Read) -> None:
    said = (
        "<dc:title>The lamp</dc:title><dc:creator>Ana Lund</dc:creator><dc:creator>Bo Dahl"
        "</dc:creator><dc:language>en-GB</dc:language><dc:date>2019-04-01T10:00:00Z</dc:date>"
        "<dc:publisher>Quay &amp; Sons</dc:publisher>"
    )
    chapters = {
        "cover.xhtml": '<img src="a.png" alt=""/>',
        "zeal.xhtml": "<h1>Of zeal</h1><p>Light it &amp; wait.</p><ul><li>Oil</li></ul>",
        "air.xhtml": "<p>No heading here.</p>",
    }
    found = read_file("lamp.epub", book(chapters, said=said))
    articles = [item for item in found if isinstance(item, Article)]
    assert [(one.id, one.title) for one in articles] == [
        ("lamp/02-zeal", "The lamp › Of zeal"),
        ("lamp/03-air", "The lamp › 3"),
    ]
    assert blocks(articles[0]) == [
        ("heading", 1, "Of zeal"),
        ("paragraph", 0, "Light it & wait."),
        ("item", 1, "Oil"),
    ]
    first = articles[0]
    known = (first.author, first.language, first.published, first.publisher)
    assert known == ("Ana Lund, Bo Dahl", "en-GB", "2019-04-01", "Quay & Sons")
    assert first.layout
    assert (first.layout.genre, first.layout.reader) == ("document", "epub 1")


def test_a_book_without_a_title_is_named_after_its_file(read_file: Read) -> None:
    article = one(read_file("old_lamps.epub", book({"a.xhtml": "<h1>Oil</h1><p>Pour it.</p>"})))
    assert article.title == "Old lamps › Oil"


def test_a_chapter_that_cannot_be_read_is_told_and_the_next_is_read(read_file: Read) -> None:
    content = book({"a.xhtml": "<p>Oil.</p>", "b.xhtml": "<p>Wick.</p>"})
    content = content.replace(b"OPS/a.xhtml", b"OPS/x.xhtml")
    damaged, good = read_file("a.epub", content)
    assert "it has no OPS/a.xhtml" in str(damaged)
    assert isinstance(good, Article)


SHUT = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
    'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
    '<enc:CipherReference URI="OPS/{}"/></enc:CipherData></enc:EncryptedData></encryption>'
)


def test_a_book_is_refused_where_its_chapters_are_encrypted_but_not_its_fonts(
    read_file: Read,
) -> None:
    chapters = {"a.xhtml": "<p>Oil.</p>"}
    for name, is_shut in (("a.xhtml", True), ("a.ttf", False)):
        more = {"META-INF/encryption.xml": SHUT.format(name)}
        found = read_file("a.epub", book(chapters, more=more))
        assert is_shut == ("encrypted" in str(found[0]))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"plain words", "it is no ZIP archive"),
        (packed({"a.txt": "words"}), "it has no META-INF/container.xml"),
        (packed({"META-INF/container.xml": "words"}), "it is no EPUB book, or a damaged one"),
        (packed({"META-INF/container.xml": "<a/>"}), "its container names no package"),
        (
            packed({"META-INF/container.xml": f"{BOMB}<a>&i;</a>"}),
            "it is no EPUB book, or a damaged one",
        ),
        (packed({"META-INF/container.xml": "<a>" * 3_000}), "it is no EPUB book, or a damaged one"),
        (book({}), "it has no letter to read"),
        (book({"a.xhtml": "<p>--</p>"}), "it has no letter to read"),
        (book({"../../a.xhtml": "<p>Oil.</p>"}), "it has no ../a.xhtml"),
        (book({"a.xhtml": f"<p>{'a' * 17_000_000}</p>"}), "it is larger than 16 MiB"),
    ],
)
def test_what_is_no_book_is_said_in_a_line(read_file: Read, content: bytes, why: str) -> None:
    assert why in trouble(read_file("a.epub", content))
