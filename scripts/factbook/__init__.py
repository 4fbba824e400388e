"""Factbook: a folder of dated, sourced, weighed claims in; a checked, searchable static site out.

The package knows nothing of any subject. It reads an archive: a folder with ``mkdocs.yml``, ``docs/`` and ``facts/``.

docs/about/engine.md is the map of its folders. Imports point down that map only, and tests/project/test_layers.py holds
them to it.
"""

__version__ = "1.0.0"
