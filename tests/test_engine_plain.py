from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.engine import Bare, kernel, sets
from retrieval.engine.damage import Damage
from retrieval.engine.sets import Form

NATIVE = [False, *([True] if kernel.AVAILABLE else [])]
LARGE = 150_000  # documents: three pages of numbers


def drawn(seed: int, count: int, of: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    rng = np.random.default_rng(seed)
    return np.sort(rng.choice(of, size=count, replace=False))


@settings(deadline=None)
@given(
    st.integers(1, 300_000).flatmap(lambda of: st.tuples(st.just(of), st.integers(1, of))),
    st.booleans(),
    st.integers(0, 99),
)
def test_a_set_is_read_as_it_was_written(size: tuple[int, int], placed: bool, seed: int) -> None:
    of, count = size
    numbers = drawn(seed, count, of)
    packed = sets.pack(numbers, of, placed=placed)
    shape = sets.shape_of(count, of, placed=placed)
    assert len(packed) == shape.size
    assert not (placed and shape.form is Form.MAPPED)
    raw = np.frombuffer(packed + b"more", dtype=np.uint8)
    assert sets.unpack(raw, count, of, placed=placed).tolist() == numbers.tolist()


@pytest.mark.parametrize(
    ("count", "form"),
    [(3, Form.LISTED), (700, Form.PAGED), (2000, Form.SHORT_PAGED), (60_000, Form.MAPPED)],
)
def test_a_set_that_is_cut_short_or_out_of_order_is_told(count: int, form: Form) -> None:
    assert sets.shape_of(count, LARGE, placed=False).form is form
    raw = np.frombuffer(sets.pack(drawn(1, count, LARGE), LARGE, placed=False), dtype=np.uint8)
    with pytest.raises(Damage):
        sets.unpack(raw[:-1], count, LARGE, placed=False)
    with pytest.raises(Damage):
        sets.unpack(np.full_like(raw, 7), count, LARGE, placed=False)


@pytest.mark.skipif(not kernel.AVAILABLE, reason="the kernel is not compiled")
@pytest.mark.parametrize(
    ("count", "of"),
    [(5, 200), (90, 10_000), (70_000, 20_000_000), (300_000, 20_000_000), (40, (1 << 31) - 1)],
)
def test_kernel_and_numpy_write_the_same_sets(count: int, of: int) -> None:
    rng = np.random.default_rng(4)
    slots = np.unique(rng.integers(0, of, count))
    repeats = rng.choice([1, 1, 1, 2, 9], len(slots))
    words = np.repeat(slots, repeats)
    rng.shuffle(words)
    data, told = kernel.compiled.set_plain(words | 7 << 32, 7, 1, of)
    expected = sets.pack(slots, of, placed=False)
    again = repeats > 1
    expected += sets.narrow(np.array([again.sum(), repeats.max()]), 4)
    expected += sets.pack(slots[again], of, placed=True) + sets.narrow(repeats[again], 1)
    assert data == expected
    assert np.frombuffer(told, dtype=np.int64).tolist() == [len(data), len(slots)]


def large() -> list[list[str]]:
    """Many short documents, with terms in every form of set, some of them repeated."""
    rng = np.random.default_rng(3)
    terms = {"rare": 5, "some": 800, "many": 9000, "most": 80_000, "all": LARGE}
    documents: list[list[str]] = [[] for _ in range(LARGE)]
    for term, count in terms.items():
        for number in rng.choice(LARGE, size=count, replace=False).tolist():
            documents[number].extend([term] * int(rng.choice([1, 1, 1, 2, 5])))
    documents[7].extend(["some"] * 300)
    for number in rng.choice(LARGE, size=LARGE // 2, replace=False).tolist():
        documents[number].extend(["filler"] * int(rng.integers(1, 30)))
    return documents


def test_many_documents_give_the_same_best_by_kernel_and_numpy(tmp_path: Path) -> None:
    documents, files = large(), set()
    for native in NATIVE:
        Bare.build(iter(documents), tmp_path / "large.idx", native=native)
        files.add((tmp_path / "large.idx").read_bytes())
    assert len(files) == 1
    queries = [
        ["rare"],
        ["some", "many"],
        ["most", "many", "rare", "some"],
        ["all", "most", "some", "some"],
        ["many", "filler", "nowhere"],
    ]
    for query in queries:
        for k in (1, 10, 3000):
            found = [
                Bare.open(tmp_path / "large.idx", native=native).search(query, k)
                for native in NATIVE
            ]
            scores = Bare.open(tmp_path / "large.idx", native=False).scores(query)
            for ids, best in found:
                assert ids.tolist() == found[0][0].tolist()
                assert best.tobytes() == found[0][1].tobytes() == scores[ids.tolist()].tobytes()
            assert len(found[0][1]) == k or set(query) == {"rare"}
            assert found[0][1].tolist() == sorted(found[0][1].tolist(), reverse=True)
            assert found[0][1][0] == scores.max()


@pytest.mark.parametrize("words", [150, 1500])
@pytest.mark.parametrize("native", NATIVE)
def test_a_query_of_very_many_words_is_answered(tmp_path: Path, native: bool, words: int) -> None:
    documents = [[f"w{n}", f"w{n % 7}"] for n in range(200)]
    Bare.build(documents, tmp_path / "many.idx")
    bare = Bare.open(tmp_path / "many.idx", native=native)
    query = [f"w{n}" for n in range(words)]
    ids, scores = bare.search(query, 20)
    every = bare.scores(query)
    assert ids.tolist() == np.lexsort((np.arange(200), -every))[:20].tolist()
    assert scores.tobytes() == every[ids.tolist()].tobytes()


@pytest.mark.parametrize(("k1", "b"), [(0.0, 0.75), (-1.0, 0.5), (1.2, 0.0), (2.0, 1.0)])
def test_unusual_parameters_give_the_same_best(tmp_path: Path, k1: float, b: float) -> None:
    documents = [["a"] * (n % 4) + ["b"] * (n % 3) + ["c"] * (n % 9) for n in range(300)]
    Bare.build(documents, tmp_path / "odd.idx", k1=k1, b=b)
    found = [
        Bare.open(tmp_path / "odd.idx", native=native).search(["a", "b"], 40) for native in NATIVE
    ]
    assert len({(ids.tobytes(), scores.tobytes()) for ids, scores in found}) == 1


def test_threads_that_search_at_once_find_the_same(tmp_path: Path) -> None:
    documents = [[f"w{n % 50}", f"v{n % 7}", f"u{n % 3}"] for n in range(5000)]
    Bare.build(documents, tmp_path / "shared.idx")
    bare = Bare.open(tmp_path / "shared.idx")
    queries = [(f"w{n % 50}", f"v{n % 7}", f"u{n % 3}") for n in range(400)]
    alone = [bare.search(query, 10)[0].tolist() for query in queries]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: bare.search(query, 10)[0].tolist(), queries))
    assert together == alone
