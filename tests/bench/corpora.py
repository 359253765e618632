"""What is searched in `make bench`: corpora of sentences as lines of terms, and queries from them.

A made corpus draws its words from a Zipf-Mandelbrot law (Mandelbrot 1953), p(r) ~ (r + 2.7)^-1.15
over 300,000 words, whose document frequencies are near those of the training sets' articles. The
lengths of its sentences are log-normal with a mean of 20 words. It has no subjects: a word falls
anywhere alike, so an engine gains nothing from what stands together, as it would in real articles.
It is drawn in chunks with a seed each, so that a smaller corpus is the beginning of a larger one. A
given one is any folder of articles, cut into sentences and terms by Pullquote's own rooms.

Every engine reads the same lines: lower-case letters and digits between single spaces, which every
tokenizer splits alike. A term with anything else in it ("US", "3.5") is spelt in hexadecimal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import InputError
from retrieval.models import Article
from retrieval.readers import Trouble, read
from retrieval.search.arrays import Ints
from retrieval.sentences import split
from retrieval.text.terms import read_terms

EXPONENT, SHIFT, WORDS = 1.15, 2.7, 300_000
MEAN_LENGTH, SPREAD, LONGEST = 20.0, 0.5, 200  # words; the standard deviation of their logarithm
CHUNK = 10_000  # sentences that are drawn at a time
CONSONANTS, VOWELS = "bcdfghjklmnprstvwxyz", "aeiou"

Advance = Callable[[int], None]


class Corpus(NamedTuple):
    """Sentences on disk.

    Attributes:
        path: A file with a sentence a line: its terms between single spaces.
        sentences: How many.
        tokens: How many terms in all, repeats counted.
        frequencies: In how many sentences each term stands.
    """

    path: Path
    sentences: int
    tokens: int
    frequencies: dict[str, int]


def make_corpus(path: Path, sentences: int, *, seed: int, advance: Advance) -> Corpus:
    """Draw a corpus and write it to `path`.

    Args:
        path: The file to write.
        sentences: How many to draw.
        seed: The same seed draws the same words.
        advance: Told how many sentences were written since it was last told.
    """
    words = np.array(_words(), dtype=object)
    frequencies = np.zeros(WORDS, dtype=np.int64)
    tokens = 0
    with path.open("w", encoding="ascii") as file:
        for number, first in enumerate(range(0, sentences, CHUNK)):
            lengths, ranks = _draw(np.random.default_rng([seed, number]))
            lengths = lengths[: sentences - first]
            ranks = ranks[: lengths.sum()]
            file.writelines(_lines(words[ranks].tolist(), lengths))
            frequencies += _document_frequencies(ranks, lengths)
            tokens += len(ranks)
            advance(len(lengths))
    seen = np.flatnonzero(frequencies)
    known = dict(zip(words[seen].tolist(), frequencies[seen].tolist(), strict=True))
    return Corpus(path, sentences, tokens, known)


def _words() -> list[str]:
    """A pronounceable word for each rank, the frequent ones short; all end in n, like no stem."""
    one = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
    two = [a + b for a in one for b in one]
    three = (a + b for a in two for b in one)
    words = [syllables + "n" for syllables in chain(one, two, three)]
    return words[:WORDS]


def _draw(rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The lengths of a chunk of sentences, and the ranks of all their words.

    The law is inverted in closed form: rank r has the mass of its density from r to r + 1.
    """
    normal = rng.normal(np.log(MEAN_LENGTH) - SPREAD**2 / 2, SPREAD, CHUNK)
    lengths = np.clip(np.rint(np.exp(normal)), 1, LONGEST).astype(np.int64)
    shift = SHIFT + 0.5  # the middle of the first rank's stretch is rank 1
    power = 1 - EXPONENT
    head, tail = shift**power, (WORDS + shift) ** power
    drawn = (head - rng.random(int(lengths.sum())) * (head - tail)) ** (1 / power) - shift
    return lengths, np.minimum(drawn.astype(np.int64), WORDS - 1)


