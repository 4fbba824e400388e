"""A made-up archive of any size: every record is valid, no word means anything.

    python bench/generate.py --n 10000 --out DIR
    python bench/generate.py --kit KITDATA --out DIR

The first makes up ``n`` facts, 50 organizations and max(20, n/20) sources; the second writes the same facts from a
data folder of the peers' kit. Both give the same bytes for the same ``n`` and seed, on every machine. DIR becomes a
whole archive: mkdocs.yml, docs/ with the blocks of this repository's pages, facts/ with its schemas and a vocabulary of
its own.

What the kit's records lack is filled in so that every rule of the check holds: sources get kinds in turn, a status that
its two sources cannot carry gives way to the next one down, a fact dated after a source that supports it is a plan, and
a claim loses the words beyond 300 characters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from factbook.model import edtf  # noqa: E402
from factbook.read import schema  # noqa: E402
from factbook.read.vocabulary import read_vocabulary  # noqa: E402

SEED = 20260101
ORGANIZATIONS = 50
CLAIM_MOST = 300
TODAY = "2026-01-01"
"""No ledger entry is later than this; builds and checks of the archive take it as FACTBOOK_DATE."""
STATUSES = ("confirmed", "confirmed", "confirmed", "probable", "disputed", "refuted")
"""The kit's statuses, as often as it uses them."""
SYLLABLES = (
    "ka ze lo mi ra tan bor del sig pro exe con par ti ve no su ar est im qua rel ver dor min gal fen hos".split()
)
TOPICS = (
    "exercises training peacekeeping border-security counterterrorism summits agreements appointments procurement "
    "partnership elections energy transport education cyber health environment trade sanctions law"
).split()
ORGANIZATION_KINDS = ("state", "alliance", "ministry", "company", "ngo")
SOURCE_KINDS = (
    "primary",
    "official",
    "news",
    "primary",
    "academic",
    "official",
    "reference",
    "primary",
    "news",
    "aggregator",
)
"""The kinds of sources, in turn."""
FACT_KINDS = (
    "event",
    "event",
    "event",
    "event",
    "agreement",
    "agreement",
    "membership",
    "publication",
    "figure",
    "assessment",
)
"""The kinds of facts, in turn."""
PAGES = (
    "facts/_record.md", "index.md", "organizations/index.md", "timeline/index.md", "topics/index.md",
    "sources/index.md", "contested.md", "search.md", "explore.md", "404.md",
)  # fmt: skip
MKDOCS = """\
site_name: A made-up archive
site_description: Nothing here means anything.
site_url: https://example.org/
repo_url: https://example.org/archive
copyright: "Made up."
use_directory_urls: false
docs_dir: docs
theme: {name: material}
plugins: [factbook]
markdown_extensions: [attr_list, tables, fenced_code, toc]
not_in_nav: |
  /404.md
  /facts/_record.md
nav:
  - Home: index.md
  - Organizations: organizations/index.md
  - Timeline: timeline/index.md
  - Topics: topics/index.md
  - Contested: contested.md
  - Sources: sources/index.md
  - Search: search.md
"""
_PLAIN = re.compile(r"[A-Za-z0-9][\w ,.~?/-]*")
Pick = Callable[[random.Random, int], list[str]]
Kept = Iterator[tuple[str, str, dict[str, Any]]]
"""Folder, id and content of the kit's records; organizations first, then sources, then facts."""


