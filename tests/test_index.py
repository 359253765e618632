"""The index: what is read of articles, kept beside the library, and weighed."""

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, article

from retrieval import Answerer, Library
from retrieval.corpus import Corpus, read_corpus
from retrieval.corpus_file import FORMAT, NAME, open_corpus, save_corpus
from retrieval.errors import LibraryChanged, LibraryUnavailable
from retrieval.index import ARTICLE, PARAGRAPH, SENTENCE, Index
from retrieval.library import NAME as LIBRARY
from retrieval.question import read_question
from retrieval.ranking import best, propose


def same(one: Corpus, other: Corpus) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(np.array(a), np.array(b)) for a, b in pairs)


def test_a_corpus_holds_sentences_with_their_terms() -> None:
    corpus = read_corpus([BRIDGE])
    assert corpus.sentences == 3
    words = [corpus.vocabulary[n] for n in corpus.terms_of(1)]
    assert words == ["it", "architect", "was", "elin", "strand"]
    assert BRIDGE.text[slice(*corpus.sentence(1)[:2])] == "Its architect was Elin Strand."


def test_a_corpus_survives_the_disk(tmp_path: Path) -> None:
    corpus = read_corpus([BRIDGE, HARBOUR])
    save_corpus(corpus, tmp_path)
    opened = open_corpus(tmp_path)
    assert opened is not None
    assert same(opened, corpus)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("damage", [b"", b"not an index", None])
def test_a_damaged_index_is_no_index(tmp_path: Path, damage: bytes | None) -> None:
    save_corpus(read_corpus([BRIDGE]), tmp_path)
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert open_corpus(tmp_path) is None


def test_an_index_of_other_arrays_is_no_index(tmp_path: Path) -> None:
    whole = io.BytesIO()
    np.savez(whole, format=np.array(FORMAT), articles=np.array([]))
    (tmp_path / NAME).write_bytes(hashlib.sha256(whole.getvalue()).digest() + whole.getvalue())
    assert open_corpus(tmp_path) is None


def test_whoever_may_read_the_library_may_read_its_index(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE])
        Answerer.open(library)
    assert (tmp_path / NAME).stat().st_mode == (tmp_path / LIBRARY).stat().st_mode


def test_every_flipped_byte_is_noticed_or_harmless(tmp_path: Path) -> None:
    corpus = read_corpus([BRIDGE])
    save_corpus(corpus, tmp_path)
    whole = (tmp_path / NAME).read_bytes()
    for place in range(0, len(whole), 97):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        (tmp_path / NAME).write_bytes(changed)
        opened = open_corpus(tmp_path)
        assert opened is None or same(opened, corpus)


def test_an_index_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryUnavailable, match="cannot write the index"):
        save_corpus(read_corpus([BRIDGE]), tmp_path / "file")


def test_opening_brings_the_index_up_to_date(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE])
        Answerer.open(library)
        library.add([HARBOUR])
        library.remove("bridge")
        answer = Answerer.open(library).ask("When did the harbour open?")
        assert answer.quotes[0].article == "harbour"
        assert answer.library.articles == 1
        opened = open_corpus(tmp_path)
        assert opened is not None
        assert same(opened, read_corpus([HARBOUR]))


def test_an_article_that_changed_elsewhere_is_never_quoted_at_its_old_places(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE, HARBOUR])
        answerer = Answerer.open(library)
        with Library.open(tmp_path) as other:
            other.add([article("bridge", "Prefixed. " + BRIDGE.text, BRIDGE.title)])
        with pytest.raises(LibraryChanged, match="'bridge' has changed"):
            answerer.ask("When was the bridge finished?")
        again = Answerer.open(library).ask("When was the bridge finished?")
        assert again.quotes[0].text == "The bridge was finished in 1950."


def test_a_library_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE, HARBOUR])
        first = Answerer.open(library).ask("When was the bridge finished?")
        second = Answerer.open(library, progress=lambda *step: steps.append(step))
        assert steps == []
        assert second.ask("When was the bridge finished?").as_json() == first.as_json()


def test_progress_counts_articles() -> None:
    seen: list[tuple[int, int]] = []
    Answerer.open(Library.of([BRIDGE, HARBOUR]), progress=lambda *step: seen.append(step))
    assert seen == [(1, 2), (2, 2)]


TEXTS = st.lists(st.sampled_from("ships sail. bridges cost 300 crowns\n\n in winter".split(" ")))


@given(st.lists(TEXTS.map(" ".join), max_size=5), st.integers(0, 5))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_again_what_is_known_gives_the_same_arrays(texts: list[str], kept: int) -> None:
    articles = [article(str(n), text) for n, text in enumerate(texts)]
    known = read_corpus([*articles[:kept], article("9", "gone tomorrow")])
    assert same(read_corpus(articles, known=known), read_corpus(articles))


def test_an_article_that_changed_is_read_again() -> None:
    changed = article("bridge", "The bridge fell in 1960.")
    corpus = read_corpus([changed], known=read_corpus([BRIDGE]))
    assert same(corpus, read_corpus([changed]))


def test_a_sentence_scores_with_its_paragraph_and_its_article() -> None:
    index = Index(read_corpus([BRIDGE, HARBOUR]))
    scores = index.scores(["harbor"])
    texts = [HARBOUR.text[slice(*index.corpus.sentence(n)[:2])] for n in scores.sentences]
    assert texts[0] == "The new harbour opened in 1932."
    assert (scores.sentence > 0).tolist() == [True, False, False, False]
    assert scores.total()[0] == pytest.approx(
        SENTENCE.weight * scores.sentence[0]
        + PARAGRAPH.weight * scores.paragraph[0]
        + ARTICLE.weight * scores.article[0]
    )


def test_a_title_speaks_for_the_sentences_of_its_article() -> None:
    index = Index(
        read_corpus([article("a", "It rains. It pours.", "Weather"), article("b", "Cats sleep.")])
    )
    assert proposed(index, "the weather") == [0, 1]


def test_candidates_that_share_a_term_are_found_even_where_bm25_gives_nothing() -> None:
    index = Index(read_corpus([article("a", "Ships sail. Cats sleep.")]))
    assert proposed(index, "ships")[0] == 0


def proposed(index: Index, question: str) -> list[int]:
    """The sentences that BM25 puts forward, best first."""
    return propose(index, read_question(question)).sentences.tolist()  # type: ignore[no-any-return] # numpy's stub


@given(st.lists(st.sampled_from([0.0, 1.0, 2.5, -1.0]), max_size=9), st.integers(1, 8))
def test_the_best_are_the_head_of_all_in_order_of_score_and_sentence(
    scores: list[float], limit: int
) -> None:
    sentences = np.arange(len(scores))[::-1].copy()
    found = best(np.array(scores), sentences, limit).tolist()
    everything = sorted(range(len(scores)), key=lambda n: (-scores[n], sentences[n]))
    assert found == everything[:limit]
