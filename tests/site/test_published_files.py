"""What a site may consist of: whatever the settings say and the check passed over, nothing else is published."""

from __future__ import annotations

from pathlib import Path

import pytest

import sites
from builds import BARE
from factbook.site import published_files
from factbook.site.errors import SiteError

LEFTOVERS = (
    *("h~", "#e.js#", "i.html~", "x.swp", "Thumbs.db", ".htaccess", ".x/x.html", "__MACOSX/x.txt", ".pw.txt"),
    "about/x.md~",
)
SCRIPT = "<script>alert(1)</script>"


def put(folder: Path, *names: str) -> None:
    """Write a script into files of these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SCRIPT, "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small archive of the test's own."""
    return sites.small(tmp_path / "archive")


@pytest.mark.build
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_leftovers_are_in_no_site(engine: str, root: Path) -> None:
    """A site is the same to the byte, whatever editors and file managers left in docs/ and in the theme."""
    before = sites.files(sites.build(root, "--engine", engine, **BARE))
    put(root / "docs", *LEFTOVERS)
    put(root / "overrides" / "theme" / "assets", *LEFTOVERS)
    (root / "docs" / ".pw").symlink_to("/etc/passwd")
    assert sites.differing(before, sites.files(sites.build(root, "--engine", engine, **BARE))) == []


def test_only_plain_files_of_the_kinds_that_are_allowed_are_read(root: Path) -> None:
    """No leftover, no script, no link and nothing behind a link is given to an engine."""
    docs = root / "docs"
    before = [*published_files.every(docs)]
    put(docs, *LEFTOVERS, "x.html", "x.js", "script")
    put(root / "elsewhere", "x.md")
    (docs / "link.md").symlink_to("../elsewhere/x.md")
    (docs / "folder").symlink_to("../elsewhere")
    assert [*published_files.every(docs)] == before
    assert "index.md" in before
    assert not published_files.publishable(docs, "folder/x.md")
    assert published_files.publishable(docs, "index.md")


def test_what_an_engine_rendered_of_leftovers_is_removed(root: Path) -> None:
    """Pages, pictures, and the theme stay."""
    site = root / "site"
    put(site, *LEFTOVERS, "index.html", "assets/x.js", "lamp.png", "sitemap.xml")
    (site / ".pw").symlink_to("/etc/passwd")
    (site / "pw~").symlink_to("/etc")
    published_files.hold(site, root)
    assert sorted(sites.files(site)) == ["assets/x.js", "index.html", "lamp.png", "sitemap.xml"]
    assert Path("/etc/passwd").exists()


@pytest.mark.parametrize("name", ["x.html", "assets/x.js", "x.svg", "x.js", "script"])
def test_what_is_on_no_list_stops_the_build(name: str, root: Path) -> None:
    """A file out of docs/ is one of its kinds, also where a file of the theme might be."""
    put(root / "docs", name)
    put(root / "site", name)
    with pytest.raises(SiteError, match=f"^{name}: a file of this kind may not be published; allowed: .md, .png, "):
        published_files.hold(root / "site", root)


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "nowhere"])
def test_a_link_in_what_an_engine_rendered_stops_the_build(target: str, root: Path) -> None:
    """It is not followed, wherever it leads."""
    (root / "site").mkdir()
    (root / "site" / "x.txt").symlink_to(target)
    with pytest.raises(SiteError, match=r"^x\.txt: "):
        published_files.hold(root / "site", root)


def test_a_copy_of_what_a_link_in_docs_leads_to_stops_the_build(root: Path) -> None:
    """An engine that follows links makes plain files of them; their names in docs/ tell."""
    put(root / "site", "x.txt", "folder/x.txt")
    put(root / "elsewhere", "x.txt")
    (root / "docs" / "folder").symlink_to("../elsewhere")
    with pytest.raises(SiteError, match=r"^folder/x\.txt: "):
        published_files.hold(root / "site", root)


def test_a_theme_of_the_archive_has_files_of_any_kind_and_no_links(root: Path) -> None:
    """What overrides/theme/ adds to the theme is published; what a link in it leads to is not."""
    theme = root / "overrides" / "theme"
    put(theme, "assets/x.js", "y.svg")
    put(root / "site", "assets/x.js", "y.svg")
    published_files.hold(root / "site", root)
    (theme / "assets" / "pw.css").symlink_to("/etc/passwd")
    put(root / "site", "assets/pw.css")
    with pytest.raises(SiteError, match=r"^assets/pw\.css: "):
        published_files.hold(root / "site", root)
