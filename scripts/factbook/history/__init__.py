"""Compares the archive with another state of it, which is read from git."""
