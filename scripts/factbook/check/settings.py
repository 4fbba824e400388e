"""Checks the settings of a site, mkdocs.yml, before an engine reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from factbook.check import theme
from factbook.model.archive import Archive
from factbook.read import configuration, overrides
from factbook.render import po
from factbook.rules import written_pages as rules
from factbook.rules.markup import wrong_tags
from factbook.rules.options import contact_page, setting_base_address, setting_languages, setting_option
from factbook.rules.problem import Finding, Pointer
from factbook.rules.versions import archive_not_upgraded, engine_too_old
from factbook.text import show

TEXTS = ("site_name", "site_description", "site_author", "repo_name")
PATHS = {"docs_dir": "docs", "site_dir": "site"}
"""The settings that name a folder, with their defaults."""
KEPT = ("facts", overrides.FOLDER, "scripts", ".git", ".github")
"""Folders of an archive that no setting may name, nor a part of them."""
_OPTION = "Write plugins: [{factbook: {contact: …}}], and remove it here."
_SECRET = ("analytics", "consent")
"""Parts of ``extra`` by which Material loads programs from other hosts."""


def read(root: Path) -> tuple[list[Finding], dict[str, Any]]:
    """Return what is wrong with the settings of the archive at ``root``, and the settings; none where there is no file.

    A tag is refused before any value is made of the text.
    """
    path = root / configuration.FILE
    if path.is_symlink():
        return rules.page_is_a_link(configuration.FILE, os.readlink(path)), {}
    if not path.exists():
        return [], {}
    try:
        text = path.read_bytes().decode("utf-8")
        found = [*_tags(text)] or [*_nodes(yaml.compose(text, Loader=yaml.SafeLoader))]
        found = found or rules.page_character(configuration.FILE, text)
        values = {} if found else configuration.read(root)
    except (OSError, ValueError, yaml.YAMLError, configuration.ConfigurationError, RecursionError) as error:
        reason = show(" ".join(str(error).split()), 300)
        return rules.page_unreadable(configuration.FILE, f"the settings cannot be read: {reason}"), {}
    return found or [*_settings(root, values)], values


def _tags(text: str) -> Iterator[Finding]:
    """Find tags and aliases in the text of the settings."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            tag = f"*{event.anchor}"
        if tag not in (None, "!ENV"):
            mark = event.start_mark
            line, column = (mark.line, mark.column) if mark is not None else (0, 0)
            yield from rules.setting_tag(line + 1, column + 1, tag)


def _nodes(node: yaml.Node | None) -> Iterator[Finding]:
    """Find names that stand twice in one mapping, variables that may not be read, and texts that hold a character that
    cannot be seen, spelt out as an escape as well."""
    if node is None:
        return
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else []
    names = [key.value for key in inner[::2] if isinstance(key, yaml.ScalarNode)]
    for key in (key for at, key in enumerate(inner[::2]) if key.value in names[:at]):
        mark = key.start_mark
        yield from rules.setting_twice(mark.line + 1, mark.column + 1, str(key.value))
    if isinstance(node, yaml.SequenceNode):
        inner = node.value
    if node.tag == "!ENV":
        read = inner[:-1] or inner if isinstance(node, yaml.SequenceNode) else [node]
        for one in read:
            yield from rules.setting_variable(line, column, str(one.value))
    if isinstance(node, yaml.ScalarNode):
        yield from rules.page_character(configuration.FILE, node.value, line, column)
    for part in inner:
        yield from _nodes(part)


