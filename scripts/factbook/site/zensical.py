"""The configuration for Zensical, which knows no plugins: what the plugin adds for MkDocs is written down for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode

from factbook.read import configuration, overrides
from factbook.site import skeletons
from factbook.site.settings import Settings, extra_defaults, theme_defaults
from factbook.text import show

CONFIG = ".zensical.yml"
DOCS = ".zensical-docs"
"""Where the written pages stand with those that the archive does not write itself."""
THEME = ".zensical-theme"
"""Where the theme stands while Zensical runs, if an archive overrides a part of it."""
SITE = ".zensical-site"
"""Where Zensical writes the site: it accepts no folder outside the archive, into which a link may lead."""
_TRACE = "Traceback (most recent call last):"
_PANIC = re.compile(r"thread '.*' (\(\d+\) )?panicked at ")
"""How each of the threads begins that break down."""


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
    if pages := skeletons.missing(root, settings, claims):
        skeletons.write(root, pages, root / DOCS)
        _set(node, "docs_dir", DOCS)
    path = root / CONFIG
    path.write_text(yaml.serialize(node, allow_unicode=True), "utf-8")
    return path


def said(errors: str) -> str:
    """Return what Zensical wrote as errors for whoever started it: where it broke down, its reason in one line.

    It breaks down where a file cannot be written, in each of its threads, with a trace of its own code every time.
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
    """Return one folder with the theme as the archive has it: Zensical takes no second one."""
    folders = overrides.theme_folders(root)
    if len(folders) == 1:
        return folders[0]
    merged = root / THEME
    shutil.rmtree(merged, ignore_errors=True)
    for folder in reversed(folders):
        shutil.copytree(folder, merged, dirs_exist_ok=True)
    return merged.resolve()


def _get(node: MappingNode, name: str) -> Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _remove(node: MappingNode, name: str) -> None:
    node.value = [(key, value) for key, value in node.value if key.value != name]


def _mapping(node: MappingNode, name: str) -> MappingNode:
    """Return the field ``name`` as a mapping that is part of ``node``. A theme that is only named becomes one."""
    value = _get(node, name)
    if not isinstance(value, MappingNode):
        given = value.value if isinstance(value, ScalarNode) else ""
        value = MappingNode("tag:yaml.org,2002:map", [])
        if given and name == "theme":
            _set(value, "name", given)
        _set(node, name, value)
    return value


def _set(node: MappingNode, name: str, value: object) -> None:
    """Give a mapping the field ``name``, in the place of one that it has. A value that is no node becomes one."""
    made = value if isinstance(value, Node) else yaml.compose(yaml.safe_dump(value), Loader=yaml.SafeLoader)
    _remove(node, name)
    node.value.append((ScalarNode("tag:yaml.org,2002:str", name), made))
