"""Addresses: none that nobody configured, and those of site and repository where they are known."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

import sites
from builds import BARE, ENGINES

pytestmark = pytest.mark.build

SITE_URL, REPO_URL = "https://lights.example/archive", "https://code.example/lights"


def canonical(page: str) -> list[str]:
    """The canonical addresses that a page names."""
    return [unescape(address) for address in re.findall(r'<link rel="canonical" href="([^"]*)">', page)]


@pytest.mark.parametrize("built", ["small_root", "small_zensical_root"], ids=ENGINES)
def test_without_addresses_no_page_claims_one(request: pytest.FixtureRequest, built: str) -> None:
    """Where nobody says where site and repository are: no canonical, no edit link, no sitemap; a problem is reported
    by the form of the site."""
    site = request.getfixturevalue(built) / "site"
    for path in sites.pages(site):
        page = (site / path).read_text("utf-8")
        text = page.partition("<main")[0] + sites.main_of(site / path)
        for word in ("canonical", "og:url", "<base", ">Edit this record"):
            assert word not in text, (path, word)
        for address in re.findall(r'<a[^>]* href="([^"]*)"[^>]*>Report a problem', text):
            assert address.startswith(("../contribute/form.html?", "contribute/form.html?")), (path, address)
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert sorted(p.name for p in site.iterdir() if p.is_file()) == [
        "404.html", "README.txt", "SHA256SUMS", "changes.html", "contested.html", "corrections.html", "coverage.html",
        "data.html", "explore.html", "figures.html", "index.html", "judgements.html", "llms.txt", "method.html",
        "origins.html", "publish.html", "review.html", "robots.txt", "search.html",
    ]  # fmt: skip


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("engine", ENGINES)
def test_addresses_are_taken_from_the_environment(root: Path, engine: str, slash: str) -> None:
    """SITE_URL and REPO_URL, with a slash at the end or without, give canonical addresses, a sitemap and edit links."""
    site = sites.build(root, "--engine", engine, SITE_URL=SITE_URL + slash, REPO_URL=REPO_URL + slash, **BARE)
    every = list(sites.pages(site))
    for path in every:
        assert canonical((site / path).read_text("utf-8")) == [f"{SITE_URL}/{path}"]
    listed = ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    assert [loc.text for loc in listed] == [f"{SITE_URL}/{path}" for path in every if path != "404.html"]
    assert (site / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\nSitemap: {SITE_URL}/sitemap.xml\n"
    records = {p.stem: p.relative_to(root / "facts").as_posix() for p in (root / "facts").rglob("*/*.yaml")}
    searches = [name for name, path in records.items() if path.startswith("searches/")]
    for name in searches:  # these have no page of their own
        question = re.search("question: (.*)", (root / "facts" / records.pop(name)).read_text("utf-8"))
        assert question
        assert f'<li id="s-{name}"><p class="claim">{question[1]}</p>' in sites.main_of(site / "coverage.html")
    assert len(searches) == 2
    for folder, kind in (("replies", "reply"), ("reviews", "review")):  # nor have these
        said = [name for name, path in records.items() if path.startswith(f"{folder}/")]
        for name in said:
            assert records.pop(name)
            assert f'id="{kind}-{name}"' in sites.main_of(site / "judgements.html")
        assert len(said) == 1
    for name, path in records.items():
        folder = path.partition("/")[0].replace("records", "facts").replace("series", "tables")
        page = sites.main_of(site / folder / f"{name}.html")
        assert re.findall(r'href="([^"]*/edit/[^"]*)"', page) == [f"{REPO_URL}/edit/main/facts/{path}"]
        (report,) = re.findall(r'href="([^"]*/issues/new[^"]*)"', page)
        assert unescape(report).startswith(
            f"{REPO_URL}/issues/new?title=Problem%3A%20{name}&body=%23%23%23%20The%20page"
        )
        assert f"{folder}%2F{name}%0A%0A%23%23%23%20What%20it%20says%20now%0A%0A" in report
    assert len(records) == 17
