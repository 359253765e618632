"""Pullquote's retrieval: articles in, proven quotes out. It knows nothing of Discord."""
