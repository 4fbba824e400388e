"""Reads an older state of an archive from its git repository.

Git is asked for a list of names and for raw contents; it checks nothing out. So no hook, filter, link or attribute of
the older state takes effect (``export-ignore``, which ``git archive`` obeys, would leave files out silently), and this
program alone decides where a file is written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factbook.check import run, waivers
from factbook.read.files import Unusable
from factbook.read.git import Unreadable, contents, git, lacking
from factbook.rules.history import Base
from factbook.rules.problem import Problem
from factbook.text import show

MOST_BYTES = 1024 * 1024
"""Bytes of a file of the older state at most; a larger one is not read. No sound one comes near."""
REWRITING = ("working-tree-encoding", "ident", "filter")
"""The attributes by which git changes the content of a file between the repository and the folder."""
MOST_DEPTH = 16
"""Levels of folders of the older state that are read."""


def read(root: Path, name: str) -> Base:
    """Return the archive at ``root`` as of the revision ``name``. Raises Unreadable."""
    with exported(root, name) as (folder, refused):
        for problem in refused:
            if problem.path.count("/") == 1:  # all records of a kind, or what they are read by
                raise Unreadable(f"{show(problem.path)} at {show(name)} cannot be read: {problem.message}")
        try:
            archive, problems = run.read(folder)
        except Unusable as unusable:
            said = "; ".join(f"{p.path}:{p.line}: {p.message}" for p in unusable.problems[:3])
            raise Unreadable(f"the archive at {show(name)} is not one this program can read: {said}") from None
        held, _ = waivers.read(folder, archive.vocabulary)
    sound = {f"facts/{r.path}" for r in archive.every()}
    problems = [p for p in problems if p.path not in sound]
    rewritten = tuple(_rewritten(root))
    return Base(name=name, archive=archive, problems=[*refused, *problems], waivers=held, rewritten=rewritten)


def _rewritten(root: Path) -> Iterator[tuple[str, str, str]]:
    """Yield every file of ``facts/`` that git does not hand over as it is: path, attribute, value."""
    paths = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "facts")
    if not paths:
        return
    told = git(root, "check-attr", "-z", "--stdin", *REWRITING, given=paths).split(b"\0")
    for raw, attribute, value in zip(told[::3], told[1::3], told[2::3], strict=False):
        if value not in (b"unspecified", b"unset"):
            yield os.fsdecode(raw).removeprefix("facts/"), attribute.decode(), value.decode("utf-8", "replace")


@contextmanager
def exported(root: Path, name: str) -> Iterator[tuple[Path, list[Problem]]]:
    """Provide a folder with ``facts/`` of the revision ``name`` until the block ends, and the problems of what was not
    written to it.

    Raises Unreadable.
    """
    tree = _tree(root, name)
    listing = git(root, "ls-tree", "-r", "-z", "-l", "--full-tree", tree).split(b"\0")[:-1]
    wanted: list[tuple[str, bytes]] = []
    refused: list[Problem] = []
    for entry in listing:
        about, _, raw = entry.partition(b"\t")
        mode, kind, blob, size = about.split()
        path = os.fsdecode(raw)
        if kind == b"blob" and not size.isdigit():  # git says BAD
            raise Unreadable(lacking(blob))
        if why := _refusal(path, mode, kind, size):
            refused.append(_refused(path, why))
        else:
            wanted.append((path, blob))
    with tempfile.TemporaryDirectory(prefix="factbook-") as made:
        facts = Path(made, "facts")
        facts.mkdir()
        for (path, _), data in zip(wanted, contents(root, [blob for _, blob in wanted]), strict=True):
            try:
                (facts / path).parent.mkdir(parents=True, exist_ok=True)
                with (facts / path).open("xb") as file:
                    file.write(data)
            except OSError as error:
                refused.append(_refused(path, f"it cannot be written: {error.strerror}"))
        yield Path(made), refused


def _refusal(path: str, mode: bytes, kind: bytes, size: bytes) -> str:
    """Return why an entry of the older state is not written, or an empty string. Only plain files inside ``facts/``
    are."""
    parts = path.split("/")
    if mode == b"120000":
        return "it is a link"
    if kind != b"blob":
        return "it is another repository"
    if not {"", ".", ".."}.isdisjoint(parts) or any(Path(part).name != part for part in parts):
        return "its name leads out of its folder"
    if len(parts) > MOST_DEPTH:
        return "it lies too deep"
    if int(size) > MOST_BYTES:
        return "it is too large"
    return ""


def _refused(path: str, why: str) -> Problem:
    return Problem(path=f"facts/{path}", line=1, column=1, rule="unreadable", message=why)


def _tree(root: Path, name: str) -> str:
    """Return the hash of the tree ``facts/`` at the revision ``name``. Raises Unreadable."""
    shallow = git(root, "rev-parse", "--is-shallow-repository") == b"true\n"
    try:
        commit = git(root, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except Unreadable:
        hint = "; this clone is shallow: fetch that revision, or clone with the whole history" if shallow else ""
        raise Unreadable(f"there is no revision {show(name) or '(an empty name)'} here{hint}") from None
    try:
        return git(root, "rev-parse", "--verify", f"{commit}:./facts").decode().strip()
    except Unreadable:
        raise Unreadable(f"the revision {show(name)} has no folder facts/ here") from None
