"""Citations of the archive and of what is in it: as text in several styles, in BibTeX and in CSL-JSON.

The styles are files of the Citation Style Language (CSL 1.0) in ``styles/``. The output of the library citeproc-py for
each, with placeholders for what varies between two facts, is stored in ``styles/patterns.json``: no style changes the
text of a title, and the day and the year are put in. So a build needs no library, and the result is what the library
would return for the fact itself; a test compares the two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from factbook.data.published import Entry, Publication
from factbook.model import fingerprint, verdict
from factbook.model.answers import Question, Series
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS

ENTRIES = (
    Entry("data/v1/archive.bib", "application/x-bibtex", "How to cite the archive (BibTeX); also archive.csl.json."),
    Entry("data/v1/facts/{id}.bib", "application/x-bibtex", "How to cite one fact (BibTeX); also {id}.csl.json."),
    Entry("data/v1/questions/{id}.bib", "application/x-bibtex", "How to cite an answer; also {id}.csl.json."),
    Entry("data/v1/tables/{id}.bib", "application/x-bibtex", "How to cite a series; also {id}.csl.json."),
    Entry("data/v1/organizations/{id}.bib", "application/x-bibtex", "How to cite its page; also {id}.csl.json."),
)
"""The files of this part, in the order in which they are documented."""


STYLES = {
    "APA": "apa",
    "Chicago": "chicago-author-date",
    "MLA": "modern-language-association",
    "GOST R 7.0.5": "gost-r-7-0-5-2008-numeric",
}
"""The file of each style, by its name for readers. Each style can write a day without a leading zero, or writes none.
"""
FOLDER = Path(__file__).with_name("styles")
"""The styles, and ``patterns.json``, which scripts/citation_styles.py computes from them."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BIBTEX = str.maketrans(
    {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
    | {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
    | {c: f"\\{c}" for c in "$&#%_"}
)
"""Escapes for BibTeX. It counts braces without regard to backslashes: one that has no partner would end a field."""


class Work(Struct, frozen=True, kw_only=True):
    """Something that is cited: ``key`` is its name for machines, ``day`` (ISO) its date, ``url`` is empty where there
    is none.

    ``container`` is empty for the archive itself, ``version`` is the content hash of a record. The release is given
    only in files that are made from the whole archive anyway: on the page of every fact it would change all pages with
    each change.
    """

    key: str
    title: str
    author: str
    container: str
    day: str
    url: str
    version: str
    release: str


def of_fact(archive: Archive, publication: Publication, name: str, release: str = "") -> Work:
    """Return a statement as it is now, dated by its last ledger entry.

    ``release`` is left out where the result must not change with every change of the archive, as on the pages.
    """
    statement, version = archive.statements[name], fingerprint.versions(archive)[name]
    return Work(
        key=name,
        title=verdict.title(archive, statement).removesuffix("."),
        author=publication.author or publication.name,
        container=publication.name,
        day=statement.history[-1].date,
        url=publication.base and f"{publication.base}facts/{name}.html#v={version}",
        version=version,
        release=release,
    )


def of_organization(archive: Archive, publication: Publication, name: str, release: str = "") -> Work:
    """Return the page of an organization, dated by the last ledger entry of a fact about it."""
    facts = archive.by_organization.get(name) or archive.newest_first
    return Work(
        key=f"organization-{name}",
        title=archive.organizations[name].label,
        author=publication.author or publication.name,
        container=publication.name,
        day=max((f.history[-1].date for f in facts), default=""),
        url=publication.base and f"{publication.base}organizations/{name}.html",
        version=fingerprint.fingerprint(archive.organizations[name]),
        release=release,
    )


def of_question(archive: Archive, publication: Publication, name: str, release: str = "") -> Work:
    """Return a question with its answer, dated by the day on which the answer was weighed."""
    question = archive.questions[name]
    return _of_record(publication, "question", question, question.question, question.weighed, release)


def of_series(archive: Archive, publication: Publication, name: str, release: str = "") -> Work:
    """Return a series, dated by the last ledger entry of a fact in it."""
    series = archive.series[name]
    facts = [archive.statements[cell.fact] for cell in series.cells if cell.fact]
    day = max((fact.history[-1].date for fact in facts), default="")
    return _of_record(publication, "series", series, series.title, day, release)


def _of_record(
    publication: Publication, kind: str, record: Question | Series, title: str, day: str, release: str
) -> Work:
    folder = KINDS[kind].page_folder
    return Work(
        key=f"{kind}-{record.id}",
        title=title,
        author=publication.author or publication.name,
        container=publication.name,
        day=day,
        url=publication.base and f"{publication.base}{folder}/{record.id}.html",
        version=fingerprint.fingerprint(record),
        release=release,
    )


def of_archive(archive: Archive, publication: Publication) -> Work:
    """Return the archive as a whole, dated by its last ledger entry."""
    return Work(
        key="archive",
        title=publication.name,
        author=publication.author or publication.name,
        container="",
        day=max((f.history[-1].date for f in archive.statements.values()), default=""),
        url=publication.base,
        version="",
        release=fingerprint.release(archive),
    )


def csl(work: Work) -> dict[str, Any]:
    """Return a work as an item of CSL-JSON 1.0."""
    item = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "container-title": work.container,
        "author": [{"literal": work.author}],
        "issued": {"date-parts": [[int(part) for part in work.day.split("-")]]} if work.day else None,
        "URL": work.url,
        "version": work.version or work.release,
        "note": work.release and f"Archive release {work.release}",
    }
    return {name: held for name, held in item.items() if held}


