"""Runs every linter and type checker over the repository and says of each whether it found anything.

    python scripts/lint.py [NAME …]

Returns 1 when any of them did, after all have run. The tools are those of ``requirements/test.txt``; none of them asks
the network.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ("scripts", "tests", "bench", "fuzz")
SCRIPTS = [*(ROOT / "scripts/factbook/theme/assets").glob("*.js"), *(ROOT / "scripts/factbook/site").rglob("*.js")]
DENO = ("scripts/deno.json", *sorted(map(str, SCRIPTS)))
WORKFLOWS = sorted(map(str, (ROOT / ".github/workflows").glob("*.yml")))
CHECKS: dict[str, tuple[str, ...]] = {
    "ruff check": ("ruff", "check", "--quiet", *PYTHON),
    "ruff format": ("ruff", "format", "--check", "--quiet", *PYTHON),
    "mypy": ("mypy",),
    "deno check": ("deno", "check", "--quiet", "--no-remote", "--config", *DENO),
    "deno lint": ("deno", "lint", "--quiet", "--config", *DENO),
    "actionlint": ("actionlint", "-no-color", *WORKFLOWS),
    "zizmor": ("zizmor", "--offline", "--no-config", "--no-progress", "--color=never", "--quiet", ".github"),
}
"""Each check by its name: the program in the environment's folder ``bin`` and its arguments."""


def run(name: str) -> bool:
    """Run one check in the repository's root and print its result. Returns whether it found nothing."""
    program, *arguments = CHECKS[name]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DENO_DIR": folder, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
        done = subprocess.run(
            [str(Path(sys.executable).parent / program), *arguments], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    well = done.returncode == 0
    print(f"{name}: {'nothing found' if well else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
    if not well:
        print(done.stdout.strip(), flush=True)
    return well


def main(names: list[str]) -> int:
    """Run the checks of these names, or all of them. Returns 0 where none found anything, 1 otherwise."""
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"there is no check {', '.join(unknown)}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    found = [name for name in names or CHECKS if not run(name)]
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
