"""Rules for the files themselves: their names, what they are, and what lies beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from factbook import ids, program
from factbook.model.archive import Archive
from factbook.model.kinds import FILED, KINDS
from factbook.model.records import UNKNOWN
from factbook.rules.dates import parsed
from factbook.rules.problem import Finding, Pointer, of_file
from factbook.rules.register import rule
from factbook.text import show

UNDATED = "undated"
"""The folder of facts without a date."""
_YAML = re.compile(r"(.+?)\.ya?ml(?:\.txt)?", re.IGNORECASE)
"""Names that an editor or a desktop makes of the name of a record."""


_LEFT = [
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r".*\.rej", "a part of a patch that did not fit"),
        (
            r".*\.(?:orig|mine|theirs|r\d+)|.*[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+\.(?:ya?ml|md)",
            "a copy that a merge left",
        ),
        (
            r".*(?: \(\d+\)| \(copy(?: \d+)?\)| - copy(?: \(\d+\))?| copy(?: \d+)?)\.(?:ya?ml|md)",
            "a copy that a file manager made",
        ),
        (r".*(?:conflicted copy|\.sync-conflict-).*", "a copy that a program for shared folders made of a conflict"),
    )
]
"""Names of what programs leave beside records and pages and somebody may still need, and what it is."""
_ODD = re.compile(r"[~ .()_]")
"""No name of a record holds one of these before its ending, and each of ``_LEFT`` does."""


def left_behind(name: str) -> str | None:
    """Return what a file of this name is, where a program left it and somebody may still need it; None for any
    other name."""
    if not _ODD.search(name.removesuffix(".yaml")):
        return None
    return next((what for pattern, what in _LEFT if pattern.fullmatch(name)), None)


@rule(scope="file", severity="warning")
def copy_left_behind(path: str) -> Iterator[Finding]:
    """No copy that a program made should lie beside a record or a page, nor what a patch could not do.

    Nothing of it is read or published, and it stops nothing. Somebody may have meant it, so it is not dropped without a
    word.
    """
    if what := left_behind(path.rpartition("/")[2]):
        hint = "Take over what is missing in the file itself, and delete this one; or give it a name of its own."
        yield of_file(path, f"this is passed over: it is {what}", hint=hint)


@rule(scope="file")
def vocabulary_incomplete(pointer: Pointer, message: str) -> Iterator[Finding]:
    """The vocabulary must have all its lists, what each word of them needs, and one default status.

    Every word is kebab-case and has a label, a relation its inverse; a rank is a number, and the evidence of a status a
    test there is.
    """
    yield Finding(path="vocabulary.yaml", pointer=pointer, message=message)


@rule(scope="file")
def unreadable(path: str, reason: str, what: str = "file", hint: str = "") -> Iterator[Finding]:
    """A file in facts/ must be readable."""
    yield of_file(path, f"the {what} cannot be read: {reason}", hint=hint)


@rule(scope="file")
def symbolic_link(path: str) -> Iterator[Finding]:
    """Nothing in facts/ may be a symbolic link.

    A link can lead out of facts/, and what it leads to is not reviewed with it.
    """
    yield of_file(path, "this is a link", hint="Put a copy of the file here, or remove the link.")


@rule(scope="file")
def stray_file(path: str) -> Iterator[Finding]:
    """facts/ must hold nothing but records, each a file that ends in .yaml.

    What programs hide or nobody needs is passed over.
    """
    match = _YAML.fullmatch(path.rpartition("/")[2])
    *folders, last = (f"{kind.folder}/" for kind in FILED.values())
    yield of_file(
        path,
        "this is not a record",
        allowed=f"files named <id>.yaml in {', '.join(folders)} and {last}",
        hint=f"Rename it to {show(match[1])}.yaml." if match else "Move it out of facts/.",
    )


@rule(scope="file")
def name_not_kebab_case(path: str) -> Iterator[Finding]:
    """A file name must be kebab-case ASCII followed by .yaml: it is the id of the record.

    The folders it lies in are named in the same way, because its address in the editor holds them. Not to be had are
    index, which is the page of a list, and what Windows takes for a device, such as con and nul.
    """
    name = path.rpartition("/")[2].removesuffix(".yaml")
    wrong = next((n for n in (*path.split("/")[1:-1], name) if not ids.usable(n)), None)
    if wrong is None:
        return
    offered = ids.kebab(wrong)
    hint = "Give it a name of a few plain words."
    if ids.usable(offered):
        hint = f"Rename the file to {offered}.yaml." if wrong is name else f"Rename the folder to {offered}."
    yield of_file(
        path,
        "the file name cannot be an id" if wrong is name else "a folder has a name that it cannot have",
        value=show(wrong),
        allowed=f"lower-case a-z and 0-9 in words joined by single hyphens, at most {ids.LONGEST}"
        + ("; this name is taken" if wrong in ids.TAKEN else ""),
        hint=hint,
    )


@rule(scope="file")
def record_of_another_kind(path: str, own: str, meant: str, target: str) -> Iterator[Finding]:
    """A record must lie in the folder of its kind.

    Where the fields of a file are those of another kind, it lies in the wrong folder; what else that folder would ask
    of it is not told.
    """
    hint = f"Move it to facts/{show(target, 5000)}"
    message = f"its fields are those of {KINDS[meant].article}, and it lies among the {KINDS[own].plural}"
    yield of_file(path, message, hint=hint)


@rule(scope="file")
def id_not_file_name(path: str, value: Mapping[str, object]) -> Iterator[Finding]:
    """An id that is written in a record must equal its file name without .yaml."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if "id" in value and value["id"] != name:
        yield Finding(
            path=path,
            pointer=("id",),
            message="the id differs from the file name",
            value=show(value["id"]),
            allowed=show(name),
            hint="Remove the line: the file name is the id.",
        )


