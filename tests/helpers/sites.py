"""Sites for tests: the small archive of the rule examples and the real one, each built in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import archives
import grown

ROOT = archives.ROOT
SMALL = ROOT / "tests" / "small"
"""The written pages, the configuration and the golden files of the small site."""
TRANSLATED = ("kk", "ru")
"""The languages of a translated site besides that of the claims: those of this project's own."""
MAY_BUILD = True
"""Whether the running test has the mark ``build`` or ``browser``; tests/conftest.py sets it."""
_STEERING = (
    "SITE_URL",
    "REPO_URL",
    "FACTBOOK_DATE",
    "FACTBOOK_SEARCH",
    "FACTBOOK_DATA",
    "PYTHONPATH",
    "PYTHONHOME",
    "SOURCE_DATE_EPOCH",
)
"""Variables of the caller's environment that would change what is built."""


def small(root: Path, *overlays: Path) -> Path:
    """Write the small archive with its written pages into the new folder ``root``: nothing in it is about the real
    subject."""
    root.mkdir(parents=True, exist_ok=True)
    archives.archive(root, *overlays)
    return _with_pages(root)


def _with_pages(root: Path) -> Path:
    """Add the written pages and the configuration of the small site to the archive at ``root``."""
    shutil.copytree(SMALL / "docs", root / "docs")
    shutil.copy(SMALL / "mkdocs.yml", root)
    (root / "scripts").symlink_to(ROOT / "scripts")
    return root


def translated(root: Path) -> Path:
    """Write the small archive into the new folder ``root``, with its written pages in TRANSLATED too."""
    return _translated(small(root))


def large(root: Path) -> Path:
    """Write the grown archive into the new folder ``root``, with its written pages in TRANSLATED too but for the one
    on data: what is tried with readers, who need lists that are long and pictures that are full."""
    return _translated(_with_pages(grown.grown(root)), "data.md")


def _translated(root: Path, *alone: str) -> Path:
    """Copy each written page of ``root`` into a folder for each of TRANSLATED, where it says that it is in that
    language. Its words stay English. The pages ``alone`` are left in the one language they have."""
    for path in sorted(set((root / "docs").rglob("*.md")) - {root / "docs" / name for name in ("404.md", *alone)}):
        before, _, text = path.read_text("utf-8").rpartition("---\n")
        for code in TRANSLATED:
            other = root / "docs" / code / path.relative_to(root / "docs")
            other.parent.mkdir(parents=True, exist_ok=True)
            own = before.replace("assets/explore-data.js", f"{code}/assets/explore-data.js")
            other.write_text((own or "---\n") + f"language: {code}\n---\n{text}", "utf-8")
    config = root / "mkdocs.yml"
    apart = "not_in_nav: |\n" + "".join(f"  /{code}/\n" for code in TRANSLATED)
    config.write_text(config.read_text("utf-8").replace("not_in_nav: |\n", apart), "utf-8")
    return root


def real(root: Path) -> Path:
    """Copy the project's own archive and written pages into the new folder ``root``; without the day from which its
    statuses need pinned sources, which the build date of the tests is long after."""
    root.mkdir(parents=True, exist_ok=True)
    for name in ("facts", "docs"):
        shutil.copytree(ROOT / name, root / name)
    settings = re.sub(r"\n *pinned: .*", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / "scripts").symlink_to(ROOT / "scripts")
    return root


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment with ``more``, without the variables that steer a build."""
    return {k: v for k, v in os.environ.items() if k not in _STEERING} | {"FACTBOOK_DATE": archives.TODAY} | more


def run(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command ``factbook`` in ``root``, with ``more`` in its environment; return the result, whatever its exit
    status."""
    assert MAY_BUILD or arguments[0] not in ("site", "dist"), "a test that builds a site bears the mark `build`"
    command = [sys.executable, "-m", "factbook", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment(**more), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def build(root: Path, *arguments: str, **more: str) -> Path:
    """Build the site of ``root``, which must succeed; return the site's folder."""
    done = run(root, "site", *arguments, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below ``folder``, by its relative path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths at which two results of ``files`` differ, short enough to be read in a failure."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def becomes(address: str, text: str, seconds: float = 60) -> bool:
    """Return whether the page at ``address`` contains ``text`` within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=30) as answer:
                if text in answer.read().decode("utf-8"):
                    return True
        except URLError:
            pass  # not there yet
        time.sleep(0.05)
    return False


def pages(site: Path) -> Iterator[str]:
    """Yield the path of every page of ``site``, sorted."""
    yield from sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


OPENING, CLOSING = '<article class="md-content__inner md-typeset">', "</article>"
"""The content of a page is between these, in the frame that the theme renders."""


def main_of(page: Path) -> str:
    """Return the content of a page as it is written, without the theme's frame."""
    return content(page.read_text("utf-8")).strip() + "\n"


def content(text: str) -> str:
    """Return the text between ``OPENING`` and the last ``CLOSING`` of a page."""
    return text.partition(OPENING)[2].rpartition(CLOSING)[0]


def plain(markup: str) -> str:
    """Return markup as the words that a reader sees, with single spaces between them."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())
