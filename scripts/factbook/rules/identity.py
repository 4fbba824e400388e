"""The rule that a record stays the record of one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factbook.model.archive import Archive
from factbook.model.entries import Amendment
from factbook.model.records import Redirect, Revision
from factbook.model.same_thing import became_another
from factbook.rules.compare import apart, as_text, items, named
from factbook.rules.history import Base, in_both
from factbook.rules.problem import Finding, finding
from factbook.rules.register import rule


@rule(scope="history", waivable=True)
def became_another_thing(archive: Archive, base: Base) -> Iterator[Finding]:
    """A record must stay the record of the same document, body or claim, or its new ledger entry must say in
    ``corrected`` what stood in each field that made it that one, and what stands there now.

    Whoever cited the id must not be given another document, body or claim for it because the ledger says that
    something was tidied up. A source stays the same while it keeps its address, or its title, publisher and day; an
    organization while it keeps a name or an acronym; a claim, a question or a title while two thirds of its words and
    all its numbers stay. What is another thing from the beginning needs a record of its own.
    """
    for before, after in in_both(archive, base.archive):
        entries: Sequence[Revision | Amendment] = after.history[len(before.history) :]
        if type(before) is not type(after) or isinstance(after, Redirect) or before.id != after.id or not entries:
            continue  # that a change has no entry at all is told by another rule
        corrected = {correction.field for entry in entries for correction in entry.corrected}
        for field in became_another(archive, before, after):
            if named(field) not in corrected:
                then, now = ("; ".join(map(as_text, items(record, field))) or "none" for record in (before, after))
                was, value = apart(then, now)
                yield finding(
                    after,
                    (named(field),),
                    f"the record is of another thing than before: its {named(field)}",
                    value=value,
                    allowed=f"{was} (as before)",
                    hint=f"Make a new record for another one; where the field was wrong, say in corrected of the new "
                    f"entry: field: {named(field)}, before, after.",
                )
