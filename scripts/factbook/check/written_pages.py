"""Checks the parts of a site besides the records: the files in docs/ and the settings, before an engine reads them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from factbook.check import overrides as own_files
from factbook.check import settings
from factbook.model.kinds import KINDS
from factbook.read import configuration, overrides, yamldoc
from factbook.read.leftovers import leftover
from factbook.rules import written_pages as rules
from factbook.rules.characters import first_unsafe
from factbook.rules.files import copy_left_behind
from factbook.rules.problem import Finding, Problem

LANGUAGES = "facts/languages"
MOST_BYTES = 1 << 20
"""Bytes that a page, or the file of settings, has at most."""
FOLDERS = frozenset(
    (*(kind.page_folder for kind in KINDS.values() if kind.page_folder), "timeline", "topics", "people", "countries")
)
"""The folders of record pages in a site."""
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_LINE = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")


def problems(root: Path) -> list[Problem]:
    """Return every problem of the settings and the written pages of the archive at ``root``, sorted.

    An archive without either has none. Nothing that is found wrong is run, followed or loaded.
    """
    found, values = settings.read(root)
    usable: Mapping[str, Any] = {} if found else values
    found += _links(root, (LANGUAGES, overrides.FOLDER))
    found += own_files.findings(root, _walk(root, overrides.FOLDER))
    found += _files(root, configuration.docs_dir(usable), values)
    return sorted(located(root, finding) for finding in found)


def problems_of_settings(root: Path) -> list[Problem]:
    """Return every problem of the settings alone, sorted: an engine obeys them before it reads anything else."""
    return sorted(located(root, finding) for finding in settings.read(root)[0])


def located(root: Path, finding: Finding) -> Problem:
    """Return a finding as a problem: with a path relative to the archive, and the place that the pointer leads to."""
    line, column = finding.line, finding.column
    if not line:
        line, column = yamldoc.locate((root / finding.path).read_bytes(), finding.pointer)
    return Problem(
        path=finding.path, line=line, column=column, rule=finding.rule, message=finding.message, value=finding.value,
        allowed=finding.allowed, hint=finding.hint, severity=finding.severity,
    )  # fmt: skip


def _files(root: Path, docs: str, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at every file of docs/."""
    assets = _assets()
    yield from _above(root, docs)
    found = [
        (path, mode) for path, mode in _walk(root, docs) if stat.S_ISLNK(mode) or not leftover(path.rpartition("/")[2])
    ]
    if not found:
        return
    render = _Renderer(values)
    for path, mode in found:
        if first_unsafe(path.rpartition("/")[2]) is not None:
            yield from rules.page_character(path, path)
        if stat.S_ISLNK(mode):
            yield from _link(root, path)
        elif stat.S_ISREG(mode):
            yield from (
                copy_left_behind(path) or rules.page_name_taken(path, FOLDERS, assets) or _file(root, path, render)
            )
        elif not stat.S_ISDIR(mode):
            yield from rules.page_file_kind(path, "this is no plain file")


def _links(root: Path, folders: Collection[str]) -> Iterator[Finding]:
    """Look for links in the other folders that a site is made of."""
    for folder in folders:
        yield from _above(root, folder)
        for path, _ in _walk(root, folder):
            yield from _link(root, path)


def _above(root: Path, folder: str) -> Iterator[Finding]:
    """Look for links among the folders that ``folder`` lies in."""
    for above in Path(folder).parents:
        if above.parts:
            yield from _link(root, above.as_posix())


def _walk(root: Path, folder: str) -> Iterator[tuple[str, int]]:
    """Yield everything in a folder, and the folder itself, as (path, mode). Hidden names are skipped."""
    try:
        mode = (root / folder).lstat().st_mode
    except OSError:
        return
    yield folder, mode
    if not stat.S_ISDIR(mode):
        return
    with os.scandir(root / folder) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        if not name.startswith("."):
            yield from _walk(root, f"{folder}/{name}")


def _link(root: Path, path: str) -> Iterator[Finding]:
    if (root / path).is_symlink():
        yield from rules.page_is_a_link(path, os.readlink(root / path))


def _assets() -> frozenset[str]:
    """Return the files of the engine's theme, in lower case, by their address in the site."""
    top = overrides.THEME
    return frozenset(p.relative_to(top).as_posix().lower() for p in top.rglob("*") if p.is_file())


def _file(root: Path, path: str, render: _Renderer) -> Iterator[Finding]:
    """Look at one file of docs/."""
    kind = path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
    if kind not in rules.KINDS:
        yield from rules.page_file_kind(path)
        return
    try:
        with (root / path).open("rb") as file:
            data = file.read(MOST_BYTES + 1 if kind == "md" else 16)
    except OSError as error:
        yield from rules.page_unreadable(path, f"the file cannot be read: {error.strerror}")
        return
    if kind in rules.PICTURES and not data.startswith(rules.PICTURES[kind]):
        yield from rules.page_file_kind(path, f"the file is no picture of the kind .{kind}")
    if kind == "md":
        yield from _page(path, data, render)


def _page(path: str, data: bytes, render: _Renderer) -> Iterator[Finding]:
    """Look at one page: its settings, and the HTML that an engine makes of it."""
    if len(data) > MOST_BYTES:
        yield from rules.page_unreadable(path, f"the page is larger than {MOST_BYTES:,} bytes")
        return
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        yield from rules.page_unreadable(path, f"the page is not UTF-8 at byte {error.start}")
        return
    given, body = _front(text)
    if not isinstance(given, dict | None):
        yield from rules.page_unreadable(path, "the settings at the top of the page cannot be read")
        return
    yield from rules.page_character(path, text)
    yield from rules.page_setting(path, text, given or {})
    try:
        html = render.html(body)
    except RecursionError:
        yield from rules.page_unreadable(path, "the page is nested too deeply")
        return
    yield from rules.page_markup(path, text, html)


def _front(text: str) -> tuple[object, str]:
    """Split a page into the settings at its top and the rest, as MkDocs does: settings stand between lines of ``---``,
    or, without those, on lines of the form ``name: value``."""
    if found := _FRONT.match(text):
        try:
            return yaml.safe_load(found[1]), text[found.end() :]
        except (yaml.YAMLError, ValueError, RecursionError):
            return "", ""
    given: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (found := _LINE.match(lines[0])):
        given[found[1].lower()] = found[2].strip()
        lines.pop(0)
    return given, "\n".join(lines)


class _Renderer:
    """Renders Markdown into HTML as the engines do, with those of the configured extensions that the rules allow."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        names, options = ["toc", "tables", "fenced_code"], dict[str, Any]()
        given = values.get("markdown_extensions") or []
        for one in given if isinstance(given, list) else [{name: given[name]} for name in given]:
            for name, option in one.items() if isinstance(one, dict) else [(one, None)]:
                if isinstance(name, str) and rules.known_extension(name):
                    names.append(name)
                    if isinstance(option, dict):
                        options[name] = option
        more = values.get("mdx_configs")
        options = {**(more if isinstance(more, dict) else {}), **options}
        from markdown import Markdown  # it takes a while to load, and not every archive has pages

        self._markdown = Markdown(extensions=[*dict.fromkeys(names)], extension_configs=options)

    def html(self, text: str) -> str:
        """Return the HTML of a page."""
        html: str = self._markdown.reset().convert(text)
        return html
