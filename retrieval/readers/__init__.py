"""Files and folders into articles, one room a format."""
