"""A copy without a signature is refused where a table says otherwise than the records that its log proves."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from archives import TODAY, archive
from factbook import checksums
from factbook.check.run import read
from factbook.data import exports
from factbook.data.published import Publication
from factbook.site import verify

DATA = "data/v1"
FACT = "keeper-left-gull-rock-1902"
YEAR = f"{DATA}/parquet/facts/year=1902/part-0.parquet"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole data of the example archive, unsigned."""
    folder = tmp_path_factory.mktemp("tables")
    found, _ = read(archive(folder / "archive"), TODAY)
    (folder / "site").mkdir()
    exports.write(folder / "site", found, Publication(name="Lights", base="https://lights.example/"))
    return folder / "site"


@pytest.fixture
def site(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it for one test."""
    monkeypatch.delenv("FACTBOOK_KEY", raising=False)
    return shutil.copytree(made, tmp_path / "site")


def problems(site: Path) -> list[str]:
    """What is wrong with a copy whose list of checksums was made anew: whoever tampers does that."""
    checksums.write(site)
    return verify.problems(site)[0]


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a way to tamper: another text in a file, wherever the old one stands."""

    def tamper(site: Path) -> None:
        text = (site / path).read_bytes()
        assert old.encode() in text
        (site / path).write_bytes(text.replace(old.encode(), new.encode()))

    return tamper


def asked(*statements: str) -> Callable[[Path], None]:
    """Return a way to tamper: the database after these statements."""

    def tamper(site: Path) -> None:
        with closing(sqlite3.connect(site / DATA / "archive.sqlite", isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return tamper


def column(path: str, name: str, new: str) -> Callable[[Path], None]:
    """Return a way to tamper: a Parquet file with the same text in each row of one column."""

    def tamper(site: Path) -> None:
        table = parquet.read_table(io.BytesIO((site / path).read_bytes()))
        at = table.column_names.index(name)
        other = pyarrow.array([new] * len(table), pyarrow.string())
        parquet.write_table(table.set_column(at, name, other), site / path)

    return tamper


def without(path: str, rows: int) -> Callable[[Path], None]:
    """Return a way to tamper: a Parquet file without its last rows."""

    def tamper(site: Path) -> None:
        table = parquet.read_table(io.BytesIO((site / path).read_bytes()))
        parquet.write_table(table.slice(0, len(table) - rows), site / path)

    return tamper


def written(path: str, content: bytes) -> Callable[[Path], None]:
    """Return a way to tamper: a file with this content."""

    def tamper(site: Path) -> None:
        (site / path).write_bytes(content)

    return tamper


def test_whole_tables_are_passed(site: Path) -> None:
    """What the engine wrote agrees with itself, in every format."""
    assert problems(site) == []


def test_the_example_has_every_sort_of_table(site: Path) -> None:
    """What is tampered with here is there: tables of records, of parts of them, of series, and the database."""
    there = {path.relative_to(site / DATA).as_posix() for path in (site / DATA).rglob("*") if path.is_file()}
    assert {"facts.csv", "history.csv", "tables/lamp-and-keeper.csv", "archive.sqlite", "words.csv"} <= there
    assert {"parquet/evidence.parquet", YEAR.removeprefix(f"{DATA}/")} <= there


@pytest.mark.parametrize(
    ("tamper", "wrong"),
    [
        (
            replaced(f"{DATA}/facts.csv", "disputed", "confirmed"),
            f"{DATA}/facts.csv: row 5, of {FACT}, has status confirmed, and the records say disputed",
        ),
        (
            replaced(f"{DATA}/facts.csv", "left the tower", "kept the tower"),
            f"{DATA}/facts.csv: row 5, of {FACT}, has claim Ane Morrow, the keeper of Gull Rock, kept the tower during "
            "the storm., and the records say Ane Morrow, the keeper of Gull Rock, left the tower during the storm.",
        ),
        (
            replaced(f"{DATA}/history.csv", "The newspaper says so and the Board denies it.", "All say so."),
            f"{DATA}/history.csv: row 5, of {FACT}, has reason All say so., and the records say The newspaper says so "
            "and the Board denies it.",
        ),
        (
            replaced(f"{DATA}/evidence.csv", "contradicts", "supports"),
            f"{DATA}/evidence.csv: row 7, of {FACT}, has stance supports, and the records say contradicts",
        ),
        (
            replaced(f"{DATA}/tables/lamp-and-keeper.csv", "disputed", "confirmed"),
            f"{DATA}/tables/lamp-and-keeper.csv: row 2, of 1902-11, has standing confirmed, and the records "
            "say disputed",
        ),
        (
            replaced(f"{DATA}/facts.csv", "claim,", "said,"),
            f"{DATA}/facts.csv: this program knows no column said",
        ),
        (
            replaced(f"{DATA}/redirects.csv", "gull-rock-lit,gull-rock-lamp-lit-1901,\r\n", ""),
            f"{DATA}/redirects.csv: it has 0 rows, and the records give 1",
        ),
        (
            replaced(f"{DATA}/redirects.csv", "gull-rock-lamp-lit-1901,", "gull-rock-lamp-lit-1901"),
            f"{DATA}/redirects.csv: row 1 has 2 cells, and the table 3 columns",
        ),
        (
            written(f"{DATA}/sources.csv", b"\xff\xfe"),
            f"{DATA}/sources.csv: it cannot be read: 'utf-8' codec can't decode",
        ),
        (written(f"{DATA}/sources.csv", b""), f"{DATA}/sources.csv: it cannot be read: "),
        (written(f"{DATA}/true.csv", b"id\r\n"), f"{DATA}/true.csv: the data have no such table"),
        (written(f"{DATA}/parquet/true.parquet", b""), f"{DATA}/parquet/true.parquet: the data have no such table"),
        (
            column(YEAR, "status", "confirmed"),
            f"{YEAR}: row 1, of gull-rock-lamp-mended-1902, has status confirmed, and the records say corroborated",
        ),
        (without(YEAR, 1), f"{YEAR}: it has 2 rows, and the records give 3"),
        (
            column(f"{DATA}/parquet/history.parquet", "reason", "So it is."),
            f"{DATA}/parquet/history.parquet: row 1, of board-denied-keeper-left-1903, has reason So it is., and the "
            "records say It is the notice of the Board itself.",
        ),
        (written(YEAR, b"PAR1"), f"{YEAR}: it cannot be read: "),
        (
            asked(f"UPDATE facts SET status = 'confirmed' WHERE id = '{FACT}'"),
            f"{DATA}/archive.sqlite: facts: row 5, of {FACT}, has status confirmed, and the records say disputed",
        ),
        (
            asked("DELETE FROM evidence WHERE stance = 'contradicts'"),
            f"{DATA}/archive.sqlite: evidence: row 7, of {FACT}, has fact storm-broke-gull-rock-lamp-1902, and the "
            f"records say {FACT}",
        ),
        (
            asked("DROP VIEW contested", "CREATE VIEW contested AS SELECT * FROM facts WHERE 0"),
            f"{DATA}/archive.sqlite: the view contested is not one of this program",
        ),
        (
            asked("CREATE TRIGGER more AFTER INSERT ON facts BEGIN SELECT 1; END"),
            f"{DATA}/archive.sqlite: the trigger more is not one of this program",
        ),
        (
            asked(
                "ALTER TABLE successions RENAME TO heirs",
                "CREATE VIEW successions AS WITH RECURSIVE r AS (SELECT 1 UNION SELECT 1 FROM r) SELECT * FROM r",
            ),
            f"{DATA}/archive.sqlite: the view successions is not one of this program",
        ),
        (
            written(f"{DATA}/archive.sqlite", b"SQLite format 3\0" + bytes(4080)),
            f"{DATA}/archive.sqlite: it cannot be read: ",
        ),
    ],
)
def test_a_table_that_was_tampered_with_is_refused(site: Path, tamper: Callable[[Path], None], wrong: str) -> None:
    """Another status, claim, reason or stance, a row too few, another view, or a file that is none: each is told."""
    tamper(site)
    found = problems(site)
    assert [problem for problem in found if problem.startswith(wrong)], found
    assert all(problem.startswith(wrong.partition(": ")[0]) for problem in found)


def test_a_copy_of_an_older_program_is_passed(site: Path) -> None:
    """A column, and a table, that came later are not missed: what is there is compared."""
    names, *rows = (site / DATA / "redirects.csv").read_text("utf-8").splitlines()
    assert names.endswith(",differs")
    (site / DATA / "redirects.csv").write_text(
        "".join(f"{row.rpartition(',')[0]}\n" for row in (names, *rows)), "utf-8"
    )
    asked("DROP TABLE successions", "ALTER TABLE facts DROP COLUMN weight")(site)
    assert problems(site) == []


def test_a_copy_without_tables_is_passed(site: Path) -> None:
    """What is not there says nothing else: a copy may hold the records as JSON alone."""
    for path in [*(site / DATA).rglob("*.csv"), *(site / DATA).rglob("*.parquet"), site / DATA / "archive.sqlite"]:
        path.unlink()
    assert problems(site) == []


def _spots(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value inside another."""
    if way:
        yield way
    for key, held in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _spots(held, (*way, key))


@pytest.mark.parametrize("odd", [None, 5, "x", [5], {"a": 1}, "\ud800"], ids=repr)
@pytest.mark.parametrize("kind", ["facts", "sources", "organizations", "tables", "questions", "reviews"])
def test_no_document_makes_the_command_fail_otherwise(kind: str, odd: object, site: Path) -> None:
    """A value of another sort anywhere in the documents is a problem told in a line, never a traceback."""
    checksums.write(site)
    path = site / DATA / f"{kind}.json"
    whole = path.read_bytes()
    for way in [*_spots(json.loads(whole))][::7]:
        value = json.loads(whole)
        held = value
        for step in way[:-1]:
            held = held[step]
        held[way[-1]] = odd
        path.write_text(json.dumps(value), "utf-8")
        assert all("\n" not in problem for problem in verify.verified(site)[0])


def test_a_document_of_brackets_is_told(site: Path) -> None:
    """One that is nested deeper than a program can follow is no document."""
    (site / DATA / "facts.json").write_text("[" * 100_000, "utf-8")
    assert any("in the log is not the one that the data shows" in problem for problem in problems(site))
