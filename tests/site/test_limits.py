"""What a host takes: a build that would pass it says so in one line before it writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import builds
import grown
import sites
from archives import TODAY, archive
from factbook.check.run import check
from factbook.model.archive import Archive
from factbook.pages.context import Page
from factbook.pages.kinds import Pages
from factbook.site import limits, settings
from factbook.site.limits import Estimate, Limits
from factbook.site.pour import Shell


class Around(Shell):
    """A shell that puts a thousand bytes around every page."""

    def pour(self, page: Page) -> bytes:
        """Return the page with what is around it."""
        return b" " * 1000 + page.body.encode()


def read(root: Path) -> Archive:
    """The archive at ``root``, which is sound."""
    found, _ = check(root, TODAY)
    assert found is not None
    return found


def test_the_size_of_the_pages_is_known_before_they_are_written(tmp_path: Path) -> None:
    """What a few pages of each kind tell is within a tenth of what all of them are."""
    found = read(grown.grown(tmp_path / "archive"))
    pages, shell = Pages(found), Around(parts={})
    wanted = sum(len(shell.pour(pages.page(job))) for job in pages.records())
    told = limits.estimate([(pages, shell)], found, False)
    assert told.files == len(pages.records())
    assert 0.9 * wanted < told.bytes < 1.1 * wanted
    assert told.seconds > 0
    twice = limits.estimate([(pages, shell), (pages, shell)], found, True)
    assert twice.files > 2 * told.files


PAGES, DATA = 400_000_000, 340_000_000
"""The bytes of one language and of the data, in the tests below; the files are as many as thousands of these."""


def made_up(filled: list[object], archive: Archive, data: bool) -> Estimate:
    """An estimate that grows with the languages and with the data."""
    size = PAGES * len(filled) + DATA * data
    return Estimate(bytes=size, files=size // 20_000, seconds=400 * len(filled))


@pytest.mark.parametrize(
    ("host", "languages", "data", "said"),
    [
        ("github", 1, True, ""),
        (
            *("github", 2, False),
            "GitHub Pages takes 10 minutes, and the pages alone will take about 13 here. "
            "Enough to leave out: all languages but en; the page Publish says more.",
        ),
        (
            *("github", 2, True),
            "GitHub Pages takes 1 GB, and this site will be about 1.1 GB; and 10 minutes, and the pages alone will "
            "take about 13 here. Enough to leave out: all languages but en; the page Publish says more.",
        ),
        (
            *("size", 2, True),
            "The host takes 1 GB, and this site will be about 1.1 GB. "
            "Enough to leave out: the data (FACTBOOK_DATA=no), or all languages but en; the page Publish says more.",
        ),
        (
            *("size", 3, True),
            "The host takes 1 GB, and this site will be about 1.5 GB. "
            "Enough to leave out: all languages but en; the page Publish says more.",
        ),
        (
            *("cloudflare", 1, True),
            "Cloudflare Pages takes 20,000 files, and this site will be about 37,000. "
            "Enough to leave out: the data (FACTBOOK_DATA=no); the page Publish says more.",
        ),
        (
            *("cloudflare", 2, True),
            "Cloudflare Pages takes 20,000 files, and this site will be about 57,000. "
            "Enough to leave out: the data (FACTBOOK_DATA=no) and all languages but en; the page Publish says more.",
        ),
        (
            *("small", 2, True),
            "The host takes 10 files, and this site will be about 57,000. "
            "There is nothing to leave out that is enough; the page Publish says what else.",
        ),
        ("codeberg", 9, True, ""),
        ("", 9, True, ""),
    ],
)
def test_what_is_said(
    host: str, languages: int, data: bool, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line names the host, what it takes, what there would be, and what is enough to leave out; a host that nobody
    knows has no limits."""
    found = read(archive(tmp_path / "archive"))
    own = {"size": Limits(name="The host", bytes=10**9), "small": Limits(name="The host", files=10)}
    monkeypatch.setattr(limits, "HOSTS", {**limits.HOSTS, **own})
    monkeypatch.setattr(limits, "estimate", made_up)
    monkeypatch.setattr(limits, "LARGEST", 10**12)
    monkeypatch.setattr(limits, "SLOWEST", 10**3)
    monkeypatch.setattr(limits, "FACT_FILES", 10**6)
    assert limits.warning(host, [(Pages(found), Around(parts={}))] * languages, found, data) == said


def test_a_small_site_is_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the number of records tells that no limit is near, no page is made to find out."""
    found = read(archive(tmp_path / "archive"))
    monkeypatch.setattr(limits, "estimate", lambda *_: pytest.fail("it was measured"))
    for host in limits.HOSTS:
        assert limits.warning(host, [(Pages(found), Around(parts={}))], found, True) == ""


@pytest.mark.parametrize(
    ("options", "repo_url", "host"),
    [
        ({}, "https://github.com/lights/archive", "github"),
        ({}, "https://gitlab.example/lights/archive", "gitlab"),
        ({"repository": {"host": "gitlab"}}, "https://code.example/lights", "gitlab"),
        ({"repository": {"pages": "cloudflare"}}, "https://github.com/lights/archive", "cloudflare"),
        ({"repository": {"pages": "none"}}, "https://github.com/lights/archive", "none"),
        ({}, "", ""),
    ],
)
def test_the_host_follows_from_the_settings(options: dict[str, object], repo_url: str, host: str) -> None:
    """The host of the repository publishes the site, unless the settings name another."""
    assert settings.published_at(repo_url, settings.parse(options)) == host


@pytest.mark.build
def test_a_build_says_it(root: Path, tmp_path: Path) -> None:
    """The line stands before the pages are written, and the site is built all the same."""
    few = "import factbook.site.limits as l; l.HOSTS = {'github': l.Limits(name='The host', bytes=1000)}"
    steer = builds.steer(tmp_path / "steer", few)
    path = f"{steer}:{sites.ROOT}/scripts"
    env = sites.environment(REPO_URL="https://github.com/lights/archive", PYTHONPATH=path, **builds.BARE)
    command = [sys.executable, "-m", "factbook", "--root", str(root), "site"]
    done = subprocess.run(command, env=env, text=True, capture_output=True, check=True)
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("The host takes 0 MB, and this site will be about"))
    assert any(line.startswith("Writing pages") for line in lines[at:])
    assert re.search(r"about \d+ MB\. There is nothing to leave out that is enough; the page Publish", lines[at])
    assert Limits(name="x").bytes == 0
