"""The two clocks: how the archive stood on a day, and what held on a day."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import revisions
from archives import BASE, TODAY, archive
from factbook.check.run import check
from factbook.cli import main
from factbook.history import base
from factbook.model import edtf
from factbook.model.asof import FIRST, LAST, asof, certain, holds, possible

LAMP = "records/1901/gull-rock-lamp-lit-1901.yaml"


@pytest.mark.parametrize(
    ("date", "sure"),
    [
        ("1902-11-03", ("1902-11-03", "1902-11-03")),
        ("1902-11-03?", None),
        ("1902-11", None),
        ("1902", None),
        ("190X", None),
        ("1902-24", None),
        ("1902/1905", ("1902-12-31", "1905-01-01")),
        ("1902-11-03/1902-11-05", ("1902-11-03", "1902-11-05")),
        ("1902/1902", None),
        ("1902~/1905", None),
        ("1902-11-03/..", ("1902-11-03", LAST)),
        ("../1902-11-03", (FIRST, "1902-11-03")),
        ("1902/..", ("1902-12-31", LAST)),
        ("1902-11-03/", ("1902-11-03", "1902-11-03")),
        ("1902/", None),
        ("/1902-11-03", ("1902-11-03", "1902-11-03")),
    ],
)
def test_the_days_that_are_certain(date: str, sure: tuple[str, str] | None) -> None:
    """A day is certain only where no reading of the date leaves it out."""
    assert certain(edtf.parse(date)) == sure


@pytest.mark.parametrize(
    ("date", "day", "said"),
    [
        ("1902/1905", "1901-12-31", "no"),
        ("1902/1905", "1902-01-01", "possibly"),
        ("1902/1905", "1903-06-01", "certainly"),
        ("1902/1905", "1905-12-31", "possibly"),
        ("1902/1905", "1906-01-01", "no"),
        ("1902-11", "1902-11-30", "possibly"),
        ("1902-11-03", "1902-11-03", "certainly"),
        ("1902~", "1902-05-01", "possibly"),
        ("1902/", "2020-01-01", "possibly"),
        ("1902/..", "2020-01-01", "certainly"),
        (None, "1902-05-01", "unknown"),
    ],
)
def test_what_holds_on_a_day(date: str | None, day: str, said: str) -> None:
    """Certainly, possibly or not: by the bounds of the date; without a date it is not known."""
    assert holds(edtf.parse(date) if date else None, day) == said


days = st.dates().map(lambda d: d.isoformat())
bounds = st.one_of(
    days,
    days.map(lambda d: d[:7]),
    days.map(lambda d: d[:4]),
    days.map(lambda d: f"{d[:3]}X"),
    st.sampled_from(["", ".."]),
)


@given(bounds, bounds, days)
def test_a_certain_day_is_a_possible_day(start: str, end: str, day: str) -> None:
    """Whatever the date, what is certain lies within what is possible."""
    try:
        date = edtf.parse(f"{start}/{end}")
    except edtf.EdtfError:
        return
    sure, may = certain(date), possible(date)
    assert sure is None or (may[0] <= sure[0] <= sure[1] <= may[1])
    assert holds(date, day) in (("certainly", "possibly") if may[0] <= day <= may[1] else ("no",))


@pytest.fixture
def grown(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A repository whose ledgers grew over three commits, and the commit of each day."""
    root = revisions.repository(tmp_path / "a")
    commits = {"2024-05-01": revisions.git(root, "rev-parse", "HEAD").decode().strip()}
    revisions.change(root, LAMP, "status: confirmed\nhistory:", "status: unreviewed\nhistory:")
    entry = "  - date: {}\n    status: {}\n    reason: {}\n"
    for day, status in (("2024-06-10", "unreviewed"), ("2025-02-03", "confirmed")):
        path = root / "facts" / LAMP
        text = path.read_text("utf-8").replace("status: unreviewed\nhistory", f"status: {status}\nhistory")
        path.write_text(text + entry.format(day, status, "It was looked at again."), "utf-8")
        if day == "2024-06-10":
            new = "records/1902/lamp-painted-1902.yaml"
            body = (BASE / "records/1902/storm-broke-gull-rock-lamp-1902.yaml").read_text("utf-8")
            body = body.replace("A storm broke", "A painter painted").replace("2024-05-01", day)
            (root / "facts" / new).write_text(body, "utf-8")
        revisions.commit(root)
        commits[day] = revisions.git(root, "rev-parse", "HEAD").decode().strip()
    return root, commits


def test_the_answer_is_that_of_the_commit_of_the_day(grown: tuple[Path, dict[str, str]]) -> None:
    """What the newest records say of an older day is what the records of that day said themselves."""
    root, commits = grown
    newest = check(root, TODAY)[0]
    assert len(newest.statements) == 7
    for day, commit in commits.items():
        then = base.read(root, commit).archive
        said = {s.statement.id: (s.entry.status, s.entry.date) for s in asof(newest, day) if s.entry}
        assert said == {s.id: (s.status, s.history[-1].date) for s in then.statements.values()}, day