def sources_for(n: int) -> int:
    """Return how many sources ``n`` facts rest on."""
    return max(20, n // 20)


def invented(n: int, seed: int) -> Kept:
    """Yield the records that the kit's gen_records.py makes: the same random draws in the same order."""
    pick = _picker(random.Random(seed))
    for i in range(ORGANIZATIONS):
        rng = random.Random(seed * 7 + i)
        name = " ".join(w.capitalize() for w in pick(rng, 3))
        kind = rng.choice(ORGANIZATION_KINDS)
        yield (
            "organizations",
            f"org-{i:02d}",
            {"name": f"{name} {i}", "kind": kind, "summary": _sentence(pick(rng, 18))},
        )
    sources = sources_for(n)
    for i in range(sources):
        rng = random.Random(seed * 11 + i)
        title = f"{' '.join(pick(rng, 7)).capitalize()} {i}"
        publisher = " ".join(w.capitalize() for w in pick(rng, 2))
        published = f"{rng.randint(1995, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        source = {
            "title": title,
            "publisher": publisher,
            "published": published,
            "url": f"https://example.org/archive/{i}",
        }
        yield "sources", f"src-{i:05d}", source
    for i in range(n):
        rng = random.Random(seed * 13 + i)
        year = rng.randint(1995, 2024)
        first, second = rng.randrange(sources), rng.randrange(sources - 1)
        second += second >= first
        organizations = rng.sample(range(ORGANIZATIONS), rng.choice((1, 2, 2, 3)))
        topics = rng.sample(TOPICS, rng.choice((1, 2, 2, 3)))
        date, claim = _date(rng, year), _sentence(pick(rng, rng.randint(16, 40)))
        fact: dict[str, Any] = {"date": date, "claim": claim, "status": rng.choice(STATUSES), "topics": topics}
        fact["organizations"] = [f"org-{o:02d}" for o in organizations]
        fact["sources"] = [
            {
                "ref": f"src-{s:05d}",
                "locator": f"{rng.choice(('paragraph', 'page', 'section'))} {rng.randint(1, 90)}",
                "quote": " ".join(pick(rng, rng.randint(8, 16))),
            }
            for s in (first, second)
        ]
        fact["history"] = [
            {
                "date": f"{2024 + h}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                "status": rng.choice(STATUSES),
                "note": _sentence(pick(rng, rng.randint(8, 18))),
            }
            for h in range(rng.choice((1, 2)))
        ]
        yield f"facts/{year}", f"f{i:06d}", fact


def from_kit(data: Path) -> Kept:
    """Yield the records of a data folder that gen_records.py wrote."""
    for folder in ("organizations", "sources", *sorted(f"facts/{p.name}" for p in (data / "facts").iterdir())):
        for path in sorted((data / folder).glob("*.yml")):
            yield folder, path.stem, yaml.load(path.read_bytes(), yaml.CSafeLoader)


def _picker(rng: random.Random) -> Pick:
    """Return a function that draws words out of 1500 invented ones, the first ones most often."""
    words: dict[str, None] = {}
    while len(words) < 1500:
        words["".join(rng.choice(SYLLABLES) for _ in range(rng.choice((1, 2, 2, 3, 3, 4))))] = None
    weights, total = [], 0.0
    for i in range(len(words)):
        total += 1.0 / (i + 3)
        weights.append(total)
    known = list(words)
    return lambda rng, k: rng.choices(known, cum_weights=weights, k=k)


def _sentence(words: list[str]) -> str:
    return f"{' '.join(words).capitalize()}."


def _date(rng: random.Random, year: int) -> str:
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    exact = f"{year}-{month:02d}-{day:02d}"
    forms = [
        exact, f"{year}-{month:02d}", f"{year}", f"{exact}~", f"{year}-{month:02d}?", f"{year}-{rng.randint(21, 24)}",
        f"{exact}/{year}-{month:02d}-{min(28, day + 3):02d}",
    ]  # fmt: skip
    return rng.choices(forms, weights=[60, 12, 6, 8, 4, 3, 7])[0]


# --- into this repository's schema ------------------------------------------------------------------------------------


