"""The setting `pinned`: a day, or a problem at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import archives
from factbook.check.run import check

SETTINGS = "site_name: Lights\nplugins:\n  - factbook:\n      languages: [en]\n      pinned: {}\n"


@pytest.mark.parametrize(
    "given", ["someday", "2027", "2027-06", "'2027-02-30'", "2027-06-30/..", "[2027-06-30]", "yes"]
)
def test_what_is_no_day_is_a_problem_of_the_settings(given: str, tmp_path: Path) -> None:
    """The check tells it with line and column, as the building of the site would refuse it."""
    root = archives.archive(tmp_path / "archive")
    (root / "mkdocs.yml").write_text(SETTINGS.format(given))
    (found,) = check(root, archives.TODAY)[1]
    assert (found.path, found.line, found.column, found.rule, found.message, found.allowed) == (
        "mkdocs.yml", 5, 15, "setting-option", "pinned must be the day from which statuses need a pinned source",
        "a day such as 2027-06-30",
    )  # fmt: skip


@pytest.mark.parametrize("given", ["", "no", "'2027-06-30'", "2027-06-30"])
def test_a_day_or_none_is_welcome(given: str, tmp_path: Path) -> None:
    """With quotation marks or without; where no day is given nothing is asked."""
    root = archives.archive(tmp_path / "archive")
    (root / "mkdocs.yml").write_text(SETTINGS.format(given))
    assert not [found for found in check(root, "2025-01-01")[1] if found.rule == "setting-option"]


def test_the_plugins_may_be_a_mapping(tmp_path: Path) -> None:
    """The day is found, and a wrong one told, in either form that MkDocs reads."""
    root = archives.archive(tmp_path / "archive")
    (root / "mkdocs.yml").write_text("site_name: Lights\nplugins:\n  factbook:\n    pinned: someday\n")
    assert [(found.line, found.column) for found in check(root, archives.TODAY)[1]] == [(4, 13)]
    (root / "mkdocs.yml").write_text("site_name: Lights\nplugins:\n  factbook:\n    pinned: 2027-06-30\n")
    assert {found.rule for found in check(root, archives.TODAY)[1]} == {"status-not-pinned"}
