"""Rules for what a change may do to an older state: nothing is lost, and nothing is altered without a reason.

Each compares the archive with a ``Base``, which is the same archive as of a revision before the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from factbook.model.answers import AnswerTranslation
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS
from factbook.model.ledger_fields import fields_in_ledger, only_given, proves_nothing, says
from factbook.model.records import Record, Redirect, Relation, Statement
from factbook.rules.compare import apart, as_text, items, named, rewriting
from factbook.rules.problem import Finding, Problem, finding, of_file
from factbook.rules.register import rule
from factbook.rules.waivers import Waiver
from factbook.text import show


class Base(Struct, frozen=True, kw_only=True):
    """The archive as of the revision ``name``: its sound records, the problems of the others, and its waivers.

    ``rewritten`` is what git does not take as it is between the repository and the folder: path relative to ``facts/``,
    attribute and its value.
    """

    name: str
    archive: Archive
    problems: list[Problem]
    waivers: tuple[Waiver, ...]
    rewritten: tuple[tuple[str, str, str], ...] = ()


def in_both(archive: Archive, base: Archive) -> Iterator[tuple[Record, Record]]:
    """Yield every record that is sound in both states, as (then, now)."""
    for kind in KINDS.values():
        for before in base.of(kind).values():
            after = archive.of(kind).get(before.id)
            if after is None and kind.ids == "fact":
                after = archive.statements.get(before.id) or archive.redirects.get(before.id)
            elif after is None and (to := archive.moved_ids[kind.ids].get(before.id)):
                after = archive.of(kind).get(to) if to not in base.known[kind.ids] else None
            if after is not None:
                yield before, after


@rule(scope="history", waivable=True)
def id_gone(archive: Archive, base: Base) -> Iterator[Finding]:
    """An id must never disappear: a fact is withdrawn, or moves and leaves a redirect; the rest stays.

    Others have cited the address of its page. This holds for sources, organizations and searches too, cited or not:
    ledgers name sources for ever, and none has a status that could say it was a mistake. Where one has to go, a waiver
    says why.
    """
    fresh = {s.claim: s.id for s in archive.statements.values() if s.id not in base.archive.known["fact"]}
    for kind in KINDS.values():
        for record in base.archive.of(kind).values():
            if record.id in archive.known[kind.ids] or record.id in archive.moved_ids[kind.ids]:
                continue
            hint = f"Put facts/{record.path} back."
            if isinstance(record, Statement):
                moved = fresh.get(record.claim)
                means = f"leave moved_to: {moved} and its ledger there" if moved else "withdraw it if it was a mistake"
                hint = f"Put facts/{record.path} back, and {means}."
            yield finding(record, (), f"the {kind.ids} {record.id} is gone", hint=hint)


@rule(scope="history", waivable=True)
def ledger_rewritten(archive: Archive, base: Base) -> Iterator[Finding]:
    """An entry of a ledger must never be changed or removed; new ones go to the end.

    The ledger is what the archive has said and when. It stays with the id, also where the fact moves; and a new id that
    a fact moves to begins with the ledger of that fact.
    """
    every = [*in_both(archive, base.archive), (base.archive.words, archive.words), *_under_new_ids(archive, base)]
    for before, after in every:
        found = rewriting(before.history, after.history)
        if found is None:
            continue
        old = before.history[found.before]
        pointer, entry = ("history", found.after), f"entry {found.before + 1} of the ledger"
        hint = "Put it back as it was; what is so now goes into a new entry at the end."
        if found.what == "changed":
            new = after.history[found.after]
            field = next(f.name for f in fields(old) if getattr(old, f.name) != getattr(new, f.name, None))
            was, now = apart(_text(old, field), _text(new, field))
            yield finding(
                after,
                (*pointer, field),
                f"the {field} of {entry} was changed",
                value=now or "nothing",
                allowed=was or "nothing",
                hint=hint,
            )
        elif found.what == "removed":
            yield finding(after, ("history",), f"{entry} is gone", allowed=show(as_text(old)), hint=hint)
        else:
            value, hint = show(as_text(after.history[found.after])), "Move it to the end."
            yield finding(after, pointer, f"this stands before {entry}", value=value, hint=hint)


def _under_new_ids(archive: Archive, base: Base) -> Iterator[tuple[Record, Record]]:
    """Yield every fact that moved to an id which is new, with what is there; of those that were joined under one, the
    fact whose ledger goes on there, or the first."""
    joined: dict[str, list[Statement]] = {}
    for before, after in in_both(archive, base.archive):
        if isinstance(after, Redirect) and isinstance(before, Statement) and not after.differs:
            joined.setdefault(after.moved_to, []).append(before)
    for name, facts in joined.items():
        target = archive.statements.get(name)
        if target is not None and name not in base.archive.known["fact"]:
            yield next((fact for fact in facts if rewriting(fact.history, target.history) is None), facts[0]), target


def _text(entry: Struct, field: str) -> str:
    value = getattr(entry, field)
    return value if isinstance(value, str) else ", ".join(map(as_text, value))


WHY = "Add an entry at the end of history that says why."
FIRST = "Begin its ledger: add history, with an entry that has a date and a reason."


@rule(scope="history", waivable=True)
def change_without_entry(archive: Archive, base: Base) -> Iterator[Finding]:
    """A change of what a record says, in any field that readers or rules can see, must have a new ledger entry.

    Whoever relied on the record as it was must be able to read when it changed and why. That holds for facts, for
    records of every other kind, which have a ledger from their first change on, and for an id that moves. Without an
    entry the day a source was read, captured or seen changed, or an answer was weighed, may become a later one; and one
    more person, country or topic, a translation where there was none, a copy in a web archive whose address names the
    same page, a hash of the text, a name that is shown in the place of no other, other words for a question, or a cell
    where nothing stood may be added.
    """
    for before, after in in_both(archive, base.archive):
        if isinstance(after, Redirect) and isinstance(before, Statement):
            yield from _moved_silently(archive, base, before, after)
        elif type(before) is type(after) and len(after.history) <= len(before.history):
            yield from _changed_silently(archive, before, after, fields_in_ledger(type(after)))


def _moved_silently(archive: Archive, base: Base, before: Statement, after: Redirect) -> Iterator[Finding]:
    """Yield what has changed without an entry where a fact moved: the id itself, or the fact on its way to a new id."""
    if len(after.history) <= len(before.history):
        message = "the fact has moved, and no new ledger entry says why"
        yield finding(after, ("moved_to",), message, value=after.moved_to, hint=WHY)
    target = archive.statements.get(after.moved_to)
    if target is None or target.id in base.archive.known["fact"] or after.differs:
        return
    if rewriting(before.history, target.history) is None and len(target.history) == len(before.history):
        others = [field for field in fields_in_ledger(Statement) if field not in says()]
        yield from _changed_silently(archive, before, target, others)


def _changed_silently(archive: Archive, before: Record, after: Record, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each of the fields that is other than it was."""
    for field in names:
        was, now = _items(archive, before, field), _items(archive, after, field)
        given = only_given(type(after), field, was, now) and not proves_nothing(after, field)
        if was == now or given:
            continue
        one, other = _apart(was, now)
        yield finding(
            after,
            (named(field),),
            f"the field {named(field)} was changed, and no new ledger entry says why",
            value=other or "nothing",
            allowed=f"{one or 'nothing'} (as before), or a new ledger entry",
            hint=WHY if after.history else FIRST,
        )


