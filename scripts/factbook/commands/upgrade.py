"""``factbook upgrade``: what the engine that is installed changes in an archive made with an older one."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from factbook import __version__, program
from factbook.authoring import form_answers, form_files
from factbook.check.run import check, errors
from factbook.read import configuration, overrides
from factbook.read.files import refuse_links
from factbook.read.vocabulary import read_vocabulary

HELP = "show what a newer engine changes in this archive"
PACKAGE = Path(__file__).parents[1]


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--apply", action="store_true", help="remove and rewrite what the engine makes itself")


def run(options: Namespace) -> int:
    """Print what to change, and change with ``--apply`` what is the engine's; return 1 while anything is left.

    Records are never touched: what a record says changes with an entry in its ledger alone.
    """
    refuse_links(options.root / "facts")
    steps = [*_settings(options.root), *_schemas(options), *_forms(options), *_overrides(options.root)]
    _, problems = check(options.root)
    if wrong := len(errors(problems)):
        steps.append(
            f"{wrong} error{'s' if wrong != 1 else ''} by today's rules: {program.command('check')} lists them"
        )
    print("\n".join(f"- {step}" for step in steps))
    print(f"factbook {__version__}: {'all of this is left' if steps else 'this archive is as it expects one'}.")
    return 1 if steps else 0


def _settings(root: Path) -> Iterator[str]:
    """Yield what was written in mkdocs.yml before the engine was a plugin."""
    site = configuration.read(root)
    if site and configuration.PLUGIN not in _plugins(site):
        yield "mkdocs.yml: the engine is a plugin now. Write plugins: [factbook] in the place of hooks: and watch:"
    theme = site.get("theme")
    if isinstance(theme, dict) and "factbook/theme" in str(theme.get("custom_dir")):
        yield "mkdocs.yml: remove custom_dir of the theme, which the plugin adds itself"


def _plugins(site: dict[str, object]) -> list[str]:
    plugins = site.get("plugins")
    if isinstance(plugins, dict):
        return [*plugins]
    listed = plugins if isinstance(plugins, list) else []
    return [next(iter(plugin)) if isinstance(plugin, dict) else str(plugin) for plugin in listed]


def _schemas(options: Namespace) -> Iterator[str]:
    """Yield, or remove, the copies of schemas that an archive had to carry."""
    folder = options.root / "facts" / "schema"
    ignored = options.root / ".gitignore"
    if folder.is_dir() and not (ignored.is_file() and "facts/schema" in ignored.read_text("utf-8")):
        if options.apply:
            shutil.rmtree(folder)
            print("Removed facts/schema/: the schemas are the engine's.")
        else:
            yield "facts/schema/ is no part of an archive any more: the schemas are the engine's (--apply removes it)"


def _forms(options: Namespace) -> Iterator[str]:
    """Yield, or rewrite, the issue forms whose choices are not those of the vocabulary."""
    vocabulary = read_vocabulary(options.root / "facts")
    for form in form_files.read_forms(options.root):
        path = options.root / form.path
        before = path.read_text("utf-8")
        after = form_answers.refreshed(before, form.label, vocabulary)
        if after != before and options.apply:
            path.write_text(after, "utf-8")
            print(f"Wrote {path}.")
        elif after != before:
            yield f"{form.path} offers other words than the vocabulary (--apply rewrites it)"


def _overrides(root: Path) -> Iterator[str]:
    """Yield the overrides that no longer stand in the place of anything."""
    for kind in ("theme", "templates"):
        own = root / overrides.FOLDER / kind
        for path in sorted(p for p in own.rglob("*") if p.is_file()) if own.is_dir() else ():
            name = path.relative_to(own)
            if kind == "templates" and not (PACKAGE / kind / name).exists():
                yield f"{path.relative_to(root)}: the engine has no such template, so nothing uses this one"
