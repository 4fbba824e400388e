"""``factbook asof``: how the archive stood on a day, and what of it held on a day, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable

from msgspec import Struct

from factbook import program
from factbook.authoring.errors import CommandError
from factbook.check.run import check, errors
from factbook.commands import shared_completion
from factbook.commands.shared_options import day
from factbook.data import csv_files
from factbook.model.archive import Archive
from factbook.model.asof import Standing, asof, counts
from factbook.model.edtf import parse
from factbook.model.edtf_words import words
from factbook.model.records import Revision, Statement
from factbook.read.files import Unusable
from factbook.text import nearest, show

HELP = "how the archive stood on a day, from its ledgers alone"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("day", type=day, metavar="YYYY-MM-DD", help="the day")
    parser.add_argument("--held", type=day, default="", metavar="YYYY-MM-DD", help="only what held then, or may have")
    about = parser.add_argument("--organization", default="", metavar="ID", help="only facts about it")
    one = parser.add_argument("--fact", default="", metavar="ID", help="only this one")
    shared_completion.completed(about, shared_completion.ids("organization"))
    shared_completion.completed(one, shared_completion.ids("fact"))
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to tell (default: text)")


class Answer(Struct, frozen=True, kw_only=True):
    """What the archive answers for ``day``: the facts it had then, and the ids of those it had not yet.

    ``held`` is the day they had to hold on, empty where that was not asked.
    """

    archive: Archive
    day: str
    held: str
    standings: tuple[Standing, ...]

    @property
    def recorded(self) -> list[tuple[Standing, Revision]]:
        """The facts it had, each with the ledger entry that was its last on that day."""
        return [(s, s.entry) for s in self.standings if s.entry]

    @property
    def missing(self) -> list[str]:
        """Ids of the facts that were not recorded yet, sorted."""
        return sorted(s.statement.id for s in self.standings if not s.entry)


def run(options: Namespace) -> int:
    """Print the answer. Raises CommandError for an unknown id, and Unusable where there is no archive."""
    if not options.day:
        raise CommandError("which day? Write it like 2021-09-14")
    archive, problems = check(options.root)
    if archive is None:
        raise Unusable(problems)
    asked = _selected(archive, options.organization, options.fact)
    found = tuple(asof(archive, options.day, options.held, asked))
    print(FORMATS[options.format](Answer(archive=archive, day=options.day, held=options.held, standings=found)))
    if left := len(errors(problems)):
        count = f"{left} problem{'s' if left != 1 else ''}"
        raise CommandError(f"{count} in the records, so some are left out: {program.command('check')}")
    return 0


def _selected(archive: Archive, organization: str, fact: str) -> Iterable[Statement]:
    """The statements that were asked for, newest first."""
    if organization and organization not in archive.organizations:
        raise _unknown("organization", organization, archive.organizations)
    if fact in archive.redirects:
        fact = archive.redirects[fact].moved_to
    if fact and fact not in archive.statements:
        raise _unknown("fact", fact, archive.statements)
    every = archive.by_organization.get(organization, []) if organization else archive.newest_first
    return [s for s in every if fact in ("", s.id)]


def _unknown(kind: str, name: str, known: Iterable[str]) -> CommandError:
    near = nearest(name, known)
    return CommandError(f"there is no {kind} {show(name)}" + (f"\n    hint: {near}" if near else ""))


def _text(answer: Answer) -> str:
    """Sentences and one line a fact: why it had its status, or, where it had to hold on a day, what it says."""
    recorded = answer.recorded
    lines = [f"As the archive stood on {words(parse(answer.day))}: {_facts(len(recorded))}."]
    if answer.held:
        lines.append(f"Only what held, or may have held, on {words(parse(answer.held))}, and what bears no date.")
    lines += [f"  {word.label}: {n:,}" for word, n in counts(answer.archive, answer.standings)]
    for s, entry in recorded:
        label = answer.archive.shown_status(s.statement, entry.status).label
        said = f"Held then: {s.holds}. {s.statement.claim}" if s.holds else entry.reason
        lines.append(f"{s.statement.id}: {label} from {entry.date}. {show(said, 2000)}")
    if answer.missing:
        lines.append(f"Not recorded yet: {_facts(len(answer.missing))}.")
    return "\n".join(lines)


def _facts(n: int) -> str:
    return f"{n:,} fact{'s' if n != 1 else ''}"


def _rows(answer: Answer) -> list[dict[str, str]]:
    """One row a fact that was recorded. The wording of a claim is today's: the ledger holds no older one."""
    return [
        {
            "id": s.statement.id,
            "status": entry.status,
            "since": entry.date,
            "reason": entry.reason,
            **({"holds": s.holds} if answer.held else {}),
            "date": s.statement.date or "",
            "claim_now": s.statement.claim,
        }
        for s, entry in answer.recorded
    ]


def _json(answer: Answer) -> str:
    """One object, in ASCII: right in every encoding, and no character acts on a terminal."""
    value = {
        "asof": answer.day,
        "held": answer.held or None,
        "counts": {word.id: n for word, n in counts(answer.archive, answer.standings)},
        "facts": _rows(answer),
        "not_yet_recorded": answer.missing,
    }
    return json.dumps(value, indent=2)


def _csv(answer: Answer) -> str:
    """A table with a line of names, safe in spreadsheets as the CSV of the data is."""
    rows = _rows(answer)
    names = ["id", "status", "since", "reason", *(["holds"] if answer.held else []), "date", "claim_now"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([csv_files.cell(row[name]) for name in names] for row in rows)
    return out.getvalue().removesuffix("\r\n")


FORMATS: dict[str, Callable[[Answer], str]] = {"text": _text, "json": _json, "csv": _csv}
