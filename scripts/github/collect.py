"""``python -m github.collect BASE FOLDER``: examines a change, and leaves the results as plain texts in a folder.

It runs beside a stranger's change, in a job without secrets and without rights. ``review`` reads what it leaves.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from github.review import FILES, MOST_PAGES
from github.suggestion import RECORD

MOST_SHOWN = 20
"""Pages whose words are kept."""
MOST_WORDS = 4000
_FACTBOOK = [sys.executable, "-m", "factbook"]
_KINDS = (".html", ".json", ".xml", ".csv", ".txt")


def run(command: Sequence[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with empty input and ``more`` in its environment; return the result."""
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **more}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", errors="replace", timeout=900, check=False,
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return the output of a command, or, where it failed, that it did."""
    return done.stdout if done.returncode == 0 else f"This could not be made:\n\n{done.stdout}\n{done.stderr}"


class _Words(HTMLParser):
    """Collects the words inside ``<main>``, a line for each block."""

    _BLOCKS = frozenset("p div section article header h1 h2 h3 h4 li tr dt dd ol ul dl table blockquote figure".split())
    _CODE = frozenset(("script", "style", "svg", "template"))

    def __init__(self) -> None:
        super().__init__()
        self.inside = self.code = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "main"
        self.code += tag in self._CODE
        if tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "main"
        self.code -= tag in self._CODE

    def handle_data(self, data: str) -> None:
        if self.inside and not self.code:
            self.parts.append(data)


def words(page: str) -> str:
    """Return the words of a page, as a reader sees them."""
    parser = _Words()
    parser.feed(page)
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(filter(None, lines))


def files(site: Path) -> dict[str, Path]:
    """Return the pages and exports of a built site, by path. The search index is left out: it follows from them."""
    found = {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*")) if p.suffix in _KINDS and p.is_file()}
    return {name: path for name, path in found.items() if "search/" not in name}


def pages(before: Path, after: Path) -> dict[str, Any]:
    """Return the files of the site that differ, as ``pages.json`` holds them: pages first, for the data follows from
    them."""
    old, new = files(before), files(after)
    rows = []
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            rows.append({"path": path, "state": "gone", "text": ""})
        elif path not in old or old[path].read_bytes() != new[path].read_bytes():
            rows.append({"path": path, "state": "changed" if path in old else "new", "text": ""})
    rows.sort(key=_order)
    for row in [row for row in rows if row["path"].endswith(".html") and row["state"] != "gone"][:MOST_SHOWN]:
        row["text"] = words(new[row["path"]].read_text("utf-8", "replace"))[:MOST_WORDS]
    return {"count": len(rows), "pages": rows[:MOST_PAGES]}


def _order(row: dict[str, str]) -> tuple[bool, bool, bool, str]:
    path = row["path"]
    data = path.startswith("data/") or not path.endswith(".html")
    return data, row["state"] != "new", not path.startswith("facts/"), path


def collect(root: Path, base: str, out: Path) -> None:
    """Examine the change at ``root`` since ``base``, and write the results into the folder ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        done = run([*_FACTBOOK, "check", "--against", base], root)
        keep(out, "check.txt", done.stdout or done.stderr)
        keep(out, "diff.md", said(run([*_FACTBOOK, "diff", base, "--format", "markdown"], root)))
        keep(out, "fix.patch", fixes(root, base))
        keep(out, "pages.json", json.dumps(changed_pages(root, base, scratch / "base"), ensure_ascii=False))


def fixes(root: Path, base: str) -> str:
    """Return what ``factbook fix`` would repair in the records of the change, as a patch. Nothing is repaired."""
    command = ["git", "diff", "--name-only", "--no-renames", "--diff-filter=AM", "-z", base, "--", "facts"]
    changed = [name for name in run(command, root).stdout.split("\0") if RECORD.fullmatch(name)]
    return run([*_FACTBOOK, "fix", "--typos", *changed], root).stdout if changed else ""


def changed_pages(root: Path, base: str, before: Path) -> dict[str, Any]:
    """Return the pages that differ between the two sites; nothing where one of them cannot be built."""
    made = run(["git", "worktree", "add", "--quiet", "--detach", str(before), base], root)
    if made.returncode:
        return {}
    try:
        for folder in (before, root):
            done = run([*_FACTBOOK, "--root", str(folder), "site"], folder, FACTBOOK_SEARCH="no")
            if done.returncode:
                return {}
        return pages(before / "site", root / "site")
    finally:
        run(["git", "worktree", "remove", "--force", str(before)], root)


def keep(out: Path, name: str, text: str) -> None:
    """Write a file of the artifact, cut to the size it may have."""
    most = FILES[name]
    data = text.encode("utf-8", "replace")
    if len(data) > most:
        if name.endswith(".json"):
            rows = json.loads(text)
            data = json.dumps({**rows, "pages": [{**row, "text": ""} for row in rows["pages"]]}).encode()
        else:
            data = data[: most - 100].decode("utf-8", "ignore").encode() + b"\n... (cut)\n"
    (out / name).write_bytes(data[:most])


if __name__ == "__main__":
    collect(Path.cwd(), sys.argv[1], Path(sys.argv[2]))
