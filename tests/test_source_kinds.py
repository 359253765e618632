"""What stands beside documentation counts less, unless it is asked for or its weight is stated."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from libraries import closed_at_end

from bot.cli import run
from bot.reasons import add_up
from retrieval import Answerer, Article, Library
from retrieval.library import Placed
from retrieval.ranking.ranking import SOURCE
from retrieval.readers import Trouble, read, read_placed
from retrieval.search.checks import check_index
from retrieval.text.languages.source_kinds import asked_kinds, kind_of_source
from retrieval.values import Layout

TOLD = {
    "changes": [
        ("CHANGELOG", "Changelog"),
        ("docs/changelog-1.29", "x"),
        ("NEWS", "x"),
        ("docs/whatsnew/3.12", "x"),
        ("release-notes/v2", "Two"),
        ("a", "Release notes for 2.1"),
        ("a", "Kubernetes changelog"),
        ("a", "What’s New in Lamp 3"),
        ("a", "Versionshinweise"),
        ("a", "Notes de version"),
        ("a", "Historial de cambios"),
        ("a", "変更履歴"),
        ("a", "릴리스 노트"),
        ("a", "更新日志"),
    ],
    "licence": [
        ("LICENSE", "x"),
        ("docs/licence", "x"),
        ("NOTICE", "x"),
        ("a", "MIT License"),
        ("a", "Lizenz"),
    ],
    "people": [("CONTRIBUTORS", "x"), ("CODE_OF_CONDUCT", "x"), ("a", "Verhaltenskodex")],
    "": [
        ("news", "News"),
        ("guide/history", "History of the lamp"),
        ("licenses/enter", "License keys and how to enter them"),
        ("contributing", "Contributing"),
        ("releasing", "How to release"),
        ("change", "Change the oil"),
    ],
}
ASKING = {
    "changes": [
        "What changed in 2.1?",
        "when was the wick option removed",
        "Is lamp.trim deprecated?",
        "Was wurde in der neuen Version geändert?",
        "Quelles options ont été supprimées ?",
        "¿Qué novedades hay?",
        "バージョン3で何が変更されましたか",
        "언제 추가되었나요",
    ],
    "licence": ["Under which licence is it?", "Darf ich es lizenzieren?", "ライセンスは何ですか"],
}
PLAIN = [
    "How do I add a wick?",
    "remove a lamp from the wall",
    "Wie wechsle ich den Docht?",
    "ランプの使い方",
]


def test_a_kind_is_told_by_a_path_and_by_titles_in_several_languages() -> None:
    for kind, cases in TOLD.items():
        assert {case: kind_of_source(case[0], [case[1]]) for case in cases} == dict.fromkeys(
            cases, kind
        )


def test_a_question_tells_which_kinds_it_asks_for() -> None:
    for kind, questions in ASKING.items():
        assert [text for text in questions if kind not in asked_kinds(text)] == []
    assert [text for text in PLAIN if asked_kinds(text) & {"changes", "licence"}] == []


def page(name: str, text: str, weight: float | None = None) -> Article:
    layout = Layout("document", "text 1", "0" * 64, weight=weight)
    return Article(id=name, title=name, text=text, layout=layout)


LOG = "The lamp burns whale oil for nine hours, and its wick option was removed in 2.1."
GUIDE = "A lamp burns oil for eight hours on a calm night, says the keeper of the lamp room here."
ASKED = "How long does the lamp burn oil?"


def answerer(*articles: Article) -> Answerer:
    return Answerer.open(closed_at_end(Library.of(articles)))


def first(answers: Answerer, question: str) -> str:
    answer = answers.ask(question)
    return (answer.quotes or answer.nearest)[0].article


def test_a_change_log_comes_after_a_guide_and_before_it_where_changes_are_asked_for() -> None:
    alike = answerer(page("a-page", LOG), page("guide", GUIDE))
    told = answerer(page("CHANGELOG", LOG), page("guide", GUIDE))
    assert first(alike, ASKED) == "a-page"
    assert first(told, ASKED) == "guide"
    assert first(told, "What was removed from the lamp in 2.1?") == "CHANGELOG"


def test_what_a_kind_takes_is_a_part_of_the_score_and_none_of_the_confidence() -> None:
    told = answerer(page("CHANGELOG", LOG))
    alone = answerer(page("a-page", LOG))
    (one,), (other,) = told.ask(ASKED).quotes, alone.ask(ASKED).quotes
    taken = one.why[SOURCE]
    assert taken < 0
    assert one.score == pytest.approx(sum(one.why.values()), abs=1e-3)
    assert one.score == pytest.approx(0.7 * (one.score - taken), abs=1e-3)
    assert sum(part.hundredths for part in add_up(one).parts) == add_up(one).total
    assert "kind of source" in [part.name for part in add_up(one).parts]
    assert SOURCE not in other.why
    # Their titles differ, and with them what they share with the question; no other part does.
    assert one.why.keys() - {SOURCE} == other.why.keys()
    assert told.ask(ASKED).confidence == pytest.approx(alone.ask(ASKED).confidence, abs=0.02)


def test_news_is_of_no_kind() -> None:
    news = Article(id="CHANGELOG", title="Changelog", text=LOG)
    assert SOURCE not in answerer(news).ask(ASKED).quotes[0].why


def test_a_weight_that_is_stated_goes_before_the_kind(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{LOG}\n")
    (tmp_path / "guide.txt").write_text(GUIDE)
    (tmp_path / "secret.md").write_text("# Secret\n\nNobody reads this about the lamp.\n")
    shelf = tmp_path / "shelf"
    stated = '["CHANGELOG.md"]\nweight = {}\n[guide]\nweight = 0.5\n[secret]\nexclude = true\n'
    versions = set()
    for weight, taken in ((1, 0), (1.5, 0.5), (0.25, -0.75)):
        (tmp_path / "sources.toml").write_text(stated.format(weight))
        assert run(["library", "sync", str(tmp_path), "--library", str(shelf)]) == 0
        with Library.open(shelf) as library:
            assert [entry.id for entry in library.entries()] == ["CHANGELOG", "guide"]
            versions.add(library.version)
            assert list(library.verify()) == []
            assert list(check_index(library)) == []
            answers = Answerer.open(library)
            for quote in (found := answers.ask(ASKED)).quotes or found.nearest:
                share = taken if quote.article == "CHANGELOG" else -0.5
                part = quote.why.get(SOURCE, 0.0)
                assert part == pytest.approx(share * (quote.score - part), abs=1e-3)
    assert len(versions) == 3


def test_weights_outlast_a_merge_of_an_index(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        for number in range(12):
            library.add([page(f"p{number:02}", f"{GUIDE} {number}.", weight=1 + number / 16)])
            answers = Answerer.open(library)
        library.remove("p03")
        answers = Answerer.open(library)
        assert list(check_index(library)) == []
        answer = answers.ask(ASKED, quotes=15)
        assert len(answer.quotes) > 1
        with Library.of(library) as anew:
            assert Answerer.open(anew).ask(ASKED, quotes=15).as_json() == answer.as_json()


def test_wrong_weights_and_switches_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    for line, said in (
        ("weight = 0", "the key 'weight' is no number above 0 and up to 2"),
        ("weight = 2.5", "the key 'weight' is no number above 0 and up to 2"),
        ("weight = nan", "the key 'weight' is no number above 0 and up to 2"),
        ("weight = true", "the key 'weight' is no number above 0 and up to 2"),
        ("weight = '1'", "the key 'weight' is no number above 0 and up to 2"),
        ("exclude = 1", "the key 'exclude' is neither true nor false"),
    ):
        (tmp_path / "sources.toml").write_text(f"[a]\n{line}\n")
        (told,) = [one.reason for one in read([tmp_path]) if isinstance(one, Trouble)]
        assert said in told


def test_a_stated_weight_is_read_from_an_archive_too(tmp_path: Path) -> None:

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/one.txt", "Words of one.")
        archive.writestr("in/two.md", "Words of two.")
        archive.writestr("in/three.md", "Words of three.")
        archive.writestr("sources.toml", '["in/*"]\nweight = 0.5\n["in/three"]\nexclude = true\n')
    found = [one.article for one in read_placed([tmp_path / "a.zip"]) if isinstance(one, Placed)]
    weights = {one.id: one.layout.weight if one.layout else None for one in found}
    assert weights == {"a/in/one": 0.5, "a/in/two": 0.5}
