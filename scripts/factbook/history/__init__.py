"""The archive held against another state of it, read out of git."""
