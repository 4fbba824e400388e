"""Versions: every version of a fact has an address of its own, and the page leads to those before."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

import archives
import revisions
import sites
from archives import ROOT, TODAY, archive
from factbook.check.run import check
from factbook.data import versions
from factbook.data.published import Publication
from factbook.history import earlier
from factbook.model import fingerprint
from factbook.model.archive import Archive
from factbook.model.records import Statement

LAMP = "records/1901/gull-rock-lamp-lit-1901.yaml"
NAME = "gull-rock-lamp-lit-1901"


def read(root: Path) -> Archive:
    """The archive at ``root`` with its earlier versions, as a build reads it."""
    found = check(root, TODAY)[0]
    return found.with_earlier(earlier.earlier(root, found))


def names(found: Archive, fact: str = NAME) -> list[str]:
    """The claims of the earlier versions of a fact."""
    return [v.statement.claim for v in (found.earlier or {}).get(fact, ())]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The example archive in a repository, with two changes of one claim after the first commit."""
    root = revisions.repository(tmp_path / "a")
    revisions.change(root, LAMP, "was lit for the first time on", "was first lit on")
    revisions.commit(root)
    revisions.change(root, LAMP, "was first lit on", "first burned on")
    return revisions.commit(root)


def test_every_version_of_the_branch_is_found(repository: Path) -> None:
    """All versions before the present one, oldest first, with the day they came; other facts have none."""
    found = read(repository)
    assert list(found.earlier or {}) == [NAME]
    assert names(found) == [
        "The lamp of Gull Rock was lit for the first time on 3 May 1901.",
        "The lamp of Gull Rock was first lit on 3 May 1901.",
    ]
    assert [(v.name, v.date) for v in found.earlier[NAME]] == [
        (fingerprint.fingerprint(v.statement), "2029-12-31") for v in found.earlier[NAME]
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Statement:
    """A fact of the example archive."""
    return check(archive(tmp_path_factory.mktemp("sample") / "a"), TODAY)[0].statements[NAME]


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_version_can_be_worked_out_as_the_documentation_says(sample: Statement, text: str) -> None:
    """The lines of Python in docs/data.md give the version of a record, whatever is written in it."""
    lines = re.search(r"```python\n(text = .*?)```", (ROOT / "docs/data.md").read_text("utf-8"), re.DOTALL)[1]
    statement = replace(sample, claim=text or "?", note=text[::-1])
    known = {"json": json, "hashlib": hashlib, "record": fingerprint.value(statement)}
    exec(lines.replace("hashlib.", "version = hashlib.", 1), known)
    assert known["version"] == fingerprint.fingerprint(statement)


def test_what_is_not_committed_has_a_version_too(repository: Path) -> None:
    """With a change in the folder that no commit has, the newest commit's version is an earlier one."""
    revisions.change(repository, LAMP, "first burned on", "burned first on")
    assert names(read(repository))[-1] == "The lamp of Gull Rock first burned on 3 May 1901."


def test_a_layout_is_no_version(repository: Path) -> None:
    """A commit that only moves a file or adds a comment changes nothing that is cited."""
    path = repository / "facts" / LAMP
    path.write_text("# the first lamp\n" + path.read_text("utf-8"), "utf-8")
    new = repository / "facts" / "records" / "undated" / path.name
    path.rename(new)
    revisions.commit(repository)
    assert len(names(read(repository))) == 2


def test_a_version_that_came_back_stands_once(repository: Path) -> None:
    """What is as it was before is the present version, and is no earlier one."""
    revisions.change(repository, LAMP, "first burned on", "was first lit on")
    revisions.commit(repository)
    assert names(read(repository)) == [
        "The lamp of Gull Rock was lit for the first time on 3 May 1901.",
        "The lamp of Gull Rock first burned on 3 May 1901.",
    ]


def test_an_id_that_moved_keeps_its_versions(repository: Path) -> None:
    """What was cited under the old id is still there under it."""
    old = repository / "facts" / LAMP
    text = old.read_text("utf-8")
    (old.parent / "gull-rock-first-light-1901.yaml").write_text(text, "utf-8")
    old.write_text(
        "moved_to: gull-rock-first-light-1901\nhistory:\n"
        "  - {date: 2024-06-01, status: withdrawn, reason: It has a better name.}\n",
        "utf-8",
    )
    (repository / "facts" / "records" / "1901" / "gull-rock-lit.yaml").unlink()
    revisions.commit(repository)
    assert len(names(read(repository))) == 3


@pytest.mark.parametrize(
    "text",
    [
        "claim: [not, a, text]\n",
        "moved_to: keeper-left-gull-rock-1902\nhistory: []\n",
        "claim: &a x\nkind: *a\n",
        "\x00\x01",
        "x: " * 5000,
        "claim: " + "x" * 300_000,
    ],
)
def test_what_cannot_be_read_is_no_version(repository: Path, text: str) -> None:
    """A commit that broke a record, or was hostile, leaves no version and stops nothing."""
    path = repository / "facts" / LAMP
    good = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    revisions.commit(repository)
    path.write_text(good, "utf-8")
    revisions.commit(repository)
    assert len(names(read(repository))) == 2


def test_what_only_a_branch_had_is_no_version(repository: Path) -> None:
    """A draft that was merged in its final form was never published."""
    revisions.git(repository, "checkout", "--quiet", "-b", "draft")
    revisions.change(repository, LAMP, "first burned on", "perhaps burned on")
    revisions.commit(repository)
    revisions.change(repository, LAMP, "perhaps burned on", "began to burn on")
    revisions.commit(repository)
    revisions.git(repository, "checkout", "--quiet", "main")
    revisions.git(repository, "merge", "--quiet", "--no-ff", "--message=merge", "draft")
    assert [claim.partition("Gull Rock ")[2] for claim in names(read(repository))] == [
        "was lit for the first time on 3 May 1901.",
        "was first lit on 3 May 1901.",
        "first burned on 3 May 1901.",
    ]


def test_links_are_not_followed(repository: Path) -> None:
    """A link that stood in the place of a record is not read as one."""
    path = repository / "facts" / LAMP
    good = path.read_text("utf-8")
    path.unlink()
    os.symlink("gull-rock-lit.yaml", path)
    revisions.commit(repository)
    path.unlink()
    path.write_text(good, "utf-8")
    revisions.commit(repository)
    assert len(names(read(repository))) == 2


def test_without_the_history_there_is_none(repository: Path, tmp_path: Path) -> None:
    """In a folder without git, and in a shallow clone, only present versions are made, and the list says so."""
    shallow = tmp_path / "shallow"
    revisions.git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", str(shallow))
    for root in (shallow, archive(tmp_path / "plain")):
        found = read(root)
        assert found.earlier is None
        why = {
            "shallow": "this clone is shallow. To have them: git fetch --unshallow",
            "plain": "this folder is in no git repository.",
        }
        assert earlier.absence(root) == f"Earlier versions of facts are left out: {why[root.name]}"
        made = dict(versions.files(found, Publication()))
        assert {path.rpartition(".")[2] for path in made} == {"json"}
        index = json.loads(made["data/v1/versions/index.json"])
        assert (index["history"], index["facts"]) == (False, {})
        assert index["note"].startswith("This was built without the history")


def test_the_files(repository: Path) -> None:
    """The present version as JSON, earlier ones as JSON and as a page, and a list of what there is."""
    found = read(repository)
    made = dict(versions.files(found, Publication()))
    present = fingerprint.versions(found)[NAME]
    early = [v.name for v in found.earlier[NAME]]
    folder = f"data/v1/versions/{NAME}"
    assert sorted(path for path in made if NAME in path) == sorted(
        [f"{folder}/{present}.json", *(f"{folder}/{v}.{ending}" for v in early for ending in ("json", "html"))]
    )
    held = json.loads(made[f"{folder}/{early[0]}.json"])
    assert (held["version"], held["record"]["claim"]) == (early[0], names(found)[0])
    assert json.loads(made["data/v1/versions/index.json"])["facts"] == {
        NAME: {
            "present": present,
            "earlier": [{"version": v, "since": "2029-12-31", "path": f"{NAME}/{v}.json"} for v in early],
        }
    }
    text = made[f"{folder}/{early[1]}.html"].decode()
    page = html.fromstring(text.encode())
    assert page.findtext(".//h1") == "The lamp of Gull Rock was first lit on 3 May 1901."
    assert "This is an earlier version, published from 31 December 2029." in sites.plain(
        made[f"{folder}/{early[1]}.html"].decode()
    )
    assert f"../../../../facts/{NAME}.html" in page.xpath("//a/@href")


def test_an_old_claim_is_only_text(repository: Path) -> None:
    """A version that holds markup shows it as text; a source that is gone is named by its id."""
    revisions.change(repository, LAMP, "The lamp of Gull Rock first", "<script>alert(1)</script> The lamp first")
    revisions.commit(repository)
    revisions.change(repository, LAMP, "<script>alert(1)</script> The lamp first", "The lamp of Gull Rock first")
    revisions.commit(repository)
    found = read(repository)
    hostile = next(v for v in found.earlier[NAME] if "script" in v.statement.claim)
    gone = replace(found, sources={})
    page = dict(versions.files(gone, Publication()))[f"data/v1/versions/{NAME}/{hostile.name}.html"].decode()
    assert "<script" not in page
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt; The lamp first burned on 3 May 1901.</h1>" in page
    assert "<code>league-register-1901</code>" in page


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built in a repository that has an earlier version of one fact."""
    root = sites.small(tmp_path_factory.mktemp("versions") / "a")
    (root / "scripts").unlink()
    revisions.git(root, "init", "--quiet", "--initial-branch=main")
    revisions.commit(root)
    revisions.change(root, LAMP, "was lit for the first time on", "was first lit on")
    revisions.commit(root)
    (root / "scripts").symlink_to(archives.ROOT / "scripts")
    sites.build(root, FACTBOOK_SEARCH="no")
    return root / "site"


def test_the_page_knows_its_versions(built: Path) -> None:
    """A fact page bears its own version and leads to the pages of the earlier ones, which are there."""
    page = html.parse(built / "facts" / f"{NAME}.html")
    (note,) = page.xpath("//*[@id='cited']")
    (link,) = page.xpath("//a[contains(@href, 'versions/') and text() != '']/@href")
    assert (built / "data/v1/versions" / NAME / f"{note.get('data-version')}.json").is_file()
    assert link == f"../data/v1/versions/{NAME}/{note.get('data-earlier')}.html"
    assert (built / "facts" / link).resolve().is_file()


def test_the_page_of_a_version_leads_into_the_site(built: Path) -> None:
    """Whoever comes to an earlier version finds the site's name, home and lists, and searches, without a script."""
    (path,) = (built / "data/v1/versions" / NAME).glob("*.html")
    page = html.parse(path)
    (header,) = page.xpath("//header[following-sibling::main]")
    assert header.xpath("string(a[1])") == "Lights of the Ferrow Isles"
    links = header.xpath(".//a/@href") + page.xpath("//main/following-sibling::footer//a/@href")
    inside = [link for link in links if ":" not in link]
    assert {"index.html", "search.html", "form.html"} <= {link.rpartition("/")[2] for link in inside}
    assert [link for link in inside if not (path.parent / link).resolve().is_file()] == []
    (form,) = header.xpath(".//form[@role='search'][.//button]")
    assert (path.parent / form.get("action")).resolve() == built / "search.html"
    assert form.xpath("input/@name") == ["q"]
    assert page.xpath("//script") == [] and path.stat().st_size < 6_000


@pytest.mark.build
def test_without_data_nothing_leads_to_versions(tmp_path: Path) -> None:
    """A site that is built without its data links neither to versions nor to files of citations."""
    root = sites.small(tmp_path / "a")
    site = sites.build(root, FACTBOOK_SEARCH="no", FACTBOOK_DATA="no")
    text = (site / "facts" / f"{NAME}.html").read_text("utf-8")
    assert [href for href in html.fromstring(text).xpath("//article//a/@href") if "data/" in href] == []
