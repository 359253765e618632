"""Segments: the three-level search finds what rank-bm25 scores highest, whatever the file holds."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from okapi_levels import OkapiLevels

from retrieval.errors import LibraryDamaged, LibraryUnavailable
from retrieval.search import levels
from retrieval.search.arrays import Ints
from retrieval.search.codec.strings import Texts
from retrieval.search.forward import ForwardIndex
from retrieval.search.inverted_index import InvertedIndex
from retrieval.search.kernel import kernel
from retrieval.search.kernel.reference import Hits, Level, Wanted
from retrieval.search.levels import LevelParameters

NATIVE = [False, *([True] if kernel.AVAILABLE else [])]
PARAMETERS = [
    LevelParameters(1.0, 0.6, 0.3),
    LevelParameters(0.7, 0.9, 0.75),
    LevelParameters(1.4, 0.9, 0.5),
]
TITLE_COUNTS = 3


def drawing(seed: int) -> random.Random:
    """Draws alike each time."""
    return random.Random(seed)  # noqa: S311 - nothing is kept secret with it


def corpus(seed: int, articles: int, vocabulary: int, most: int) -> ForwardIndex:
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
    return made(names, titles, sizes, paragraphs, sentences)


def made(
    names: tuple[str, ...],
    titles: list[list[int]],
    sizes: list[int],
    paragraphs: list[int],
    sentences: list[list[int]],
) -> ForwardIndex:
    """Articles of these titles, of so many sentences each."""
    nothing = np.zeros(len(sentences), dtype=np.int64)
    return ForwardIndex(
        articles=tuple(f"{n:05}" for n in range(len(titles))),
        firsts=np.arange(len(titles)),
        digests=("",) * len(titles),
        languages=("en",) * len(titles),
        hidden=("",) * len(titles),
        kinds=np.zeros(len(titles), dtype=np.uint8),
        weights=np.ones(len(titles), dtype=np.float32),
        vocabulary=names,
        forms=names,
        form_terms=np.arange(len(names)),
        section_sentences=offsets(sizes),
        title_offsets=offsets(list(map(len, titles))),
        title_words=flat(titles),
        starts=nothing,
        ends=nothing,
        paragraphs=np.array(paragraphs, dtype=np.int64),
        offsets=offsets(list(map(len, sentences))),
        words=flat(sentences),
        cases=np.zeros(len(flat(sentences)), dtype=np.uint8),
    )


def offsets(sizes: list[int]) -> Ints:
    return np.append(0, np.cumsum(np.array(sizes, dtype=np.int64)))


def flat(lists: list[list[int]]) -> Ints:
    return np.array([n for one in lists for n in one], dtype=np.int64)


def wanted(inverted: InvertedIndex, query: list[str]) -> list[Wanted]:
    terms = Texts(inverted.vocabulary_starts, inverted.vocabulary)
    numbers = [number for term in query if (number := terms.find(term)) is not None]
    return weighed(inverted, numbers)


def levels_of(inverted: InvertedIndex) -> list[Level]:
    return levels.levels_of(levels.states(inverted), PARAMETERS)


def weighed(inverted: InvertedIndex, numbers: list[int]) -> list[Wanted]:
    """Terms by their numbers, with the weights that they have if there is no other segment."""
    held = ([int(of[n]) for of in inverted.document_frequencies] for n in numbers)
    weights = (levels.weights_of(of, levels_of(inverted)) for of in held)
    return list(map(Wanted, numbers, weights))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("articles", "vocabulary", "most"), [(2, 9, 5), (9, 40, 90), (200, 500, 30)]
)
def test_three_levels_propose_what_rank_bm25_scores_highest(
    tmp_path: Path, seed: int, articles: int, vocabulary: int, most: int
) -> None:
    read, rng = corpus(seed, articles, vocabulary, most), drawing(seed)
    levels.build_levels(read, tmp_path / "levels.idx")
    inverted = InvertedIndex.open(tmp_path / "levels.idx")
    okapi = OkapiLevels(read, PARAMETERS, TITLE_COUNTS)
    by_level = levels_of(inverted)
    for _ in range(12):
        query = [f"t{rng.randint(0, vocabulary):04}" for _ in range(rng.randint(1, 6))]
        k = rng.choice([1, 10, 50])
        hits = [
            levels.propose(inverted, wanted(inverted, query), by_level, k, native=native)
            for native in NATIVE
        ]
        assert all(same(hits[0], other) for other in hits)
        scores = np.sort(okapi.totals(query)[okapi.matching(query)])[::-1]
        np.testing.assert_allclose(hits[0].scores, scores[:k], rtol=1e-9, atol=1e-9)


def same(one: Hits, other: Hits) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def built(read: ForwardIndex, path: Path) -> InvertedIndex:
    levels.build_levels(read, path)
    return InvertedIndex.open(path)


def agree(read: ForwardIndex, path: Path, query: list[str]) -> None:
    """Both paths give the same bits, with rank-bm25's scores."""
    inverted, okapi = built(read, path), OkapiLevels(read, PARAMETERS, TITLE_COUNTS)
    by_level = levels_of(inverted)
    hits = [
        levels.propose(inverted, wanted(inverted, query), by_level, read.sentences, native=native)
        for native in NATIVE
    ]
    assert all(same(hits[0], other) for other in hits)
    assert sorted(hits[0].ids.tolist()) == okapi.matching(query).tolist()
    totals = okapi.totals(query)[hits[0].ids]
    np.testing.assert_allclose(hits[0].scores, totals, rtol=1e-9, atol=1e-9)


