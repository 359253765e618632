"""Makes the table that `retrieval.text.derivations` reads, from the files of Princeton WordNet 3.0.

Run it as `python -m tools.derivations`; `--help` says where its input comes from.
"""
