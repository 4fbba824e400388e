"""Scripts and styles of the pages run in the browsers of the last five years: Chrome and Firefox 95, Safari 15."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import ROOT

ASSETS = ROOT / "scripts/factbook/theme/assets"
YOUNG = {
    r"\bURL\.(?:canParse|parse)\(": "URL.canParse and URL.parse: Chrome 120",
    r"\bAbortSignal\.(?:any|timeout)\(": "AbortSignal.any and timeout: Chrome 103",
    r"\bstructuredClone\(": "structuredClone: Chrome 98, Safari 15.4",
    r"\bstartViewTransition\b": "view transitions: Chrome 111",
    r"\([\"'`][^\"'`]*:popover-open": "a selector that older browsers refuse: Chrome 114",
    r"\bshowPopover\b|\bpopovertarget\b": "popovers: Chrome 114",
    r"\bcheckVisibility\(": "checkVisibility: Chrome 105",
    r"\bscheduler\.": "the scheduler: no Safari",
    r"\bnavigation\.(?:navigate|addEventListener)\(": "the Navigation API: Chrome 102",
    r"\bnew (?:Intl\.Segmenter|CompressionStream|DecompressionStream)\b": "segmenter, compression: Firefox 113",
    r"@container\b|@layer\b|@scope\b|@property\b|@starting-style\b": "rules of styles that are younger than 2022",
    r"(?:light-dark|oklch|oklab|anchor)\(": "functions of styles that are younger than 2022",
    r"\(\?<[=!]": "looking behind in an expression: Safari 16.4",
    r"(?:[=(,:!&|?;\[]\s*|return )/(?:[^/\\\n]|\\.)+/[a-z]*v": "sets in an expression: Chrome 112",
    r"\bstatic \{": "blocks of a class: Safari 16.4",
    r"\d(?:dvh|svh|lvh|cqw|cqi)\b": "units of 2022",
}
"""Young interfaces and features by a pattern that finds them, each with why it is left alone. What is only an ornament,
such as ``text-wrap`` or the margin in a nested rule, needs no entry: an old browser passes over it."""


TABLE = json.loads((Path(__file__).parent / "young.json").read_text("utf-8"))
"""What browsers of a day five years ago lacked: ``names`` that nothing older has, and those ``of`` an interface, which
another one has had for long. Made by renew_young.mjs out of MDN's table, which says when each browser had what."""


def young(text: str) -> Iterator[str]:
    """Every interface, method and property in a script that a browser of five years ago may lack.

    What is asked for first, as in ``menu.hidePopover?.()`` or ``"name" in globalThis``, is none.
    """
    names = {*TABLE["names"]} - {*re.findall(r"\"(\w+)\" in \w", text)}
    yield from (why for pattern, why in YOUNG.items() if re.search(pattern, text, re.MULTILINE))
    for found in re.finditer(r"(?:(\.)\s*|(?<![\w.\"']))([A-Za-z]\w*)\b(?!\s*\?\.)", text):
        if found[2] in names and (found[1] or found[2][0].isupper() or text[found.end() : found.end() + 1] == "("):
            yield found[2]
    for interface, members in TABLE["of"].items():
        if interface not in text:
            continue
        made = re.findall(rf"\b([a-z]\w*) = new {interface}\b", text)
        before = "|".join(
            [rf"\bnew {interface}\([^()\n]*\)", rf"\b{interface}(?:\.prototype)?", *(rf"\b{n}" for n in made)]
        )
        for member in re.findall(rf"(?:{before})\??\.({'|'.join(members)})\b(?!\s*\?\.)", text):
            yield f"{interface}.{member}"


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.[jc]s*")), ids=lambda path: path.name)
def test_no_script_and_no_style_needs_a_young_browser(path: Path) -> None:
    """A feature of the last years would leave readers with older telephones an empty page."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert [*young(text)] == []


@pytest.mark.parametrize(
    "use",
    [
        'if (new URLSearchParams("").size) run();',
        "const state = new URLSearchParams(location.search);\nif (state.size) run();",
        "const id = crypto.randomUUID();",
        "const clean = text.replace(/[\\p{L}--[a-z]]/v, '');",
        "list.moveBefore(one, other);",
        "const groups = Object.groupBy(facts, (fact) => fact.status);",
        "const { promise } = Promise.withResolvers();",
        "await Promise.try(run);",
        "const copy = structuredClone(state);",
        "if (URL.canParse(text)) run();",
        "const words = new Intl.Segmenter('kk');",
        "const last = text.match(/(?<=a)b/);",
        "new Set(one).union(other);",
        "element.setHTMLUnsafe(text);",
        "document.startViewTransition(run);",
        "const list = Array.fromAsync(rows);",
    ],
)
def test_a_young_interface_is_seen(use: str) -> None:
    """Whatever a browser of five years ago lacks is named, however it is called."""
    assert [*young(use)] != []


@pytest.mark.parametrize(
    "use",
    [
        "menu.hidePopover?.();",
        'if ("requestIdleCallback" in globalThis) requestIdleCallback(run);',
        "const state = new URLSearchParams(); state.set('a', 'b'); new Map().size;",
        "history.replaceState(null, '', `#${state}`);",
        "const parts = a / b / v;",
        "fetch(path).then((answer) => answer.json());",
    ],
)
def test_what_browsers_have_had_for_long_is_no_young_interface(use: str) -> None:
    """Nor is a method that is asked for before it is called."""
    assert [*young(use)] == []


def test_the_table_is_of_the_day_that_is_promised() -> None:
    """It says where it is from, and of which day: five years before the release."""
    assert TABLE["from"].startswith("@mdn/browser-compat-data ")
    assert TABLE["day"] == "2021-11-29"


def test_the_language_is_that_of_2021() -> None:
    """The type checker knows no built-in of JavaScript that is younger, so it refuses one as a misspelt name."""
    told = json.loads((ROOT / "scripts/deno.json").read_text("utf-8"))
    assert told["compilerOptions"]["lib"] == ["dom", "dom.iterable", "es2021"]
