"""The data published for programs: one module for each export, all of them reading the same tables."""
