"""What holds for the text of every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factbook.render.environment import TEMPLATES

WIDTH = 160
FILES = sorted([*TEMPLATES.rglob("*.html"), *(TEMPLATES.parent / "theme").rglob("*.html")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TEMPLATES.parent).as_posix())
def test_a_template_can_be_read_without_scrolling_sideways(path: Path) -> None:
    """No line is longer than 160 characters but for one long text or value, which cannot be broken."""
    whole = re.compile(r"\[\[.*?\]\]|\"[^\"]*\"|\{\{.*?\}\}|\{%.*?%\}")
    lines = path.read_text("utf-8").splitlines()
    long = [line for line in lines if len(line) > WIDTH]
    # What is left when the longest text or value of the line is taken out.
    assert [line for line in long if len(line) - max(map(len, whole.findall(line)), default=0) > 100] == []
