import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.engine import Bare, kernel, levels
from retrieval.engine.levels import LevelParameters
from retrieval.engine.reference import Hits, Wanted
from retrieval.engine.segment import Segment
from retrieval.engine.texts import Texts
from retrieval.errors import LibraryDamaged, LibraryUnavailable
from retrieval.index.corpus import Corpus

NATIVE = [False, *([True] if kernel.AVAILABLE else [])]
PARAMETERS = [
    LevelParameters(1.0, 0.6, 0.3),
    LevelParameters(0.7, 0.9, 0.75),
    LevelParameters(1.4, 0.9, 0.5),
]
TITLE_COUNTS = 3
several = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
words = st.sampled_from(["a", "b", "c", "dé", "e", "f", "g"])
small = st.lists(st.lists(words, max_size=12), min_size=1, max_size=70).filter(any)


def built(documents: Sequence[Sequence[str]], folder: Path) -> Path:
    path = folder / "bare.idx"
    Bare.build(iter(documents), path)
    return path


def drawing(seed: int) -> random.Random:
    """Draws alike each time."""
    return random.Random(seed)  # noqa: S311 - nothing is kept secret with it


def zipf(seed: int, size: int, vocabulary: int) -> list[list[str]]:
    """Documents with many rare words, a few frequent ones, repeats, some empty, some long."""
    rng = drawing(seed)

    def document() -> list[str]:
        length = rng.choice([0, 400]) if rng.random() < 0.05 else int(rng.lognormvariate(2, 0.7))
        return [f"t{min(int(rng.paretovariate(0.5)), vocabulary)}" for _ in range(length)]

    return [document() for _ in range(size)]


def agree(path: Path, documents: list[list[str]], queries: list[list[str]], k: int) -> None:
    """Both paths give the same bits, the best there are, with rank-bm25's scores."""
    okapi, reference = BM25Okapi(documents), Bare.open(path, native=False)
    for query in queries:
        scores = reference.scores(query)
        np.testing.assert_allclose(scores, okapi.get_scores(query), rtol=1e-9, atol=1e-9)
        matching = [n for n, document in enumerate(documents) if set(document) & set(query)]
        wanted = sorted(matching, key=lambda n: (-scores[n], n))[:k]
        for native in NATIVE:
            ids, found = Bare.open(path, native=native).search(query, k)
            assert ids.tolist() == wanted
            assert found.tobytes() == scores[wanted].tobytes()


@several
@given(small, st.lists(st.lists(words, max_size=8), max_size=4), st.integers(0, 80))
def test_any_documents_and_queries_give_rank_bm25s_best(
    tmp_path: Path, documents: list[list[str]], queries: list[list[str]], k: int
) -> None:
    agree(built(documents, tmp_path), documents, queries, k)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("size", "vocabulary"), [(40, 300), (700, 30), (3000, 300), (3000, 5)])
def test_documents_of_all_sizes_give_rank_bm25s_best(
    tmp_path: Path, seed: int, size: int, vocabulary: int
) -> None:
    documents, rng = zipf(seed, size, vocabulary), drawing(seed)
    queries = [
        [f"t{rng.randint(1, vocabulary + 2)}" for _ in range(rng.randint(1, 6))] for _ in range(8)
    ]
    agree(built(documents, tmp_path), documents, queries, rng.choice([1, 10, 5000]))


def test_a_weight_of_exactly_0_still_matches(tmp_path: Path) -> None:
    documents = [["half"], ["other"], ["half", "x"], ["other", "y"]]
    agree(built(documents, tmp_path), documents, [["half"], ["half", "y"]], 10)


def test_documents_without_a_single_word_are_all_0(tmp_path: Path) -> None:
    path = built([[], []], tmp_path)
    for native in NATIVE:
        index = Bare.open(path, native=native)
        assert index.size == 2
        assert index.search(["a"], 10)[0].tolist() == []
        assert index.scores(["a"]).tolist() == [0.0, 0.0]


def test_no_documents_at_all_can_be_searched(tmp_path: Path) -> None:
    for native in NATIVE:
        index = Bare.open(built([], tmp_path), native=native)
        assert index.search(["a"], 10)[0].tolist() == []


