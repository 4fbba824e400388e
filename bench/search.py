"""How often the search of a built site finds what was meant, and what it says of nonsense.

    python bench/search.py SITE QUERIES.yml [QUERIES.yml ...] [--misses]

SITE is a built site with its search index. QUERIES holds ``queries``: what readers type (``q``), the folder of their
language (``site``), the pages any of which is right (``first``, relative to that folder) and the facts that are right
in the list of all facts (``explore``: ``facts``, or ``about`` with the id of an organization, person, topic or
country); ``also``: what is right besides for a query of another file, its ``explore`` a list of facts; and
``nothing``: words that nothing is to be found for. The site's own scripts are run by Deno, as a browser runs them.
Prints a Markdown table; with ``--misses`` also what was not first. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import deno
import yaml

TARGETS = {1: 75, 3: 92, 10: 97}
"""Per cent of the queries that must have a right page among the first so many."""
RUNNER = Path(__file__).with_suffix(".js")


def asked(site: Path, questions: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the answers of the search to each (folder of a language, text)."""
    command = [deno.find_deno_bin(), "run", "--quiet", "--no-lock", "--allow-read", str(RUNNER), str(site)]
    text = json.dumps(questions)
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.stderr)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def read(paths: list[Path]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the queries of files, and their words for which nothing may be found. YAML's NO and dates stay texts."""
    files = [yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in paths]
    queries = [query for given in files for query in given.get("queries", [])]
    asked = {(query["q"], query.get("site", "")): query for query in queries}
    for more in (more for given in files for more in given.get("also", [])):
        query = asked.get((more["q"], more.get("site", "")))
        if query:
            query["first"] += more.get("first", [])
            query.get("explore", {}).get("facts", []).extend(more.get("explore", []))
    return queries, [text for given in files for text in given.get("nothing", [])]


def about(site: Path, name: str) -> set[str]:
    """Return the facts that are about an organization, a person, a topic or a country."""
    facts = json.loads((site / "data" / "v1" / "facts.json").read_text("utf-8"))["facts"]
    lists = ("organizations", "people", "topics", "countries")
    return {f["id"] for f in facts if any(name in f.get(list_, ()) for list_ in lists)}


def place(rows: list[dict[str, Any]], right: set[str]) -> int:
    """Return the place of the first right row, from 1; 99 where there is none."""
    return next((n for n, row in enumerate(rows, 1) if row["address"] in right), 99)


def per_cent(places: list[int], most: int) -> float:
    """Return how many of a hundred places are among the first ``most``."""
    return 100 * sum(p <= most for p in places) / max(len(places), 1)


def main() -> None:
    """Ask every query of the files and print the table. Exits with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, metavar="SITE")
    parser.add_argument("files", type=Path, metavar="QUERIES.yml", nargs="+")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    queries, nothing = read(given.files)
    answers = asked(given.site, [*((q.get("site", ""), q["q"]) for q in queries), *(("", text) for text in nothing)])
    doors: dict[str, list[int]] = {"Search": [], "All facts": []}
    missed: list[str] = []
    for query, answer in zip(queries, answers, strict=False):
        wanted = {"Search": (answer["rows"], set(query["first"]))}
        if explore := query.get("explore"):
            facts = set(explore["facts"]) if "facts" in explore else about(given.site, explore["about"])
            wanted["All facts"] = answer["found"], {f"facts/{name}.html" for name in facts}
        for door, (rows, right) in wanted.items():
            doors[door].append(place(rows, right))
            if doors[door][-1] > 1:
                missed.append(f"{door}: {query['q']} is at {doors[door][-1]}; first {[r['address'] for r in rows[:3]]}")
    failed = 0
    print("| What | Measured | Target |\n| --- | --- | --- |")
    for door, places in doors.items():
        for most, target in TARGETS.items():
            found = per_cent(places, most)
            failed += found < target
            met = "yes" if found >= target else "**no**"
            print(f"| {door}: right among the first {most}, of {len(places)} | {found:.1f} % | ≥ {target} %: {met} |")
    silent = 0
    for text, answer in zip(nothing, answers[len(queries) :], strict=True):
        silent += answer["n"] == 0 and bool(answer["notes"])
        if answer["n"]:
            missed.append(f"{text}: {answer['n']} found")
    failed += silent < len(nothing)
    met = "yes" if silent == len(nothing) else "**no**"
    print(f"| Nothing found, and said so, of {len(nothing)} | {silent} | all: {met} |")
    took = sorted(answer["took"] for answer in answers)
    if took:
        print(f"| A search, the middle and the longest | {took[len(took) // 2]:.1f} ms, {took[-1]:.1f} ms | |")
    if given.misses:
        print("\n" + "\n".join(missed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
