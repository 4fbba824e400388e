"""The shape of the program: imports point down, the engine knows no subject, and no module grows without end."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from archives import ROOT

SCRIPTS = ROOT / "scripts"
PACKAGE = SCRIPTS / "factbook"
MODULES = {path.stem: path for path in sorted(PACKAGE.glob("*.py")) if path.stem != "__init__"}

LAYERS = (
    ("problem", "fold", "edtf", "model", "archive", "origins", "staleness", "asof", "parallel"),
    (
        "yamldoc", "schema", "records", "rules_file", "rules_record", "rules_reference", "rules_evidence",
        "rules_search", "rules_translation", "rules_upkeep", "compare", "rules_history",
    ),
    ("load", "waivers", "check", "revision"),
    (
        "values", "past", "citations", "columns", "tables_facts", "tables", "documents", "spreadsheets",
        "database", "listing", "overview", "feeds", "calendars", "linked", "timeline", "pictures", "coverage",
        "reference", "marks", "catalogue", "plainly", "language", "messages", "page", "page_trust", "versions",
        "page_fact", "page_organization",
        "page_source", "page_lists", "pages", "explore", "report",
    ),
    ("checksums", "parquet", "contracts", "export", "verify", "dist"),
    (
        "comments", "layout", "edit", "fixes", "change", "author", "answers", "forms", "draft", "explain", "session",
        "authoring", "upkeep", "standings", "diff", "diff_report",
    ),
    ("pour", "settle", "search", "sitemap", "site"),
    ("commands", "cli", "__main__"),
)  # fmt: skip
"""From the bottom. A module may import those before it, in its layer or below."""
ORDER = [name for layer in LAYERS for name in layer]

MOST_LINES = 300


def imported(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function, with its dots."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inside(path: Path) -> set[str]:
    """The modules of the package that a file imports."""
    names = {name.split(".")[1] for name in imported(path) if name.startswith("factbook.")}
    return names & set(MODULES)


def test_every_module_has_its_layer() -> None:
    """A new module is put into the table above, and one that is gone is taken out."""
    assert sorted(MODULES) == sorted(ORDER)


@pytest.mark.parametrize("name", [name for name in ORDER if name in MODULES])
def test_imports_point_down(name: str) -> None:
    """A module imports only what stands before it, so each can be understood and tested without those above."""
    assert sorted(inside(MODULES[name]) & set(ORDER[ORDER.index(name) :])) == []


def test_only_the_seam_knows_mkdocs() -> None:
    """One file is written for MkDocs; the rest would serve any engine that renders pages."""
    files = sorted(SCRIPTS.rglob("*.py"))
    users = [
        path.relative_to(SCRIPTS).as_posix() for path in files if {n.split(".")[0] for n in imported(path)} & {"mkdocs"}
    ]
    assert users == ["mkdocs_hooks.py"]


@pytest.mark.parametrize("name", [*MODULES, "mkdocs_hooks"])
def test_a_module_can_be_read_in_one_sitting(name: str) -> None:
    """No module has more than 300 lines."""
    lines = len((MODULES.get(name) or SCRIPTS / f"{name}.py").read_text("utf-8").splitlines())
    assert lines <= MOST_LINES, f"{name}.py has {lines} lines: split it"


def subject() -> re.Pattern[str]:
    """Words that only this archive's subject has: its places, its people, the acronyms of its organizations."""
    acronyms = {
        acronym["text"]
        for path in sorted((ROOT / "facts" / "organizations").glob("*.yaml"))
        for acronym in yaml.load(path.read_text("utf-8"), yaml.BaseLoader).get("acronyms", ())
        if len(acronym["text"]) >= 4
    }
    assert {"NATO", "CSTO"} <= acronyms
    whole = "|".join(sorted(map(re.escape, acronyms)))
    return re.compile(
        rf"kazakh|қазақ|казах|astana|tokayev|kremlin|central.asia|partnership.for.peace|\b(?:{whole})\b", re.I
    )


def engine() -> list[Path]:
    """Everything that would serve another archive as it is: the package, its templates and examples, and the theme."""
    places = (PACKAGE, SCRIPTS / "theme")
    files = [path for place in places for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [path for path in files if not {"__pycache__", ".ruff_cache"} & set(path.parts)]


def test_the_engine_knows_nothing_of_the_subject() -> None:
    """No word of the subject is in the source, the templates, the theme or the rule examples."""
    words = subject()
    found = []
    for path in engine():
        # What the check says of an example quotes the schema of this archive.
        text = path.read_bytes().decode("utf-8", "replace")
        if path.name != "bad.txt":
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in words.finditer(text)]
    assert found == []
