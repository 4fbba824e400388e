"""Writes the configuration for Zensical, which knows no plugins: it contains what the plugin adds for MkDocs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode

from factbook.read import configuration, overrides
from factbook.read.leftovers import left_out
from factbook.site import skeletons
from factbook.site.settings import Settings, extra_defaults, theme_defaults
from factbook.text import show

CONFIG = ".zensical.yml"
DOCS = ".zensical-docs"
"""The folder of the written pages that may be published, with those that the archive does not write itself."""
THEME = ".zensical-theme"
"""The folder of the theme while Zensical runs, if an archive overrides a part of it."""
SITE = ".zensical-site"
"""The folder that Zensical writes the site into: it accepts none outside the archive, where a link may lead."""
_TRACE = "Traceback (most recent call last):"
_PANIC = re.compile(r"thread '.*' (\(\d+\) )?panicked at ")
"""The beginning of the message of each thread that panics."""


def write(root: Path, settings: Settings, claims: str, folder: str) -> Path:
    """Write the configuration beside ``mkdocs.yml``; return its path. The site goes into ``folder``.

    ``claims`` is the language of the claims. Raises ConfigurationError and CatalogueError.
    """
    site = configuration.read(root)
    node = yaml.compose((root / configuration.FILE).read_text("utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(node, MappingNode)  # configuration.read has seen it
    for name in ("plugins", "hooks", "watch"):
        _remove(node, name)
    _set(node, "site_dir", folder)
    _set(node, "use_directory_urls", False)
    theme, extra = _mapping(node, "theme"), _mapping(node, "extra")
    for name, value in theme_defaults(site, claims).items():
        _set(theme, name, value)
    _set(theme, "custom_dir", str(_theme(root)))
    for name, value in extra_defaults(site, claims).items():
        _set(extra, name, value)
    if settings.contact:
        _set(extra, "contact", settings.contact)
    skeletons.write(root, skeletons.missing(root, settings, claims), root / DOCS)
    _set(node, "docs_dir", DOCS)
    path = root / CONFIG
    path.write_text(yaml.serialize(node, allow_unicode=True), "utf-8")
    return path


def error_text(errors: str) -> str:
    """Return the errors that Zensical wrote, for the user: of a panic, only its reason, in one line.

    Where a file cannot be written, each of its threads panics, with a trace of its own code every time.
    """
    lines = errors.splitlines(keepends=True)
    if not any(line.startswith(_TRACE) for line in lines):
        return errors
    begins = next(number for number, line in enumerate(lines) if line.startswith(_TRACE) or _PANIC.match(line))
    return "".join(lines[:begins]) + f"error: Zensical: {show(lines[-1].strip(), 300)}\n"


def clean(root: Path) -> None:
    """Remove what ``write`` and Zensical left in the folder of the archive."""
    (root / CONFIG).unlink(missing_ok=True)
    for name in (THEME, SITE, DOCS, ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)


def _theme(root: Path) -> Path:
    """Return one folder with the theme as the archive has it: Zensical takes no second folder."""
    folders = overrides.theme_folders(root)
    if len(folders) == 1:
        return folders[0]
    merged = root / THEME
    shutil.rmtree(merged, ignore_errors=True)
    for folder in reversed(folders):
        shutil.copytree(folder, merged, symlinks=True, ignore=_left_out, dirs_exist_ok=True)
    return merged.resolve()


def _left_out(_: str, names: list[str]) -> set[str]:
    """Return those of ``names``, the content of a folder, that are in no site."""
    return {name for name in names if left_out(name)}


def _get(node: MappingNode, name: str) -> Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _remove(node: MappingNode, name: str) -> None:
    node.value = [(key, value) for key, value in node.value if key.value != name]


def _mapping(node: MappingNode, name: str) -> MappingNode:
    """Return the field ``name`` as a mapping that is part of ``node``. A theme given by name alone becomes one."""
    value = _get(node, name)
    if not isinstance(value, MappingNode):
        given = value.value if isinstance(value, ScalarNode) else ""
        value = MappingNode("tag:yaml.org,2002:map", [])
        if given and name == "theme":
            _set(value, "name", given)
        _set(node, name, value)
    return value


def _set(node: MappingNode, name: str, value: object) -> None:
    """Set the field ``name`` of a mapping, replacing one that it has. A value that is no node becomes one."""
    made = value if isinstance(value, Node) else yaml.compose(yaml.safe_dump(value), Loader=yaml.SafeLoader)
    _remove(node, name)
    node.value.append((ScalarNode("tag:yaml.org,2002:str", name), made))