def test_a_word_that_utf8_cannot_hold_is_found(tmp_path: Path) -> None:
    documents = [["\ud800"], ["b"], ["c"]]
    agree(built(documents, tmp_path), documents, [["\ud800"], ["\udfff"]], 3)


def test_lengths_and_frequencies_that_leave_a_byte(tmp_path: Path) -> None:
    documents = [["a"] * 70_000 + ["b"], ["a", "b"], ["c"] * 300, ["d"], ["e"], ["f"]]
    agree(built(documents, tmp_path), documents, [["a"], ["a", "b"], ["c", "d"]], 3)


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    documents = zipf(1, 300, 50)
    first = built(documents, tmp_path).read_bytes()
    assert built(documents, tmp_path).read_bytes() == first


def as_line(document: Sequence[str]) -> bytes:
    return " ".join(document).encode() + b"\n"


@several
@given(documents=st.lists(st.lists(words | st.text("ab\u00e9\U0001f600", min_size=1), max_size=40)))
def test_kernel_and_numpy_build_the_same_bytes_from_lists_and_lines(
    tmp_path: Path, documents: list[list[str]]
) -> None:
    path = tmp_path / "bare.idx"
    files = set()
    for native in NATIVE:
        for given_as in (documents, map(tuple, documents), map(as_line, documents)):
            Bare.build(given_as, path, native=native)
            files.add(path.read_bytes())
    assert len(files) == 1


@pytest.mark.parametrize(
    "documents",
    [
        zipf(3, 4000, 3000),
        [["a"] * 70_000 + ["b"], ["c"] * 300, ["\ud800", "a"], [], ["x" * 70_000, ""]],
        [["a", f"b{n % 40}", f"c{n % 7}"] for n in range(2000)],
    ],
)
def test_kernel_and_numpy_build_the_same_bytes_of_odd_documents(
    tmp_path: Path, documents: list[list[str]]
) -> None:
    path = tmp_path / "bare.idx"
    files = set()
    for native in NATIVE:
        Bare.build(documents, path, native=native)
        files.add(path.read_bytes())
    assert len(files) == 1


@pytest.mark.parametrize("native", NATIVE)
def test_a_line_that_is_no_utf8_is_refused(tmp_path: Path, native: bool) -> None:
    with pytest.raises(UnicodeDecodeError):
        Bare.build([b"a b\n", b"a \xff"], tmp_path / "bare.idx", native=native)
    with pytest.raises(TypeError):
        Bare.build([["a", 1]], tmp_path / "bare.idx", native=native)  # type: ignore[list-item] # on purpose
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not kernel.AVAILABLE, reason="the kernel is not compiled")
def test_kernel_and_numpy_build_the_same_bytes_of_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed, articles in ((1, 60), (2, 700)):
        read = corpus(seed, articles, 200, 40)
        levels.build_levels(read, tmp_path / "native.idx", title_counts=TITLE_COUNTS)
        with monkeypatch.context() as without:
            without.setattr(kernel, "AVAILABLE", False)
            levels.build_levels(read, tmp_path / "numpy.idx", title_counts=TITLE_COUNTS)
        files = {(tmp_path / name).read_bytes() for name in ("native.idx", "numpy.idx")}
        assert len(files) == 1


@pytest.mark.skipif(not kernel.AVAILABLE, reason="the kernel is not compiled")
def test_the_kernel_refuses_parts_that_do_not_fit_together() -> None:
    build, numbers = kernel.compiled, np.arange(4, dtype=np.uint32)
    with pytest.raises(ValueError, match="fit together"):
        build.divide(numbers, numbers, np.zeros(3, dtype=np.uint16), 1)  # a term has no range
    with pytest.raises(ValueError, match="fit together"):
        build.divide(numbers, numbers, np.full(4, 9, dtype=np.uint16), 1)
    pairs = np.array([5 << 32 | 1, 6 << 32 | 40], dtype=np.int64)
    for first, count, slots in ((5, 2, 40), (5, 1, 41), (6, 1, 41)):
        with pytest.raises(ValueError, match="fit together"):
            build.set_plain(pairs, first, count, slots)
    classes, starts = np.ones(41, dtype=np.uint8), np.array([0, 20, 41], dtype=np.int32)
    of = np.arange(41, dtype=np.int32) // 21
    for first, blocks, paragraph_of in ((5, 1, of), (5, 3, of), (6, 2, of), (5, 2, of + 99)):
        with pytest.raises(ValueError, match="fit together"):
            build.invert(
                pairs, first, 2, 41, blocks, classes, classes, classes[:2], starts, of, paragraph_of
            )


