"""The language of a text: its terms, its closed classes of words, its names, and what is akin."""
