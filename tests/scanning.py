"""Every scan over a text that we did not write, and the texts on which a pattern runs too long."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator

from dotenv.parser import parse_stream

from bot.cards import markdown as cards
from bot.replay.parsing import parse as read_script
from retrieval.errors import BadSynonyms
from retrieval.evidence.attribution.credits import credit
from retrieval.evidence.attribution.tokens import read_words
from retrieval.evidence.figures.clauses import find_clause, find_scene
from retrieval.evidence.origins.publishers import domain, publisher_key
from retrieval.evidence.origins.shingles import shingles
from retrieval.evidence.origins.wires import find_wire, name_wire
from retrieval.evidence.statements.claims import read_claim
from retrieval.quantities import read_quantities
from retrieval.question import read_question
from retrieval.question.parts import read_parts
from retrieval.question.synonyms import read_synonyms
from retrieval.question.talk import talk_of
from retrieval.readers import markdown, titles
from retrieval.readers.anchors import Anchors
from retrieval.readers.details import ADDRESS, LANGUAGE
from retrieval.readers.front_matter import read_front_matter
from retrieval.readers.hypertext import walk
from retrieval.readers.hypertext.charsets import decode_page
from retrieval.readers.rst.reading import read_rst
from retrieval.sentences import boilerplate, split
from retrieval.text.names import find_names
from retrieval.untrusted.parsing import ForeignError, read_json, read_toml

Scan = Callable[[str], object]

CLASSES = (
    *(".", "!", "?", "…", "。", " ", "\t", "\n", "\r\n", "\u00a0", "\u2028", "\0", "\u200d"),
    *('"', "'", "“", "”", "‘", "’", "«", "»", "`", "''", "``", "-", "–", "—", "(", ")", "[", "]"),
    *("{", "}", "<", ">", "_", "$", "#", "*", "/", "\\", "%", "&", "@", "=", "~", "•", "|", ":"),
    *(
        ",",
        ";",
        "a",
        "A",
        "é",
        "\u0301",
        "e\u0301",
        "1",
        "٣",
        "中",
        "👩🏽",
        ". ",
        "a.",
        "a. ",
        "A.",
    ),
    *("A. ", "1.", "1. ", "1,", "a b ", "- ", "a-", "a_", "a'", "a’b ", '."', ".'", ".” ", ".)"),
    *("“a” ", '"a" ', "[1]", "a/", "a@b.c ", "$1 ", "U.S. ", "a\n", ".\n", "a  b  ", "A  B  "),
)
"""What the texts repeat: each class of characters that a pattern knows, and mixtures."""
UNWANTED = "\x01"
"""What ends the repetition: no pattern that runs over the class wants it next."""


def texts(size: int) -> Iterator[str]:
    """A text of about so many characters for each class."""
    return (one * (size // len(one)) + UNWANTED for one in CLASSES)


def _error(read: Scan) -> Scan:
    def scan(text: str) -> object:
        try:
            return read(text)
        except (ForeignError, BadSynonyms) as error:
            return error

    return scan


def _shown(text: str, *, is_mdx: bool = False) -> object:
    """A page as it is read, or why it is refused: what is nested too deep is."""
    try:
        return markdown.show(text, is_mdx=is_mdx)
    except ValueError as error:
        return error


def _no_nul(text: str) -> bytes:
    return text.replace("\0", "").encode()


def _mark(text: str) -> object:
    """Boilerplate is looked for in lines of at most 300 characters."""
    lines = "\n".join(
        " ".join(text[start : start + 290].split()) for start in range(0, len(text), 290)
    )
    return boilerplate.mark(lines, split(lines))


SCANS: dict[str, Scan] = {
    "sentences": split,
    "boilerplate": _mark,
    "front matter": lambda text: boilerplate.split_front_matter(f"---\ntitle: a\n{text}"),
    "front matter's field": lambda text: read_front_matter(f"---\na: {text}\n---\n"),
    "anchors": lambda text: Anchors().of(text),
    "Markdown": _shown,
    "MDX": lambda text: _shown(f"a {text}", is_mdx=True),
    "a tag": lambda text: _shown(f"# a\n<A {text}"),
    "a table": lambda text: _shown(f"|a|b|\n|-|-|\n|{text}|{text}|"),
    "HTML": walk,
    "HTML's tag": lambda text: walk(f"<a {text}"),
    "HTML's attribute": lambda text: walk(f'<a title="{text}'),
    "HTML's code": lambda text: walk(f"<pre>{text}"),
    "HTML's encoding": lambda text: decode_page(_no_nul(f"<meta {text}"), "a.html"),
    "reStructuredText": read_rst,
    "reStructuredText's lines": lambda text: read_rst("\n".join(re.findall(".{1,20}", text))),
    "reStructuredText's role": lambda text: read_rst(f"a :b:`c{text}"),
    "reStructuredText's directive": lambda text: read_rst(f".. {text}\n.. a:: {text}"),
    "reStructuredText's rows": lambda text: read_rst(f".. list-table::\n\n   * - {text}"),
    "a title": lambda text: titles.title_of(f"a{text}"),
    "JSON": _error(read_json),
    "JSON's text": _error(lambda text: read_json(f'{{"a": "{text}')),
    "JSON's number": _error(lambda text: read_json(f"1{text}")),
    "TOML": _error(read_toml),
    "TOML's value": _error(lambda text: read_toml(f"a = {text}")),
    "TOML's text": _error(lambda text: read_toml(f'a = "{text}')),
    "TOML's table": _error(lambda text: read_toml(f"[{text}")),
    "a script": lambda text: read_script("a.yaml", text),
    "a script's value": lambda text: read_script("a.yaml", f"cases: {text}"),
    "synonyms": _error(lambda text: read_synonyms(f"a, b{text}".encode(), "a.txt")),
    "escaped synonyms": _error(lambda text: read_synonyms(f"\\,a, b{text}".encode(), "a.txt")),
    "settings": lambda text: list(parse_stream(io.StringIO(f"A={text}"))),
    "a question": read_question,
    "talk": lambda text: (talk_of(text), read_parts(text)),
    "an agency": lambda text: (find_wire(text), name_wire(text)),
    "a publisher": lambda text: (publisher_key(text), domain(f"https://{text}")),
    "an address": lambda text: (ADDRESS.fullmatch(f"https://a{text}"), LANGUAGE.fullmatch(text)),
    "copies": shingles,
    "a card": cards.escape,
}
"""Scans of a whole text, a title, a field or a question, each of any length."""

SENTENCE_SCANS: dict[str, Scan] = {
    "quantities": read_quantities,
    "a claim": lambda text: read_claim(text, frozenset()),
    "clauses": lambda text: (find_clause(text, len(text) // 2, len(text) // 2), find_scene(text)),
    "names": lambda text: find_names([text]),
    "a credit": lambda text: credit(read_words(text)),
}
"""Scans of one sentence, which has at most `MAX_SENTENCE` characters."""


def seconds(scan: Scan, text: str) -> float:
    """The time of this process that a scan takes."""
    began = time.process_time()
    scan(text)
    return time.process_time() - began
