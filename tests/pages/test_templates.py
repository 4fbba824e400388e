"""What holds for the text of every template and every style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factbook.render.environment import TEMPLATES

WIDTH = 160
FILES = sorted([*TEMPLATES.rglob("*.html"), *(TEMPLATES.parent / "theme").rglob("*.html")])
SHEETS = sorted((TEMPLATES.parent / "theme").rglob("*.css"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TEMPLATES.parent).as_posix())
def test_a_template_can_be_read_without_scrolling_sideways(path: Path) -> None:
    """No line is longer than 160 characters but for one long text or value, which cannot be broken."""
    whole = re.compile(r"\[\[.*?\]\]|\"[^\"]*\"|\{\{.*?\}\}|\{%.*?%\}")
    lines = path.read_text("utf-8").splitlines()
    long = [line for line in lines if len(line) > WIDTH]
    # What is left when the longest text or value of the line is taken out.
    assert [line for line in long if len(line) - max(map(len, whole.findall(line)), default=0) > 100] == []


def crowded(sheet: str) -> list[str]:
    """The lines of a style sheet that hold more than one rule, or a part of one beside another."""
    # Comments and texts may hold any sign; a comment over several lines leaves its line ends.
    bare = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), sheet, flags=re.DOTALL)
    bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "''", bare)
    # A whole rule, or the beginning, the inside or the end of one.
    one = re.compile(r"([^{};]*\{)?[^{}]*\}?\s*")
    return [line for line, text in zip(sheet.splitlines(), bare.splitlines(), strict=True) if not one.fullmatch(text)]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_has_one_rule_a_line(path: Path) -> None:
    """No line holds more than one rule, and none is longer than 400 characters but for an image inside the sheet."""
    text = path.read_text("utf-8")
    assert crowded(text) == []
    assert [line for line in text.splitlines() if len(line) > 400 and 'url("data:' not in line] == []


@pytest.mark.parametrize(
    "line",
    [
        "a { color: red; } b { color: red; }",
        "@media print { a { color: red; } }",
        "@media print { a {",
        "} a { color: red; }",
        "} }",
        "a { color: red; & b { color: red; } }",
        "color: red; & b { color: red; }",
        "a { color: red; } /* and */ b { color: red; }",
        'a::before { content: "}"; } b { color: red; }',
    ],
)
def test_two_rules_in_a_line_are_seen(line: str) -> None:
    """A rule after another, inside another or after the end of another is seen, whatever comments and texts hold."""
    assert crowded(f"a {{ color: red; }} /* {{ */\n{line}\n/* {{\n{{ */\n") == [line]
