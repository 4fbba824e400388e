"""Scripts and styles of the pages run in the browsers of the last five years: Chrome and Firefox 95, Safari 15."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from archives import ROOT

ASSETS = ROOT / "scripts/factbook/theme/assets"
YOUNG = {
    r"\bURL\.(?:canParse|parse)\(": "URL.canParse and URL.parse: Chrome 120",
    r"\bAbortSignal\.(?:any|timeout)\(": "AbortSignal.any and timeout: Chrome 103",
    r"\bstructuredClone\(": "structuredClone: Chrome 98, Safari 15.4",
    r"\bstartViewTransition\b": "view transitions: Chrome 111",
    r"\bshowPopover\b|\bpopovertarget\b": "popovers: Chrome 114",
    r"\bcheckVisibility\(": "checkVisibility: Chrome 105",
    r"\bscheduler\.": "the scheduler: no Safari",
    r"\bnavigation\.(?:navigate|addEventListener)\(": "the Navigation API: Chrome 102",
    r"\bnew (?:Intl\.Segmenter|CompressionStream|DecompressionStream)\b": "segmenter, compression: Firefox 113",
    r"@container\b|@layer\b|@scope\b|@property\b|@starting-style\b": "rules of styles that are younger than 2022",
    r"(?:light-dark|oklch|oklab|anchor)\(": "functions of styles that are younger than 2022",
    r"\d(?:dvh|svh|lvh|cqw|cqi)\b": "units of 2022",
}
"""Young interfaces and features by a pattern that finds them, each with why it is left alone. What is only an ornament,
such as ``text-wrap`` or the margin in a nested rule, needs no entry: an old browser passes over it."""


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.[jc]s*")), ids=lambda path: path.name)
def test_no_script_and_no_style_needs_a_young_browser(path: Path) -> None:
    """A feature of the last years would leave readers with older telephones an empty page."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert [why for pattern, why in YOUNG.items() if re.search(pattern, text, re.MULTILINE)] == []


def test_the_language_is_that_of_2021() -> None:
    """The type checker knows no built-in of JavaScript that is younger, so it refuses one as a misspelt name."""
    told = json.loads((ROOT / "scripts/deno.json").read_text("utf-8"))
    assert told["compilerOptions"]["lib"] == ["dom", "dom.iterable", "es2021"]
