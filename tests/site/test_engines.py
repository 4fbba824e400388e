"""The other engine: Zensical makes of the same sources the same site as MkDocs."""

from __future__ import annotations

from pathlib import Path

import builds


def test_zensical_makes_the_same_site(translated_root: Path, translated_zensical_root: Path) -> None:
    """Data and index are the same to the byte, and so is the content of every page in every language."""
    builds.assert_same_site(translated_root, translated_zensical_root)
