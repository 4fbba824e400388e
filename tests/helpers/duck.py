"""Runs DuckDB in a process of its own, so that the report of its binding at exit is not printed below the tests'
summary."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_ASK = """
import json, sys, duckdb
question, parameters = json.load(sys.stdin)
print(json.dumps(duckdb.connect().execute(question, parameters).fetchall()))
"""


def rows(question: str, *parameters: str, folder: Path) -> list[list]:
    """Return the rows of DuckDB's answer to ``question``, asked in ``folder``. Raises CalledProcessError where it
    fails."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK], input=json.dumps([question, parameters]), cwd=folder, capture_output=True,
        text=True, timeout=120, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)