def test_what_is_refuted_or_taken_back_held_on_no_day(grown: tuple[Path, dict[str, str]]) -> None:
    """A claim that is denied is not listed as held, however sure its date is; before it was denied it is."""
    found = check(grown[0], TODAY)[0]
    assert found is not None
    statement = next(s for s in found.statements.values() if s.when and len(s.history) == 1)
    day = statement.when.earliest if statement.when else ""
    for status, listed in (("refuted", False), ("withdrawn", False), ("disputed", True)):
        entry = replace(statement.history[0], status=status)
        one = replace(found, statements={statement.id: replace(statement, status=status, history=(entry,))})
        assert bool(asof(one, TODAY, day)) is listed, status


def said(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints, which must succeed."""
    assert main(["--root", str(root), "asof", *arguments]) == 0
    return capsys.readouterr().out


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The example archive."""
    return archive(tmp_path / "a")


def test_told_as_text(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many facts there were, how they stood, and a line for each with its reason."""
    assert said(small, capsys, "2024-05-01", "--organization", "keepers-board") == (
        "As the archive stood on 1 May 2024: 2 facts.\n"
        "  Confirmed: 1\n"
        "  Corroborated: 1\n"
        "board-denied-keeper-left-1903: Confirmed from 2024-05-01. It is the notice of the Board itself.\n"
        "gull-rock-lamp-mended-1902: Corroborated from 2024-05-01. A newspaper and the Board tell it, each by itself.\n"
    )
    assert said(small, capsys, "2024-04-30") == (
        "As the archive stood on 30 April 2024: 0 facts.\nNot recorded yet: 6 facts.\n"
    )


def test_what_held_is_told_by_its_claim(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks what held on a day reads what it was and how sure that is, and no reason of the ledger."""
    assert said(small, capsys, "2024-05-01", "--held", "1901-05-03", "--fact", "gull-rock-lamp-lit-1901").endswith(
        "gull-rock-lamp-lit-1901: Confirmed from 2024-05-01. Held then: certainly. "
        "The lamp of Gull Rock was lit for the first time on 3 May 1901.\n"
    )


def test_told_as_json(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for programs, with what was not recorded yet by name."""
    found = json.loads(said(small, capsys, "2024-05-01", "--held", "1901-05-03", "--format", "json"))
    assert (found["asof"], found["held"], found["counts"]) == (
        "2024-05-01",
        "1901-05-03",
        {"confirmed": 1, "unreviewed": 1},
    )
    assert [(f["id"], f["holds"]) for f in found["facts"]] == [
        ("gull-rock-lamp-lit-1901", "certainly"),
        ("gull-rock-lamp-range", "unknown"),
    ]
    none = json.loads(said(small, capsys, "2024-04-30", "--fact", "gull-rock-lit", "--format", "json"))
    assert (none["facts"], none["not_yet_recorded"]) == ([], ["gull-rock-lamp-lit-1901"])


def test_told_as_csv(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for spreadsheets, in which no text can be taken for a formula."""
    path = small / "facts" / LAMP
    path.write_text(
        path.read_text("utf-8").replace("The register of", '"=1+1, says the register of').replace("it.", 'it."')
    )
    rows = list(csv.DictReader(io.StringIO(said(small, capsys, "2024-05-01", "--format", "csv"))))
    found = {row["id"]: row for row in rows}
    assert len(rows) == 6
    assert found["gull-rock-lamp-lit-1901"]["reason"].startswith("'=1+1")
    assert found["gull-rock-lamp-lit-1901"]["status"] == "confirmed"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("2024-05-01", "--fact", "gull-rock-lamp-lit"),
            "error: there is no fact gull-rock-lamp-lit\n    hint: Did you mean gull-rock-lamp-lit-1901?\n",
        ),
        (("2024-05-01", "--organization", "x"), "error: there is no organization x\n"),
        (("",), "error: which day? Write it like 2021-09-14\n"),
    ],
)  # fmt: skip
def test_a_wrong_question(
    small: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """What is not there is said, with what was probably meant."""
    assert main(["--root", str(small), "asof", *arguments]) == 2
    assert capsys.readouterr().err == message


@pytest.mark.parametrize("day", ["2024", "2024-05-01?", "2024-02-30", "yesterday"])
def test_a_day_is_a_day(small: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    """The command asks for one exact day and says so."""
    with pytest.raises(SystemExit):
        main(["--root", str(small), "asof", day])
    assert f"argument YYYY-MM-DD: '{day}': " in capsys.readouterr().err
