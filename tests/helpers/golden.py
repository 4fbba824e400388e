"""Golden files of data, which a person has looked at and found right: ``tests/small/data/``.

After a change that is meant to change them, renew them as the pages' golden files are, with RENEW_GOLDEN=1.
"""

from __future__ import annotations

import os

import sites

FOLDER = sites.SMALL / "data"


def golden(name: str, made: bytes) -> bytes:
    """Return the content of a golden file; with RENEW_GOLDEN, ``made`` is written to it first."""
    if os.environ.get("RENEW_GOLDEN"):
        (FOLDER / name).write_bytes(made)
    return (FOLDER / name).read_bytes()
