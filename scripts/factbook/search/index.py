"""The index of a site, in pieces that a browser fetches as it needs them, from a server or from a folder.

Every file is a script that hands its data to ``assets/search.js``, because a page opened from a folder may load a
script beside it and nothing else. In ``search/``, for all languages together: ``index.js`` says how many documents
there are and which keys each shard begins with; ``t<n>.js`` is a shard, some keys with their postings; ``w<n>.js`` has
the words whose folded form has ``n`` letters, to find what was meant by a word that occurs nowhere; ``filters.js`` has
what results can be narrowed by. In ``search/`` below each language's own folder: ``edition.js`` has the texts of the
interface, and ``r<n>.js`` the lines of BLOCK documents. The types ``SearchEntry``, ``SearchEdition`` and ``SearchRow``
in ``scripts/globals.d.ts`` say what is where.

A posting is a number, ``(distance to the document before) * 16 + weight``, written as in ``numbers``. So are lists of
documents, without the weight. A line of a shard is a key, its postings, and how its words are written where that is not
the key itself (see ``Words.forms``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from factbook.pages.kinds import Pages
from factbook.search import fold, keys
from factbook.search.documents import KINDS, PAGES, PAGES_FACTOR
from factbook.search.edition import edition
from factbook.search.fields import CLAIM, HEADING, LONG, NAME, TEXT, WHOLE, Field, Row
from factbook.search.numbers import distances, number
from factbook.search.words import Words, alike
from factbook.search.written_pages import Part

FOLDER = "search"
BLOCK = 8
"""Documents whose rows are in one file."""
SHARD = 12_000
"""Letters of a shard at most, unless one key alone has more."""


class Document(Struct, frozen=True):
    """One document: its keys with their weights, its rows by language (None where it has none), its filters, and
    whether it ranks below others with the same score."""

    terms: dict[str, int]
    rows: dict[str, Row | None]
    filters: tuple[tuple[str, str], ...]
    weak: bool


class Rank(Struct, frozen=True):
    """A kind of document as the index stores it: its label, the factor of its score, and whether it is searched by its
    name."""

    label: str
    factor: float
    named: bool


def documents(
    editions: Sequence[Pages], written: Mapping[str, Sequence[Part]], words: Words
) -> Iterator[tuple[Rank, list[Document]]]:
    """Yield the documents by kind: records first, then the pages written in each language."""
    first = editions[0]
    for kind in KINDS:
        yield (
            Rank(kind.label, kind.factor, kind.named),
            [
                Document(
                    words.terms(kind.fields(editions, name)),
                    {p.language.code: kind.row(p, name) for p in editions},
                    tuple(kind.filters(first.archive, name)),
                    kind.weak(first.archive, name),
                )
                for name in kind.ids(first)
            ],
        )
    for code, parts in written.items():
        yield Rank(PAGES, PAGES_FACTOR, True), [_part(editions, written, code, part, words) for part in parts]


def _part(
    editions: Sequence[Pages], written: Mapping[str, Sequence[Part]], code: str, part: Part, words: Words
) -> Document:
    """Return a part of a written page. Another language shows it only where it has no such page of its own."""
    fields = (
        Field(HEADING if part.heading else NAME, part.heading or part.title, code, WHOLE),
        Field(TEXT, part.title, code) if part.heading else Field(CLAIM, part.description, code, LONG),
        Field(TEXT - 1, part.text, code),
    )
    rows: dict[str, Row | None] = {}
    page = part.address.partition("#")[0]
    for pages in editions:
        own = pages.language.code
        rows[own] = None
        if own == code or (
            code == pages.language.claims and page not in {p.address.partition("#")[0] for p in written[own]}
        ):
            rows[own] = Row(
                address=part.address if own == code else f"../{part.address}",
                title=f"{part.title} › {part.heading}" if part.heading else part.title,
                language="" if own == code else code,
                about="",
                status="",
                texts=(("" if own == code else code, part.text[:2000]),) if part.text else (),
            )
    return Document(words.terms(fields), rows, (("type", PAGES),), False)


def write(site: Path, editions: Sequence[Pages], written: Mapping[str, Sequence[Part]]) -> None:
    """Write the search index into ``site/search`` and the folders of the languages.

    ``editions`` has the pages of each language, the one of the claims first; ``written`` the parts of the written pages
    by language.
    """
    synonyms = alike(editions[0].archive)
    words = Words(synonyms)
    for sort in KINDS:
        for name in sort.ids(editions[0]):
            texts = [field for field in sort.fields(editions, name) if field.text != name.replace("-", " ")]
            for field in texts:  # without the id, which is nobody's spelling
                words.know([field.text], named=field.weight == NAME)
    for part in (part for parts in written.values() for part in parts):
        words.know((part.title, part.heading, part.description, part.text))
    found: list[Document] = []
    kinds: list[tuple[str, float, int, bool]] = []
    for kind, some in documents(editions, written, words):
        kinds.append((kind.label, kind.factor, len(found), kind.named))
        found += some
    files = dict(_shared(found, words))
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(name.encode() + encode(data))
    state = digest.hexdigest()[:12]
    entry = {
        "count": len(found),
        "block": BLOCK,
        "kinds": kinds,
        "shards": files.pop("shards"),
        "lengths": sorted(int(name[1:]) for name in files if name.startswith("w")),
        "weak": distances(n for n, d in enumerate(found) if d.weak),
        "longest": words.longest,
        "stop": " ".join(sorted(keys.stop_words())),
        "endings": " ".join(keys.lists()[f"{keys.ENDED}-endings"]),
        "synonyms": [" ".join(_group(group)) for group in synonyms],
    }
    _write(site / FOLDER, state, {"index": entry, **files})
    for pages in editions:
        rows = [d.rows[pages.language.code] for d in found]
        told = edition(pages, [n for n, row in enumerate(rows) if row is None])
        blocks = {f"r{at // BLOCK}": rows[at : at + BLOCK] for at in range(0, len(rows), BLOCK)}
        _write(site / pages.language.folder / FOLDER, state, {"edition": told, **blocks})


def _group(texts: Sequence[str]) -> list[str]:
    """Return the keys of words that mean the same; after a dot, what only stands for them where it is typed."""
    found: dict[str, None] = {}
    for word in ("".join(keys.words_of(text)) for text in texts):
        own = [fold.folded(one) for one in (word, *keys.inflections(word))]
        found |= dict.fromkeys(filter(None, own))
        if (light := fold.folded(keys.light(word))) not in found:
            found[f".{light}"] = None
    return list(found)


def _write(below: Path, state: str, files: Mapping[str, object]) -> None:
    """Write files by their names. Each is a call that passes on its data and the state of the index."""
    below.mkdir(exist_ok=True)
    for name, data in files.items():
        call = f'factbookSearch("{state}","{name}",{encode(data).decode()});\n'
        (below / f"{name}.js").write_text(call, "utf-8", newline="\n")


def _shared(found: Sequence[Document], words: Words) -> Iterator[tuple[str, object]]:
    """Yield the files for all languages by name, without rows; and under ``shards`` where each shard begins."""
    postings: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    narrowed: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, document in enumerate(found):
        for key, weight in document.terms.items():
            postings[key].append(number((n - last.get(key, 0)) * 16 + weight))
            last[key] = n
        for name, value in dict.fromkeys(document.filters):
            narrowed[name][value].append(n)
    shards: list[list[str]] = []
    size = SHARD
    forms = words.forms()
    # A key of synonyms alone has no postings.
    every = postings.keys() | {key for key, told in forms.items() if not told.startswith(".")}
    for key in sorted(every, key=lambda k: k.encode("utf-16-be")):  # as scripts compare texts
        line = f"{key} {''.join(postings[key])} {forms.get(key, '')}".rstrip()
        if size + len(line) > SHARD:
            shards.append([])
            size = 0
        shards[-1].append(line)
        size += len(line)
    for n, lines in enumerate(shards):
        yield f"t{n}", "\n".join(lines)
    yield "shards", " ".join(lines[0].partition(" ")[0] for lines in shards)
    yield "filters", {name: [(v, distances(ns)) for v, ns in values.items()] for name, values in narrowed.items()}
    for length, lines in words.by_length().items():
        yield f"w{length}", "\n".join(lines)
