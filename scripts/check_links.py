"""Requests the addresses that sources and organizations give, and reports those that are dead or have moved.

    python scripts/check_links.py --report links.md

Whatever it finds, it exits with 0: a site that is down is nobody's mistake. The report is Markdown, a title and the
rest; it is empty when nothing needs attention.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from factbook.model import replies_and_reviews
from factbook.model.archive import Archive
from factbook.model.records import Source, Statement
from factbook.model.staleness import looked_at
from factbook.read import load
from links import Answer, Limits, ask

if TYPE_CHECKING:
    from factbook.capture.fetch import Limits as CaptureLimits

SAID = {
    "dead": "Dead",
    "moved": "Moved for good",
    "strange": "Something else than a text",
    "refused": "Not asked",
    "unclear": "No clear answer",
}
"""The verdicts that are reported, gravest first; ``alive`` is not reported."""
REPORTED = ("dead", "moved", "strange")
"""Verdicts that somebody has to look at. The others are often how a site treats robots, and are listed below these."""


class Pace:
    """Lets one request a host through at a time, with a pause between two."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.last: dict[str, float] = {}
        self.locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self.own = threading.Lock()

    def wait(self, host: str) -> None:
        """Return when ``host`` may be asked again, ``pause`` seconds after the last time. Threads may share this."""
        with self.own:
            lock = self.locks[host]
        with lock:
            pause = self.last.get(host, -self.pause) + self.pause - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            self.last[host] = time.monotonic()


def addresses(archive: Archive) -> dict[str, list[str]]:
    """Return every address, with the records that give it."""
    found: dict[str, list[str]] = defaultdict(list)
    for source in archive.sources.values():
        for url in filter(None, (source.url, source.archive_url)):
            found[url].append(source.id)
    for organization in archive.organizations.values():
        if organization.website:
            found[organization.website].append(organization.id)
    for judgement in replies_and_reviews.all_judgements(archive):
        for url in filter(None, (judgement.url, judgement.archive_url)):
            found[url].append(judgement.id)
    return dict(sorted(found.items()))


def visit(urls: Iterable[str], limits: Limits, at_once: int, pause: float, total: float) -> dict[str, Answer]:
    """Return the answer of every address. Those of one host are requested one after the other; after ``total`` seconds,
    no more."""
    end = time.monotonic() + total
    pace = Pace(pause)
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[_host(url)].append(url)

    def work(host: str) -> dict[str, Answer]:
        found = {}
        for url in hosts[host]:
            late = time.monotonic() > end
            found[url] = Answer("unclear", "not asked: time was up") if late else ask(url, limits, pace.wait)
        return found

    answers: dict[str, Answer] = {}
    with ThreadPoolExecutor(at_once) as pool:
        for found in pool.map(work, hosts):
            answers |= found
    return answers


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def drifted(archive: Archive, limits: CaptureLimits, pause: float) -> list[tuple[Source, list[str]]]:
    """Return the sources whose page says something else than the text that is pinned.

    Each has the facts that cite it and have not been weighed since. Raises ImportError where the packages of
    ``factbook capture`` are not installed.
    """
    import trafilatura  # noqa: F401 - so that it is missed now, not at the first page

    from factbook.capture import pin
    from factbook.capture.fetch import FetchError

    wanted = pin.Wanted(day="", pause=pause, limits=limits)
    pinned = [s for _, s in sorted(archive.sources.items()) if s.url and s.sha256 and s.text_by]
    found = []
    try:
        for captured in pin.capture(pinned, wanted):
            if captured.what == "changed":
                source = archive.sources[captured.source]
                facts = [s.id for s in pin.resting_on(archive, source.id) if _due(s, source)]
                if facts or not source.changed:
                    found.append((source, facts))
    except FetchError:
        pass  # without a network every address has its verdict already
    return found


def _due(statement: Statement, source: Source) -> bool:
    """Return whether a fact was last weighed before the page of a source that it cites was found to have changed."""
    return not source.changed or looked_at(statement) < source.changed


def report(
    answers: dict[str, Answer],
    records: dict[str, list[str]],
    code: Callable[[str], str],
    drift: Sequence[tuple[Source, list[str]]] = (),
) -> str:
    """Return what needs attention, as Markdown; empty when nothing does. ``code`` makes a stranger's text harmless.

    ``drift`` are the sources whose page has changed since it was read, with the facts that are due for it.
    """
    rows: dict[str, list[str]] = defaultdict(list)
    for url, answer in answers.items():
        names = ", ".join(code(name) for name in records[url])
        rows[answer.verdict].append(f"- {names}: {code(url)}: {code(answer.said)}")
    count = sum(len(rows[verdict]) for verdict in REPORTED) + len(drift)
    if not count:
        return ""
    parts = [f"Links that need attention: {count}\n"]
    if drift:
        lines = (
            f"- {code(source.id)}: {code(source.url)}: read on {code(source.captured or '')}; due: "
            + (", ".join(map(code, facts)) or "none")
            for source, facts in drift
        )
        parts.append(f"## Changed since they were read ({len(drift)})\n\n" + "\n".join(lines))
        parts.append("`factbook capture` with the id of a source takes the change down, and makes its facts due.")
    for verdict, title in SAID.items():
        if rows[verdict] and verdict in REPORTED:
            parts.append(f"## {title} ({len(rows[verdict])})\n\n" + "\n".join(rows[verdict]))
        elif rows[verdict]:
            inside = "\n".join(rows[verdict])
            parts.append(f"<details><summary>{title} ({len(rows[verdict])})</summary>\n\n{inside}\n\n</details>")
    parts.append(
        "A dead page needs an `archive_url`, a moved one its new `url`. "
        f"Of {len(answers)} addresses, {sum(a.verdict == 'alive' for a in answers.values())} answered well."
    )
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Check every link of the archive at ``--root``, and write the report. Returns 0, whatever was found."""
    parser = argparse.ArgumentParser(description="Report dead and moved links.")
    parser.add_argument("--root", type=Path, default=Path(), metavar="FOLDER", help="the archive (default: here)")
    parser.add_argument("--report", type=Path, required=True, metavar="FILE", help="where the report goes")
    parser.add_argument("--at-once", type=int, default=8, metavar="N", help="hosts asked at the same time (default: 8)")
    parser.add_argument("--pause", type=float, default=2, metavar="SECONDS", help="between two requests to a host")
    parser.add_argument("--total", type=float, default=1800, metavar="SECONDS", help="in all (default: 1800)")
    options = parser.parse_args()
    from github.markdown import code

    archive, _ = load.read_archive(options.root)
    records = addresses(archive)
    about = os.environ.get("REPO_URL", "")
    limits = Limits(agent=f"factbook link check {about}".strip())
    answers = visit(records, limits, options.at_once, options.pause, options.total)
    drift: list[tuple[Source, list[str]]] = []
    try:
        from factbook.capture.fetch import Limits as PageLimits

        drift = drifted(archive, PageLimits(agent=limits.agent), options.pause)
    except ImportError as error:
        print(f"Whether pages have changed was not looked at: {error.name} is not installed.")
    options.report.write_text(report(answers, records, code, drift), "utf-8")
    for url, answer in answers.items():
        print(f"{answer.verdict:8} {url}  {ascii(answer.said)[1:-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