def _lines(words: list[str], lengths: Ints) -> Iterator[str]:
    start = 0
    for length in lengths.tolist():
        yield " ".join(words[start : start + length]) + "\n"
        start += length


def _document_frequencies(ranks: Ints, lengths: Ints) -> Ints:
    pairs = np.sort(np.repeat(np.arange(len(lengths)), lengths) * WORDS + ranks)
    first = np.append(True, pairs[1:] != pairs[:-1])  # forty times as quick as numpy's unique
    return np.bincount(pairs[first] % WORDS, minlength=WORDS).astype(np.int64)


def read_folder(path: Path, folder: Path, *, most: int | None, advance: Advance) -> Corpus:
    """Write the sentences of a folder's articles to `path`.

    Args:
        path: The file to write.
        folder: Articles, in any form that the library reads.
        most: At most so many sentences, or None for all.
        advance: Told how many sentences were written since it was last told.

    Raises:
        InputError: The folder gives no sentence.
    """
    frequencies: Counter[str] = Counter()
    sentences = tokens = 0
    with path.open("w", encoding="ascii") as file:
        for terms in _sentences(folder):
            file.write(" ".join(terms) + "\n")
            frequencies.update(set(terms))
            sentences, tokens = sentences + 1, tokens + len(terms)
            advance(1)
            if sentences == most:
                break
    if not sentences:
        raise InputError(f"{folder} gives no sentence; name a folder with articles in it")
    return Corpus(path, sentences, tokens, dict(frequencies))


def _sentences(folder: Path) -> Iterator[list[str]]:
    articles = (one for one in read([folder]) if not isinstance(one, Trouble))
    for article in articles:
        yield from _terms(article)


def _terms(article: Article) -> Iterator[list[str]]:
    for sentence in split(article.text, article.language):
        text = article.text[sentence.start : sentence.end]
        yield [_plain(term.term) for term in read_terms(text, article.language)]


def _plain(term: str) -> str:
    if term.isascii() and term.isalnum() and term == term.lower():
        return term
    return "x" + term.encode().hex()


def draw_queries(corpus: Corpus, count: int, *, seed: int) -> list[tuple[str, ...]]:
    """Draw queries of 2 to 6 terms that a reader of the corpus might ask.

    A sentence is drawn, then how many terms, then that many of its different terms, each as likely
    as its ln(N / document frequency): content words mostly, with a frequent one among them now and
    then, as questions have once their stop words are gone. Their order is drawn too.

    Raises:
        InputError: Too few sentences have two different terms.
    """
    rng = np.random.default_rng([seed, corpus.sentences])
    wanted = rng.integers(0, corpus.sentences, size=4 * count)
    found = _read_lines(corpus.path, set(wanted.tolist()))
    drawn = (_draw_terms(found[number], corpus, rng) for number in wanted.tolist())
    queries = [query for query in drawn if query][:count]
    if len(queries) < count:
        raise InputError(f"{corpus.path}: too few sentences have two words to ask for")
    return queries


def _read_lines(path: Path, wanted: set[int]) -> dict[int, str]:
    with path.open(encoding="ascii") as file:
        return {number: line for number, line in enumerate(file) if number in wanted}


def _draw_terms(line: str, corpus: Corpus, rng: np.random.Generator) -> tuple[str, ...]:
    terms = sorted(set(line.split()))
    weights = np.log(corpus.sentences / _counts(terms, corpus))
    likely = [term for term, weight in zip(terms, weights, strict=True) if weight > 0]
    if len(likely) < 2:
        return ()
    size = min(int(rng.integers(2, 7)), len(likely))
    chances = weights[weights > 0] / weights.sum()
    return tuple(rng.choice(likely, size=size, replace=False, p=chances).tolist())


def _counts(terms: Iterable[str], corpus: Corpus) -> NDArray[np.float64]:
    return np.array([corpus.frequencies[term] for term in terms], dtype=np.float64)
