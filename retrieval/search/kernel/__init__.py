"""The exact three-level search for the best sentences: compiled, and in numpy as its model."""
