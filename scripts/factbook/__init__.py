"""Factbook: a folder of dated, sourced, weighed claims in; a checked, searchable static site out.

The package knows nothing of any subject. It reads an archive (a folder with ``mkdocs.yml``, ``docs/`` and ``facts/``),
and layers, from the bottom: ``problem``, ``edtf``, ``model``; then ``yamldoc``, ``schema``, ``load``; then the pure
middle, ``rules_*``, ``pages``, ``timeline``; then the writers, ``pour``, ``search``, ``site``; on top ``cli``.
Imports point down only.
"""

__version__ = "0.1.0"
