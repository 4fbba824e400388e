"""Coverage-guided fuzzing of what reads a stranger's file: YAML, schema, the model, every rule, every page.

    make fuzz                     ten minutes; FUZZ_SECONDS=60 for less
    make fuzz FUZZ_ARGS=crash-…   one input again, from build/fuzz/

The fuzzer makes the bytes of one file that is laid into the small archive of the rule examples, as a fact, a source or
an organization by turns. Every outcome but a located problem or a page is a finding: it ends the run with a traceback,
and the input is kept as ``crash-…``. Put what it found into ``tests/read/test_hostile_files.py``.
"""

from __future__ import annotations

import copy
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["factbook"]):
    from factbook.check import report
    from factbook.pages import kinds
    from factbook.read import convert, load, yamldoc
    from factbook.render import environment
    from factbook.rules import register
    from factbook.search import documents, explore
    from factbook.search.words import Words

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from factbook.check.reference import EXAMPLES
from factbook.model.archive import Archive
from factbook.model.kinds import KINDS as KINDS_OF_RECORD
from factbook.model.kinds import schema_of
from factbook.read.files import located
from factbook.read.schema import Schemas
from factbook.rules.characters import unsafe_character
from factbook.rules.problem import Problem

ROOT = Path(__file__).parents[1]
PLACES = {
    "fact": "records/1904/gull-rock-fuzzed.yaml",
    "source": "sources/fuzzed-post.yaml",
    "organization": "organizations/fuzzed-light.yaml",
}
KINDS = tuple(PLACES)
PIECES = (
    "claim: ", "date: ", "kind: ", "organizations: [", "speaker: ", "topics: [", "sources:\n  - {source: ",
    ", locator: ",
    ", stance: supports}", "status: ", "history:\n  - {date: 2024-05-01, status: ", ", reason: ", "relations:\n  - ",
    "contradicts: ", "supersedes: ", "narrows: ", "note: ", "moved_to: ", "names:\n  - {text: ", ", language: en",
    ", period: ",
    "acronyms: ", "founded: ", "dissolved: ", "part_of: [", "predecessors:\n  - {organization: ", "website: ",
    "description: ",
    "title: ", "publisher: ", "ownership: ", "authors: [", "url: https://", "archive_url: ", "published: ",
    "accessed: ",
    "sha256: ", "origin: ", "unknown", "gull-rock-light", "keepers-board", "league-register-1901", "harbour-post-1902",
    "keeper-left-gull-rock-1902", "gull-rock-lit", "confirmed", "reported", "disputed", "refuted", "superseded",
    "1902-11",
    "1901/..", "../1902", "190X", "19XX", "1902-22", "1902?", "0000", "9999-12-31", "event", "statement", "lamps",
    "news",
    "&a ", "*a", "!!str ", "!<", "<<: ", "? ", "- ", "[", "{", '"', "'", "|\n", ">-\n", "%YAML 1.1\n---\n", "\ufeff",
    "\\ud800", "\\x00",
    "\u2028", "\u202e", "\x85", "\t", "<b>", "{{", "`", "](", "&lt;", "A. B", "e.g. A",
)  # fmt: skip
"""Pieces that libFuzzer may insert: the words of records, of YAML, and what rules look for."""


def _archive() -> tuple[Archive, Schemas]:
    """Return the small archive and its schemas, read once; each input is laid over a copy of it."""
    sys.path.insert(0, str(ROOT / "tests" / "helpers"))
    import archives

    with tempfile.TemporaryDirectory(prefix="factbook-fuzz-") as folder:
        root = archives.archive(Path(folder, "archive"))
        archive, problems = load.read_archive(root, archives.TODAY)
        assert problems == []
        return archive, Schemas(archive.vocabulary)


class Kept(BytecodeCache):
    """A cache of compiled templates, from one input to the next."""

    code: dict[str, bytes]

    def __init__(self) -> None:
        self.code = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the cached code into ``bucket``, where there is any."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put the code of ``bucket`` into the cache."""
        self.code[bucket.key] = bucket.bytecode_to_string()


BASE, SCHEMAS = _archive()
vars(environment)["Environment"] = partial(Environment, bytecode_cache=Kept())
SEARCHED = {kind.label: kind for kind in documents.KINDS}
"""The kinds of document of the search index, by their label: the plural of the kind of record."""


def _copy() -> Archive:
    """Return a copy of the archive: its mappings are added to, and its indexes are cached inside it."""
    return Archive(
        vocabulary=BASE.vocabulary,
        statements=dict(BASE.statements),
        redirects=dict(BASE.redirects),
        sources=dict(BASE.sources),
        organizations=dict(BASE.organizations),
        known=copy.deepcopy(BASE.known),
        schemas=BASE.schemas,
        today=BASE.today,
    )


