"""The search index: Pagefind over a scratch folder of tiny pages at the addresses of the real ones.

A tiny page holds what people search for and filter by, about 500 bytes, so indexing takes a third of the time of
reading the site, and what only decorates a page is never found. Its words are folded (see fold.py), and the search
page folds what is typed, so that every spelling of a name finds the same. What is to be shown stands in its metadata;
Pagefind finds words there as well, so those that folding leaves as they are need not be said again.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path

from factbook import parallel
from factbook.model.archive import Archive
from factbook.model.records import SUBJECTS, Organization, Word, spellings
from factbook.pages.kinds import FOLDERS, Job, Pages
from factbook.search import fold
from factbook.search.settle import settle

_UNUSED = (
    "pagefind-worker.js",
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
    "pagefind-highlight.js",
    "pagefind-component-ui.js",
    "pagefind-component-ui.css",
)
ROOM = 1 << 20
"""Bytes that must be left on the disk when the index is made."""
WORDS = "pagefind/words.txt"
"""The words that occur, for the search page to find the one that was meant when nothing is found."""
_WORD = re.compile(r"[^\W_]+")
_SUBJECTS = {"person": "people", "country": "countries", "topic": "topics"}


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


def index(site: Path, pages: Pages, *others: Pages) -> None:
    """Write the index of every record into ``site/pagefind``. Raises SearchError."""
    program = binary()
    # Beside what it makes: moving it into place is then one rename, and a slow disk elsewhere costs nothing.
    with tempfile.TemporaryDirectory(dir=site, prefix=".search-") as scratch:
        folder = Path(scratch, "pages")
        jobs = [job for job in pages.jobs() if job[0] in _TINY and (job[0] not in _SUBJECTS or _used(pages, job))]
        for kind in _TINY:
            (folder / FOLDERS[kind]).mkdir(parents=True)

        def work(chunk: list[Job]) -> int:
            for kind, name in chunk:
                Path(folder, FOLDERS[kind], f"{name}.html").write_bytes(tiny(pages, kind, name, others).encode())
            return len(chunk)

        for _ in parallel.share(work, jobs):
            pass
        made = Path(scratch, "pagefind")
        command = [program, "--site", str(folder), "--output-path", str(made), "--quiet"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
            words = "\n".join(common(pages.archive))  # while Pagefind works
            said = running.communicate()[0]
        if shutil.disk_usage(scratch).free < ROOM:  # Pagefind ends well over an index that a full disk has cut
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(site / "pagefind"))
        if running.returncode:
            raise SearchError(f"Pagefind stopped: {said.strip()[-500:]}")
        for name in _UNUSED:
            (made / name).unlink(missing_ok=True)
        try:
            settle(made)
        except (ValueError, KeyError, OSError) as error:
            raise SearchError(f"Pagefind's index is not as expected: {error}") from None
        (made / Path(WORDS).name).write_text(words, "utf-8")
        made.rename(site / "pagefind")


def _used(pages: Pages, job: Job) -> bool:
    return job[1] in pages.archive.by_subject[_SUBJECTS[job[0]]]


def common(archive: Archive) -> list[str]:
    """Every word that the index has, in one spelling, those that occur most often first."""
    v = archive.vocabulary
    counts: Counter[str] = Counter()
    for text in chain(
        (
            text
            for f in archive.statements.values()
            for text in (f.claim, f.speaker, *(t.claim for t in f.translations))
        ),
        (text for o in archive.organizations.values() for text in (*_named(o), o.description)),
        (text for s in archive.sources.values() for text in (s.title, s.publisher, *s.authors)),
        (text for list_ in SUBJECTS for w in v[list_].values() for text in (*_called(archive, w), w.meaning)),
    ):
        counts.update(_WORD.findall(text.lower()))
    spelt: dict[str, str] = {}
    for word in sorted(counts, key=lambda w: (-counts[w], w)):
        for key in fold.words(word):
            spelt.setdefault(key, word)
    return list(spelt.values())


def tiny(pages: Pages, kind: str, name: str, others: Iterable[Pages] = ()) -> str:
    """The page that stands for a record in the index, with what it is called on the pages of other languages."""
    text = [*_TINY[kind](pages, pages.archive, name), *_titles(pages, kind, name, others)]
    return f'<!doctype html><html lang="{pages.language.claims}"><body data-pagefind-body>{"".join(text)}</body></html>'


def _filter(name: str, value: str) -> str:
    return f'<i data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></i>'


def _meta(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>'


def _words(title: str, *texts: str) -> str:
    """The folded words of some texts, each once, and without those that the title has as they are."""
    said = set(_WORD.findall(title.lower()))
    return " ".join(w for w in dict.fromkeys(chain.from_iterable(map(fold.words, (title, *texts)))) if w not in said)


def _titles(pages: Pages, kind: str, name: str, others: Iterable[Pages]) -> Iterator[str]:
    """The titles that a record has in other languages, and the line below them, where they are not the same."""
    title, line = _TITLES.get(kind), _LINES[kind]
    for other in others:
        if title and title(other.archive, name) != title(pages.archive, name):
            yield _meta(f"title-{other.language.code}", title(other.archive, name))
        if line(other, name) != line(pages, name):
            yield _meta(f"about-{other.language.code}", line(other, name))


_TITLES = {
    "fact": lambda archive, name: archive.statements[name].claim,
    "organization": lambda archive, name: archive.organizations[name].label,
    "person": lambda archive, name: archive.vocabulary["people"][name].label,
    "country": lambda archive, name: archive.vocabulary["countries"][name].label,
    "topic": lambda archive, name: archive.vocabulary["topics"][name].label,
}


def _fact_line(pages: Pages, name: str) -> str:
    date = pages.archive.statements[name].date
    return pages.language.words(date) if date else pages.language.text("date not recorded")


def _organization_line(pages: Pages, name: str) -> str:
    return pages.archive.vocabulary["organization_kinds"][pages.archive.organizations[name].kind].label


def _source_line(pages: Pages, name: str) -> str:
    s = pages.archive.sources[name]
    published = pages.language.words(s.published) if s.published else pages.language.text("no date stated")
    return f"{pages.archive.vocabulary['source_kinds'][s.kind].label}, {s.publisher}, {published}"


_LINES = {
    "fact": _fact_line,
    "organization": _organization_line,
    "source": _source_line,
    "person": lambda pages, name: pages.archive.vocabulary["people"][name].meaning,
    "country": lambda pages, name: pages.archive.vocabulary["countries"][name].meaning,
    "topic": lambda pages, name: pages.archive.vocabulary["topics"][name].meaning,
}
"""The line below the title of a result."""


def _fact(pages: Pages, archive: Archive, name: str) -> Iterator[str]:
    f = archive.statements[name]
    v = archive.vocabulary
    status, kind = archive.status(f), v["fact_kinds"][f.kind]
    yield _meta("title", f.claim)
    yield _meta("status", status.id) + _meta("date", _fact_line(pages, name))
    yield _filter("type", "Facts") + _filter("status", status.label) + _filter("kind", kind.label)
    yield _filter("year", f.when.year if f.when else "undated")
    concerned = [archive.organizations[o] for o in f.organizations]
    yield "".join(_filter("organization", o.label) for o in concerned)
    yield _words(
        f.claim,
        *(text for o in concerned for text in (o.label, pages.short(o.id), *(n.text for n in o.acronyms))),
        *(v["topics"][t].label for t in f.topics),
        *(text for p in f.people for text in _called(archive, v["people"][p])),
        *(text for c in f.countries for text in _called(archive, v["countries"][c])),
        f.speaker,
        *(t.claim for t in f.translations),
    )


def _organization(pages: Pages, archive: Archive, name: str) -> Iterator[str]:
    o = archive.organizations[name]
    kind = archive.vocabulary["organization_kinds"][o.kind]
    yield _meta("title", o.label) + _meta("about", kind.label) + _meta_names("names", (n.text for n in o.names))
    yield _meta_names("acronyms", (n.text for n in o.acronyms))
    yield _filter("type", "Organizations") + _filter("kind", kind.label) + _filter("organization", o.label)
    yield _words(o.label, *_named(o), o.description)


def _meta_names(name: str, texts: Iterable[str]) -> str:
    """Names that weigh more than other words; the search page gives them their weights."""
    return _meta(name, " ".join(dict.fromkeys(" ".join(fold.words(text)) for text in texts)))


def _source(pages: Pages, archive: Archive, name: str) -> Iterator[str]:
    s = archive.sources[name]
    kind = archive.vocabulary["source_kinds"][s.kind]
    yield _meta("title", s.title)
    yield _filter("type", "Sources") + _filter("kind", kind.label)
    yield _meta("about", _source_line(pages, name))
    yield _words(s.title, s.publisher, *s.authors)


def _subject(label: str, list_: str):
    """The tiny page of a word of a list that has facts; ``label`` is its kind as the filter names it."""

    def text(_: Pages, archive: Archive, name: str) -> Iterator[str]:
        word = archive.vocabulary[list_][name]
        called = _called(archive, word)
        yield _meta("title", word.label) + _meta("about", word.meaning) + _meta_names("names", called)
        yield _filter("type", label) + _words(*called, word.meaning)

    return text


def _named(organization: Organization) -> list[str]:
    return [n.text for n in (*organization.names, *organization.acronyms)]


def _called(archive: Archive, word: Word) -> list[str]:
    return [word.label, *(name for _, name in spellings(archive.vocabulary, word))]


_TINY = {
    "fact": _fact,
    "organization": _organization,
    "source": _source,
    "person": _subject("People", "people"),
    "country": _subject("Countries", "countries"),
    "topic": _subject("Topics", "topics"),
}
"""What the tiny page of each kind holds."""
