"""Holds the reader of reStructuredText to what a reader of the page sees."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import check_blocks

from retrieval import readers
from retrieval.models import Article
from retrieval.readers import Trouble
from retrieval.readers.rst.reading import read_rst

CASES = {
    "paragraphs": (
        "One line\nand another.\n\nTwo.\n",
        [("paragraph", "One line\nand another."), ("paragraph", "Two.")],
    ),
    "items": (
        "* One\n  more\n\n  Para.\n\n  - Two\n* Three\n\n1. Four\n#. Five\n\n(a) Six\n",
        [
            *(("item", "One\nmore"), ("paragraph", "Para."), ("item", "Two"), ("item", "Three")),
            *(("item", "Four"), ("item", "Five"), ("item", "Six")),
        ],
    ),
    "a sentence that begins with a number": (
        "In all\n\n1921. That was\nthe year.\n",
        [("paragraph", "In all"), ("paragraph", "1921. That was\nthe year.")],
    ),
    "items right below their sentence": (
        "We need:\n- sacks\n- grain\n",
        [("paragraph", "We need:"), ("item", "sacks"), ("item", "grain")],
    ),
    "definitions": (
        "Hopper : part\n  Holds *grain*,\n  all of it.\n\n  More.\n\nSack\n  Holds flour.\n",
        [
            ("definition", "Hopper : part\nHolds grain,\nall of it."),
            ("paragraph", "More."),
            ("definition", "Sack\nHolds flour."),
        ],
    ),
    "a glossary": (
        (
            ".. glossary::\n   :sorted:\n\n   Sack\n   Bag\n     Holds flour.\n\n"
            "   Mill\n     Grinds.\n"
        ),
        [("definition", "Sack\nBag\nHolds flour."), ("definition", "Mill\nGrinds.")],
    ),
    "fields": (
        "Text.\n\n:param sack: What to\n    grind.\n:returns: Flour.\n:raises:\n    Dust.\n",
        [
            *(("paragraph", "Text."), ("definition", "param sack: What to\ngrind.")),
            *(("definition", "returns: Flour."), ("definition", "raises:\nDust.")),
        ],
    ),
    "options": (
        (
            "-f FILE, --file=FILE  Read it\n                      all.\n"
            "-v  Talk.\n--long-one\n    Long.\n"
        ),
        [
            ("option", "-f FILE, --file=FILE  Read it\nall."),
            *(("option", "-v  Talk."), ("option", "--long-one\nLong.")),
        ],
    ),
    "an option of a command": (
        ".. option:: -o <sack>\n   :nocontentsentry:\n\n   Fill it.\n\n   Then stop.\n",
        [("option", "-o <sack>\nFill it."), ("paragraph", "Then stop.")],
    ),
    "signatures": (
        (
            ".. py:function:: grind(sack, *rest)\n                 grind(mill)\n   :module: out\n\n"
            "   Grind **it**.\n\n   :param sack: One.\n"
        ),
        [
            ("definition", "grind(sack, *rest)\ngrind(mill)\nGrind it."),
            ("definition", "param sack: One."),
        ],
    ),
    "code": (
        (
            "Run::\n\n    mill *start*\n\n      now\n\nor ::\n\n  mill\n\n::\n\n  third\n\n"
            "Quoted::\n\n> one\n> two\n\nEnd.\n"
        ),
        [
            *(("paragraph", "Run:"), ("code", "mill *start*\n\n  now"), ("paragraph", "or")),
            *(("code", "mill"), ("code", "third"), ("paragraph", "Quoted:")),
            *(("code", "> one\n> two"), ("paragraph", "End.")),
        ],
    ),
    "code of a directive": (
        (
            ".. code-block:: out\n   :linenos:\n   :caption: out\n\n   a = 1\n\n   b = 2\n\n"
            ">>> a + b\n3\n\n.. parsed-literal::\n\n   mill **now**\n"
        ),
        [("code", "a = 1\n\nb = 2"), ("code", ">>> a + b\n3"), ("code", "mill now")],
    ),
    "notes": (
        (
            ".. note:: Keep\n   dry.\n   :class: out\n\n   Always.\n\n.. warning::\n\n   No.\n\n"
            "   - Sacks\n\n.. admonition:: Mind\n\n   The gap.\n\n.. versionadded:: 3.2\n"
        ),
        [
            *(("admonition", "Keep\ndry."), ("admonition", "Always."), ("admonition", "No.")),
            *(("item", "Sacks"), ("admonition", "Mind\nThe gap.")),
        ],
    ),
    "a quotation": (
        "So:\n\n   He said.\n\n   -- Ann\n\nDone.\n",
        [
            *(("paragraph", "So:"), ("quotation", "He said."), ("quotation", "-- Ann")),
            ("paragraph", "Done."),
        ],
    ),
    "a table of bars": (
        (
            "+-------+-------+\n| Stone | Hours |\n"
            "+=======+=======+\n| **a**  | 40 |\n|  b    |       |\n"
            "+-------+-------+\n| c|d   | two   |\n+-------+-------+\n"
        ),
        [("head", "Stone  Hours"), ("row", "a  40\nb"), ("row", "c|d  two")],
    ),
    "a table of equals signs": (
        (
            "=====  ======\nStone  Hours\n=====  ======\na      forty\n       two\nb      3\n"
            "=====  ======\n"
        ),
        [("head", "Stone  Hours"), ("row", "a  forty\ntwo"), ("row", "b  3")],
    ),
    "a table without a head": (
        "==  ==\na   b\nc   d\n==  ==\n\nEnd.\n",
        [("row", "a  b"), ("row", "c  d"), ("paragraph", "End.")],
    ),
    "a table of lists": (
        (
            ".. list-table:: Stones\n   :header-rows: 1\n   :widths: 1 2\n\n"
            "   * - Stone\n     - Hours\n"
            "   * - ``a``\n     - forty\n       and two\n"
        ),
        [("paragraph", "Stones"), ("head", "Stone  Hours"), ("row", "a  forty\nand two")],
    ),
    "a table of values": (
        '.. csv-table::\n   :header: "Stone", "Hours"\n\n   "a, b", 40\n   c,"d\n   e"\n',
        [("head", "Stone, Hours"), ("row", "a, b, 40"), ("row", "c,d\ne")],
    ),
    "what is not shown": (
        (
            "In.\n\n.. out\n   out\n\n.. image:: out.png\n   :alt: out\n\n.. toctree::\n"
            "   :maxdepth: 2\n\n"
            "   out\n\n.. include:: out.txt\n\n.. |out| replace:: out\n\n.. _out: https://out.example\n\n"
            "__ https://out.example\n\n.. raw:: html\n\n   <p>out</p>\n\n----\n\n..\n\nAlso in.\n"
        ),
        [("paragraph", "In."), ("paragraph", "Also in.")],
    ),
    "what a frame holds": (
        (
            ".. container:: out\n\n   In.\n\n.. figure:: out.png\n   :width: 3\n\n   A caption.\n\n"
            ".. tab:: Linux\n\n   Text.\n\n.. [1] A footnote.\n"
        ),
        [
            *(("paragraph", "In."), ("paragraph", "A caption."), ("paragraph", "Linux")),
            *(("paragraph", "Text."), ("paragraph", "A footnote.")),
        ],
    ),
    "verse": ("| One\n|   two\n| three\n", [("paragraph", "One\ntwo\nthree")]),
    "tabs": ("-\tOne\n\ttwo\n", [("item", "One\ntwo")]),
    "line ends of another system": (
        "One\r\ntwo\r\n\r\n* three\r\n",
        [("paragraph", "One\r\ntwo"), ("item", "three")],
    ),
}
WORDS = {
    "*a* **b** ``c *d*`` `e`": "a b c *d* e",
    "f(*args, **kwargs) 2 * 3 * 4": "f(*args, **kwargs) 2 * 3 * 4",
    ":func:`grind` :ref:`the mill <mill-label>` :doc:`mill` :meth:`~mill.core.run`": (
        "grind the mill mill run"
    ),
    ":class:`!Sack` `sifted`:strong: :pep:`8` :raw-html:`<br>`.": "Sack sifted pep:8 .",
    "`mill <https://x.example>`_ `sack\n<https://y.example>`__ `<https://z.example>`_": (
        "mill sack https://z.example"
    ),
    "see Python_, `the mill`_ and _`here`.": "see Python, the mill and here.",
    "a_b __init__ snake_case_ end": "a_b __init__ snake_case end",
    "true [1]_ and [#]_ or [#note]_ or [*]_, says [CIT2002]_.": ("true and or or, says [CIT2002]."),
    r"C:\\mill \*star\* re\ ``st``\ ed": r"C:\mill *star* rested",
    "|version| and a|b": "|version| and a|b",
    "``code`` ending``": "code ending``",
    "`unclosed and *open": "`unclosed and *open",
    "5'6\" `` `": "5'6\" `` `",
}


def check(source: str) -> list[tuple[str, str]]:
    """The blocks of a source, held to what is promised of every one."""
    text, blocks, runs, _ = read_rst(source)
    assert "".join(source[run.source : run.source + run.length] for run in runs) == text
    assert [run.start for run in runs] == [
        sum(run.length for run in runs[:number]) for number in range(min(len(runs), 50))
    ] + [run.start for run in runs[50:]]
    assert all(one.source + one.length <= other.source for one, other in itertools.pairwise(runs))
    check_blocks(text, blocks)
    return [(block.kind, text[block.start : block.end]) for block in blocks]


@pytest.mark.parametrize("case", CASES)
def test_a_source_is_read_in_blocks(case: str) -> None:
    source, expected = CASES[case]
    assert check(source) == expected


@pytest.mark.parametrize("source", WORDS)
def test_the_marks_inside_a_line_are_taken_out(source: str) -> None:
    ((kind, shown),) = check(f"So {source}\n")
    assert kind == "paragraph"
    assert " ".join(shown.split()) == f"So {WORDS[source]}"


def test_titles_have_the_level_that_their_adornment_has() -> None:
    source = (
        "====\nMill\n====\n\nGrinding\n========\n\nBy *hand*\n---------\n\n.. _the-stones:\n\n"
        "Stones\n======\nText.\n\nStones\n------\n\n====\nSack\n====\n"
    )
    text, blocks, _, _ = read_rst(source)
    headings = [
        (text[block.start : block.end], block.level, block.anchor)
        for block in blocks
        if block.kind == "heading"
    ]
    assert headings == [
        *(("Mill", 1, "mill"), ("Grinding", 2, "grinding"), ("By hand", 3, "by-hand")),
        *(("Stones", 2, "the-stones"), ("Stones", 3, "stones"), ("Sack", 1, "sack")),
    ]
    check(source)


def test_lists_know_their_depth() -> None:
    _, blocks, _, _ = read_rst("* a\n\n  1. b\n\n     - c\n\n* d\n")
    assert [block.level for block in blocks] == [1, 2, 3, 1]


def read_file(folder: Path, source: str, name: str = "the-mill.rst") -> list[Article | Trouble]:
    (folder / name).write_text(source, "utf-8")
    return list(readers.read([folder / name]))


def article(folder: Path, source: str) -> Article:
    (found,) = read_file(folder, source)
    assert isinstance(found, Article), found
    return found


def test_a_file_is_a_document_with_its_first_heading_as_its_title(tmp_path: Path) -> None:
    found = article(tmp_path, "Grinding *well*\n===============\n\nText.\n")
    assert found.layout is not None
    assert (found.title, found.text) == ("Grinding well", "Grinding well\n\nText.")
    assert (found.layout.genre, found.layout.reader) == ("document", "rst 1")


def test_a_file_without_a_heading_is_named_by_its_file(tmp_path: Path) -> None:
    assert article(tmp_path, ".. image:: x.png\n\nText.\n\nLater\n=====\n").title == "The mill"


def test_the_fields_at_the_top_state_details_and_are_not_shown(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        ":orphan:\n:title: Mill\n:author: Ann\n:date: 2024-05-01\n:lang: en-GB\n:kind: news\n"
        ":url: https://mill.example.org/\n:slug: mill\n\nText.\n",
    )
    assert found.layout is not None
    assert (found.title, found.author, found.published, found.language, found.url) == (
        *("Mill", "Ann", "2024-05-01", "en-GB", "https://mill.example.org/"),
    )
    assert (found.text, found.layout.genre) == ("Text.", "news")


def test_a_kind_that_is_none_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    trouble, found = read_file(tmp_path, ":kind: poem\n\nText.\n")
    assert isinstance(trouble, Trouble)
    assert isinstance(found, Article)
    assert "the key 'kind' is 'poem', which is neither 'news' nor 'document'" in trouble.reason


def test_a_file_without_words_is_one_line(tmp_path: Path) -> None:
    (found,) = read_file(tmp_path, ".. out\n\n----\n")
    assert isinstance(found, Trouble)
    assert found.reason == "it has no letter to read"


PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n",
            "\n\n",
            "  ",
            "   ",
            "    ",
            "\t",
            "a",
            "b c",
            "é",
            "1",
            "::",
            ":",
            "* ",
            "- ",
        ),
        *("1. ", ".. ", ".. note::", ".. code::", ".. list-table::\n\n", ".. csv-table::\n\n"),
        *(".. _a:", ":a: ", "-a  ", "====", "----", "==  ==", "+--+\n", "| ", "|", "`", "``", "*"),
        *("**", "_", "[1]_", "\\", "\\ ", "<", ">", '"', ",", ">>> ", "\r\n", ":r:`", "* - "),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_the_stored_text_is_the_source_with_stretches_taken_out(source: str) -> None:
    check(source)


@given(st.lists(st.sampled_from("*`_:| <>[]\\a1 \n"), max_size=40).map("".join))
def test_no_words_are_glued_by_taking_marks_out(source: str) -> None:
    shown = " ".join(text for _, text in check(source))
    seen = set(re.findall(r"[a1]+", re.sub(r"\\\s", "", source)))
    assert {word for word in re.findall(r"[a1]+", shown) if word not in seen} == set()


@pytest.mark.parametrize(
    "source",
    [
        "".join(" " * depth + "* a\n" for depth in range(500)),
        "- " * 50_000 + "a",
        "* a\n\n  " * 2_000,
        "-" * 2_000_000,
        "=" * 100_000 + "\n" + "a" * 100_000 + "\n" + "=" * 100_000,
        ("=" * 40 + "\n") * 3_000,
        ("==  ==\n") * 3_000,
        "+" + "-+" * 300_000,
        ("+--+\n| a|\n") * 2_000,
        ":" * 1_000_000,
        "a " + "`" * 200_000,
        "a " + "` " * 20_000,
        "a " + "*a " * 10_000,
        "a " + "``a " * 10_000,
        "a_" * 100_000,
        ":a" * 100_000,
        ".. a:" * 100_000,
        ".. a::\n   :b: c\n" * 2_000,
        "a::\n\n" * 3_000,
        "a\n" * 5_000,
        "a\n  b\n" * 1_000,
        "-a, " * 20_000,
        ".. list-table::\n\n" + "   * - a\n     - b\n" * 2_000,
        '.. csv-table::\n\n   "' + 'a,b"\n   ' * 3_000,
    ],
    ids=lambda source: source[:12],
)
def test_a_source_that_means_ill_is_read_in_time_near_to_its_length(source: str) -> None:
    began = process_time()
    read_rst(source)
    assert process_time() - began < 3
