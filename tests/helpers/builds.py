"""Builds that a test steers or disturbs from outside; shared by the tests of ``tests/site``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import archives
import sites

ENGINES = ("mkdocs", "zensical")
FACT = "records/1901/gull-rock-lamp-lit-1901.yaml"
BAD = "claim: The lamp went out.\ndate: on a Tuesday\n"
BARE = {"FACTBOOK_SEARCH": "no", "FACTBOOK_DATA": "no"}
"""The environment of a build whose test needs neither the search index nor the data."""
STEERED = """
# Steers a build from outside: how many cores it sees, and that the work is spread over them however small it is.
import os
from factbook import parallel
cores = int(os.environ["TEST_CORES"])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
os.sched_getaffinity = lambda pid: set(range(cores))
parallel.WORTH_IT = 2
parallel.spread.__defaults__ = parallel.share.__defaults__ = (30,)
os.register_at_fork(after_in_child=lambda: open(os.environ["TEST_FORKS"], "a").close())
"""
"""Code that each Python process of a build runs first, where a test decides how many cores it has."""


def steer(folder: Path, text: str) -> str:
    """Return a folder for PYTHONPATH from which every Python process runs ``text`` as it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(text, "utf-8")
    return str(folder)


CIRCUMSTANCES = (
    {
        "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0", "TEST_CORES": "1",
    },
    {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "TEST_CORES": "2"},
)  # fmt: skip
"""Two kinds of circumstances that differ as much as possible: one core and far in the east, two cores and in the west.
"""


def built_there(root: Path, folder: Path, circumstances: dict[str, str]) -> dict[str, bytes]:
    """Build the archive at ``root`` under one of ``CIRCUMSTANCES``; return the files of its site.

    ``folder`` is an empty one, for the code that steers the build.
    """
    forks = folder / "forks"
    site = sites.build(root, PYTHONPATH=steer(folder, STEERED), TEST_FORKS=str(forks), **circumstances)
    assert forks.exists() == (circumstances["TEST_CORES"] != "1")
    return sites.files(site)


def change(root: Path) -> None:
    """Give one record of the small archive another claim."""
    path = root / "facts" / FACT
    path.write_text(path.read_text("utf-8").replace("for the first time", "for the very first time"), "utf-8")


def broken_record(root: Path) -> str:
    """Add a record with an error; return the message that the check gives about it."""
    archives.write(root, "records/1903/lamp-went-out.yaml", BAD)
    return "facts/records/1903/lamp-went-out.yaml:1:1: error: the field kind must be given [missing-field]"


def left(root: Path) -> list[str]:
    """Return the names of the files and folders that a build left beside the site."""
    return sorted({p.name for p in root.iterdir()} - {"facts", "docs", "overrides", "scripts", "mkdocs.yml", "site"})


def lay_back(root: Path, built: Path) -> None:
    """Replace the site of ``root`` by that of ``built``, with nothing left beside it."""
    for name in ("site", *left(root)):
        shutil.rmtree(root / name, ignore_errors=True)
    shutil.copytree(built / "site", root / "site")


def spelt(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a site with one spelling where the engines have two.

    These are ``./`` before the address of a file in the same folder, and the number of an apostrophe.
    """
    return {
        path: re.sub(rb' (href|src)="\./', rb' \1="', data).replace(b"&#x27;", b"&#39;")
        if path.endswith(".html")
        else data
        for path, data in files.items()
        if path != "SHA256SUMS"
    }


OF_THE_THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Files of the theme that each engine writes in its own version."""
MENU = re.compile(r'<nav class="md-(?:tabs|nav|footer__inner).*?</nav>', re.DOTALL)
"""The menus around the content of a page."""


def assert_same_site(root: Path, other: Path) -> None:
    """Fail unless the engines built the same site from the sources in ``root`` and from their copy in ``other``.

    Data and index must be the same to the byte, and so must the content of every page, except for two ways of spelling
    in written pages; the menus must lead to the same pages. Around them each engine has the frame of its own version of
    the theme.
    """
    site, theirs = (sites.files(folder / "site") for folder in (root, other))
    apart = [path for path in sites.differing(spelt(site), spelt(theirs)) if not path.startswith(OF_THE_THEME)]
    docs = {p.relative_to(root / "docs").with_suffix(".html").as_posix() for p in (root / "docs").rglob("*.md")}
    pages = {path for path in site if path.endswith(".html")}
    assert [path for path in apart if path not in pages] == []
    one, two = ({p: sites.content(files[p].decode()) for p in pages} for files in (spelt(site), spelt(theirs)))
    assert sorted(path for path in pages if one[path] != two[path]) == []
    assert [path for path in pages - docs if sites.content(site[path].decode()) != two[path]] == []
    menus, others = ({p: MENU.findall(files[p].decode()) for p in pages} for files in (spelt(site), spelt(theirs)))
    assert menus == others
    assert min(map(len, one.values())) > 50
    records = len(list((root / "facts" / "records").rglob("*.yaml")))
    assert len(site) > 5 * records
    assert left(other) == []
