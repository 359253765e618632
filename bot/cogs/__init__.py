"""What Discord sends, handed on to the rooms that know."""
