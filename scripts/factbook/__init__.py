"""Factbook: a folder of dated, sourced, weighed claims in; a checked, searchable static site out.

The package knows nothing of any subject. It reads an archive: a folder with ``mkdocs.yml``, ``docs/`` and ``facts/``.

Its layers, from the bottom: ``problem``, ``edtf``, ``model``, ``parallel``; ``yamldoc``, ``schema``, ``records``,
``rules_*``, ``compare``; ``load``, ``waivers``, ``check``, ``revision``; then the pure middle, ``overview``,
``timeline``, ``reference``, ``pages``, ``report``, ``diff``, ``diff_report``; what an author does, ``comments``,
``layout``, ``edit``, ``fixes``, ``change``, ``author``, ``draft``, ``explain``, ``session``, ``authoring``, ``upkeep``;
then the writers, ``pour``, ``settle``, ``search``, ``site``; on top ``commands`` and ``cli``. Imports point down only.
"""

__version__ = "0.1.0"
