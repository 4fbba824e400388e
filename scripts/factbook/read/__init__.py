"""Reads the files of an archive into the values of the model."""
