"""Factbook: a folder of dated, sourced, weighed claims in; a checked, searchable static site out.

The package knows nothing of any subject. It reads an archive: a folder with ``mkdocs.yml``, ``docs/`` and ``facts/``.

Its layers, from the bottom: records as values and the dates in them; reading records and the rules they are held to;
the whole check; then the pure middle, archive into pages and exports; what an author does; the writers; and the command
line on top. Imports point down only. The table of tests/test_layers.py lists every module in its layer.
"""

__version__ = "0.1.0"
