"""What search engines are told."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from factbook.site import sitemap

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_page_in_one_language_is_an_address_alone(tmp_path: Path) -> None:
    """The whole file for two pages of which one is there twice; the page for wrong addresses is not in it."""
    paths = ["index.html", "404.html", "b.html", "kk/index.html"]
    sitemap.write(tmp_path, "https://a.example/x", paths, ["en", "kk"])
    assert (tmp_path / "sitemap.xml").read_text("utf-8") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        "<url><loc>https://a.example/x/b.html</loc></url>\n"
        "<url><loc>https://a.example/x/index.html</loc>\n"
        '<xhtml:link rel="alternate" hreflang="en" href="https://a.example/x/index.html"/>\n'
        '<xhtml:link rel="alternate" hreflang="kk" href="https://a.example/x/kk/index.html"/></url>\n'
        "<url><loc>https://a.example/x/kk/index.html</loc>\n"
        '<xhtml:link rel="alternate" hreflang="en" href="https://a.example/x/index.html"/>\n'
        '<xhtml:link rel="alternate" hreflang="kk" href="https://a.example/x/kk/index.html"/></url>\n'
        "</urlset>\n"
    )


def test_more_pages_than_a_file_may_hold_go_into_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """sitemap.xml becomes the list of the parts, and together these name every page once."""
    monkeypatch.setattr(sitemap, "PART", 2)
    sitemap.write(tmp_path, "https://a.example/", [f"p{n}.html" for n in range(5)], ["en"])
    parts = ElementTree.parse(tmp_path / "sitemap.xml").getroot()
    assert parts.tag == SPACE + "sitemapindex"
    names = [loc.text for loc in parts.iter(SPACE + "loc")]
    assert names == [f"https://a.example/sitemap-{n}.xml" for n in (1, 2, 3)]
    found = [
        [loc.text for loc in ElementTree.parse(tmp_path / name.rpartition("/")[2]).iter(SPACE + "loc")]
        for name in names
        if name
    ]
    every = [f"https://a.example/p{n}.html" for n in range(5)]
    assert found == [every[:2], every[2:4], every[4:]]
    assert (tmp_path / "robots.txt").read_text("utf-8").endswith("Sitemap: https://a.example/sitemap.xml\n")
