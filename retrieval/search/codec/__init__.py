"""What stands in the files of an index: sections, strings, postings and the forward index."""
