"""The tables as one SQLite file with full-text search and views; it opens in Datasette as it is."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from factbook.data.columns import Cell, Table
from factbook.data.published import Entry
from factbook.data.tables import TABLES
from factbook.model.archive import Archive
from factbook.model.fingerprint import FOLDER

ENTRIES = (
    Entry(
        "data/v1/archive.sqlite",
        "application/vnd.sqlite3",
        "Every table in one SQLite file, with full-text search and views.",
    ),
)
"""The files of this part, in the order in which they are documented."""
ADDRESS = f"{FOLDER}/archive.sqlite"
_TYPES = {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "list": "TEXT"}
_SEARCHED = ("claim", "speaker", "organization_names", "note")
VIEWS = {
    "standing": (
        "How many facts have each status, as it is shown.",
        """SELECT w.id AS status, w.label, count(f.id) AS facts FROM words w LEFT JOIN facts f ON f.standing = w.id
WHERE w.list = 'statuses' GROUP BY w.id ORDER BY w.number""",
    ),
    "contested": (
        "Facts whose status says that they are contested, newest first.",
        "SELECT * FROM facts WHERE contested ORDER BY date_earliest DESC, id",
    ),
    "contradictions": (
        "Pairs of facts that contradict each other.",
        """SELECT a.id AS fact, a.claim, a.status, b.id AS other, b.claim AS other_claim, b.status AS other_status
FROM relations r JOIN facts a ON a.id = r.fact JOIN facts b ON b.id = r.target WHERE r.relation = 'contradicts'""",
    ),
    "single_origin": (
        "Facts that stand, yet on fewer than two independent origins.",
        "SELECT * FROM facts WHERE stands AND origins < 2",
    ),
    "unpinned": (
        "Facts that stand, yet on no source that is pinned by a stored copy or a hash.",
        "SELECT * FROM facts WHERE stands AND pinned = 0",
    ),
    "facts_by_organization": (
        "Each fact once for every organization it is about.",
        """SELECT o.value AS organization, n.name AS organization_name, f.*
FROM facts f JOIN json_each(f.organizations) o JOIN organizations n ON n.id = o.value""",
    ),
    "facts_by_topic": (
        "Each fact once for every topic.",
        """SELECT t.value AS topic, w.label AS topic_name, f.*
FROM facts f JOIN json_each(f.topics) t LEFT JOIN words w ON w.list = 'topics' AND w.id = t.value""",
    ),
    "as_of": (
        "The status of every fact over time. As the archive stood on day D: WHERE valid_from <= D AND D < valid_until.",
        """SELECT h.date AS valid_from, coalesce(h.valid_until, '9999-12-31') AS valid_until,
    f.id, f.claim, h.status, h.reason
FROM history h JOIN facts f ON f.id = h.fact""",
    ),
    "changes": (
        "Every entry of every ledger, newest first, with the status before it.",
        """SELECT h.date, h.fact, f.claim, b.status AS status_before, h.status, h.reason FROM history h
JOIN facts f ON f.id = h.fact LEFT JOIN history b ON b.fact = h.fact AND b.number = h.number - 1
ORDER BY h.date DESC, h.fact, h.number DESC""",
    ),
    "due": (
        "Facts in the order in which they are due for review.",
        """SELECT recheck_by, id, claim, status, last_reviewed FROM facts
WHERE recheck_by NOT NULL ORDER BY recheck_by, id""",
    ),
}
"""The views by name: the question that each answers, and its SQL. Days are texts, which sort as days."""


def write(archive: Archive, path: Path) -> None:
    """Write the database to ``path``, where no file may exist. The same archive and the same SQLite give the same
    bytes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # what is half-written is never published
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(_created(table))
            marks = ", ".join("?" * len(table.columns))
            rows = (tuple(map(cell, row)) for row in table.rows(archive))
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
        for table in TABLES:
            for column, _ in table.refers:
                connection.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
        for column in ("status", "kind", "date_earliest", "year"):
            connection.execute(f"CREATE INDEX facts_{column} ON facts ({column})")
        connection.execute(
            f"CREATE VIRTUAL TABLE facts_fts USING fts5({', '.join(_SEARCHED)}, content='facts', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
        connection.execute("INSERT INTO facts_fts (facts_fts) VALUES ('optimize')")
        for name, (_, question) in VIEWS.items():
            connection.execute(created_view(name, question))
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def _created(table: Table) -> str:
    refers = dict(table.refers)
    columns = [
        f"{c.name} {_TYPES[c.type]}" + (f" REFERENCES {refers[c.name]} (id)" if c.name in refers else "")
        for c in table.columns
    ]
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({', '.join(table.key)}))"


def created_view(name: str, question: str) -> str:
    """Return the statement that makes a view, as the file holds it."""
    return f"CREATE VIEW {name} AS {question}"


def cell(held: Cell) -> str | int | None:
    """Return a cell as SQLite takes it: lists are JSON, for json_each; truth values are 1 and 0."""
    return json.dumps(held, ensure_ascii=False) if isinstance(held, tuple) else held
