"""How this program was started, so that a hint names a command that runs as it is written."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAME = "factbook"


def command(arguments: str = "") -> str:
    """Return the command line that starts this program again, with ``arguments`` behind it.

    It is ``factbook`` where the shell would find this very program under that name, the path that was typed where the
    program was started by its path, and ``python -m factbook`` where Python was given the module.
    """
    return f"{_start()} {arguments}".rstrip()


def _start() -> str:
    started = Path(sys.argv[0] if sys.argv and sys.argv[0] else NAME)
    if started.name == "__main__.py" and started.parent.name == NAME:
        python = shutil.which("python")
        here = python is not None and Path(python).parent == Path(sys.executable).parent
        return f"{'python' if here else _short(Path(sys.executable))} -m {NAME}"
    if started.stem != NAME or (started.name == NAME and started.parent == Path()):
        return NAME
    known = shutil.which(NAME)
    if known is not None and os.path.realpath(known) == os.path.realpath(started):
        return NAME
    return _short(started)


def _short(path: Path) -> str:
    """Return the path relative to the working folder where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
