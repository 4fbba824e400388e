"""What the pages of the small archive look like, held to golden files in ``tests/small/golden/``.

After a change that is meant to change pages, renew them with one command and read the difference before you commit it:

    RENEW_GOLDEN=1 make test PYTEST_ARGS=tests/pages/test_site_golden.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import sites

GOLDEN = {
    "home": "index.html",
    "contested": "contested.html",
    "coverage": "coverage.html",
    "organizations": "organizations/index.html",
    "timeline": "timeline/index.html",
    "method": "method.html",
    "topics": "topics/index.html",
    "fact-confirmed": "facts/gull-rock-lamp-lit-1901.html",
    "fact-disputed": "facts/keeper-left-gull-rock-1902.html",
    "fact-of-unknown-date": "facts/gull-rock-lamp-range.html",
    "fact-moved": "facts/gull-rock-lit.html",
    "question": "questions/did-the-keeper-leave.html",
    "judgements": "judgements.html",
    "table": "tables/lamp-and-keeper.html",
    "organization": "organizations/league-of-lights.html",
    "organization-with-timeline": "organizations/gull-rock-light.html",
    "source": "sources/morning-tide-1902.html",
    "topic": "topics/storms.html",
    "year": "timeline/1902.html",
}
"""Name of the golden file: the page whose ``<main>`` it holds."""


@pytest.mark.parametrize("name", GOLDEN)
def test_page_is_as_the_golden_file_says(small_site: Path, name: str) -> None:
    """The content of a page is what somebody has looked at and found right."""
    golden = sites.SMALL / "golden" / f"{name}.html"
    made = sites.main_of(small_site / GOLDEN[name])
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(made, "utf-8")
    assert made == golden.read_text("utf-8")


def test_every_golden_file_is_compared() -> None:
    """No golden file is left behind by a page that is gone."""
    assert sorted(p.stem for p in (sites.SMALL / "golden").iterdir()) == sorted(GOLDEN)


def test_the_engine_knows_nothing_of_the_subject(small_site: Path) -> None:
    """No word of the real archive's subject is in any page of another archive."""
    subject = re.compile(r"kazakh|tokayev|\bnato\b|\bcsto\b|astana", re.IGNORECASE)
    found = {path: subject.findall((small_site / path).read_text("utf-8")) for path in sites.pages(small_site)}
    assert {path: words for path, words in found.items() if words} == {}
