"""Files of many formats, made by hand: PDF documents, Word documents, books and archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml import parse_xml

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)

Placed = tuple[float, float, float, str]  # from the left, from below, the letters' size, the words


def pdf(pages: Iterable[Iterable[Placed]], *, fields: str = "", font: str | None = None) -> bytes:
    """A PDF document of lines at their places.

    Args:
        pages: The lines of each page.
        fields: Its fields, as "/Title (Bees)".
        font: The dictionary of its font; Helvetica where it is not given.
    """
    streams = [
        "\n".join(
            f"BT /F {size} Tf {left} {height} Td {_shown(text)} Tj ET"
            for left, height, size, text in page
        )
        for page in pages
    ]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(streams)))
    helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(streams)}/Kids[{kids}]>>",
        font or helvetica,
    ]
    for number, stream in enumerate(streams):
        contents = f"/Contents {5 + 2 * number} 0 R"
        resources = "/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 600 800]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}{contents}>>")
        objects.append(f"<</Length {len(stream.encode('cp1252'))}>>stream\n{stream}\nendstream")
    objects.append(f"<<{fields}>>")
    return _file(objects)


def _shown(text: str) -> str:
    if text.startswith("<"):
        return text
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})"


def _file(objects: list[str]) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    root = f"<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>"
    return bytes(data + f"trailer\n{root}\nstartxref\n{start}\n%%EOF\n".encode())


def lines(*texts: str, top: float = 700, size: float = 10) -> list[Placed]:
    """Lines one under the other; an empty one is a gap."""
    return [(72, top - 12 * number, size, text) for number, text in enumerate(texts) if text]


def as_bytes(document: Any) -> bytes:  # noqa: ANN401 - what python-docx makes
    """A Word document as its file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def paragraph(inside: str) -> Any:  # noqa: ANN401 - an element of lxml
    """A paragraph of a Word document, by what stands inside of it in WordprocessingML."""
    return parse_xml(f"<w:p {NAMES}>{inside}</w:p>")


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def book(
    chapters: Mapping[str, str], *, said: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """An EPUB book.

    Args:
        chapters: The body of each of its documents, by its name.
        said: What its package says of it: "<dc:title>Bees</dc:title>".
        more: Other members.
    """
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{said}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {f"OPS/{name}": f"<html><body>{body}</body></html>" for name, body in chapters.items()}
    return packed(
        {"META-INF/container.xml": CONTAINER, "OPS/book.opf": package, **pages, **(more or {})}
    )