@rule(scope="file")
def id_used_twice(path: str, name: str, first: str) -> Iterator[Finding]:
    """An id must be used by one record of its kind, whatever folder it lies in."""
    hint = f"See facts/{show(first, 5000)}; rename one of the two."
    yield of_file(path, "another record has this id", value=show(name), hint=hint)


@rule(scope="archive", severity="warning", waivable=True)
def folder_of_another_year(archive: Archive) -> Iterator[Finding]:
    """A fact should lie in the folder of the year in which it begins to hold; one without a date, in undated/.

    Whoever looks for it there must find it. A folder that is not named after a year holds what it likes.
    """
    for statement in archive.statements.values():
        if "date" in archive.faulty.get(statement.path, ()):
            continue
        target = home("fact", statement.path, statement.date)
        if target != statement.path:
            alone = "/" not in statement.path.removeprefix(f"{KINDS['fact'].folder}/")
            message = f"the file lies in {'no folder of a year' if alone else 'the folder of another year'}"
            if not statement.when and not alone:
                message = "the file lies in the folder of a year, and the fact has no date"
            hint = f"Move it to facts/{target} ({program.command('fix --apply')} facts/{statement.path} does)"
            yield of_file(statement.path, message, hint=hint)


def home(kind: str, path: str, date: object) -> str:
    """Return the path, under ``facts/``, at which a record of ``kind`` with that ``date`` should lie: the ``path`` that
    it has now, unless that is in another kind's folder or another year's.

    A folder that is not named after a year, and a date that cannot be read, leave a fact where it is.
    """
    folder, *between, name = path.split("/")
    if kind != "fact":
        return path if folder == KINDS[kind].folder else f"{KINDS[kind].folder}/{name}"
    when = parsed(date) if isinstance(date, str) else None
    now = between[0] if between and folder == KINDS[kind].folder else ""
    year = when.year if when else UNDATED
    if when is None and date not in (None, UNKNOWN):
        year = now or UNDATED
    if now == year or (now and now != UNDATED and not (len(now) == 4 and now.isdigit())):
        return path
    return f"{KINDS[kind].folder}/{year}/{name}"
