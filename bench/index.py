"""The search index of an archive, as a command of the peers' kit; used by compare.py.

    python bench/index.py --archive DIR --out OUT

writes OUT/search and tells the kit how long that took. Reading the archive is not part of it: a build has read it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from factbook.pages.kinds import Pages
from factbook.search import index
from factbook.site import build


def main() -> None:
    """Write the search index of ``--archive`` into ``--out``, and print the seconds of that alone, for the kit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    pages = Pages(build.sound_archive(given.archive, "2026-01-01"))
    given.out.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    index.write(given.out, [pages], {})
    print("PHASES " + json.dumps({"index": round(time.perf_counter() - begun, 3)}))


if __name__ == "__main__":
    main()
