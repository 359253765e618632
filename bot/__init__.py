"""Pullquote in Discord and in the terminal."""
