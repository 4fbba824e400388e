"""What is promised of the site of this project's own archive, whatever facts it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

import builds
import sites
from factbook.model import staleness
from factbook.model.archive import Archive
from factbook.pages import overview

pytestmark = [pytest.mark.archive, pytest.mark.build]


@pytest.mark.slow
def test_the_site_is_the_same_to_the_byte_wherever_it_is_built(real_site: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder and number of cores leave no trace in any file of the whole site."""
    made = builds.built_there(sites.real(tmp_path / "another folder"), tmp_path / "steering", builds.CIRCUMSTANCES[1])
    assert sites.differing(made, sites.files(real_site)) == []


@pytest.mark.slow
def test_zensical_makes_the_same_site(real_root: Path, tmp_path: Path) -> None:
    """The written pages of this project are such that both engines render them alike."""
    root = sites.real(tmp_path / "zensical")
    sites.build(root, "--engine", "zensical")
    builds.assert_same_site(real_root, root)


def test_the_list_of_facts_on_one_origin_is_whole(real_archive: Archive, real_site: Path) -> None:
    """The page counts what the rule finds, and lists the newest hundred."""
    single = overview.single(real_archive)
    page = html.parse(real_site / "origins.html")
    assert sites.plain(html.tostring(page.xpath("//p[@class='totals']")[0], encoding="unicode")) == (
        f"{len(single):,} of {len(real_archive.statements):,} facts"
    )
    assert page.xpath("//li[@class='fact']/a/@href") == [f"facts/{s.id}.html" for _, s in single[:100]]


def test_every_fact_that_is_due_says_so(real_archive: Archive, real_site: Path) -> None:
    """Every page of a fact bears the day that the rule gives."""
    due = {s.id: day for day, s in staleness.due(real_archive)}
    for name in real_archive.statements:
        marked = html.parse(real_site / "facts" / f"{name}.html").xpath("//@data-due")
        assert marked == ([due[name]] if name in due else []), name
    assert sites.plain((real_site / "review.html").read_text("utf-8")).count("due by") == min(100, len(due))
