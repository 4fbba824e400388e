"""How long the preview takes from an edit to the page: a record is written, read and checked, and its page is made.

    python bench/generate.py --n 10000 --out DIR
    python bench/preview.py DIR [--edits 20]

Each edit changes the claim of another fact, taken at random with a seed. What is told is the median, the least and the
most of three times in seconds: until the page of the fact shows the claim, until the first check of everything is done,
and until a changed style is sent. The records of DIR are put back at the end.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from factbook import plugin  # noqa: E402
from factbook.site.preview import Preview  # noqa: E402

TODAY = "2026-01-01"
"""As in generate.py."""


def edited(text: str, number: int) -> str:
    """The text of a fact with a number in its claim, which stays as short as a claim may be."""
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("claim: "))
    said = lines[at].removeprefix("claim: ").strip('."')[:250].rstrip(" .,")
    lines[at] = f"claim: Edit {number} of {said}."
    return "\n".join(lines)


def told(name: str, seconds: list[float]) -> str:
    """One line of figures."""
    return f"{name}: median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f} s"


def main() -> None:
    """Measure the preview of the archive that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--edits", type=int, default=20)
    given = parser.parse_args()
    root: Path = given.archive.resolve()
    rng = random.Random(20261129)
    facts = sorted((root / "facts" / "records").rglob("*.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        state = Preview(root, lambda made: plugin.render(root, made), Path(folder), TODAY)
        begun = time.perf_counter()
        state.read_records()
        state.render_pages()
        print(f"{len(facts):,} facts; begun in {time.perf_counter() - begun:.2f} s")
        pages, styles = [], []
        for number, path in enumerate(rng.sample(facts, given.edits)):
            before = path.read_text("utf-8")
            try:
                path.write_text(edited(before, number), "utf-8")
                begun = time.perf_counter()
                state.read_records()
                page = state.answer(f"/facts/{path.stem}.html")
                pages.append(time.perf_counter() - begun)
                assert f"Edit {number} of".encode() in page.body, state.problems[:3] or state.failure
                begun = time.perf_counter()
                assert state.answer("/assets/site.css").status == 200
                styles.append(time.perf_counter() - begun)
            finally:
                path.write_text(before, "utf-8")
    print(told("from a changed fact to its page", pages))
    print(told("a style", styles))


if __name__ == "__main__":
    main()
