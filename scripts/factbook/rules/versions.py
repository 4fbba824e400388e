"""What each version of the engine changed for archives that are there already, and rules for an archive that was made
for another version."""

from __future__ import annotations

from collections.abc import Iterator

from factbook import __version__, program
from factbook.rules.problem import Finding, Pointer
from factbook.rules.register import rule
from factbook.text import show

SETTINGS = "mkdocs.yml"
CHANGES: dict[str, tuple[str, ...]] = {
    "1.0.0": (
        "the engine is a package and a plugin of MkDocs: an archive holds no scripts, schemas and theme of its own",
        "the option engine of the plugin says for which engine an archive was made last",
        "contact is an option of the plugin, and the check holds every option to what it may be",
    ),
}
"""What a founder has to know of each version, the newest last; the whole story is CHANGELOG.md. A version that brings
another form of records is among them."""


def number(version: str) -> tuple[int, ...]:
    """Return a version such as 1.2.0 as numbers; one that is empty is older than any."""
    return tuple(int(part) for part in version.split(".")) if version else ()


def since(engine: str) -> Iterator[tuple[str, str]]:
    """Yield each version after ``engine``, with each change of it."""
    for version, changes in CHANGES.items():
        if number(version) > number(engine):
            yield from ((version, change) for change in changes)


@rule(scope="site")
def engine_too_old(engine: str, pointer: Pointer) -> Iterator[Finding]:
    """The engine that is installed must not be older than the one that the archive was made for.

    An older one knows neither the newer form of records nor the rules that they were held to, and would call right what
    is wrong, or wrong what is right.
    """
    if number(engine) > number(__version__):
        message = "the archive was made for a newer engine than the one that is installed"
        hint = "Install that one: pip install --upgrade -r requirements.txt, or as README.md says."
        yield Finding(path=SETTINGS, pointer=pointer, message=message, value=show(engine), hint=hint)


@rule(scope="site", severity="warning")
def archive_not_upgraded(engine: str, pointer: Pointer) -> Iterator[Finding]:
    """An archive should be brought up to the engine that is installed where that one changed something for archives.

    What it changed is shown by ``factbook upgrade``, and made where it can be. An archive that names no engine is not
    asked.
    """
    if any(since(engine)):
        message = "the engine that is installed is newer, and changed something for archives"
        hint = f"{program.command('upgrade')} shows what, and {program.command('upgrade --apply')} makes it."
        yield Finding(path=SETTINGS, pointer=pointer, message=message, value=show(engine), hint=hint)
