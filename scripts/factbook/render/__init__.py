"""Templates in every language: environment, compiling, catalogues of translated texts."""