def bibtex(work: Work) -> str:
    """Return a work as an entry of BibTeX. Its key has the version, so that two versions can be cited side by side."""
    year, month, _ = work.day.split("-") if work.day else ("", "", "")
    said = [f"Version {work.version}" if work.version else "", work.release and f"archive release {work.release}"]
    fields = {
        "author": f"{{{{{_escaped(work.author)}}}}}",
        "title": f"{{{{{_escaped(work.title)}}}}}",
        "howpublished": work.container and f"{{{_escaped(work.container)}}}",
        "year": year and f"{{{year}}}",
        "month": month and _MONTHS[int(month) - 1],
        "note": f"{{{_escaped(', '.join(filter(None, [work.day, *said])))}}}",
        "url": work.url and f"{{{re.sub(r'[{}]', lambda brace: f'%{ord(brace[0]):X}', work.url)}}}",
    }
    lines = "".join(f"  {name} = {held},\n" for name, held in fields.items() if held)
    return f"@misc{{{work.key}-{work.version or work.release},\n{lines}}}\n"


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX)


def texts(work: Work) -> list[tuple[str, str]]:
    """Return a work cited in every style: (name of the style, text). The version follows, because no style has a place
    for it."""
    year, month, day = work.day.split("-") if work.day else ("", "", "")
    held = {
        "author": work.author,
        "container": work.container,
        "title": work.title,
        "url": work.url,
        "year": year,
        "day": day.lstrip("0"),
    }
    end = f" Version {work.version}." if work.version else work.release and f" Release {work.release}."
    made = []
    for name in STYLES:
        parts = _patterns()[pattern_key(name, month, bool(work.container), bool(work.url))]
        said = "".join([held[part] if i % 2 else part for i, part in enumerate(parts)])
        made.append((name, said.replace("?.", "?") + end))  # a question needs no full stop after it
    return made


class Shown(Struct, frozen=True, kw_only=True):
    """A work with its citation in every style, as templates/trust.html shows them."""

    work: Work
    texts: list[tuple[str, str]]


def with_citations(work: Work) -> Shown:
    """Return a work with its citation in every style."""
    return Shown(work=work, texts=texts(work))


@cache
def _patterns() -> dict[str, tuple[str, ...]]:
    return {key: tuple(parts) for key, parts in json.loads((FOLDER / "patterns.json").read_text("utf-8")).items()}


def pattern_key(style: str, month: str, container: bool, url: bool) -> str:
    """Return the key of a pattern in ``patterns.json``: the style, the month (``01``, or empty), and which parts the
    work has."""
    return " ".join(
        [STYLES[style], month or "undated", *(["container"] if container else []), *(["url"] if url else [])]
    )


def files(archive: Archive, publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield ``.bib`` and ``.csl.json`` for the archive, and beside the JSON of each record whose page can be cited."""
    of: dict[str, tuple[Iterable[str], Callable[[Archive, Publication, str, str], Work]]] = {
        "facts": (archive.statements, of_fact),
        "organizations": (archive.organizations, of_organization),
        "questions": (archive.questions, of_question),
        "tables": (archive.series, of_series),
    }
    whole = of_archive(archive, publication)
    works = (
        (f"{folder}/{name}", make(archive, publication, name, whole.release))
        for folder, (names, make) in of.items()
        for name in names
    )
    for path, work in chain([("archive", whole)], works):
        yield f"{fingerprint.FOLDER}/{path}.bib", bibtex(work).encode()
        yield (
            f"{fingerprint.FOLDER}/{path}.csl.json",
            (json.dumps([csl(work)], ensure_ascii=False, indent=1) + "\n").encode(),
        )
