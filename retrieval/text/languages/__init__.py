"""What is a language's own: the words of its grammar, and those with which it asks."""
