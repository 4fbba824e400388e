"""Compares our own code with the libraries that could replace it, in the same run.

    pip install ruamel.yaml feedgen polib
    python bench/libraries.py [--facts 2000]

Each row is one choice of docs/decisions/: seconds of our code, seconds of the library, and the second divided by the
first.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import io
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "bench")]

import generate  # noqa: E402

from factbook import parallel  # noqa: E402
from factbook.authoring import yaml_layout  # noqa: E402
from factbook.check.run import check  # noqa: E402
from factbook.data import calendars, feeds  # noqa: E402
from factbook.model.archive import Archive  # noqa: E402
from factbook.model.ledger import changes  # noqa: E402
from factbook.model.records import Statement  # noqa: E402


def seconds(work: Callable[[], object]) -> float:
    """Return the shortest of three runs of ``work``, in seconds."""
    runs = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        runs.append(time.perf_counter() - began)
    return min(runs)


def yaml_files(root: Path, archive: Archive) -> tuple[float, float]:
    """Read and write records in one layout: by our comment-keeping writer, and by ruamel.yaml's round trip.

    Returns our seconds and the library's, as the next functions do.
    """
    from ruamel.yaml import YAML

    files = [(f.path, (root / "facts" / f.path).read_bytes()) for f in archive.newest_first[:500]]

    def theirs() -> None:
        for _, data in files:
            yaml = YAML()
            yaml.dump(yaml.load(data), io.BytesIO())

    def ours() -> None:
        for path, data in files:
            yaml_layout.canonical("fact", path, data, archive.schemas)

    return seconds(ours), seconds(theirs)


def span(fact: Statement) -> tuple[date, date]:
    """Return the first and the last day that the date of a fact with a place in a calendar can mean."""
    assert fact.when and fact.when.earliest and fact.when.latest
    return date.fromisoformat(fact.when.earliest), date.fromisoformat(fact.when.latest)


def calendar_files(_root: Path, archive: Archive) -> tuple[float, float]:
    """Write an event for each dated fact: by our code, and by icalendar."""
    import icalendar

    placed = [f for f in archive.newest_first if calendars.placed(f.when)]

    def theirs() -> None:
        for f in placed:
            event = icalendar.Event()
            event.add("uid", f.id)
            event.add("summary", f.claim)
            event.add("description", f.history[-1].reason)
            first, last = span(f)
            event.add("dtstart", first)
            event.add("dtend", last + timedelta(days=1))
            event.add("dtstamp", date.fromisoformat(f.history[-1].date))
            event.to_ical()

    return seconds(lambda: [calendars.event(archive, f, "") for f in placed]), seconds(theirs)


def feed_files(_root: Path, archive: Archive) -> tuple[float, float]:
    """Write one Atom feed of the hundred newest changes: by our code, together with its JSON twin, and by feedgen."""
    from feedgen.feed import FeedGenerator

    newest = changes(archive, feeds.MOST)

    def theirs() -> None:
        feed = FeedGenerator()
        feed.id("urn:x")
        feed.title("What changed")
        for change in newest:
            entry = feed.add_entry()
            entry.id(change.id)
            entry.title(change.statement.claim)
            entry.updated(f"{change.revision.date}T00:00:00Z")
            entry.content(change.revision.reason)
        feed.atom_str()

    ours = feeds._Feeds(archive, "", "")
    return seconds(lambda: list(ours.changes("changes", "What changed", "index.html", newest))), seconds(theirs)


def nothing(chunk: object) -> int:
    """Return the length of a chunk: the cheapest work there is."""
    return len(chunk)  # type: ignore[arg-type]  # a list, given as an object so that both pools can send it


def processes(_root: Path, _archive: Archive) -> tuple[float, float]:
    """Start and end processes for 5,000 items that take no time: by our code, and by a pool of the standard library."""
    items = list(range(5000))
    chunks = [items[i : i + 50] for i in range(0, len(items), 50)]

    def theirs() -> None:
        fork = multiprocessing.get_context("fork")
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=fork) as pool:
            list(pool.map(nothing, chunks))

    return seconds(lambda: list(parallel.spread(nothing, items))), seconds(theirs)


def po_files(_root: Path, _archive: Archive) -> tuple[float, float]:
    """Read the interface's largest PO file: by Babel, which is used, and by polib."""
    import polib

    from factbook.render import po

    path = max(po.INTERFACE.glob("*.po"), key=lambda p: p.stat().st_size)
    return seconds(lambda: po.parse(path)), seconds(lambda: polib.pofile(str(path)))


CHOICES = {
    "YAML with comments (ruamel.yaml)": yaml_files,
    "calendars (icalendar)": calendar_files,
    "feeds (feedgen)": feed_files,
    "processes (concurrent.futures)": processes,
    "PO files (polib)": po_files,
}


def main() -> int:
    """Measure every choice over a generated archive and print one row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=2000, help="facts of the generated archive (default: 2000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "archive"
        records = generate.invented(options.facts, generate.SEED)
        generate.generate(root, records, {"n": options.facts, "seed": generate.SEED})
        archive, _ = check(root, generate.TODAY)
        assert archive is not None
        print(f"{'choice':36} {'ours s':>8} {'library s':>10} {'ratio':>6}")
        for name, measure in CHOICES.items():
            ours, theirs = measure(root, archive)
            print(f"{name:36} {ours:8.3f} {theirs:10.3f} {theirs / ours:6.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
