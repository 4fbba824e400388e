"""``factbook upgrade``: what the engine that is installed changes in an archive made with an older one."""

from __future__ import annotations

import re
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from factbook import __version__, program
from factbook.authoring import changes, form_answers, form_files, migrations
from factbook.authoring.errors import CommandError
from factbook.check import report, written_pages
from factbook.check.run import check, errors
from factbook.commands import shared_options, shared_records
from factbook.read import configuration, overrides
from factbook.read.files import refuse_links
from factbook.read.vocabulary import read_vocabulary
from factbook.rules import versions

HELP = "show, or make, what a newer engine changes in this archive"
PACKAGE = Path(__file__).parents[1]
_FIRST = ("setting-option", "engine-too-old")
"""Rules without which nobody knows what there is to upgrade."""


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--apply",
        action="store_true",
        help="make the changes: records by their ledgers, and what the engine makes itself",
    )
    shared_options.add_entry_date(parser)


def run(options: Namespace) -> int:
    """Print what newer engines changed and what is to be done, and with ``--apply`` do it; return 1 while anything is
    left.

    A record is brought into a newer form by a migration alone, and its ledger says so.
    """
    refuse_links(options.root / "facts")
    if wrong_settings := [p for p in written_pages.problems_of_settings(options.root) if p.rule in _FIRST]:
        raise CommandError(f"{configuration.FILE} cannot be brought up.\n{report.text(wrong_settings)}", 1)
    engine = str(configuration.options(configuration.read(options.root)).get("engine") or "")
    for version, change in versions.since(engine):
        print(f"  {version}: {change}")
    steps = [*_settings(options.root), *_schemas(options), *_forms(options), *_overrides(options.root)]
    steps += _records(options, engine)
    _, problems = check(options.root)
    if wrong := len(errors(problems)):
        steps.append(
            f"{wrong} error{'s' if wrong != 1 else ''} by today's rules: {program.command('check')} lists them"
        )
    steps += _engine(options, engine, bool(steps))
    for step in steps:
        print(f"- {step}")
    print(f"factbook {__version__}: {'all of this is left' if steps else 'this archive is as it expects one'}.")
    return 1 if steps else 0


def _records(options: Namespace, engine: str) -> Iterator[str]:
    """Yield, or make, the migrations of records. Raises CommandError where the check would refuse what they make."""
    wanted = migrations.due(engine)
    if not wanted:
        return
    schemas = shared_records.schemas(options.root).documents
    day = options.date or date.today().isoformat()
    options.paths = []
    found, problems, _ = shared_records.convert_each(
        options, (".yaml",), lambda kind, path, data: migrations.migrated(wanted, kind, path, data, schemas, day)
    )
    shared_records.print_problems(problems)
    if found and options.apply:
        if wrong := changes.problems(options.root, found, day):
            raise CommandError(f"the check would refuse this, and nothing was changed.\n{report.text(wrong)}", 1)
        changes.write(options.root, found)
        print(f"Brought {shared_records.records(len(found))} into the form of today; each ledger says so.")
    elif found:
        print(changes.diff(found))
        yield f"{shared_records.records(len(found))} in an older form (--apply writes what is shown above)"


def _engine(options: Namespace, engine: str, left: bool) -> Iterator[str]:
    """Yield, or write, that the settings name another engine; it is written once nothing else is left."""
    if engine == __version__:
        return
    path = options.root / configuration.FILE
    text = path.read_text("utf-8") if path.is_file() else ""
    said = re.sub(r"(?m)^(\s+engine: *)[^\s#]+", rf"\g<1>{__version__}", text)
    if options.apply and not left and said != text:
        path.write_text(said, "utf-8")
        print(f"{configuration.FILE} names factbook {__version__} now.")
    else:
        now = f"names factbook {engine}" if engine else "names no engine"
        yield f"{configuration.FILE} {now}: write engine: {__version__} among the options of the plugin" + (
            " (--apply does, once nothing else is left)" if engine else ""
        )


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