def written(*articles: list[list[str]]) -> ForwardIndex:
    """Articles of one paragraph each, whose titles are their numbers."""
    sentences = [sentence for article in articles for sentence in article]
    titles = [[str(number)] for number in range(len(articles))]
    vocabulary = sorted({word for words in [*sentences, *titles] for word in words})
    number_of = {word: number for number, word in enumerate(vocabulary)}
    return made(
        tuple(vocabulary),
        [[number_of[word] for word in title] for title in titles],
        [len(article) for article in articles],
        [0] * len(sentences),
        [[number_of[word] for word in sentence] for sentence in sentences],
    )


def test_lengths_and_frequencies_that_leave_a_byte(tmp_path: Path) -> None:
    read = written([["a"] * 70_000 + ["b"], ["a", "b"]], [["c"] * 300, ["d"]], [["e"]], [["f"]])
    for query in (["a"], ["a", "b"], ["c", "d"]):
        agree(read, tmp_path / "levels.idx", query)


def test_a_weight_of_exactly_0_still_matches(tmp_path: Path) -> None:
    read = written([["half"], ["other"]], [["other", "y"], ["half", "x"]])
    for query in (["half"], ["half", "y"], ["half", "half"]):
        agree(read, tmp_path / "levels.idx", query)


def test_a_word_that_utf8_cannot_hold_is_found(tmp_path: Path) -> None:
    read = written([["\ud800"], ["b"]], [["c"]], [["d"]])
    for query in (["\ud800"], ["\udfff"]):
        agree(read, tmp_path / "levels.idx", query)


def test_the_same_articles_give_the_same_bytes_however_they_are_divided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, path = corpus(1, 60, 200, 40), tmp_path / "levels.idx"
    built(read, path)
    files = {path.read_bytes()}
    for size in (1, 50, 1000):
        monkeypatch.setattr("retrieval.search.writing.layout.RANGE", size)
        monkeypatch.setattr("retrieval.search.writing.layout.PIECE", size + 7)
        built(read, path)
        files.add(path.read_bytes())
    assert len(files) == 1


def test_a_build_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "levels.idx"
    built(corpus(1, 5, 20, 4), path)
    before = path.read_bytes()

    def stop(*_: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        levels.build_levels(corpus(2, 5, 20, 4), path, progress=stop)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable, match=r"nowhere\.idx"):
        InvertedIndex.open(tmp_path / "nowhere.idx")


def test_a_flipped_byte_does_not_pass_verify(tmp_path: Path) -> None:
    path = tmp_path / "levels.idx"
    built(corpus(2, 20, 50, 9), path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(LibraryDamaged, match="checksum"):
        InvertedIndex.open(path).verify()


@pytest.mark.parametrize("native", NATIVE)
def test_deleted_articles_and_a_floor_leave_the_rest_as_it_is(tmp_path: Path, native: bool) -> None:
    levels.build_levels(corpus(5, 60, 80, 12), tmp_path / "levels.idx")
    inverted = InvertedIndex.open(tmp_path / "levels.idx")
    by_level = levels_of(inverted)
    query = wanted(inverted, ["t0001", "t0004", "t0007"])
    whole = levels.propose(inverted, query, by_level, 10_000, native=native)
    assert inverted.articles is not None
    starts = inverted.articles.starts.astype(np.int64)
    sizes = starts[1:] - starts[:-1]
    article_of = np.repeat(np.arange(60), sizes - 1)
    gone = np.arange(60) % 3 == 0
    bits = np.packbits(gone, bitorder="little").tobytes()
    floor = float(whole.scores[len(whole.scores) // 2])
    rest = levels.propose(
        inverted, query, by_level, 10_000, native=native, deleted=bits, floor=floor
    )
    kept = ~gone[article_of[whole.ids]] & (whole.scores >= floor)
    assert rest.ids.tolist() == whole.ids[kept].tolist()
    assert rest.scores.tobytes() == whole.scores[kept].tobytes()


def test_a_damaged_file_is_an_error_or_answers_but_never_crashes(tmp_path: Path) -> None:
    fuzz = [sys.executable, "-X", "faulthandler", str(Path(__file__).with_name("engine_fuzz.py"))]
    run = subprocess.run(  # noqa: S603 - this very Python
        [*fuzz, str(tmp_path), "120"], capture_output=True, text=True, check=False, timeout=900
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