def _items(archive: Archive, record: Record, field: str) -> tuple[Any, ...]:
    """Return the items of a field; a relation to a fact that has moved since is one to where it is now, and the day of
    a translation says nothing where it is that of the answer."""

    def now(item: Any) -> Any:
        if isinstance(item, AnswerTranslation) and item.weighed == getattr(record, "weighed", ""):
            return replace(item, weighed="")
        moved = archive.redirects.get(item.target) if isinstance(item, Relation) else None
        return replace(item, target=moved.moved_to) if moved else item

    return tuple(map(now, items(record, field)))


def _apart(was: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[str, str]:
    """Return the items that only one of the two has, as two texts; all of them where the two differ in order alone."""
    if len(was) == len(now) == 1:
        return apart(as_text(*was), as_text(*now))
    lost, new = [v for v in was if v not in now], [v for v in now if v not in was]
    one, other = (show("; ".join(map(as_text, v))) for v in ((lost, new) if lost or new else (was, now)))
    return one, other


@rule(scope="history", waivable=True)
def redirect_says_another(archive: Archive, base: Base) -> Iterator[Finding]:
    """A fact that moves must lead to a fact that says the same, or ``differs`` must say what is other there.

    Whoever follows an old address must not be given another claim for the one that was cited. What it rests on and how
    well it stands may be other: two records of one fact are joined.
    """
    for before, after in in_both(archive, base.archive):
        if not isinstance(after, Redirect) or not isinstance(before, Statement) or after.differs:
            continue
        target = archive.statements.get(after.moved_to)
        if target is None:
            continue
        for field in says():
            was, now = items(before, field), items(target, field)
            if was != now:
                one, other = _apart(was, now)
                message = f"the fact has moved to one that says something else: its {named(field)}"
                hint = "Lead to a fact that says the same, or say in differs what is other."
                yield finding(
                    after, ("moved_to",), message, value=other or "nothing", allowed=one or "nothing", hint=hint
                )
                break


@rule(scope="history", waivable=True)
def redirect_undone(archive: Archive, base: Base) -> Iterator[Finding]:
    """An id that has moved must keep leading where it led, or to where that has moved since.

    An id means one claim for ever. One that came to mean another would falsify everything that cites it.
    """
    for before, after in in_both(archive, base.archive):
        if not isinstance(before, Redirect) or not isinstance(after, Statement | Redirect):
            continue
        target = archive.redirects.get(before.moved_to)
        if isinstance(after, Statement):
            pointer, message, value = ("claim",), "this id has moved and is a fact again", after.claim
        elif after.moved_to == before.moved_to or (target and after.moved_to == target.moved_to):
            continue
        else:
            pointer, message, value = ("moved_to",), "this id leads elsewhere than before", after.moved_to
        hint = "A new fact needs a new id."
        allowed = f"moved_to: {target.moved_to if target else before.moved_to}"
        yield finding(after, pointer, message, value=show(value), allowed=allowed, hint=hint)


@rule(scope="history", severity="warning", waivable=True)
def history_not_compared(archive: Archive, base: Base) -> Iterator[Finding]:
    """The older state of a record should be readable, or nothing can say whether something of it was lost.

    What cannot be read was never published, so this does not stop its repair; but somebody has to look.
    """
    why = {p.path: p.message for p in reversed(base.problems)}
    for path, message in why.items():
        yield of_file(
            path.removeprefix("facts/"),
            f"what this file was before could not be read: {show(message, 300)}",
            hint="Compare the two by eye.",
        )


@rule(scope="history")
def rewritten_by_git(archive: Archive, base: Base) -> Iterator[Finding]:
    """No attribute of git may change a record between the repository and the folder in which it is read.

    With ``working-tree-encoding``, ``ident`` or ``filter`` in ``.gitattributes``, what is checked here is not what was
    committed, and what others fetch may be something else again.
    """
    first: dict[tuple[str, str], list[str]] = {}
    for path, attribute, value in base.rewritten:
        first.setdefault((attribute, value), []).append(path)
    for (attribute, value), paths in sorted(first.items()):
        more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
        yield of_file(
            min(paths),
            f"git changes this file{more} on the way from the repository",
            value=f"{attribute}: {show(value)}",
            hint=f"Take the attribute {attribute} away from it in .gitattributes.",
        )
