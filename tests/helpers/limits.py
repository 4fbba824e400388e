"""Runs the check as a process of its own that may use two seconds of processor and 200 MB of memory, and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from archives import ROOT, TODAY

SECONDS = 2
KIBIBYTES = 200 * 1024
WITHIN = f'ulimit -t {SECONDS} && ulimit -v {KIBIBYTES} && exec "$@"'
"""Whoever passes the first limit is killed by the system; past the second, memory is refused. Linux has both."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


def check(root: Path, form: str = "text", **more: str) -> Said:
    """``factbook check`` of the archive at ``root`` within the limits. The minute is for one that waits for ever."""
    command = [sys.executable, "-m", "factbook", "--root", str(root), "check", "--format", form]
    if sys.platform == "linux":
        command = ["sh", "-c", WITHIN, "sh", *command]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts"), "FACTBOOK_DATE": TODAY}
    done = subprocess.run(
        command,
        env=environment | {"MALLOC_ARENA_MAX": "1", "PYTHONIOENCODING": "utf-8"} | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Said(code=done.returncode, out=done.stdout.decode("utf-8"), err=done.stderr.decode("utf-8", "replace"))
