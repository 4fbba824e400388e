"""Writes sitemap.xml and robots.txt: the site's pages and their languages, for search engines."""

from __future__ import annotations

from html import escape
from itertools import combinations
from pathlib import Path

from factbook.render.language import folder
from factbook.site.pour import editions

PART = 10_000
"""Pages in one file. The protocol of sitemaps.org allows 50,000 addresses and 50 MB; a page in three languages takes
about 1 kB."""
_SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_ENGINES = ("sitemap.xml", "sitemap.xml.gz", "search.json", "objects.inv")


def write(site: Path, site_url: str, paths: list[str], codes: list[str]) -> None:
    """Write sitemap.xml, where the address of the site is known, and robots.txt. The engine's own files, which hold the
    time of the build, are removed.

    ``paths`` are those of the pages, ``codes`` the languages. A page that exists in several languages names each of
    them (``xhtml:link``, as Google documents it), so that the pages themselves need not. More pages than PART go into
    sitemap-1.xml, sitemap-2.xml …, and sitemap.xml is the list of these.
    """
    for name in _ENGINES:
        (site / name).unlink(missing_ok=True)
    robots = "User-agent: *\nAllow: /\n"
    if site_url:
        base = site_url.rstrip("/") + "/"
        pages = _pages(base, editions(paths, codes))
        parts = [pages[i : i + PART] for i in range(0, len(pages), PART)]
        if len(parts) > 1:
            names = [f"sitemap-{n}.xml" for n, _ in enumerate(parts, 1)]
            for name, part in zip(names, parts, strict=True):
                _document(site / name, "urlset", part)
            _document(site / "sitemap.xml", "sitemapindex", [_element("sitemap", base + name) for name in names])
        else:
            _document(site / "sitemap.xml", "urlset", pages)
        robots += f"Sitemap: {base}sitemap.xml\n"
    (site / "robots.txt").write_text(robots, "utf-8")


def _pages(base: str, found: dict[str, frozenset[str]]) -> list[str]:
    """Return one element for each page, language by language."""
    claims = next(iter(found))
    tops = {code: base + folder(code, claims) for code in found}
    shared = frozenset().union(*(one & other for one, other in combinations(found.values(), 2)))
    return [
        _element("url", tops[code] + own, _links(own, tops, found) if own in shared else "")
        for code, pages in found.items()
        for own in sorted(pages)
        if own != "404.html"
    ]


def _links(own: str, tops: dict[str, str], found: dict[str, frozenset[str]]) -> str:
    there = [(code, escape(tops[code] + own)) for code, pages in found.items() if own in pages]
    return "".join(f'\n<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in there)


def _element(name: str, address: str, more: str = "") -> str:
    return f"<{name}><loc>{escape(address)}</loc>{more}</{name}>\n"


def _document(path: Path, root: str, rows: list[str]) -> None:
    spaces = _SPACES + _LINKS * any("<xhtml:" in row for row in rows)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {spaces}>\n{"".join(rows)}</{root}>\n'
    path.write_text(text, "utf-8")
