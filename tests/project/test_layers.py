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
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.stem != "__init__"
}
"""Every module by its dotted name inside the package."""

FOLDERS = (
    *("model", "rules", "read", "render", "data", "check", "authoring", "capture"),
    *("pages", "history", "search", "site", "plugin", "commands"),
)
"""From the bottom: a module may import from its own folder and from those before it. ``plugin`` is one module."""
BELOW_ALL = {"parallel", "checksums", "ids", "program", "text"}
"""Modules of no folder that every folder may use; they use nothing of the package but each other."""
ON_TOP = {"cli", "__main__"}

MOST_LINES = 300


def imported(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function, with its dots."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def inside(path: Path) -> set[str]:
    """The modules of the package that a file imports."""
    return {name.removeprefix("factbook.") for name in imported(path)} & set(MODULES)


def floor(name: str) -> int:
    """How high a module stands: 0 for what all may use, then the folders from the bottom, then the command line."""
    folder, _, rest = name.partition(".")
    if not rest:
        return 0 if name in BELOW_ALL else FOLDERS.index(name) + 1 if name in FOLDERS else len(FOLDERS) + 1
    return FOLDERS.index(folder) + 1


def test_every_module_is_in_a_room() -> None:
    """A module lies in one of the folders, or is named above as one that needs none."""
    assert {name for name in MODULES if "." not in name} == BELOW_ALL | ON_TOP | {"plugin"}
    assert {name.partition(".")[0] for name in MODULES if "." in name} == set(FOLDERS) - {"plugin"}


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str) -> None:
    """A module imports from its own folder and lower ones, so each folder can be understood without those above."""
    assert sorted(other for other in inside(MODULES[name]) if floor(other) > floor(name)) == []


def test_no_circle_inside_a_folder() -> None:
    """No module imports another that, over any number of steps, imports it."""
    arrows = {name: inside(path) for name, path in MODULES.items()}
    circles = []
    for name in MODULES:
        reached: set[str] = set()
        ahead = list(arrows[name])
        while ahead:
            if (other := ahead.pop()) not in reached:
                reached.add(other)
                ahead += arrows[other]
        if name in reached:
            circles.append(name)
    assert circles == []


def test_only_the_seam_knows_mkdocs() -> None:
    """One file is written for MkDocs; the rest would serve any engine that renders pages."""
    files = sorted(SCRIPTS.rglob("*.py"))
    users = [
        path.relative_to(SCRIPTS).as_posix() for path in files if {n.split(".")[0] for n in imported(path)} & {"mkdocs"}
    ]
    assert users == ["factbook/plugin.py"]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_can_be_read_in_one_sitting(name: str) -> None:
    """No module has more than 300 lines."""
    lines = len(MODULES[name].read_text("utf-8").splitlines())
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
        rf"kazakh|қазақ|\bказах|astana|tokayev|kremlin|central.asia|partnership.for.peace|\b(?:{whole})\b", re.I
    )


def engine() -> list[Path]:
    """Everything that would serve another archive as it is: the package, its templates and examples, and the theme."""
    files = [path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and not path.is_symlink()]
    files += sorted((ROOT / "docs" / "contribute").glob("*.md"))
    files += [ROOT / "docs" / "data.md", ROOT / "scripts" / "factbook" / "skeletons" / "publish.md"]
    files += sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    return [path for path in files if not {"__pycache__", ".ruff_cache"} & set(path.parts)]


@pytest.mark.archive
def test_the_engine_knows_nothing_of_the_subject() -> None:
    """No word of the subject is in the package, the pages about the engine, or what the issue forms ask."""
    words = subject()
    found = []
    for path in engine():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in words.finditer(text)]
    assert found == []


@pytest.mark.archive
def test_the_tests_of_the_engine_know_nothing_of_the_subject() -> None:
    """They are about archives that are made up; of the subject's words they know the languages alone."""
    language = re.compile(r"kazakh\b|қазақ(ша|\b)|kk", re.I)
    words, found = subject(), []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.is_relative_to(ROOT / "tests" / "archive") or path.stem in ("test_layers", "test_site_golden"):
            continue  # what this archive promises, and the two that name what may not be named
        matches = words.finditer(path.read_text("utf-8"))
        found += [f"{path.relative_to(ROOT)}: {m[0]}" for m in matches if not language.match(m[0]) and m[0] != "sais"]
    assert found == []
