"""Our build as one command of the peers' kit: ``run.py --cmd 'ours={py} bench/build.py --data {data} --out {out}'``.

Only the build is measured. The archive, DATA-ours, holds the kit's very records in our schema and is made beforehand by
``bench/generate.py --kit DATA --out DATA-ours``. This program then becomes the ``mkdocs build`` that ``factbook site``
runs: every rule is on, the search index and the folder data/ are left out (what the peers do not make is measured by
itself). MkDocs renders into .site-building beside OUT, and the hook puts the finished folder in the place of OUT,
whether that exists or not.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

TODAY = "2026-01-01"
"""The same as in generate.py, which is not imported here: the time of the import would count."""


def main() -> None:
    """Become the MkDocs build of the archive ``--data``-ours into ``--out``: the kit measures this very process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    given = parser.parse_args()
    archive = Path(given.data.rstrip("/") + "-ours")
    if not (archive / "mkdocs.yml").is_file():
        raise SystemExit(f"{archive} is missing. Run: python bench/generate.py --kit {given.data} --out {archive}")
    env = dict(os.environ, FACTBOOK_DATE=TODAY, FACTBOOK_SEARCH="no", FACTBOOK_DATA="no", NO_MKDOCS_2_WARNING="1")
    out = os.path.abspath(given.out)
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--strict",
        "--config-file",
        str(archive / "mkdocs.yml"),
        "--site-dir",
        out,
    ]
    os.execve(sys.executable, command, env)


if __name__ == "__main__":
    main()
