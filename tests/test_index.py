"""The index: what is read of articles, kept beside the library, and weighed."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from libraries import BRIDGE, HARBOUR, article, quotable_passages
from okapi_levels import OkapiLevels, best

from retrieval import Answerer, Library
from retrieval.library import NAME as LIBRARY
from retrieval.question import read_question
from retrieval.ranking import propose
from retrieval.search import Index
from retrieval.search.arrays import Ints
from retrieval.search.codec.strings import Texts
from retrieval.search.directory import NAME as INDEX
from retrieval.search.directory import OLD, IndexFolder
from retrieval.search.forward import CAPITAL, WHOLE, ForwardIndex
from retrieval.search.kernel import kernel
from retrieval.search.manifest import FORMAT, write_manifest
from retrieval.search.manifest import NAME as MANIFEST
from retrieval.search.scores import ARTICLE, PARAGRAPH, SENTENCE
from retrieval.search.segment import SegmentReader, write_segment
from retrieval.search.writing.tokenizing import read_articles
from retrieval.text.terms import read_terms


def same(one: ForwardIndex, other: ForwardIndex) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(np.array(a), np.array(b)) for a, b in pairs)


def test_a_corpus_holds_sentences_with_their_terms() -> None:
    corpus = read_articles([BRIDGE])
    assert corpus.sentences == 3
    words = [
        corpus.vocabulary[n]
        for n in corpus.form_terms[corpus.words[corpus.offsets[1] : corpus.offsets[2]]]
    ]
    assert words == ["it", "architect", "was", "elin", "strand"]
    assert BRIDGE.text[slice(*corpus.sentence(1)[:2])] == "Its architect was Elin Strand."


def test_a_part_survives_the_disk(tmp_path: Path) -> None:
    corpus = read_articles([BRIDGE, HARBOUR])
    write_segment(corpus, tmp_path, "one")
    assert same(SegmentReader.open(tmp_path, "one").forward, corpus)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.postings", "one.words"]


def kept(folder: Path) -> list[Path]:
    """The files of an index that say something."""
    return sorted(path for path in (folder / INDEX).iterdir() if path.stat().st_size)


def stored(folder: Path) -> Library:
    library = Library.open(folder, create=True)
    library.add([BRIDGE, HARBOUR])
    Answerer.open(library)
    return library


@pytest.mark.parametrize("damage", [b"", b"not an index", None])
@pytest.mark.parametrize("number", range(3))
def test_a_damaged_index_is_made_again(tmp_path: Path, damage: bytes | None, number: int) -> None:
    with stored(tmp_path) as library:
        path = kept(tmp_path)[number]
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
        assert IndexFolder(tmp_path).open() is None
        answer = Answerer.open(library).ask("When was the bridge finished?")
        assert answer.quotes[0].article == "bridge"
        assert IndexFolder(tmp_path).open() is not None
        assert path not in kept(tmp_path) or path.name == MANIFEST


def test_every_flipped_byte_is_noticed_by_who_verifies(tmp_path: Path) -> None:
    with stored(tmp_path):
        folder = IndexFolder(tmp_path)
        assert list(folder.verify()) == []
        for path in kept(tmp_path):
            whole = path.read_bytes()
            for place in range(0, len(whole), 397):
                changed = bytearray(whole)
                changed[place] ^= 0xFF
                path.write_bytes(changed)
                assert list(folder.verify()) or is_padding(whole, place)
            path.write_bytes(whole)


def is_padding(whole: bytes, place: int) -> bool:
    """Whether no section holds this byte."""
    return whole[place] == 0


def test_an_index_of_an_older_format_is_made_again_and_the_old_file_goes(tmp_path: Path) -> None:
    with stored(tmp_path) as library:
        folder = IndexFolder(tmp_path)
        manifest = folder.manifest()
        assert manifest is not None
        (tmp_path / OLD).write_bytes(b"what an older version kept")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("retrieval.search.manifest.FORMAT", FORMAT - 1)
            write_manifest(manifest, folder.path)
        assert folder.manifest() is None
        Answerer.open(library)
        assert folder.open() is not None
        assert not (tmp_path / OLD).exists()


def test_what_a_writer_that_was_stopped_left_is_removed_by_the_next(tmp_path: Path) -> None:
    with stored(tmp_path) as library:
        (tmp_path / INDEX / "left.words").touch()
        (tmp_path / INDEX / ".left.words-0123").touch()
        before = kept(tmp_path)
        library.remove("harbour")
        Answerer.open(library)
        names = [path.name for path in (tmp_path / INDEX).iterdir()]
        assert not [name for name in names if "left" in name]
        assert kept(tmp_path) != before


def test_whoever_may_read_the_library_may_read_its_index(tmp_path: Path) -> None:
    with stored(tmp_path):
        modes = {path.stat().st_mode for path in kept(tmp_path)}
    assert modes == {(tmp_path / LIBRARY).stat().st_mode}


def test_a_library_whose_index_cannot_be_written_answers_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE])
        (tmp_path / INDEX).touch()  # a file where the folder would be
        answer = Answerer.open(library).ask("When was the bridge finished?")
    assert answer.quotes[0].article == "bridge"
    assert "cannot write the index" in caplog.text


def test_opening_brings_the_index_up_to_date(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE])
        Answerer.open(library)
        library.add([HARBOUR])
        library.remove("bridge")
        answer = Answerer.open(library).ask("When did the harbour open?")
        assert answer.quotes[0].article == "harbour"
        assert answer.library.articles == 1


def test_an_article_that_changed_elsewhere_is_never_quoted_at_its_old_places(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add([BRIDGE, HARBOUR])
        answerer = Answerer.open(library)
        with Library.open(tmp_path) as other:
            other.add([article("bridge", "Prefixed. " + BRIDGE.text, BRIDGE.title)])
        again = answerer.ask("When was the bridge finished?")
        assert again.quotes[0].text == "The bridge was finished in 1950."
        assert again.quotes[0].start == len("Prefixed. ")


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
    with Library.of([BRIDGE, HARBOUR]) as library:
        Answerer.open(library, progress=lambda *step: seen.append(step))
    assert seen == [(1, 2), (2, 2)]


TEXTS = st.lists(st.sampled_from("ships sail. bridges cost 300 crowns\n\n in winter".split(" ")))


PIECES = st.sampled_from(
    (
        'ships Ships sail. (bridges) cost 10,000 crowns us the The US U.S. U.S us, Us. "us" don\'t '
        "long-range KIM’S Kim's A.B. 3.5 e\u0301te\u0301 _x_ İST well\u2010known well\u2011Known’s "
        "王明于２０２０年辞职。 Vueを使う、 ｶﾞｲﾄﾞ １，２３４人 서울의 ที่นี่เปิด "
        "foo_bar, --no-cache (config.yml) getUserById BlockBreakEvent. /etc/hosts a/b/c."
    ).split(" ")
)
BROKEN_LINES = (
    "the old desk in the hall of the new station gave infor-",
    "mation to travellers until there was a fire and the gov\u00ad",
    "ernment closed all the rooms of the station for the well\u2010",
    "known reasons that everybody read of in the newspapers.",
)
SPACES = st.sampled_from([" ", " ", "\n\n", "\u00a0", "\t", "\u3000", ""])


@given(st.lists(st.lists(st.tuples(PIECES, SPACES), min_size=1), max_size=5))
@example([[("the", " "), ("us", " "), ("No", " "), ("US", " ")]])
@example([[(line, "\n") for line in BROKEN_LINES]])
def test_articles_read_in_pieces_read_as_word_by_word(texts: list[list[tuple[str, str]]]) -> None:
    languages = ("en", "de", "xx")
    articles = [
        article(
            str(n), "".join(map("".join, pairs)), f"{pairs[0][0]} us", language=languages[n % 3]
        )
        for n, pairs in enumerate(texts)
    ]
    corpus = read_articles(articles)
    read = iter(range(corpus.sentences))
    for number, one in enumerate(articles):
        for sentence in quotable_passages(one):
            place = next(read)
            assert corpus.sentence(place) == sentence
            terms = read_terms(one.cut(sentence.start, sentence.end), one.language)
            words = slice(*corpus.offsets[place : place + 2].tolist())
            assert named(corpus, corpus.words[words]) == [(t.form, t.term) for t in terms]
            assert (corpus.cases[words] & CAPITAL > 0).tolist() == [
                one.text[sentence.start + t.start].isupper() for t in terms
            ]
        title = slice(*corpus.title_offsets[number : number + 2].tolist())
        terms = read_terms(one.title, one.language)
        assert named(corpus, corpus.title_words[title]) == [(t.form, t.term) for t in terms]
    assert next(read, None) is None


def named(corpus: ForwardIndex, forms: Ints) -> list[tuple[str, str]]:
    return [(corpus.forms[n], corpus.vocabulary[corpus.form_terms[n]]) for n in forms.tolist()]


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_a_word_with_any_hyphen_is_marked_as_a_whole_before_its_parts(hyphen: str) -> None:
    corpus = read_articles([article("a", f"A well{hyphen}known bridge.")])
    assert [corpus.forms[n] for n in corpus.words.tolist()] == [
        "a", "wellknown", "well", "known", "bridge",
    ]  # fmt: skip
    assert corpus.cases.tolist() == [CAPITAL, WHOLE, 0, 0, 0]


def test_a_sentence_scores_with_its_paragraph_and_its_article() -> None:
    index = Index.of(read_articles([BRIDGE, HARBOUR]))
    scores = index.scores(["harbor"], np.array([3, 4, 5, 6]))
    assert (scores.sentence > 0).tolist() == [True, False, False, False]
    assert scores.total()[0] == pytest.approx(
        SENTENCE.weight * scores.sentence[0]
        + PARAGRAPH.weight * scores.paragraph[0]
        + ARTICLE.weight * scores.article[0]
    )


def test_a_title_speaks_for_the_sentences_of_its_article() -> None:
    index = Index.of(
        read_articles([article("a", "It rains. It pours.", "Weather"), article("b", "Cats sleep.")])
    )
    assert proposed(index, "the weather") == [0, 1]


def test_candidates_that_share_a_term_are_found_even_where_bm25_gives_nothing() -> None:
    index = Index.of(read_articles([article("a", "Ships sail. Cats sleep.")]))
    assert proposed(index, "ships")[0] == 0


def proposed(index: Index, question: str) -> list[int]:
    """The sentences that BM25 puts forward, best first."""
    return propose(index, read_question(question)).sentences.tolist()  # type: ignore[no-any-return] # numpy's stub


@given(
    st.lists(TEXTS.map(" ".join), min_size=1, max_size=5),
    st.lists(st.sampled_from(["ship", "sail", "winter", "300", "nowhere", "bridg"]), max_size=4),
    st.integers(1, 8),
)
def test_the_kernel_and_numpy_propose_the_best_that_rank_bm25_would(
    texts: list[str], terms: list[str], limit: int
) -> None:
    corpus = read_articles([article(str(n), text, f"Ships {n}") for n, text in enumerate(texts)])
    okapi = OkapiLevels(corpus)
    parts, totals, every = okapi.parts(terms), okapi.totals(terms), okapi.matching(terms)
    wanted = best(totals, every, limit)
    for native in {kernel.AVAILABLE, False}:
        index = Index.of(corpus, native=native)
        found = index.propose(terms, limit)
        np.testing.assert_allclose(found.total(), totals[wanted], rtol=1e-9, atol=1e-9)
        given_ = index.scores(terms, every)
        np.testing.assert_allclose(given_[1:], parts[:, every], rtol=1e-9, atol=1e-9)
        places = {int(n): row for row, n in enumerate(every)}
        again = given_.only(np.array([places[int(n)] for n in found.sentences], dtype=np.int64))
        assert [a.tobytes() for a in again] == [a.tobytes() for a in found]


TEXT = st.text(max_size=12)


@given(
    st.lists(st.one_of(TEXT, st.sampled_from(["dictionary", "dictionaries"])), unique=True), TEXT
)
def test_packed_texts_are_found_as_in_a_list(texts: list[str], wanted: str) -> None:
    texts = sorted(texts)
    packed = Texts.pack(texts)
    assert list(packed) == texts
    for text in [*texts, wanted]:
        assert packed.find(text) == (texts.index(text) if text in texts else None)