class Writer:
    """Writes an archive, record by record."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.words = read_vocabulary(ROOT / "facts")
        self.sources: dict[str, dict[str, str]] = {}
        self.count = 0
        self.made: set[str] = set()

    def write(self, folder: str, name: str, kept: dict[str, Any]) -> None:
        """Write one record of the kit as one of ours."""
        make = {"organizations": self._organization, "sources": self._source}.get(folder, self._fact)
        below = self.out / "facts" / folder.replace("facts/", "records/")
        if folder not in self.made:
            self.made.add(folder)
            below.mkdir(parents=True)
        (below / f"{name}.yaml").write_text("\n".join(make(name, kept)) + "\n", "utf-8")

    def _organization(self, name: str, kept: dict[str, Any]) -> Iterator[str]:
        yield "# yaml-language-server: $schema=../schema/organization.schema.json"
        yield "names:"
        yield f"  - {{text: {_text(kept['name'])}, language: en}}"
        yield f"kind: {kept['kind']}"
        yield f"description: {_text(kept['summary'])}"

    def _source(self, name: str, kept: dict[str, Any]) -> Iterator[str]:
        kind = SOURCE_KINDS[int(name[4:]) % len(SOURCE_KINDS)]
        self.sources[name] = {"kind": kind, "published": kept["published"]}
        yield "# yaml-language-server: $schema=../schema/source.schema.json"
        yield f"title: {_text(kept['title'])}"
        yield f"publisher: {_text(kept['publisher'])}"
        yield f"url: {kept['url']}"
        yield f'published: "{kept["published"]}"'
        yield "language: en"
        yield f"kind: {kind}"

    def _fact(self, name: str, kept: dict[str, Any]) -> Iterator[str]:
        kind = FACT_KINDS[int(name[1:]) % len(FACT_KINDS)]
        named = [r["ref"] for r in kept["sources"]]
        status, stances = self._stand(kept["status"], kind, named)
        date = edtf.parse(str(kept["date"]))
        published = [
            self.sources[s]["published"] for s, stance in zip(named, stances, strict=True) if stance == "supports"
        ]
        if (date.earliest or "") > min(published):
            kind = "plan"
        self.count += 1
        yield "# yaml-language-server: $schema=../../schema/fact.schema.json"
        yield f"claim: {_text(_cut(kept['claim']))}"
        yield f'date: "{kept["date"]}"'  # quoted, as the kit's are: ajv reads YAML in which a bare day is no text
        yield f"kind: {kind}"
        yield f"organizations: [{', '.join(kept['organizations'])}]"
        yield f"topics: [{', '.join(kept['topics'])}]"
        yield "sources:"
        for reference, stance in zip(kept["sources"], stances, strict=True):
            yield f"  - source: {reference['ref']}"
            yield f"    locator: {_text(reference['locator'])}"
            yield f"    stance: {stance}"
            yield f"    note: {_text(reference['quote'])}"
        yield f"status: {status}"
        yield "history:"
        for entry in kept["history"][:-1]:
            yield from _entry(entry, entry["status"].replace("probable", "reported"))
        yield from _entry(kept["history"][-1], status)

    def _stand(self, wanted: str, kind: str, named: list[str]) -> tuple[str, tuple[str, str]]:
        """Return the status nearest to the wanted one that the two sources can carry, and the stance of each."""
        kinds = [self.words["source_kinds"][self.sources[s]["kind"]] for s in named]
        both = ("supports", "supports")
        if wanted == "refuted" and kinds[0].rank != kinds[1].rank:
            return "refuted", ("supports", "contradicts") if kinds[1].rank > kinds[0].rank else (
                "contradicts",
                "supports",
            )
        if wanted in ("refuted", "disputed"):
            return "disputed", ("supports", "contradicts")
        confirms = {k.extra.get("confirms") for k in kinds}
        if wanted == "confirmed":
            contestable = self.words["fact_kinds"][kind].has("contestable")
            if "always" in confirms or ("own" in confirms and not contestable):
                return "confirmed", both
            if all(k.has("independent") for k in kinds):
                return "corroborated", both
        return "reported", both


def _entry(entry: dict[str, Any], status: str) -> Iterator[str]:
    yield f'  - date: "{entry["date"]}"'
    yield f"    status: {status}"
    yield f"    reason: {_text(entry['note'])}"


def _text(text: str) -> str:
    """Return a text as YAML: without quotes where that is safe, as the records of the repository are written."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _cut(claim: str) -> str:
    return claim if len(claim) <= CLAIM_MOST else claim[: CLAIM_MOST - 1].rpartition(" ")[0] + "."


