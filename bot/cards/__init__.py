"""Answers as Discord cards: pure layout and wording."""
