"""Rules for the files themselves: their names, what they are, and what lies beside them."""

from __future__ import annotations

from factbook.model.kinds import FILED
from factbook.rules.problem import Problem, rule, show


@rule()
def vocabulary_incomplete(path: str, pointer: tuple, message: str) -> list[Problem]:
    """The vocabulary must have all its lists, what each word of them needs, and one default status.

    Every word is kebab-case and has a label, a relation its inverse; a rank is a number, and the evidence of a status a
    test there is.
    """
    return [Problem(path=path, pointer=pointer, rule="vocabulary-incomplete", message=message)]


@rule()
def unreadable(path: str, error: OSError) -> Problem:
    """A file in facts/ must be readable."""
    return Problem(path=path, line=1, column=1, rule="unreadable", message=f"the file cannot be read: {error.strerror}")


@rule()
def symbolic_link(path: str) -> list[Problem]:
    """Nothing in facts/ may be a symbolic link.

    A link can lead out of facts/, and what it leads to is not reviewed with it.
    """
    hint = "Put a copy of the file here, or remove the link."
    return [Problem(path=f"facts/{path}", line=1, column=1, rule="symbolic-link", message="this is a link", hint=hint)]


@rule()
def stray_file(path: str) -> list[Problem]:
    """facts/ must hold nothing but records, each a file that ends in .yaml."""
    name = path.rpartition("/")[2]
    *folders, last = (f"{kind.folder}/" for kind in FILED.values())
    hint = f"Rename it to {show(name[:-4])}.yaml." if name.endswith(".yml") else "Move it out of facts/."
    return [
        Problem(
            path=f"facts/{path}",
            line=1,
            column=1,
            rule="stray-file",
            message="this is not a record",
            allowed=f"files named <id>.yaml in {', '.join(folders)} and {last}",
            hint=hint,
        )
    ]


TAKEN = {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that no record can have: the page of a list, and what Windows takes for a device whatever its extension."""


def usable_name(name: str) -> bool:
    """Whether a name can be an id: part of a file name and of an address on every machine."""
    words = name.split("-")
    kebab = all(w.isascii() and w.isalnum() and w == w.lower() for w in words)
    return kebab and len(name) <= 100 and name not in TAKEN


@rule()
def name_not_kebab_case(path: str) -> list[Problem]:
    """A file name must be kebab-case ASCII followed by .yaml: it is the id of the record.

    The folders it lies in are named in the same way, because its address in the editor holds them. Not to be had are
    index, which is the page of a list, and what Windows takes for a device, such as con and nul.
    """
    name = path.rpartition("/")[2].removesuffix(".yaml")
    wrong = next((n for n in (*path.split("/")[1:-1], name) if not usable_name(n)), None)
    if wrong is None:
        return []
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in wrong.lower()).split()
    offered = "-".join(words)[:100].strip("-")
    hint = "Give it a name of a few plain words."
    if usable_name(offered):
        hint = f"Rename the file to {offered}.yaml." if wrong is name else f"Rename the folder to {offered}."
    return [
        Problem(
            path=path,
            line=1,
            column=1,
            rule="name-not-kebab-case",
            message="the file name cannot be an id" if wrong is name else "a folder has a name that it cannot have",
            value=show(wrong),
            allowed="lower-case a-z and 0-9 in words joined by single hyphens, at most 100"
            + ("; this name is taken" if wrong in TAKEN else ""),
            hint=hint,
        )
    ]


@rule()
def id_not_file_name(path: str, value: dict) -> list[Problem]:
    """An id that is written in a record must equal its file name without .yaml."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if "id" not in value or value["id"] == name:
        return []
    return [
        Problem(
            path=path,
            pointer=("id",),
            rule="id-not-file-name",
            message="the id differs from the file name",
            value=show(value["id"]),
            allowed=show(name),
            hint="Remove the line: the file name is the id.",
        )
    ]


@rule()
def id_used_twice(path: str, name: str, first: str) -> list[Problem]:
    """An id must be used by one record of its kind, whatever folder it lies in."""
    return [
        Problem(
            path=f"facts/{path}",
            line=1,
            column=1,
            rule="id-used-twice",
            message="another record has this id",
            value=show(name),
            hint=f"See facts/{show(first, 5000)}; rename one of the two.",
        )
    ]
