"""Scripts of questions, replayed against a library."""
