"""Every version of every fact, each at an address that never changes: ``data/v1/versions/<id>/<hash>.json``.

The present version is written, and those before it where the clone has the history of its repository. A version before
the present one has a page of its own beside it, for readers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace

from msgspec.json import encode

from factbook.data.published import Entry, Publication
from factbook.model import fingerprint, verdict
from factbook.model.archive import Archive
from factbook.model.current_ids import with_current_ids
from factbook.model.kinds import KINDS
from factbook.model.records import Statement, Version
from factbook.render.environment import environment
from factbook.render.language import Language

ENTRIES = (
    Entry("data/v1/versions/index.json", "application/json", "Which facts have earlier versions here."),
    Entry("data/v1/versions/{id}/{version}.json", "application/json", "One version of one fact, for ever."),
)
"""The files of this part, in the order in which they are documented."""


FOLDER = f"{fingerprint.FOLDER}/versions"


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) for every version, for the pages of earlier ones, and for the list of facts that have any."""
    known = fingerprint.versions(archive)
    for name, statement in archive.statements.items():
        yield f"{FOLDER}/{name}/{known[name]}.json", _json(known[name], statement)
    earlier = archive.earlier or {}
    if earlier:
        page = _template(archive, publication)
        for name, every in earlier.items():
            for version in every:
                yield f"{FOLDER}/{name}/{version.name}.json", _json(version.name, version.statement)
                yield f"{FOLDER}/{name}/{version.name}.html", page(archive, version).encode()
    yield f"{FOLDER}/index.json", _index(archive, known)


def _json(name: str, statement: Statement) -> bytes:
    """Return a version: its content hash and its record. Nothing in it changes when another version follows."""
    return encode({"version": name, "record": fingerprint.value(statement)}) + b"\n"


def _index(archive: Archive, known: Mapping[str, str]) -> bytes:
    """Return the list of facts with earlier versions here, and whether the history was there to be read."""
    facts = {
        name: {
            "present": known.get(name),
            "earlier": [{"version": v.name, "since": v.date, "path": f"{name}/{v.name}.json"} for v in every],
        }
        for name, every in (archive.earlier or {}).items()
    }
    said = (
        "Earlier versions are those the branch had when this was built."
        if archive.earlier is not None
        else "This was built without the history of the repository, so only present versions are here."
    )
    value = {
        "release": fingerprint.release(archive),
        "history": archive.earlier is not None,
        "note": said,
        "facts": facts,
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _template(archive: Archive, publication: Publication) -> Callable[[Archive, Version], str]:
    """Return a function that renders the page of an earlier version.

    It has a header and a footer of its own, of links and a search box that needs no script: there are thousands of
    these pages, and the theme's frame would be most of their bytes. It follows the system's colours and has no switch:
    the theme's buttons, its script and the script's hash would be 2 kB a page.
    """
    language = publication.language or Language()
    env = environment(language)
    around = (
        ("index.html", language.text("Home")),
        ("search.html", language.text("Search")),
        ("organizations/index.html", language.text("Organizations")),
        ("timeline/index.html", language.text("Timeline")),
        ("contested.html", language.text("Contested")),
        ("changes.html", language.text("Changes")),
    )
    env.globals.update(
        words=language.words,
        lead=verdict.lead,
        kinds=SimpleNamespace(**archive.vocabulary),
        up="../" * (FOLDER.count("/") + 2),
        site=publication,
        around=around,
    )
    template = env.get_template("version.html")

    def render(archive: Archive, version: Version) -> str:
        f = with_current_ids(version.statement, KINDS["fact"], archive.moved_ids)
        word = archive.status(f)
        today = archive.status(archive.statements.get(f.id, f))
        present = archive.statements.get(f.id)
        moved = archive.redirects.get(f.id)
        sources = [
            (stance, [(r, archive.sources.get(r.source)) for r in f.references if r.stance == stance.id])
            for stance in archive.vocabulary["stances"].values()
        ]
        return template.render(
            f=f,
            version=version,
            word=word,
            before=verdict.lead(today) or verdict.lead(word),
            title=verdict.titled(today if verdict.lead(today) else word, f.claim),
            archive=archive,
            present=present,
            moved=moved,
            about=[(o, archive.organizations.get(o)) for o in f.organizations],
            stances=[pair for pair in sources if pair[1]],
        )

    return render
