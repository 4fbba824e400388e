"""The command ``asof``: how the archive stood on a day, and what of it held on a day, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from argparse import Namespace
from collections.abc import Callable, Iterable

from msgspec import Struct

from factbook.authoring.revise import Wrong
from factbook.check import run as check
from factbook.data import csv_files
from factbook.model.archive import Archive
from factbook.model.asof import Standing, asof, counts
from factbook.model.edtf import parse, words
from factbook.model.records import Statement
from factbook.read.files import Unusable
from factbook.rules.problem import nearest, show


class Answer(Struct, frozen=True, kw_only=True):
    """What the archive answers for ``day``: the facts it had then, and the ids of those it had not yet.

    ``held`` is the day they had to hold on, empty where that was not asked.
    """

    archive: Archive
    day: str
    held: str
    standings: tuple[Standing, ...]

    @property
    def recorded(self) -> list[Standing]:
        return [s for s in self.standings if s.entry]

    @property
    def missing(self) -> list[str]:
        """Ids of the facts that were not recorded yet, sorted."""
        return sorted(s.statement.id for s in self.standings if not s.entry)


def run(options: Namespace) -> int:
    """``factbook asof``. Raises Wrong, and Unusable where there is no archive."""
    if not options.day:
        raise Wrong("which day? Write it like 2021-09-14")
    archive, problems = check.check(options.root)
    if archive is None:
        raise Unusable(problems)
    asked = _asked(archive, options.organization, options.fact)
    found = tuple(asof(archive, options.day, options.held, asked))
    print(FORMATS[options.format](Answer(archive=archive, day=options.day, held=options.held, standings=found)))
    if left := len(check.errors(problems)):
        raise Wrong(f"{left} problem{'s' if left != 1 else ''} in the records, so some are left out: factbook check")
    return 0


def _asked(archive: Archive, organization: str, fact: str) -> Iterable[Statement]:
    """The statements that were asked for, newest first."""
    if organization and organization not in archive.organizations:
        raise _unknown("organization", organization, archive.organizations)
    if fact in archive.redirects:
        fact = archive.redirects[fact].moved_to
    if fact and fact not in archive.statements:
        raise _unknown("fact", fact, archive.statements)
    every = archive.by_organization.get(organization, []) if organization else archive.newest_first
    return [s for s in every if fact in ("", s.id)]


def _unknown(kind: str, name: str, known: Iterable[str]) -> Wrong:
    near = nearest(name, known)
    return Wrong(f"there is no {kind} {show(name)}" + (f"\n    hint: {near}" if near else ""))


def _text(answer: Answer) -> str:
    """Sentences and one line a fact."""
    recorded = answer.recorded
    lines = [f"As the archive stood on {words(parse(answer.day))}: {_facts(len(recorded))}."]
    if answer.held:
        lines.append(f"Only what held, or may have held, on {words(parse(answer.held))}, and what bears no date.")
    lines += [f"  {word.label}: {n:,}" for word, n in counts(answer.archive, recorded)]
    for s in recorded:
        label = answer.archive.vocabulary["statuses"][s.entry.status].label
        holds = f" Held then: {s.holds}." if s.holds else ""
        lines.append(f"{s.statement.id}: {label} from {s.entry.date}.{holds} {show(s.entry.reason, 2000)}")
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
            "status": s.entry.status,
            "since": s.entry.date,
            "reason": s.entry.reason,
            **({"holds": s.holds} if answer.held else {}),
            "date": s.statement.date or "",
            "claim_now": s.statement.claim,
        }
        for s in answer.recorded
    ]


def _json(answer: Answer) -> str:
    """One object, in ASCII: right in every encoding, and no character acts on a terminal."""
    value = {
        "asof": answer.day,
        "held": answer.held or None,
        "counts": {word.id: n for word, n in counts(answer.archive, answer.recorded)},
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
