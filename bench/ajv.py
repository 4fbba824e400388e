"""Runs ajv over the records of an archive: python bench/ajv.py --archive DIR --node-modules DIR

`factbook check` is compared with it: the same files and the same schemas, but none of the rules.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from pathlib import Path

KINDS = {"fact": "records", "source": "sources", "organization": "organizations"}


def main() -> None:
    """Check every record of ``--archive`` by ajv, kind by kind. Raises CalledProcessError at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--node-modules", type=Path, required=True)
    given = parser.parse_args()
    schema = given.archive / "facts" / "schema"
    for kind, folder in KINDS.items():
        command = [
            str(given.node_modules / ".bin" / "ajv"), "validate", "--spec=draft2020", "--strict=false",
            "-s", str(schema / f"{kind}.schema.json"),
            "-r", str(schema / "common.schema.json"), "-r", str(schema / "vocabulary.schema.json"),
            "-d", f"{given.archive}/facts/{folder}/**/*.yaml",
        ]  # fmt: skip
        env = dict(os.environ, NODE_OPTIONS="--max-old-space-size=8192")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)


if __name__ == "__main__":
    main()