SOUND = {
    "fact": {
        "claim": "The tower of Gull Rock was painted white.", "date": "1904", "kind": "statement",
        "speaker": "A keeper",
        "organizations": ["gull-rock-light", "keepers-board"], "topics": ["lamps"], "note": "N", "status": "reported",
        "sources": [
            {"source": "league-register-1901", "locator": "L", "stance": "supports", "note": "N"},
            {"source": "harbour-post-1902", "locator": "L", "stance": "contradicts"},
        ],
        "relations": [{"narrows": "gull-rock-lamp-range"}],
        "history": [
            {"date": "2024-05-01", "status": "unreviewed", "reason": "R"},
            {"date": "2024-05-02", "status": "reported", "reason": "R", "sources": ["harbour-post-1902"]},
        ],
    },
    "source": {
        "title": "T", "publisher": "P", "kind": "news", "language": "en", "ownership": "O", "authors": ["A", "B"],
        "url": "https://a.example/", "archive_url": "https://b.example/", "published": "1904", "accessed": "2024-05-01",
        "organization": "keepers-board", "origin": "tern-wire", "sha256": "0" * 64, "note": "N",
    },
    "organization": {
        "names": [
            {"text": "N", "language": "en", "period": "1901/1902"}, {"text": "M", "language": "en",
            "period": "1902/.."},
        ],
        "acronyms": [{"text": "A", "language": "fr"}], "kind": "light", "description": "D", "founded": "1901",
        "dissolved": "1950", "part_of": ["league-of-lights"], "website": "https://a.example/", "note": "N",
        "predecessors": [{"organization": "gull-rock-light", "date": "1901"}],
        "sources": [{"source": "harbour-post-1902", "locator": "L", "note": "N"}],
    },
}  # fmt: skip
"""A record of each kind with every field."""


def filled(kind: str, given: bytes) -> bytes:
    """Return the sound record with other texts: each part of ``given`` up to a byte 0xff is one, its first byte the
    field."""
    record = copy.deepcopy(SOUND[kind])
    places: list[tuple[Any, str | int]] = []
    inside: list[Any] = [record]
    while inside:
        one = inside.pop()
        for key, value in one.items() if isinstance(one, dict) else enumerate(one):
            inside += [value] if isinstance(value, dict | list) else []
            places.append((one, key))
    for part in given.split(b"\xff"):
        if part:
            holder, key = places[part[0] % len(places)]
            holder[key] = part[1:].decode("utf-8", "replace")
    return json.dumps(record, ensure_ascii=False).encode()


def held(problems: list[Problem]) -> None:
    """Assert that every problem is of a rule, has a place, and prints as visible text in every format."""
    for one in problems:
        assert one.rule in register.RULES, one
        assert one.line >= 1 and one.column >= 1, one
    for said in (report.text(problems), report.github(problems), report.as_json(problems)):
        strange = [c for c in said if not c.isprintable() and c != "\n"]
        assert strange == [], strange


def one_input(given: bytes) -> None:
    """Try one input. Its first byte chooses the kind, and whether the rest is the file or texts for its fields."""
    kind = KINDS[given[0] % len(KINDS)] if given else "fact"
    data = filled(kind, given[1:]) if given[:1] >= b"\x80" else given[1:]
    path = PLACES[kind]
    name = path.rpartition("/")[2].removesuffix(".yaml")
    try:
        value = yamldoc.read(path, data)
    except yamldoc.Refused as refused:
        held([located(refused.finding, data)])
        return
    found = [*unsafe_character(path, data, value)]
    found += SCHEMAS.check(schema_of(kind, value), path, value)
    if found:
        held([located(one, data) for one in found])
        return
    archive = _copy()
    archive.known[kind].add(name)
    record = convert.record(kind, path, value)
    archive.of(KINDS_OF_RECORD[schema_of(kind, value)])[name] = record
    found = register.findings(register.rules_for("record"), archive)
    if not any(register.RULES[one.rule].unreadable for one in found):
        found += register.findings(register.rules_for("archive"), archive)
    held([located(one, data if one.path == path else b"") for one in found])
    if any(one.severity == "error" for one in found):
        return
    made = kinds.Pages(archive)
    job = ("redirect" if name in archive.redirects else kind, name)
    made.page(job)
    if job[0] != "redirect":
        found_by = SEARCHED[KINDS_OF_RECORD[kind].plural.capitalize()]
        Words().terms(found_by.fields([made], name))
        found_by.row(made, name)
        list(found_by.filters(archive, name))
    for near in ("gull-rock-light", name) if kind == "organization" else ("gull-rock-light",):
        made.page(("organization", near))
    explore.script(made)


def main() -> None:
    """Run libFuzzer with the command line's arguments, over the example files as the first inputs."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    if corpus and not corpus.is_file():
        corpus.mkdir(parents=True, exist_ok=True)
        for n, file in enumerate(sorted(p for p in EXAMPLES.rglob("*.yaml") if p.is_file() and not p.is_symlink())):
            kind = "source" if "sources" in file.parts else "organization" if "organizations" in file.parts else "fact"
            (corpus / f"example-{n}").write_bytes(bytes([KINDS.index(kind)]) + file.read_bytes())
        for n in range(len(KINDS)):
            (corpus / f"sound-{n}").write_bytes(bytes([0x81 + n, 0, 65, 0xFF, 1, 49]))
        words = corpus.with_suffix(".dict")
        words.write_text(
            "".join('"' + "".join(f"\\x{b:02x}" for b in piece.encode()) + '"\n' for piece in PIECES), "ascii"
        )
        sys.argv.append(f"-dict={words}")
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
