"""tantivy, asked in two ways: with a query built directly, and with one parsed as its README shows.

The field is split at spaces and keeps frequencies without positions and without the text: all that
BM25 needs and no more. One thread writes with room for one segment, so that nothing is left to be
merged and a sentence's number in the segment is its line. Its formula is Lucene's (k1 1.2, b .75,
lengths above 40 rounded), which differs from Okapi's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

import tantivy

from bench.peers.face import Hits, Query

FIELD = "words"
KEPT = "freq"
HEAP = 2_000_000_000  # an upper limit, of which it takes what it needs


class Direct:
    """A boolean query of term queries, the count of all matches left out."""

    def __init__(self, index: tantivy.Index) -> None:
        """Search `index`."""
        self.index = index
        self.schema = index.schema
        self.searcher = index.searcher()

    @classmethod
    def build(cls, sentences: Path, folder: Path) -> None:
        """Stream the sentences in and commit once."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field(FIELD, tokenizer_name="whitespace", index_option=KEPT)
        writer = tantivy.Index(schema.build(), path=str(folder)).writer(HEAP, num_threads=1)
        with sentences.open(encoding="ascii") as file:
            for line in file:
                writer.add_document(tantivy.Document(words=line))
        writer.commit()
        writer.wait_merging_threads()

    @classmethod
    def open(cls, sentences: Path, folder: Path) -> Self:  # noqa: ARG003 - other engines need it
        """Map the files."""
        return cls(tantivy.Index.open(str(folder)))

    def search(self, query: Query, k: int) -> tantivy.SearchResult:
        """The k best."""
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self.schema, FIELD, term, KEPT))
            for term in query.terms
        ]
        return self.searcher.search(tantivy.Query.boolean_query(terms), k, count=False)

    def hits(self, found: tantivy.SearchResult) -> Hits:
        """Sentence numbers where there is one segment."""
        alone = self.searcher.num_segments == 1
        return [(place.doc if alone else -1, score) for score, place in found.hits]


class Readme(Direct):
    """A query parsed from text, and a search with its defaults."""

    def search(self, query: Query, k: int) -> tantivy.SearchResult:
        """The k best."""
        return self.searcher.search(self.index.parse_query(query.text, [FIELD]), k)
