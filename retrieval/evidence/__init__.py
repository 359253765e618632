"""What stands behind an answer: who says it, in which words, who else, and who otherwise."""
