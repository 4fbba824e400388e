"""What an id names, for the commands that take one of any kind, and what they print when it has changed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from factbook import program
from factbook.authoring import rename
from factbook.authoring.changes import Change
from factbook.authoring.errors import CommandError
from factbook.commands import shared_archive
from factbook.model.archive import Archive
from factbook.model.kinds import FILED
from factbook.model.moved import MOVABLE, WORDS
from factbook.text import listed, nearest, show

KINDS = ("fact", *MOVABLE)
"""What has an id that can change."""


def step(options: Namespace, archive: Archive, kind: str, old: str, new: str) -> rename.Step:
    """Return the change by which what is called ``old`` is called ``new``, for the reason that was given."""
    return rename.Step(
        archive=archive,
        read=shared_archive.reader(options),
        kind=kind,
        old=old,
        new=new,
        date=archive.today,
        reason=options.reason,
    )


def add_kind(parser: ArgumentParser) -> None:
    """Add ``--kind``, which is needed where things of several kinds have one id."""
    parser.add_argument("--kind", choices=KINDS, default="", help="what it is, where several things have this id")


def kind_of(archive: Archive, name: str, kind: str, *others: str) -> str:
    """Return the kind of what has the id ``name``, and ``others`` as well: ``kind`` where it is given.

    Raises CommandError where nothing has the id, where several things have it, or where the record is not sound.
    """
    found = [one for one in ([kind] if kind else KINDS) if all(n in _ids(archive, one) for n in (name, *others))]
    if not found:
        raise CommandError(_missing(archive, kind, name, *others))
    if len(found) > 1:
        raise CommandError(
            f"things of several kinds have the id {show(name)}: {listed(found)}\n    hint: Say which: --kind {found[0]}"
        )
    if found[0] in FILED and found[0] != "fact":
        for one in (name, *others):
            if one not in archive.of(FILED[found[0]]):
                hint = f"hint: Run {program.command('check')}, and mend them first."
                raise CommandError(f"the record of {one} has problems\n    {hint}")
    return found[0]


def _ids(archive: Archive, kind: str) -> set[str]:
    return {*(archive.vocabulary[WORDS[kind]] if kind in WORDS else archive.known[kind])}


def _missing(archive: Archive, kind: str, *names: str) -> str:
    """Return why there is no kind of which all the names are ids."""
    kinds = [kind] if kind else KINDS
    for name in names:
        if any(name in _ids(archive, one) for one in kinds):
            continue
        for one in kinds:
            if to := archive.moved_ids[one].get(name):
                return f"{name} has moved to {to}\n    hint: Give that id: {to}."
        hint = nearest(name, sorted({known for one in kinds for known in _ids(archive, one)}))
        what = f"there is no {kind} with" if kind else "nothing has"
        return f"{what} the id {show(name)}" + (f"\n    hint: {hint}" if hint else "")
    of = [f"{name} is {_article(next(one for one in kinds if name in _ids(archive, one)))}" for name in names]
    return f"they are not of one kind: {listed(of)}"


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def print_changes(root: Path, changes: Sequence[Change], kind: str, name: str) -> None:
    """Print what was written, and what is left to do by hand where the id ``name`` is no longer used."""
    verbs = {(True, False): "Wrote", (False, False): "Changed", (False, True): "Removed"}
    print("\n".join(f"{verbs[c.before is None, c.after is None]} facts/{c.path}." for c in changes))
    if places := rename.written(root, name):
        print(
            f"{name} is also named in {listed(places, 10)}: links to its page lead on, the rest is for you to change."
        )
    if kind in WORDS and (root / ".github" / "ISSUE_TEMPLATE").is_dir():
        print(f"The choices of the issue forms follow with: {program.command('forms')}")
