"""What becomes an entry of a feed: an entry of a ledger, a correction, a retraction, an answer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from factbook.model import verdict
from factbook.model.answers import Question
from factbook.model.archive import Archive
from factbook.model.fingerprint import identifier
from factbook.model.kinds import values_at
from factbook.model.ledger import Amended, Change
from factbook.model.records import Redirect, Source
from factbook.model.retraction import awaiting
from factbook.model.staleness import changed_since
from factbook.render import corrected

_CALLED = {"series": "Table", "search": "Search for facts", "review": "Judgement of another", "redirect": "Moved fact"}
"""What readers call the kinds of record whose own name is a word of the code."""


def title(archive: Archive, change: Change) -> str:
    """Return a change in one line: the status, the one before it where there was another, and the claim."""
    now = archive.shown_status(change.statement, change.revision.status).label
    if change.before == change.revision.status:
        now = f"Checked again, still {now[:1].lower()}{now[1:]}"
    elif change.before:
        now = f"{archive.shown_status(change.statement, change.before).label} → {now}"
    return f"{now}: {change.statement.claim}"


def change_text(archive: Archive, change: Change) -> str:
    """Return a change in words: the claim, its status before and after, and why."""
    now = archive.shown_status(change.statement, change.revision.status)
    if not change.before:
        how = f"Recorded as: {now.label}."
    elif change.before == change.revision.status:
        how = f"Checked again, and still: {now.label}."
    else:
        how = f"Status before: {archive.shown_status(change.statement, change.before).label}. Status now: {now.label}."
    meaning = f" {now.meaning}" if now.meaning else ""
    return f"{change.statement.claim}\n\n{how}{meaning}\n\nWhy: {change.revision.reason}"


class Item(Struct, frozen=True, kw_only=True):
    """One entry of a feed: an id that never changes, its title, its day (ISO), the address it links to, relative to the
    site, its text, its topics, further data for programs, and the organizations that it is about."""

    id: str
    title: str
    day: str
    address: str
    text: str
    topics: tuple[str, ...] = ()
    more: dict[str, str | int] = {}
    about: frozenset[str] = frozenset()


def of_change(archive: Archive, change: Change) -> Item:
    """Return an entry of a ledger as an entry of a feed."""
    more: dict[str, str | int] = {
        "fact": change.statement.id,
        "entry": change.number,
        "status": change.revision.status,
        "standing": archive.shown_status(change.statement, change.revision.status).id,
    }
    return Item(
        id=change.id,
        title=title(archive, change),
        day=change.revision.date,
        address=change.address,
        text=change_text(archive, change),
        topics=change.statement.topics,
        more=more | ({"before": change.before} if change.before else {}),
    )


def of_correction(archive: Archive, change: Change | Amended) -> Item:
    """Return a corrected mistake of the archive, or a withdrawn statement, as an entry of a feed."""
    if isinstance(change, Amended):
        return of_amended(archive, change)
    item = of_change(archive, change)
    mended = [corrected.line(archive, c) for c in change.revision.corrected]
    return replace(
        item,
        id=identifier(f"correction {change.statement.id} {change.number}"),
        title=f"Corrected: {verdict.title(archive, change.statement)}" if mended else item.title,
        text="\n\n".join([*mended, f"Why: {change.revision.reason}"]),
    )


def called(archive: Archive, one: Amended) -> str:
    """Return the title of a record that is no fact; that of the fact it has moved to where an id moved."""
    record = one.record
    if isinstance(record, Redirect):
        return verdict.title(archive, archive.statements[record.moved_to])
    return str(getattr(record, one.of.title))


def of_amended(archive: Archive, one: Amended) -> Item:
    """Return an entry of the ledger of a record other than a fact as an entry of a feed, with the kind of record."""
    record = one.record
    lines = [corrected.line(archive, c) for c in one.revision.corrected]
    kind = _CALLED.get(one.kind, one.kind.capitalize())
    return Item(
        id=one.id,
        title=f"{kind} {'corrected' if one.revision.corrected else one.what}: {called(archive, one)}",
        day=one.revision.date,
        address=one.address,
        text="\n\n".join([*lines, f"Why: {one.revision.reason}"]),
        more={one.of.ids: record.id, "entry": one.number},
        about=frozenset(_about(archive, one)),
    )


def _about(archive: Archive, one: Amended) -> Iterator[str]:
    """Yield the ids of the organizations that a record is about: itself, those that it names, and those of the facts
    that it names or that cite it."""
    if one.of.name == "organization":
        yield one.record.id
    facts = [*archive.by_source.get(one.record.id, ())] if one.of.name == "source" else []
    for way, named in one.of.names.items():
        for _, _, text in values_at([one.record], way):
            if named == "organization":
                yield text
            elif named == "fact" and text in archive.statements:
                facts.append(archive.statements[text])
    for statement in facts:
        yield from statement.organizations


def of_retraction(archive: Archive, source: Source) -> Item:
    """Return the retraction of a source as an entry of a feed, with the facts that cite it."""
    day, reason = (source.retracted.date, source.retracted.reason) if source.retracted else ("", "")
    cited = archive.by_source.get(source.id, [])
    lines = [f"Why: {reason}"]
    for statement in cited:
        waiting = " (not weighed again since)" if source in awaiting(archive, statement) else ""
        lines.append(f"{archive.status(statement).label}: {statement.claim}{waiting}")
    return Item(
        id=identifier(f"retraction {source.id} {day}"),
        title=f"Source retracted: {source.title}",
        day=day,
        address=f"sources/{source.id}.html",
        text="\n\n".join(lines),
        more={"source": source.id, "facts": len(cited)},
        about=frozenset(name for statement in cited for name in statement.organizations),
    )


def of_question(archive: Archive, question: Question) -> Item:
    """Return an answer as an entry of a feed: a new one each time it is weighed."""
    changed = changed_since(archive, question)
    lines = [" ".join(s.text for s in question.answer)] if question.answer else ["Not known yet."]
    lines += [question.unknown] if question.unknown else []
    named = (archive.statements[fact] for fact in question.facts if fact in archive.statements)
    lines += [f"{archive.status(statement).label}: {statement.claim}" for statement in named]
    if changed:
        lines.insert(0, "This answer is due for review: facts that it is based on have changed.")
    return Item(
        id=identifier(f"question {question.id} {question.weighed}"),
        title=question.question,
        day=question.weighed,
        address=f"questions/{question.id}.html",
        text="\n\n".join(lines),
        topics=question.topics,
        more={"question": question.id, "due": "yes" if changed else "no"},
    )
