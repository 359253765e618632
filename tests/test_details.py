"""What is stated of an article: by `sources.toml`, by its front matter; and anchors of headings."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.readers import Trouble, read
from retrieval.readers.anchors import Anchors
from retrieval.readers.details import Details
from retrieval.readers.front_matter import read_front_matter

FRONT = {  # front matter → what it states
    "---\ntitle: Bees\nauthor: Ana Lund\ndate: 2024-05-01\nlang: de\n---\n": {
        "title": "Bees",
        "author": "Ana Lund",
        "published": "2024-05-01",
        "language": "de",
    },
    '+++\ntitle = "Bees"\ndate = 2024-05-01\nkind = "news"\n+++\nWords.': {
        "title": "Bees",
        "published": "2024-05-01",
        "kind": "news",
    },
    "---\nurl: /bees/\npermalink: https://example.org/bees\nslug: bees\n---\n": {
        "url": "https://example.org/bees"
    },
    "---\ndescription: All of them\nslug: bees\nauthor: [a, b]\nlanguage: the German\n---\n": {},
    "---\nlanguage: pt-BR\nlang: en\ntitle: ''\n---\n": {"language": "pt-BR"},
    '+++\ntitle = "Bees\n+++\n': {},
    "Words, and no front matter.": {},
}


@pytest.mark.parametrize("text", FRONT)
def test_front_matter_states_what_can_be_an_articles(text: str) -> None:
    front = read_front_matter(text)
    assert (front.details.stated(), front.fault) == (FRONT[text], None)


def test_a_text_begins_behind_its_front_matter() -> None:
    text = "---\ntitle: Bees\n---\nThey came."
    assert text[read_front_matter(text).end :] == "They came."
    assert read_front_matter("They came.").end == 0


def test_a_kind_that_is_none_is_told_with_key_and_values(tmp_path: Path) -> None:
    fault = "the key 'kind' is 'guide', which is neither 'news' nor 'document'"
    front = read_front_matter("---\nkind: guide\ntitle: Bees\n---\n")
    assert (front.details.stated(), front.fault) == (
        {"title": "Bees"},
        f"in the front matter, {fault}",
    )
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "Words.", "kind": "guide"}')
    (tmp_path / "sources.toml").write_text('[a]\nkind = "guide"\n')
    said = [one.reason for one in read([tmp_path]) if isinstance(one, Trouble)]
    assert said == [f"in the table 'a', {fault}", fault]


def test_what_is_stated_first_counts() -> None:
    ours = Details(title="Bees", kind="news")
    assert ours.over(Details(title="Wasps", author="A", kind="document")).stated() == {
        "title": "Bees",
        "author": "A",
        "kind": "news",
    }
    assert "kind" not in ours.known()


def test_anchors_are_those_of_generators_of_sites() -> None:
    headings = {
        "Install it": "install-it",
        " What's `new` in 2.0? ": "whats-new-in-20",
        "A & B": "a--b",
        "snake_case, kebab-case": "snake_case-kebab-case",
        "§ 3 Übergang": "-3-übergang",
        "単一ファイル": "単一ファイル",
        "Tab\there": "tabhere",
        "?!": "",
    }
    assert {heading: Anchors().of(heading) for heading in headings} == headings


def test_an_anchor_is_given_once_and_a_stated_one_as_it_is() -> None:
    anchors = Anchors()
    given = [anchors.of(heading) for heading in ("Notes", "Notes", "Notes 1", "Notes", "notes")]
    assert given == ["notes", "notes-1", "notes-1-1", "notes-2", "notes-3"]
    assert anchors.of("Notes", "Of_Mine") == "Of_Mine"
    assert (anchors.of("Other", "other"), anchors.of("Other")) == ("other", "other-1")


@given(st.lists(st.text(alphabet="a1- ?B", max_size=4), max_size=30))
def test_no_two_headings_share_an_anchor(headings: list[str]) -> None:
    anchors = Anchors()
    given = [one for one in map(anchors.of, headings) if one]
    assert len(given) == len(set(given))
