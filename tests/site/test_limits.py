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


@pytest.mark.parametrize(
    ("estimate", "host", "said"),
    [
        (Estimate(bytes=999_000_000, files=50_000, seconds=30), "github", ""),
        (
            Estimate(bytes=1_640_000_000, files=120_000, seconds=30),
            "github",
            "GitHub Pages takes 1 GB, and this site will be about 1.6 GB. "
            "FACTBOOK_DATA=no leaves out the data; the page Publish says what else.",
        ),
        (
            Estimate(bytes=1_640_000_000, files=120_000, seconds=1200),
            "github",
            "GitHub Pages takes 1 GB, and this site will be about 1.6 GB; and 10 minutes, and the pages alone will "
            "take about 20 here. FACTBOOK_DATA=no leaves out the data; the page Publish says what else.",
        ),
        (
            Estimate(bytes=400_000_000, files=51_685, seconds=30),
            "cloudflare",
            "Cloudflare Pages takes 20,000 files, and this site will be about 51,685. "
            "FACTBOOK_DATA=no leaves out the data; the page Publish says what else.",
        ),
        (Estimate(bytes=10**12, files=10**9, seconds=10**6), "codeberg", ""),
        (Estimate(bytes=10**12, files=10**9, seconds=10**6), "", ""),
    ],
)
def test_what_is_said(
    estimate: Estimate, host: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line names the host, what it takes and what there would be; a host that nobody knows has no limits."""
    found = read(archive(tmp_path / "archive"))
    monkeypatch.setattr(limits, "estimate", lambda *_: estimate)
    monkeypatch.setattr(limits, "LARGEST", 10**12)
    monkeypatch.setattr(limits, "FACT_FILES", 10**6)
    assert limits.warning(host, [(Pages(found), Around(parts={}))], found, True) == said


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
    assert re.search(r"about \d+ MB\. See the page Publish\.$", lines[at])
    assert Limits(name="x").bytes == 0
