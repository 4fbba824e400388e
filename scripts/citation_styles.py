"""Computes ``scripts/factbook/data/styles/patterns.json``: the output of each citation style for placeholders.

    python scripts/citation_styles.py

Run it after a change of a style. It needs the library citeproc-py, which a build does not.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc.string import MixedString, NoCase

from factbook.data.citations import FOLDER, STYLES, pattern_key

AMERICAN = ("APA", "Chicago", "MLA")
"""Styles that put a full stop inside the closing quotation mark, which the library does not do."""
_MARKS = {
    "author": "Qauthorq",
    "container": "Qcontainerq",
    "title": "Qtitleq",
    "url": "https://q.invalid/qaddressq",
    "year": "7543",
    "day": "28",
}
"""The placeholder of each part while the library works: words that no style contains."""
_CUT = re.compile("|".join(f"(?P<{name}>{re.escape(mark)})" for name, mark in _MARKS.items()))


def patterns() -> dict[str, list[str]]:
    """Return every pattern by its key."""
    months = ["", *(f"{n:02}" for n in range(1, 13))]
    every = product(STYLES, months, (False, True), (False, True))
    return {pattern_key(*one): pattern(*one) for one in every}


def pattern(style: str, month: str, container: bool, url: bool) -> list[str]:
    """Return a style's output for placeholders: its own text, the name of a part, its own text, and so on."""
    item: dict[str, Any] = {"type": "webpage", "author": [{"literal": _MARKS["author"]}], "title": _MARKS["title"]}
    if month:
        item["issued"] = {"date-parts": [[int(_MARKS["year"]), int(month), int(_MARKS["day"])]]}
    if container:
        item["container-title"] = _MARKS["container"]
    if url:
        item["URL"] = _MARKS["url"]
    text = styled(style, item)
    parts: list[str] = []
    at = 0
    for found in _CUT.finditer(text):
        parts += [text[at : found.start()], found.lastgroup or ""]
        at = found.end()
    return [*parts, text[at:]]


def styled(style: str, item: dict[str, Any]) -> str:
    """Return a citation as the library formats it, without changing the case of titles. ``item`` is CSL-JSON without
    id."""
    source = CiteProcJSON([{"id": "one", **item}])
    for name in {"title", "container_title"} & source["one"].keys():
        source["one"][name] = MixedString([NoCase(str(source["one"][name]))])
    file = FOLDER / f"{STYLES[style]}.csl"
    made = CitationStylesStyle(str(file), locale="en-US", validate=False)
    bibliography = CitationStylesBibliography(made, source, formatter.plain)
    bibliography.register(Citation([CitationItem("one")]))
    text = "".join(map(str, bibliography.bibliography())).removeprefix("1.").strip()
    return text.replace("”.", ".”").replace("”,", ",”") if style in AMERICAN else text


if __name__ == "__main__":
    text = json.dumps(patterns(), ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "patterns.json").write_text(text, "utf-8")
