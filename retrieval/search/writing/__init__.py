"""Making an index: articles are tokenised, inverted, written and merged."""
