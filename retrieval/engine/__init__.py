"""Articles in segments on disk, and the exact BM25 search for their best sentences."""
