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
"""The shell command that sets the limits: the system kills a process past the first, and refuses memory past the
second. Linux has both."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """The exit status and the output of a command."""

    code: int
    out: str
    err: str


def check(root: Path, form: str = "text", **more: str) -> Said:
    """Run ``factbook check`` on the archive at ``root`` within the limits, and for a minute at most: it may wait
    without working."""
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
