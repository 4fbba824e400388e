"""Archives for tests: the small one of the rule examples, and the files laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

from factbook.check.reference import EXAMPLES

ROOT = Path(__file__).parents[2]
BASE = EXAMPLES / "base"
TODAY = "2030-01-01"
"""The build date of every test: after every ledger entry but those that are in the future on purpose."""


def archive(root: Path, *overlays: Path) -> Path:
    """Write the example archive into the new folder ``root``, with the ``overlays`` on top; return ``root``."""
    facts = root / "facts"
    shutil.copytree(BASE, facts, symlinks=True)
    for overlay in overlays:
        of_site = any((overlay / name).exists() for name in ("docs", "mkdocs.yml", "overrides"))  # not of facts/ alone
        shutil.copytree(overlay, root if of_site else facts, symlinks=True, dirs_exist_ok=True)
    return root


def write(root: Path, path: str, text: str | bytes) -> Path:
    """Write a file under ``facts/`` of the archive at ``root``, with the folders it needs; return its path."""
    file = root / "facts" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file
