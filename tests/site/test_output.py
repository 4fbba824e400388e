"""What a build says, on a terminal and elsewhere, and what it leaves out when it is told to."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import archives
import sites
from builds import BARE

pytestmark = pytest.mark.build


def test_warnings_do_not_stop_a_build(root: Path) -> None:
    """A warning is printed, and the site is built all the same, with the record that it is about."""
    archives.write(
        root, "organizations/gull-club.yaml",
        "names:\n  - {text: Gull Club, language: en}\nkind: board\ndescription: Nobody speaks of it.\n",
    )  # fmt: skip
    done = sites.run(root, "site", **BARE)
    assert done.returncode == 0
    assert "facts/organizations/gull-club.yaml:1:1: warning: " in done.stdout
    assert "[unused-organization]" in done.stdout
    assert (root / "site" / "organizations" / "gull-club.html").is_file()


EARLIER = "Earlier versions of facts are left out: this folder is in no git repository.\n"
PROGRESS = EARLIER + "Writing pages: 27\nWriting data: done\nIndexing for search: done\nDone. Open site/index.html\n"
"""What a build of the small archive says."""


@pytest.mark.parametrize(
    ("without", "said", "gone"),
    [
        ("FACTBOOK_DATA", "Writing data: done\n", {"README.txt", "SHA256SUMS", "data", "llms.txt"}),
        ("FACTBOOK_SEARCH", "Indexing for search: done\n", {"search"}),
    ],
)
def test_what_a_builder_does_not_want_is_left_out(
    root: Path, small_site: Path, without: str, said: str, gone: set[str]
) -> None:
    """FACTBOOK_DATA=no and FACTBOOK_SEARCH=no leave out their folders and files, and nothing else."""
    full = {p.name for p in small_site.iterdir()}
    done = sites.run(root, "site", **{without: "no"})
    told = PROGRESS.replace(said, "")
    assert done.stdout == (told.replace(EARLIER, "") if without == "FACTBOOK_DATA" else told)
    assert {p.name for p in (root / "site").iterdir()} == full - gone


def test_progress_is_plain_lines_where_there_is_no_terminal(root: Path) -> None:
    """In a log, each step is one line that ends, and nothing moves the cursor."""
    done = sites.run(root, "site")
    assert done.stdout == PROGRESS
    assert done.stderr == ""


def test_progress_is_one_moving_line_on_a_terminal(root: Path) -> None:
    """On a terminal the line of the running step changes in place and is wiped at the end."""
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "factbook", "site"], cwd=root, env=sites.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=300, check=False,
        )  # fmt: skip
        said = os.read(ours, 65536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    assert "\rWriting pages 0 of 27\rWriting pages 27 of 27\r\033[K" in said
    assert "\rWriting data …\r\033[K\rIndexing for search …\r\033[K" in said
    assert said.endswith("\r\033[K")
    assert done.stdout == PROGRESS