def test_a_build_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = built([["a"]], tmp_path)
    before = path.read_bytes()

    def stop(_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Bare.build([["b"]], path, progress=stop)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable, match=r"nowhere\.idx"):
        Bare.open(tmp_path / "nowhere.idx")


def test_a_flipped_byte_does_not_pass_verify(tmp_path: Path) -> None:
    path = built(zipf(2, 200, 50), tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(LibraryDamaged, match="checksum"):
        Bare.open(path).verify()


def corpus(seed: int, articles: int, vocabulary: int, most: int) -> Corpus:
    """Articles with titles, paragraphs and sentences, some of them empty."""
    rng = drawing(seed)

    def drawn(size: int) -> list[int]:
        return [min(int(rng.paretovariate(0.5)), vocabulary) - 1 for _ in range(size)]

    titles = [drawn(rng.randint(0, 8)) for _ in range(articles)]
    sizes = [rng.choice([0, 1, 3, most]) for _ in range(articles)]
    sizes[0] = most
    paragraphs = [n // rng.randint(1, 4) for size in sizes for n in range(size)]
    sentences = [
        drawn(int(rng.lognormvariate(2.5, 0.7)) * (rng.random() > 0.05)) for _ in range(sum(sizes))
    ]
    # Every term stands somewhere, as it does in a corpus that was read.
    titles[-1] = list(range(vocabulary))
    names = tuple(f"t{n:04}" for n in range(vocabulary))
    nothing = np.zeros(len(sentences), dtype=np.int64)
    return Corpus(
        articles=tuple(f"{n:05}" for n in range(articles)),
        digests=("",) * articles,
        languages=("en",) * articles,
        vocabulary=names,
        forms=names,
        form_terms=np.arange(vocabulary),
        article_sentences=offsets(sizes),
        title_offsets=offsets(list(map(len, titles))),
        title_words=flat(titles),
        starts=nothing,
        ends=nothing,
        paragraphs=np.array(paragraphs, dtype=np.int64),
        offsets=offsets(list(map(len, sentences))),
        words=flat(sentences),
        cases=np.zeros(len(flat(sentences)), dtype=np.uint8),
    )


def offsets(sizes: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.append(0, np.cumsum(np.array(sizes, dtype=np.int64)))


def flat(lists: list[list[int]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([n for one in lists for n in one], dtype=np.int64)


def wanted(segment: Segment, query: list[str]) -> list[Wanted]:
    states = levels.states(segment)
    terms = Texts(segment.vocabulary_starts, segment.vocabulary)
    numbers = [number for term in query if (number := terms.find(term)) is not None]
    return [
        levels.wanted_of(n, [int(held[n]) for held in segment.held], states, PARAMETERS)
        for n in numbers
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("articles", "vocabulary", "most"), [(2, 9, 5), (9, 40, 90), (200, 500, 30)]
)
def test_three_levels_propose_what_rank_bm25_scores_highest(
    tmp_path: Path, seed: int, articles: int, vocabulary: int, most: int
) -> None:
    read, rng = corpus(seed, articles, vocabulary, most), drawing(seed)
    levels.build_levels(read, tmp_path / "levels.idx", title_counts=TITLE_COUNTS)
    segment, okapi = Segment.open(tmp_path / "levels.idx"), ThreeOkapi(read)
    models = levels.models_of(levels.states(segment), PARAMETERS)
    for _ in range(12):
        query = [f"t{rng.randint(0, vocabulary):04}" for _ in range(rng.randint(1, 6))]
        k = rng.choice([1, 10, 50])
        hits = [
            levels.propose(segment, wanted(segment, query), models, k, native=native)
            for native in NATIVE
        ]
        assert all(same(hits[0], other) for other in hits)
        scores = okapi.scores(query)
        np.testing.assert_allclose(hits[0].scores, np.sort(scores)[::-1][:k], rtol=1e-9, atol=1e-9)


class ThreeOkapi:
    """rank-bm25 itself, over sentences, paragraphs and articles."""

    def __init__(self, read: Corpus) -> None:
        words = [
            [f"t{n:04}" for n in read.words[first:last]]
            for first, last in pairwise(read.offsets.tolist())
        ]
        sizes = np.diff(read.article_sentences)
        article_of = np.repeat(np.arange(len(sizes)), sizes).tolist()
        places = list(zip(article_of, read.paragraphs.tolist(), strict=True))
        # A paragraph is a run: a number that comes again later is another one.
        self.paragraph_of = np.cumsum([a != b for a, b in pairwise([None, *places])]) - 1
        self.article_of = np.array(article_of)
        titles = [
            [f"t{n:04}" for n in read.title_words[first:last]] * TITLE_COUNTS
            for first, last in pairwise(read.title_offsets.tolist())
        ]
        paragraphs = [
            list(chain.from_iterable(words[n] for n in np.flatnonzero(self.paragraph_of == p)))
            for p in range(int(self.paragraph_of[-1]) + 1)
        ]
        articles = [
            [*title, *chain.from_iterable(words[n] for n in np.flatnonzero(self.article_of == a))]
            for a, title in enumerate(titles)
        ]
        self.held = [set(article) for article in articles]
        self.models = [
            BM25Okapi(of, k1=level.k1, b=level.b)
            for of, level in zip((words, paragraphs, articles), PARAMETERS, strict=True)
        ]

    def scores(self, query: list[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """The sums of the sentences whose article has one of the terms."""
        sentence, paragraph, article = (model.get_scores(query) for model in self.models)
        total: np.ndarray[tuple[int], np.dtype[np.float64]] = (
            PARAMETERS[0].factor * sentence
            + PARAMETERS[1].factor * paragraph[self.paragraph_of]
            + PARAMETERS[2].factor * article[self.article_of]
        )
        sharing = [bool(self.held[a] & set(query)) for a in self.article_of.tolist()]
        return np.compress(sharing, total)


def same(one: Hits, other: Hits) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("native", NATIVE)
def test_deleted_articles_and_a_floor_leave_the_rest_as_it_is(tmp_path: Path, native: bool) -> None:
    levels.build_levels(corpus(5, 60, 80, 12), tmp_path / "levels.idx")
    segment = Segment.open(tmp_path / "levels.idx")
    models = levels.models_of(levels.states(segment), PARAMETERS)
    query = wanted(segment, ["t0001", "t0004", "t0007"])
    whole = levels.propose(segment, query, models, 10_000, native=native)
    assert segment.articles is not None
    starts = segment.articles.starts.astype(np.int64)
    sizes = starts[1:] - starts[:-1]
    article_of = np.repeat(np.arange(60), sizes - 1)
    gone = np.arange(60) % 3 == 0
    bits = np.packbits(gone, bitorder="little").tobytes()
    floor = float(whole.scores[len(whole.scores) // 2])
    rest = levels.propose(segment, query, models, 10_000, native=native, deleted=bits, floor=floor)
    kept = ~gone[article_of[whole.ids]] & (whole.scores >= floor)
    assert rest.ids.tolist() == whole.ids[kept].tolist()
    assert rest.scores.tobytes() == whole.scores[kept].tobytes()


def test_a_damaged_file_is_an_error_or_answers_but_never_crashes(tmp_path: Path) -> None:
    fuzz = [sys.executable, "-X", "faulthandler", str(Path(__file__).with_name("engine_fuzz.py"))]
    run = subprocess.run(  # noqa: S603 - this very Python
        [*fuzz, str(tmp_path), "250"], capture_output=True, text=True, check=False, timeout=900
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.skipif(shutil.which("gcc") is None, reason="the sanitizers come with gcc")
def test_the_kernel_is_clean_under_the_sanitizers() -> None:
    script = Path(__file__).parents[1] / "tools" / "sanitize.py"
    run = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, script, "60"], capture_output=True, text=True, check=False, timeout=900
    )
    if run.returncode == 3:
        pytest.skip("this gcc has no sanitizers")
    assert run.returncode == 0, run.stdout + run.stderr
