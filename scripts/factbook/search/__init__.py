"""The search index and the list of all facts."""
