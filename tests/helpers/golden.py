"""Golden files of data: what somebody has looked at and found right, in ``tests/small/data/``.

After a change that is meant to change them, renew them as the pages' golden files are, with RENEW_GOLDEN=1.
"""

from __future__ import annotations

import os

import sites

FOLDER = sites.SMALL / "data"


def golden(name: str, made: bytes) -> bytes:
    """What the golden file says; with RENEW_GOLDEN it is written first."""
    if os.environ.get("RENEW_GOLDEN"):
        (FOLDER / name).write_bytes(made)
    return (FOLDER / name).read_bytes()
