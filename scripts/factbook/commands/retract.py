"""``factbook retract``: say that a source is no longer relied on, and what that touches."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from factbook import program
from factbook.authoring import changes, revise
from factbook.authoring.errors import CommandError
from factbook.check import report
from factbook.commands import shared_archive, shared_options
from factbook.model import retraction
from factbook.model.archive import Archive
from factbook.model.entries import Retraction
from factbook.model.records import Source, Statement
from factbook.rules.evidence import status_without_evidence
from factbook.text import show

HELP = "say that a source is no longer relied on, and list the facts to weigh again"
EXPECTED = ("rests-on-retracted", "status-without-evidence")
"""The rules that tell which facts are to be weighed again: what they find is no reason not to retract a source."""


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="SOURCE", help="the source")
    parser.add_argument("--because", required=True, metavar="TEXT", help="why, and who took it back")
    parser.add_argument(
        "--evidence", action="append", default=[], metavar="ID", help="a source that showed it (repeatable)"
    )
    parser.add_argument("--dry-run", action="store_true", help="only list what it touches")
    shared_options.add_date(parser, "the day of the retraction (default: FACTBOOK_DATE, or today)")


def run(options: Namespace) -> int:
    """List the facts that cite the source, and write the retraction and its ledger entry. Raises CommandError."""
    archive = shared_archive.read_checked(options)
    name = revise.known_source(archive, options.id)
    source = archive.sources[name]
    retracted = Retraction(date=archive.today, reason=options.because, evidence=tuple(options.evidence))
    print("\n".join(touched(archive, replace(source, retracted=retracted))))
    data = (options.root / "facts" / source.path).read_bytes()
    wanted = [revise.retracted(archive, data, name, retracted, f"Retracted. {options.because}")]
    found = changes.problems(options.root, wanted, archive.today)
    if refused := [problem for problem in found if problem.rule not in EXPECTED]:
        raise CommandError(f"the check would refuse this, and nothing was changed.\n{report.text(refused)}", 1)
    if options.dry_run:
        print("Nothing was changed.")
        return 0
    changes.write(options.root, wanted)
    print(f"facts/{source.path}: retracted on {retracted.date}.")
    return 0


def touched(archive: Archive, source: Source) -> Iterator[str]:
    """Yield in lines which facts and organizations the retraction of ``source`` touches."""
    after = replace(archive, sources={**archive.sources, source.id: source})
    facts = [fact for fact in after.by_source.get(source.id, []) if source in retraction.awaiting(after, fact)]
    broken = {found.path for found in status_without_evidence(after)}
    broken -= {found.path for found in status_without_evidence(archive)}
    alone = [fact for fact in facts if retraction.alone(after, fact)]
    fallen = [fact for fact in after.statements.values() if fact.path in broken and fact not in alone]
    beside = [fact for fact in facts if fact not in alone and fact not in fallen]
    bodies = [o for o in archive.organizations.values() if any(r.source == source.id for r in o.references)]
    yield f"{source.id}: {show(source.title, 200)}"
    yield from _listed("Resting on it alone, an error until weighed again", archive, alone)
    yield from _listed("Left with too little for their status, an error until it is another", archive, fallen)
    yield from _listed("Citing it beside others, due for review", archive, beside)
    if bodies:
        yield f"Organizations described from it: {len(bodies):,}"
        yield from (f"    {o.id}: {show(o.label, 200)}" for o in bodies)
    if facts or fallen:
        yield f"Weigh each with {program.command('status')}, and name {source.id} there as a source that decided it."


def _listed(what: str, archive: Archive, facts: Sequence[Statement]) -> Iterator[str]:
    """Yield a line that counts the facts, and one for each."""
    yield f"{what}: {len(facts):,}"
    yield from (f"    {fact.id}: {archive.status(fact).label}: {show(fact.claim, 300)}" for fact in facts)
