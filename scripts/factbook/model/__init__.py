"""Records as values, the dates in them, and what follows from them without reading a file."""
