"""The search index: Pagefind over a scratch folder of tiny pages at the addresses of the real ones.

A tiny page holds what people search for and filter by, about 500 bytes, so indexing takes a third of the time of
reading the site, and what only decorates a page is never found.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from html import escape
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from factbook import parallel
from factbook.archive import Archive
from factbook.pages import Job, Pages
from factbook.settle import settle

_UNUSED = (
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
    "pagefind-highlight.js",
    "pagefind-component-ui.js",
    "pagefind-component-ui.css",
)


class SearchError(Exception):
    """The index could not be made; the text says why."""


def binary() -> str:
    """The path of the Pagefind program inside its wheel, or the one on the PATH. Raises SearchError."""
    try:
        for file in distribution("pagefind_bin").files or ():
            path = Path(file.locate())
            if (
                path.name.removesuffix(".exe") in ("pagefind", "pagefind_extended")
                and path.is_file()
                and path.suffix != ".py"
            ):
                return str(path)
    except PackageNotFoundError:
        pass
    if found := shutil.which("pagefind"):
        return found
    raise SearchError("Pagefind is not installed: pip install pagefind-bin")


def index(site: Path, pages: Pages) -> None:
    """Write the index of every record into ``site/pagefind``. Raises SearchError."""
    program = binary()
    # Beside what it makes: moving it into place is then one rename, and a slow disk elsewhere costs nothing.
    with tempfile.TemporaryDirectory(dir=site, prefix=".search-") as scratch:
        folder = Path(scratch, "pages")
        for name in ("facts", "organizations", "sources"):
            (folder / name).mkdir(parents=True)
        jobs = [job for job in pages.jobs() if job[0] in ("fact", "organization", "source")]

        def work(chunk: list[Job]) -> int:
            for kind, name in chunk:
                Path(folder, f"{kind}s", f"{name}.html").write_bytes(tiny(pages, kind, name).encode())
            return len(chunk)

        for _ in parallel.spread(work, jobs):
            pass
        made = Path(scratch, "pagefind")
        command = [program, "--site", str(folder), "--output-path", str(made), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SearchError(f"Pagefind stopped: {(done.stderr or done.stdout).strip()[-500:]}")
        for name in _UNUSED:
            (made / name).unlink(missing_ok=True)
        try:
            settle(made)
        except (ValueError, KeyError, OSError) as error:
            raise SearchError(f"Pagefind's index is not as expected: {error}") from None
        made.rename(site / "pagefind")


def tiny(pages: Pages, kind: str, name: str) -> str:
    """The page that stands for a record in the index."""
    text = {"fact": _fact, "organization": _organization, "source": _source}[kind](pages, pages.archive, name)
    return f'<!doctype html><html lang="en"><body data-pagefind-body>{"".join(text)}</body></html>'


def _filter(name: str, value: str) -> str:
    return f'<i data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></i>'


def _meta(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>'


def _fact(pages: Pages, archive: Archive, name: str) -> Iterator[str]:
    f = archive.statements[name]
    status, kind = archive.status(f), archive.vocabulary["fact_kinds"][f.kind]
    yield f"<h1>{escape(f.claim)}</h1>"
    yield _filter("type", "Facts") + _filter("status", status.label) + _filter("kind", kind.label)
    yield _filter("year", f.when.year if f.when else "undated")
    yield _meta("status", status.id) + _meta("date", pages.language.words(f.date) if f.date else "date not recorded")
    for o in f.organizations:
        yield _filter("organization", archive.organizations[o].label)
        names = dict.fromkeys((archive.organizations[o].label, pages.short(o)))
        yield f"<p>{escape(' '.join(names))}</p>"
    for t in f.topics:
        yield f"<p>{escape(archive.vocabulary['topics'][t].label)}</p>"
    if f.speaker:
        yield f"<p>{escape(f.speaker)}</p>"


def _organization(pages: Pages, archive: Archive, name: str) -> Iterator[str]:
    o = archive.organizations[name]
    kind = archive.vocabulary["organization_kinds"][o.kind]
    yield f"<h1>{escape(o.label)}</h1>"
    for kind_of_name, names in (("names", o.names), ("acronyms", o.acronyms)):
        yield "".join(f"<p>{escape(n.text)}</p>" for n in names) + _meta(
            kind_of_name, " · ".join(n.text for n in names)
        )
    yield _filter("type", "Organizations") + _filter("kind", kind.label) + _filter("organization", o.label)
    yield _meta("about", kind.label) + f"<p>{escape(o.description)}</p>"


def _source(pages: Pages, archive: Archive, name: str) -> Iterator[str]:
    s = archive.sources[name]
    kind = archive.vocabulary["source_kinds"][s.kind]
    yield f"<h1>{escape(s.title)}</h1><p>{escape(s.publisher)} {escape(' '.join(s.authors))}</p>"
    yield _filter("type", "Sources") + _filter("kind", kind.label)
    yield _meta(
        "about",
        f"{kind.label}, {s.publisher}, {pages.language.words(s.published) if s.published else 'no date stated'}",
    )