def _settings(root: Path, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what is wrong with the values."""
    for name, value in values.items():
        if name not in rules.ALLOWED:
            yield from rules.setting_not_allowed((str(name),), f"an archive may not set {show(name)}")
        elif name in TEXTS and isinstance(value, str) and rules.wrong_text(value):
            yield from rules.setting_not_allowed((name,), f"{name} must be plain text, without markup", show(value))
        elif name in ("site_url", "repo_url") and value:
            yield from setting_base_address((name,), value)
        elif name == "edit_uri" and isinstance(value, str):
            yield from rules.setting_address((name,), value)
    for passage, reason in wrong_tags(str(values.get("copyright") or "")):
        yield from rules.setting_not_allowed(("copyright",), reason, show(passage))
    yield from _extra(values.get("extra"), ("extra",))
    yield from theme.settings(root, values)
    yield from _plugins(values)
    yield from _exclusions(values.get("exclude_docs"))
    yield from _extensions(values.get("markdown_extensions"))
    yield from _blocks(values.get("mdx_configs"), ("mdx_configs",))
    yield from _blocks(values.get("markdown_extensions"), ("markdown_extensions",))
    yield from _nav(values.get("nav"), ("nav",))
    yield from _paths(root, values)


def _extra(value: Any, pointer: Pointer) -> Iterator[Finding]:
    """Find addresses and markup among what the theme is told besides."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if len(pointer) == 1 and name in _SECRET:
                yield from rules.setting_not_allowed((*pointer, str(name)), f"{name} loads programs of other hosts")
            elif len(pointer) == 1 and name == "contact":
                message = "the contact is an option of the plugin: contact, beside languages"
                yield from rules.setting_not_allowed((*pointer, name), message, show(inner), hint=_OPTION)
            else:
                yield from _extra(inner, (*pointer, str(name)))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _extra(inner, (*pointer, at))
    elif isinstance(value, str):
        if "<" in value:
            yield from rules.setting_not_allowed(pointer, "the text must be plain, without markup", show(value))
        elif "@" not in value:
            yield from rules.setting_address(pointer, value)


def _plugins(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Find plugins that are not the engine's own, and whether that is there and at work."""
    value, present = values.get("plugins"), False
    each = [{name: given} for name, given in value.items()] if isinstance(value, dict) else value
    listed = each if isinstance(each, list) else []
    for at, one in enumerate(listed):
        for name in one if isinstance(one, dict) else [one]:
            if name != configuration.PLUGIN:
                where: Pointer = ("plugins", at) if isinstance(value, list) else ("plugins", str(name))
                yield from rules.setting_not_allowed(where, "this plugin may not be used", show(name), "factbook")
            present = present or name == configuration.PLUGIN
        options = one.get(configuration.PLUGIN) if isinstance(one, dict) else None
        if options is not None:
            way: Pointer = ("plugins", at) if isinstance(value, list) else ("plugins",)
            wrong = setting_option(options, (*way, configuration.PLUGIN))
            yield from wrong
            if not wrong and (engine := options.get("engine")):
                at_engine = (*way, configuration.PLUGIN, "engine")
                yield from (*engine_too_old(engine, at_engine), *archive_not_upgraded(engine, at_engine))
            if isinstance(options, dict) and "enabled" in options:
                way = (*way, configuration.PLUGIN, "enabled")
                yield from rules.setting_plugin(way, "the plugin may not be switched off", "Remove enabled.")
    if not present:
        here: Pointer = ("plugins",) if "plugins" in values else ()
        yield from rules.setting_plugin(here, "the plugin factbook is missing", "Write plugins: [factbook].")


def _exclusions(value: Any) -> Iterator[Finding]:
    """Find patterns that would publish what is left out of every site."""
    for lines in value if isinstance(value, list) else [value]:
        for pattern in lines.splitlines() if isinstance(lines, str) else ():
            if pattern.strip().startswith("!"):
                yield from rules.setting_exclusion(("exclude_docs",), pattern.strip())


def _extensions(value: Any) -> Iterator[Finding]:
    """Find extensions of Markdown that may read files or run what an archive names."""
    listed = [*value] if isinstance(value, dict) else value if isinstance(value, list) else []
    for at, one in enumerate(listed):
        for name in one if isinstance(one, dict) else [one]:
            if not rules.known_extension(str(name)):
                where: Pointer = ("markdown_extensions", at) if isinstance(value, list) else ("markdown_extensions",)
                yield from rules.setting_not_allowed(where, "this extension of Markdown may not be used", show(name))


def _blocks(value: Any, pointer: Pointer) -> Iterator[Finding]:
    """Find kinds of code blocks of the archive's own: what they make is what no page may hold."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        way: Pointer = (*pointer, name if isinstance(name, int) else str(name))
        if name == "custom_fences":
            yield from rules.setting_not_allowed(way, "an archive may have no kinds of blocks of its own")
        else:
            yield from _blocks(inner, way)


def _nav(value: Any, pointer: Pointer) -> Iterator[Finding]:
    """Find titles with markup and addresses of other kinds in the menu."""
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _nav(inner, (*pointer, at))
    elif isinstance(value, dict):
        for title, inner in value.items():
            if rules.wrong_text(str(title)):
                yield from rules.setting_not_allowed(pointer, "a title must be plain text, without markup", show(title))
            yield from _nav(inner, (*pointer, str(title)))
    elif isinstance(value, str):
        yield from rules.setting_address(pointer, value)


def _paths(root: Path, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Find folders outside the archive, and folders in or over one another."""
    named: dict[Pointer, Any] = {(name,): values.get(name) or usual for name, usual in PATHS.items()}
    given_theme = values.get("theme")
    if isinstance(given_theme, dict) and given_theme.get("custom_dir") is not None:
        hint = f"the archive's own parts of the theme lie in {overrides.FOLDER}/theme"
        yield from rules.setting_path(("theme", "custom_dir"), str(given_theme["custom_dir"]), hint)
    places: dict[Pointer, tuple[str, ...]] = {}
    for pointer, value in named.items():
        given = pointer[0] in values
        parts = tuple(os.path.normpath(value).split(os.sep)) if isinstance(value, str) else ("..",)
        if parts[0] in ("", ".", "..") or os.path.isabs(str(value)) or "\\" in str(value):
            yield from rules.setting_path(pointer, str(value), "the folder must lie in the archive")
            continue
        if given and any(_over(parts, (kept,)) for kept in KEPT):
            yield from rules.setting_path(pointer, str(value), f"the folder lies in or over {parts[0]}/")
        for other, there in places.items():
            if _over(parts, there):
                message = f"the folder lies in or over the one that {other[-1]} names"
                yield from rules.setting_path(pointer if given else other, str(value), message)
        places[pointer] = parts


def _over(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether one of two folders is, or holds, the other; capitals do not count, as on many disks."""
    return all(a.casefold() == b.casefold() for a, b in zip(one, other, strict=False))


def with_records(root: Path, archive: Archive) -> list[Finding]:
    """Return where the plugin's options do not go with the records, the pages and the texts of the archive at ``root``.

    Options that are wrong by themselves are told by ``read``.
    """
    try:
        options, at = configuration.plugin(configuration.read(root))
    except configuration.ConfigurationError:
        return []
    if setting_option(options, at):
        return []
    found = []
    if listed := options.get("languages"):
        docs = root / configuration.docs_dir(configuration.read(root))
        shells = [path.parts[-3] for path in docs.glob("*/facts/_record.md")]
        found += setting_languages(listed, archive.claims, shells, _untold(root, listed), (*at, "languages"))
    if (page := contact_page(str(options.get("contact") or ""))) and not _written(root, page):
        message = f"there is no page docs/{page} to which the contact could lead"
        found += rules.setting_not_allowed((*at, "contact"), message, options["contact"])
    return found


def _untold(root: Path, codes: list[str]) -> dict[str, str]:
    """Return what is missing of the texts of the interface, by the language."""
    found = {}
    for code in codes:
        try:
            po.require(code, root)
        except po.CatalogueError as error:
            found[code] = str(error)
    return found


def _written(root: Path, page: str) -> bool:
    """Return whether ``docs/`` or the engine has the page."""
    docs = root / configuration.docs_dir(configuration.read(root))
    return (docs / page).is_file() or (overrides.SKELETONS / page).is_file()
