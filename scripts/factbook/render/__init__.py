"""Renders templates in every language: environment, compiling, and catalogues of translated texts."""
