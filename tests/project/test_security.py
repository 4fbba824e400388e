"""What SECURITY.md says of how each promise is held names what is there."""

from __future__ import annotations

import re

import pytest

from archives import ROOT
from factbook.rules.register import RULES

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")][2:]


def test_every_promise_names_what_holds_it() -> None:
    """Each row has a promise and, beside it, at least one test file."""
    assert len(PROMISES) >= 8
    named = re.compile(r"`tests/(?:\w+/)?test_\w+\.py`")
    assert [row[0] for row in PROMISES if len(row) != 2 or not named.search(row[1])] == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:tests|\.github|facts|docs)/[^`]*)`", TEXT))))
def test_every_path_that_is_named_exists(path: str) -> None:
    """No test file is gone, renamed, or empty of tests."""
    assert (ROOT / path).exists()
    if path.endswith(".py"):
        assert re.search(r"^def test_", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_every_rule_that_is_named_exists() -> None:
    """What follows the word rules, up to the next kind of thing, are ids of rules."""
    lists = re.findall(r"rules? ((?:`[a-z0-9-]+`(?:, )?)+)", TEXT)
    named = [name for one in lists for name in re.findall(r"`([a-z0-9-]+)`", one)]
    assert [name for name in named if name not in RULES] == []
    assert len(set(named)) >= 15


def test_every_command_that_is_named_exists() -> None:
    """A target of make that holds a promise is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [name for name in re.findall(r"`make (\w+)`", TEXT) if f"\n{name}: " not in makefile] == []
