"""Makes the lists of verbs and of nations from Princeton WordNet."""
