"""Which language a text is in, and by whose rules it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from libraries import answerer_over, article

from retrieval import Answerer, Article
from retrieval.question import read_question
from retrieval.question.asking import Kind
from retrieval.readers import read
from retrieval.readers.languages import spoken
from retrieval.text.languages.identifying import language_of
from retrieval.text.languages.tables import grammar_of
from retrieval.text.terms import read_terms
from retrieval.values import Block, Layout, is_english

DATA = Path(__file__).parent / "data" / "languages"
CASES: list[dict[str, Any]] = yaml.safe_load((DATA / "spaced.yaml").read_text("utf-8"))
TEXTS = {
    "en": "The bridge was finished in 1950, and traffic doubled within ten years.",
    "de": "Die Brücke wurde 1950 fertig, und der Verkehr verdoppelte sich in zehn Jahren.",
    "fr": "Le pont fut terminé en 1950 et la circulation a doublé en moins de dix ans.",
    "es": "El puente se terminó en 1950 y el tráfico se duplicó en menos de diez años.",
    "pl": "Most ukończono w 1950 roku, a ruch podwoił się w ciągu dziesięciu lat.",
    "ru": "Мост был закончен в 1950 году, и за десять лет движение удвоилось.",
    "ja": "橋は１９５０年に完成し、十年で交通量は二倍になりました。",
    "ko": "다리는 1950년에 완공되었고 십 년 만에 교통량이 두 배가 되었다.",
    "zh": "这座桥于1950年建成，十年内车流量翻了一番。",
    "th": "สะพานสร้างเสร็จในปี 2493 และการจราจรเพิ่มขึ้นเป็นสองเท่าภายในสิบปี",
}
UNKNOWN = ("Ulm Rom Elba", "1,2 3,4 5 6 7,8", "x = f(y); return x", "42")


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_no_words_tell_is_of_no_known_language_and_never_called_english(text: str) -> None:
    assert language_of(text) == "und"


def test_what_is_stated_goes_before_what_the_text_seems_to_be(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "title": "A", "text": TEXTS["de"], "language": "gsw"},
        {"id": "b", "title": "B", "text": TEXTS["de"]},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    found = [one for one in read([path]) if isinstance(one, Article)]
    assert [one.language for one in found] == ["gsw", "de"]


def test_code_tells_no_language_where_there_is_prose() -> None:
    code = "The code is what it is and not what it was for us.\n" * 5
    text = code + TEXTS["de"]
    layout = Layout(
        "document",
        "test 1",
        "0" * 64,
        (
            Block("code", 0, len(code) - 1),
            Block("paragraph", len(code), len(text)),
        ),
    )
    assert spoken(Article(id="a", title="A", text=text, layout=layout)).language == "de"


def test_an_unknown_language_is_read_by_the_rules_of_english() -> None:
    assert [is_english(tag) for tag in ("en", "en-GB", "en_US", "und", "de", "enm")] == [
        *(True, True, True, True),
        *(False, False),
    ]


def test_the_texts_of_the_cases_are_of_the_language_that_they_are_filed_under() -> None:
    for case in yaml.safe_load((DATA / "unspaced.yaml").read_text("utf-8")):
        for text in case["articles"]:
            assert language_of(text) == case["language"].partition("-")[0]


def library_of(*cases: dict[str, Any]) -> Answerer:
    return answerer_over(
        *(
            article(f"{case['language']}{n}", text, language=case["language"])
            for case in cases
            for n, text in enumerate(case["articles"])
        )
    )


def judge(answerer: Answerer, question: dict[str, Any], among: int = 1) -> None:
    answer = answerer.ask(question["ask"])
    if "has" not in question:
        assert (answer.status, list(answer.missing)) == ("abstained", question["missing"])
        return
    assert (answer.status, answer.missing, answer.read) == ("answered", (), ()), question
    quotes = [" ".join(quote.text.split()) for quote in answer.quotes[:among]]
    assert any(question["has"] in quote for quote in quotes), question


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["language"])
def test_questions_in_other_languages_are_answered(case: dict[str, Any]) -> None:
    answerer = library_of(case)
    for question in case["questions"]:
        judge(answerer, question)


def test_a_library_of_several_languages_is_asked_in_each() -> None:
    answerer = library_of(*CASES)
    for case in CASES:
        for question in case["questions"]:
            judge(answerer, question, among=2)


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("Wann kommt der Zug?", "de", Kind.OTHER),
        ("Wie viele Züge fahren?", "de", Kind.HOW_MANY),
        ("Warum hält der Zug?", "de-AT", Kind.OTHER),
        ("Combien de trains ?", "fr", Kind.HOW_MANY),
        ("En quelle année ?", "fr", Kind.OTHER),
        ("Qu’est-ce que c’est ?", "fr", Kind.OTHER),
        ("¿Cuántos trenes hay?", "es", Kind.HOW_MANY),
        ("列車はいつ来ますか", "en", Kind.OTHER),
        ("運賃はいくら？", "ja", Kind.HOW_MANY),
        ("기차는 언제 옵니까", "ko", Kind.OTHER),
        ("火车什么时候来", "zh", Kind.OTHER),
        ("有多少火车", "zh", Kind.HOW_MANY),
        ("Der Zug kommt.", "de", Kind.CLAIM),
    ],
)
def test_the_words_that_ask_tell_what_for(question: str, language: str, kind: Kind) -> None:
    assert read_question(question, language).kind is kind


def test_what_an_apostrophe_joins_is_no_part_of_a_word() -> None:
    assert [t.form for t in read_terms("L'eau qu’elle boit aujourd'hui", "fr")] == [
        *("eau", "elle", "boit", "aujourdhui"),
    ]
    assert [t.form for t in read_terms("O'Brien's l'eau", "en")] == ["obrien", "leau"]


@pytest.mark.parametrize("table", ["de", "fr", "es"])
def test_a_word_is_in_one_list_of_a_table(table: str) -> None:
    grammar = grammar_of(table)
    assert not grammar.stops & grammar.frames
