"""Measurements: quality and speed, apart from the tests."""
