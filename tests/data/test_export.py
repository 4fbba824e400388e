"""The data to take away: every format says what the records say, keeps to its standard, and is the same each time."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import frictionless
import jsonschema_rs
import pytest
from msgspec.structs import replace
from openapi_spec_validator import validate
from pyarrow import parquet as arrow

import archives
import duck
import grown
import sites
from archives import TODAY
from factbook import checksums
from factbook.check.run import check
from factbook.data import csv_files, exports, json_files, sqlite_file
from factbook.data.published import Publication
from factbook.data.tables import FACTS, TABLES
from factbook.model import asof
from factbook.model.archive import Archive
from factbook.model.fingerprint import release, value
from factbook.pages import overview
from hostile import TEXTS, dealt, filled

PUBLICATION = Publication(
    name="Lights",
    description="About lights.",
    licence="CC-BY-4.0",
    licence_url="https://example.org/by",
    author="Keepers",
)
DATA = "data/v1"


def read(root: Path) -> Archive:
    """The archive at ``root``."""
    found, _ = check(root, TODAY)
    assert found is not None
    return found


def written(archive: Archive, folder: Path) -> Path:
    """The data of an archive in a new folder; the folder ``data/v1`` of it."""
    folder.mkdir(parents=True)
    exports.write(folder, archive, PUBLICATION)
    return folder / DATA


@pytest.fixture(scope="module", params=["small", "grown", "hostile"])
def data_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Path]:
    """An archive and its data: the small one, a grown one, and the small one with a hostile text in every field.

    Tests only read it.
    """
    place = tmp_path_factory.mktemp(request.param)
    lay = grown.grown if request.param == "grown" else archives.archive
    root = lay(place / "archive")
    if request.param == "hostile":
        assert filled(root, dealt(TEXTS, 3))
    archive = read(root)
    return archive, written(archive, place / "out")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, Path]:
    """The small archive and its data. Tests only read it."""
    place = tmp_path_factory.mktemp("lights")
    archive = read(archives.archive(place / "archive"))
    return archive, written(archive, place / "out")


# JSON


def test_a_fact_is_its_record_and_what_is_worked_out(small: tuple[Archive, Path]) -> None:
    """The document of one fact, word for word."""
    found = json.loads((small[1] / "facts/gull-rock-lamp-mended-1902.json").read_text("utf-8"))
    assert found == {
        "id": "gull-rock-lamp-mended-1902",
        "claim": "The keepers mended the lamp of Gull Rock before the end of 1902.",
        "kind": "event",
        "organizations": ["gull-rock-light", "keepers-board"],
        "topics": ["lamps", "keepers"],
        "status": "corroborated",
        "sources": list(value(small[0].statements["gull-rock-lamp-mended-1902"])["sources"]),
        "history": [
            {
                "date": "2024-05-01",
                "status": "corroborated",
                "reason": "A newspaper and the Board tell it, each by itself.",
            }
        ],
        "date": "1902-12?",
        "derived": {
            "standing": "corroborated",
            "title": "The keepers mended the lamp of Gull Rock before the end of 1902.",
            "date_earliest": "1902-12-01",
            "date_latest": "1902-12-31",
            "precision": "month",
            "uncertain": True,
            "approximate": False,
            "date_start": "known",
            "date_end": "known",
            "year": 1902,
            "organization_names": ["Gull Rock Light", "Board of Keepers"],
            "supporting": 2,
            "contradicting": 0,
            "origins": 2,
            "pinned": 0,
            "stands": True,
            "contested": False,
            "first_recorded": "2024-05-01",
            "status_since": "2024-05-01",
            "last_reviewed": "2024-05-01",
            "recheck_by": "2024-11-01",
            "version": "015adaca149c7e51",
            "page": "facts/gull-rock-lamp-mended-1902.html",
        },
    }


def schemas(data: Path) -> dict[str, jsonschema_rs.Draft202012Validator]:
    """A validator for each published schema, by the name of its file."""
    held = {p.name: json.loads(p.read_text("utf-8")) for p in sorted((data / "schema").iterdir())}
    base = "https://archive.example/schema/"
    registry = jsonschema_rs.Registry([(base + name, {**s, "$id": base + name}) for name, s in held.items()])
    return {
        name: jsonschema_rs.Draft202012Validator({"$ref": base + name}, registry=registry, validate_formats=True)
        for name in held
    }


def test_every_document_is_what_its_schema_says(data_of: tuple[Archive, Path]) -> None:
    """Each JSON file of records passes its published JSON Schema; those that moved pass that of a redirect."""
    archive, data = data_of
    held = schemas(data)
    for kind in (*json_files.KINDS, "redirects"):
        document = json.loads((data / f"{kind}.json").read_text("utf-8"))
        assert held[f"{kind}.schema.json"].is_valid(document), kind
        assert (document["release"], document["schema"]) == (release(archive), f"schema/{kind}.schema.json")
        lines = (data / f"{kind}.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == document[kind]
        assert document["count"] == len(lines)
    for kind, one in (
        ("facts", "fact"),
        ("organizations", "organization"),
        ("sources", "source"),
        ("searches", "search"),
        ("questions", "question"),
        ("tables", "series"),
    ):
        records = {**getattr(archive, {"facts": "statements", "tables": "series"}.get(kind, kind))}
        for name in records:
            item = json.loads((data / kind / f"{name}.json").read_text("utf-8"))
            assert held[f"{one}.schema.json"].is_valid(item), (kind, name)
    for name in archive.redirects:
        assert held["redirect.schema.json"].is_valid(json.loads((data / "facts" / f"{name}.json").read_text("utf-8")))


def test_a_schema_refuses_what_it_does_not_know(small: tuple[Archive, Path]) -> None:
    """A document with a field too many, or one too few, does not pass."""
    held = schemas(small[1])["fact.schema.json"]
    good = json.loads((small[1] / "facts/gull-rock-lamp-range.json").read_text("utf-8"))
    assert held.is_valid(good)
    assert not held.is_valid({**good, "colour": "red"})
    assert not held.is_valid({k: v for k, v in good.items() if k != "status"})
    assert not held.is_valid({**good, "derived": {**good["derived"], "origins": "one"}})


def test_an_organization_comes_with_its_facts_and_a_source_with_their_ids(data_of: tuple[Archive, Path]) -> None:
    """What a page lists, its document holds: the same facts in the same order."""
    archive, data = data_of
    for name in archive.organizations:
        found = json.loads((data / "organizations" / f"{name}.json").read_text("utf-8"))["facts"]
        assert [f["id"] for f in found] == [s.id for s in archive.by_organization.get(name, ())]
        for fact in found:
            assert fact == json.loads((data / "facts" / f"{fact['id']}.json").read_text("utf-8"))
    for name in archive.sources:
        found = json.loads((data / "sources" / f"{name}.json").read_text("utf-8"))["facts"]
        assert found == [s.id for s in archive.by_source.get(name, ())]


def test_the_paths_are_described_as_openapi(data_of: tuple[Archive, Path]) -> None:
    """openapi.json is sound OpenAPI 3.1, names every JSON document of records and of changes, and no other path."""
    data = data_of[1]
    api = json.loads((data / "openapi.json").read_text("utf-8"))
    validate(api)
    assert api["openapi"].startswith("3.1.")
    kinds = (*json_files.KINDS, "redirects")
    assert set(api["paths"]) == {
        *(f"/{DATA}/{k}.json" for k in kinds), *(f"/{DATA}/{k}/{{id}}.json" for k in json_files.KINDS),
        f"/{DATA}/changes/index.json", f"/{DATA}/changes/{{day}}.json",
    }  # fmt: skip
    fact = {"$ref": "#/components/schemas/Fact"}
    registry = jsonschema_rs.Registry([("https://archive.example/api", api)])
    held = jsonschema_rs.Draft202012Validator({"$ref": f"https://archive.example/api{fact['$ref']}"}, registry=registry)
    for line in (data / "facts.jsonl").read_text("utf-8").splitlines():
        assert held.is_valid(json.loads(line))


# Tables: one answer in every format


def cells(archive: Archive) -> Iterator[tuple[str, list[str], list[tuple]]]:
    """Every table: its name, its columns and its rows."""
    for table in TABLES:
        yield table.name, [c.name for c in table.columns], list(table.rows(archive))


def test_csv_sqlite_and_parquet_hold_the_same_rows(data_of: tuple[Archive, Path]) -> None:
    """Whoever takes another format gets the same answers."""
    archive, data = data_of
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        for name, columns, rows in cells(archive):
            with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                header, *lines = csv.reader(file)
            assert (header, lines) == (columns, [[csv_files.cell(c) for c in row] for row in rows])
            held = connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY rowid").fetchall()
            assert held == [
                tuple(json.dumps(c, ensure_ascii=False) if isinstance(c, tuple) else c for c in r) for r in rows
            ]
            path = data / "parquet" / (name if name == "facts" else f"{name}.parquet")
            found = arrow.read_table(path).to_pylist()
            kept = [{k: _plain(v) for k, v in row.items()} for row in found]
            wanted = [{k: _plain(c) for k, c in zip(columns, row, strict=True)} for row in rows]
            order = (lambda row: row["id"]) if name == "facts" else (lambda row: 0)
            assert sorted(kept, key=order) == sorted(wanted, key=order)


def _stored(cell: object) -> object:
    """A cell as SQLite holds it: lists as JSON."""
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, tuple) else cell


def _plain(cell: object) -> object:
    """A cell of Parquet, or of a table, in one form: days as text, lists as lists."""
    if isinstance(cell, tuple):
        return list(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def test_what_json_calls_derived_is_what_the_columns_say(data_of: tuple[Archive, Path]) -> None:
    """A worked-out answer is the same in JSON and in the tables."""
    archive, data = data_of
    names = [c.name for c in FACTS.columns]
    for row in FACTS.rows(archive):
        cell = dict(zip(names, row, strict=True))
        found = json.loads((data / "facts" / f"{cell['id']}.json").read_text("utf-8"))["derived"]
        wanted = {c.name: _plain(cell[c.name]) for c in FACTS.columns if c.derived and cell[c.name] is not None}
        assert found == wanted


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"), ("＝1", "'＝1"), ("1=1", "1=1"), ("plain", "plain"), ("", ""), (None, ""), (True, "true"),
        (False, "false"), (-1, "-1"), (("a", "b"), "a|b"), (("a|b", "c"), "a/b|c"), (("=a", "b"), "'=a|b"), ((), ""),
    ],
)  # fmt: skip
def test_a_cell_cannot_be_taken_for_a_formula(held: object, shown: str) -> None:
    """A text that a spreadsheet could run begins with an apostrophe; every other cell is as it was."""
    assert csv_files.cell(held) == shown


def test_csv_is_rfc_4180(small: tuple[Archive, Path]) -> None:
    """Lines end in CR LF, commas and quotation marks are quoted, and there is no mark at the beginning."""
    text = (small[1] / "history.csv").read_bytes()
    assert text.startswith(b"fact,number,date,valid_until,status,reason,sources\r\n")
    assert b'"A newspaper and the Board tell it, each by itself."' in text
    assert text.count(b"\n") == text.count(b"\r\n") == 1 + 6


def test_the_csv_files_are_a_data_package(data_of: tuple[Archive, Path]) -> None:
    """The library of the Frictionless standard finds every table as described: types, keys and what they refer to."""
    report = frictionless.validate(str(data_of[1] / "datapackage.json"))
    assert report.flatten(["title", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


# SQLite


@pytest.fixture
def base(data_of: tuple[Archive, Path]) -> Iterator[sqlite3.Connection]:
    """The database, open for reading."""
    with closing(sqlite3.connect(f"file:{data_of[1] / 'archive.sqlite'}?mode=ro", uri=True)) as connection:
        yield connection


def test_the_database_is_sound(base: sqlite3.Connection) -> None:
    """SQLite finds nothing wrong in it, and no row refers to one that is not there."""
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_full_text_index_finds_words_without_case_or_accents(tmp_path: Path) -> None:
    """Words are found in claims and in names, however they are accented, and stand at the rows they are in."""
    root = archives.archive(tmp_path / "archive")
    path = root / "facts/records/1901/gull-rock-lamp-lit-1901.yaml"
    path.write_text(path.read_text("utf-8").replace("The lamp of Gull Rock", "The lamp of Fårö"), "utf-8")
    data = written(read(root), tmp_path / "out")
    question = "SELECT f.id FROM facts_fts s JOIN facts f ON f.rowid = s.rowid WHERE facts_fts MATCH ? ORDER BY f.id"
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        assert connection.execute(question, ["FARO"]).fetchall() == [("gull-rock-lamp-lit-1901",)]
        assert connection.execute(question, ["league"]).fetchall() == [("gull-rock-lamp-lit-1901",)]
        assert len(connection.execute(question, ["gull AND lamp"]).fetchall()) == 3 + 1


def test_the_views_answer(small: tuple[Archive, Path]) -> None:
    """The small archive through each ready-made view."""
    with closing(sqlite3.connect(small[1] / "archive.sqlite")) as connection:
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in sqlite_file.VIEWS}
    assert {name: len(rows) for name, rows in found.items()} == {
        "standing": 8, "contested": 1, "contradictions": 1, "single_origin": 3, "facts_by_organization": 8,
        "facts_by_topic": 9, "as_of": 6, "changes": 6, "due": 4,
        "unpinned": 4,
    }  # fmt: skip
    assert found["standing"][:2] == [("confirmed", "Confirmed", 2), ("corroborated", "Corroborated", 1)]
    assert [row[0] for row in found["contested"]] == ["keeper-left-gull-rock-1902"]
    assert found["contradictions"][0][::3] == ("board-denied-keeper-left-1903", "keeper-left-gull-rock-1902")


def test_the_view_of_single_origins_is_the_list_of_the_page(
    data_of: tuple[Archive, Path], base: sqlite3.Connection
) -> None:
    """SQL and the page name the same facts."""
    wanted = sorted(s.id for _, s in overview.single(data_of[0]))
    assert base.execute("SELECT id FROM single_origin ORDER BY id").fetchall() == [(name,) for name in wanted]


def test_as_of_a_day_is_what_the_ledgers_say(data_of: tuple[Archive, Path], base: sqlite3.Connection) -> None:
    """For every day on which the archive changed, and the days around it, SQL and the ledgers give the same status."""
    archive = data_of[0]
    days = sorted({h.date for s in archive.statements.values() for h in s.history})
    question = "SELECT id, status FROM as_of WHERE valid_from <= ?1 AND ?1 < valid_until ORDER BY id"
    for day in ("1900-01-01", *days, "2999-12-31"):
        wanted = sorted(
            (s.id, entry.status) for s in archive.statements.values() if (entry := asof.entry_on(s, day)) is not None
        )
        assert base.execute(question, [day]).fetchall() == wanted


def test_several_entries_of_one_day_leave_the_last(tmp_path: Path) -> None:
    """As of the day itself, an entry that was followed on the same day no longer holds."""
    archive = read(archives.archive(tmp_path / "archive"))
    fact = archive.statements["gull-rock-lamp-range"]
    later = replace(fact.history[0], status="reported", reason="Weighed.")
    changed = replace(fact, history=(*fact.history, later), status="reported")
    data = written(replace(archive, statements=archive.statements | {fact.id: changed}), tmp_path / "out")
    question = "SELECT status FROM as_of WHERE id = ? AND valid_from <= '2024-05-01' AND '2024-05-01' < valid_until"
    with closing(sqlite3.connect(data / "archive.sqlite")) as connection:
        assert connection.execute(question, [fact.id]).fetchall() == [("reported",)]


# What the page says


def test_duckdb_reads_each_partition_as_its_year(data_of: tuple[Archive, Path]) -> None:
    """In place and by the names of the folders; facts without a date have no year."""
    archive, data = data_of
    found = duck.rows(
        "SELECT year, count(*) FROM read_parquet(?, hive_partitioning = true) GROUP BY year",
        f"{data}/parquet/facts/*/*.parquet",
        folder=data,
    )
    wanted = {None if year == "undated" else int(year): len(group) for year, group in archive.by_year.items()}
    assert dict(found) == wanted


def test_every_file_is_documented_and_every_documented_file_is_there(data_of: tuple[Archive, Path]) -> None:
    """index.json, which the page shows, names each file of the data, plainly or as one of a family, and no other."""
    data = data_of[1]
    top = data.parents[1]
    there = {path for path in sites.files(top) if path not in ("README.txt",)} | {"SHA256SUMS"}
    named = [entry.path for entry in exports.ENTRIES]
    families = [re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path))) for path in named if "{" in path]
    plain = {path for path in named if "{" not in path}
    twins = ".feed.json", ".csl.json", ".html"
    undocumented = {
        p for p in there - plain
        if not any(f.fullmatch(p) for f in families)
        and not any(
            p.endswith(twin) and {p.removesuffix(twin) + other for other in (".atom", ".bib", ".json")} & (there)
            for twin in twins
        )
    }  # fmt: skip
    assert (plain - there, undocumented) == (set(), set())


def test_the_index_tells_sizes_and_checksums(small: tuple[Archive, Path]) -> None:
    """What index.json says of a file is so."""
    archive, data = small
    index = json.loads((data / "index.json").read_text("utf-8"))
    assert (index["title"], index["release"], index["format"]) == ("Lights", release(archive), "v1")
    assert index["licence"] == {"name": "CC-BY-4.0", "url": "https://example.org/by"}
    told = {row["path"]: (row["bytes"], row["sha256"]) for row in index["files"] if "sha256" in row}
    assert told == {
        path: ((data.parents[1] / path).stat().st_size, checksums.digest(data.parents[1] / path)) for path in told
    }
    assert {"data/v1/facts.json", "data/v1/archive.sqlite", "data/v1/facts.csv"} <= set(told)


def test_llms_txt_has_its_form(data_of: tuple[Archive, Path]) -> None:
    """A title, a summary, then sections that are lists of links (llmstxt.org); each into the data leads somewhere."""
    top = data_of[1].parents[1]
    lines = (top / "llms.txt").read_text("utf-8").splitlines()
    assert lines[0] == "# Lights"
    assert lines[2] == "> About lights."
    first = lines.index("## Pages")
    assert not [line for line in lines[1:first] if line.startswith("#")]
    link = re.compile(r"- \[[^]]+\]\(([^)]+)\): .+")
    assert [line for line in lines[first:] if line and not line.startswith("## ") and not link.fullmatch(line)] == []
    links = [found[1] for line in lines[first:] if (found := link.fullmatch(line))]
    assert [path for path in links if not (top / path).exists()] == ["data.html", "index.html", "SHA256SUMS"]


def test_the_same_records_make_the_same_bytes(small: tuple[Archive, Path], tmp_path: Path) -> None:
    """The database and the Parquet files too; and no table hangs on the order in which the records were read."""
    archive, data = small
    again = written(read(archives.archive(tmp_path / "archive")), tmp_path / "again")
    assert sites.differing(sites.files(data.parents[1]), sites.files(again.parents[1])) == []
    mixed = replace(archive, statements=dict(reversed(archive.statements.items())))
    assert [list(t.rows(mixed)) for t in TABLES] == [list(t.rows(archive)) for t in TABLES]


def test_a_change_is_told_with_the_number_of_data_files_it_changes(tmp_path: Path) -> None:
    """What `factbook diff` counts is what differs between the data of before and after."""
    root = archives.archive(tmp_path / "archive")
    before = read(root)
    old = sites.files(written(before, tmp_path / "old").parents[1])
    path = root / "facts/records/undated/gull-rock-lamp-range.yaml"
    path.write_text(path.read_text("utf-8").replace("eighteen", "nineteen"), "utf-8")
    after = read(root)
    new = sites.files(written(after, tmp_path / "new").parents[1])
    differing = [p for p in sites.differing(old, new) if p in new]  # the version that was would stay
    assert exports.changed(before, after) == len(differing)
    assert exports.changed(before, before) == 0


@pytest.mark.build
def test_a_build_without_data_links_to_none(tmp_path: Path) -> None:
    """FACTBOOK_DATA=no leaves the data out, and every link to it."""
    site = sites.build(sites.small(tmp_path / "archive"), FACTBOOK_SEARCH="no", FACTBOOK_DATA="no")
    assert not (site / "data").exists() and not (site / checksums.NAME).exists()
    linking = [p for p in sites.pages(site) if re.search(r'(href|src)="[^"]*data/v1/', (site / p).read_text("utf-8"))]
    assert linking == []


def test_sha256sum_accepts_the_list(small_site: Path) -> None:
    """The tool that everybody has finds every file of a built site in it, and nothing wrong."""
    tool = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    done = subprocess.run([*tool, "-c", checksums.NAME], cwd=small_site, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    checked = [line.removesuffix(": OK") for line in done.stdout.splitlines()]
    assert checked == sorted(set(sites.files(small_site)) - {checksums.NAME})