def write_frame(out: Path) -> None:
    """Write everything of an archive but its records: settings, written pages, schemas, vocabulary."""
    (out / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    for name in PAGES:
        page = out / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_bare((ROOT / "docs" / name).read_text("utf-8")), "utf-8")
    facts = out / "facts"
    lists = {
        name: {
            w.id: {"label": w.label, **({"meaning": w.meaning} if w.meaning else {}), **w.extra} for w in words.values()
        }
        for name, words in read_vocabulary(ROOT / "facts").items()
    }
    lists["topics"] = {t: {"label": t.replace("-", " ").capitalize(), "meaning": "Made up."} for t in TOPICS}
    lists["organization_kinds"] = {k: {"label": k.capitalize(), "meaning": "Made up."} for k in ORGANIZATION_KINDS}
    lists["languages"] = {"en": {"label": "English"}}
    rows = (
        f"{name}:\n" + "".join(f"  {w}: {json.dumps(about, ensure_ascii=False)}\n" for w, about in words.items())
        for name, words in lists.items()
    )
    (facts / "vocabulary.yaml").write_text("\n".join(rows), "utf-8")
    schema.write(facts / "schema", read_vocabulary(facts))  # for ajv, against which the check is measured


def _bare(page: str) -> str:
    """Return a written page reduced to its settings, headings and blocks: the links in its paragraphs lead to pages
    that are not here."""
    _, head, body = page.split("---\n", 2)
    kept = [line for line in body.splitlines() if line.startswith(("#", "<div "))]
    return f"---\n{head}---\n\n" + "\n\n".join(kept) + "\n"


def stamp(of: dict[str, Any]) -> dict[str, Any]:
    """Return what an archive was made from: ``of``, this program, and the parts of the repository that it copies."""
    copied = [
        *(ROOT / "docs" / p for p in PAGES),
        *sorted(schema.FOLDER.glob("*.json")),
        ROOT / "facts" / "vocabulary.yaml",
    ]
    sha = hashlib.sha256()
    for path in (Path(__file__), *copied):
        sha.update(path.read_bytes())
    return {**of, "root": ROOT.as_posix(), "made_with": sha.hexdigest()}


def generate(out: Path, records: Kept, of: dict[str, Any]) -> dict[str, Any]:
    """Write the archive of ``records`` to ``out``, which is replaced; return its manifest.

    Where the archive is there already, made from the same, it is left as it is.
    """
    manifest = out / "MANIFEST.json"
    wanted = stamp(of)
    if manifest.is_file():
        found: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
        if {**wanted, "facts": found.get("facts")} == found:
            return found
    elif out.exists() and any(out.iterdir()):
        raise SystemExit(f"{out} holds something else; name a new folder")
    shutil.rmtree(out, ignore_errors=True)
    writer = Writer(out)
    for record in records:
        writer.write(*record)
    write_frame(out)
    wanted["facts"] = writer.count
    manifest.write_text(json.dumps(wanted, indent=1) + "\n", "utf-8")
    return wanted


def main() -> None:
    """Write the archive that the arguments ask for and print its manifest as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--n", type=int, help="make up this many facts")
    what.add_argument("--kit", type=Path, metavar="KITDATA", help="take the facts from a data folder of the peers' kit")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the archive; replaced if this program made it"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    if given.kit:
        made = json.loads((given.kit / "MANIFEST.json").read_text("utf-8"))
        of = {"kit": made["sha256"]}
        records = from_kit(given.kit)
    else:
        of = {"n": given.n, "seed": given.seed}
        records = invented(given.n, given.seed)
    print(json.dumps(generate(given.out, records, of)))


if __name__ == "__main__":
    main()
