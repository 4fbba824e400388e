"""Rules for pinned sources: from a day that the settings name, what says more than *reported* rests on one."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.model.archive import Archive
from factbook.model.pins import share, unpinned
from factbook.rules.problem import Finding, Pointer, finding
from factbook.rules.register import rule

SETTINGS = "mkdocs.yml"


@rule(scope="site", severity="warning")
def pins_missing(archive: Archive, day: str, pointer: Pointer) -> Iterator[Finding]:
    """Before the day that the settings name as ``pinned``, every fact should rest on what that day will ask of it.

    The facts that do not are counted in one line: hundreds of warnings would hide the one that a change brings. Without
    a day in the settings nothing is promised, and nothing is said.
    """
    found, whole = len(unpinned(archive)), share(archive).wanting
    if found:
        message = f"{found} of {whole} facts that say more than one source's word rest on no pinned source"
        hint = f"factbook capture pins sources; from {day} on each of these facts is an error."
        yield Finding(path=SETTINGS, pointer=pointer, message=message, value=day, hint=hint)


@rule(scope="site", waivable=True)
def status_not_pinned(archive: Archive) -> Iterator[Finding]:
    """From the day that the settings name as ``pinned``, a status above *reported* must have a pinned source.

    Pinned is a source with a hash of the text that was read, or with the address of a copy in a web archive that names
    the same page; a short address, or a copy anywhere else, shows nothing. A page that changes or
    goes takes away what an unpinned fact rests on, and nobody can tell any more what it said.
    """
    for statement in unpinned(archive):
        hint = "Run factbook capture with the id of a source, or give one archive_url or sha256."
        message = "no source that supports it is pinned, which its status needs"
        yield finding(statement, ("status",), message, value=statement.status, hint=hint)
