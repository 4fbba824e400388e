"""The recipes of docs/contribute/recipes.md and the map of docs/about/engine.md: what they name is there and works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import ROOT, TODAY, archive
from factbook.check.run import check
from factbook.data import exports
from factbook.data.published import Entry, File, Publication
from factbook.model.archive import Archive
from factbook.rules.problem import Finding
from factbook.rules.register import RULES, findings, rule

PAGES = ("docs/contribute/recipes.md", "docs/about/engine.md")
NAMED = sorted(
    {
        path
        for page in PAGES
        for path in re.findall(r"`((?:scripts|docs|tests)/[^`*…]*)`", (ROOT / page).read_text("utf-8"))
    }
)


@pytest.mark.parametrize("path", NAMED)
def test_every_path_that_is_named_exists(path: str) -> None:
    """A reader finds each file and folder where the pages say that it is."""
    assert (ROOT / path).exists()


def test_the_map_names_every_folder_of_the_engine() -> None:
    """The table of the architecture page has a row for each folder of modules, and no other."""
    text = (ROOT / "docs/about/engine.md").read_text("utf-8")
    table = text.partition("## Where everything lives")[2].partition("## One claim")[0]
    named = set(re.findall(r"^\| `(\w+)/` \|", table, re.M))
    package = ROOT / "scripts" / "factbook"
    assert named == {path.parent.name for path in package.glob("*/__init__.py")}


@pytest.fixture
def shouting() -> Iterator[str]:
    """A rule that is added as the recipe says, and taken away again."""

    @rule("archive", "warning")
    def claim_shouts(archive: Archive) -> Iterator[Finding]:
        """A claim must not be written in capitals."""
        for statement in archive.statements.values():
            if statement.claim.isupper():
                yield Finding(path=statement.path, pointer=("claim",), message="the claim is in capitals")

    yield "claim-shouts"
    del RULES["claim-shouts"]


def test_the_recipe_for_a_rule_works(shouting: str, tmp_path: Path) -> None:
    """A function with the decorator and a docstring is a rule: it is registered, described and gives its findings."""
    found, _ = check(archive(tmp_path / "archive"), TODAY)
    assert found is not None
    added = RULES[shouting]
    assert added.text == "A claim must not be written in capitals."
    assert findings([added], found) == []


class Loud:
    """An export as the recipe says: what it writes, and the files."""

    ENTRIES = (Entry("data/v1/claims.txt", "text/plain", "Every claim, one a line."),)

    @staticmethod
    def files(archive: Archive, publication: Publication) -> Iterator[File]:
        """The claims, one a line."""
        yield "data/v1/claims.txt", "".join(f"{s.claim}\n" for s in archive.statements.values()).encode()


def test_the_recipe_for_an_export_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with ENTRIES and files() that is named among the parts is written with the others."""
    found, _ = check(archive(tmp_path / "archive"), TODAY)
    assert found is not None
    monkeypatch.setattr(exports, "PARTS", (*exports.PARTS, Loud))
    site = tmp_path / "site"
    site.mkdir()
    exports.write(site, found, Publication(name="Lights"))
    assert len((site / "data/v1/claims.txt").read_text("utf-8").splitlines()) == len(found.statements)
