"""A Discord that runs on this machine."""
