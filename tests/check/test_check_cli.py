"""The command `factbook check`: what it prints in each format, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archives import ROOT, TODAY, archive, write
from factbook import __version__
from factbook.check.reference import EXAMPLES
from factbook.check.report import FORMATS
from factbook.cli import main
from factbook.rules.problem import Problem


def run(root: Path, *more: str) -> int:
    """Run the command on the archive at ``root``."""
    return main(["--root", str(root), "check", "--date", TODAY, *more])


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """The example archive as it is."""
    return archive(tmp_path / "sound")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """The example archive with three files that are wrong, one of them in two places."""
    root = archive(tmp_path / "bad")
    lit = root / "facts" / "records" / "1901" / "gull-rock-lamp-lit-1901.yaml"
    lit.write_text(lit.read_text().replace("kind: event", "kind: evnt").replace("[lamps]", "[lamp, lamps]"))
    board = root / "facts" / "organizations" / "keepers-board.yaml"
    board.write_text(board.read_text().replace("kind: board", "kind: council"))
    redirect = root / "facts" / "records" / "1901" / "gull-rock-lit.yaml"
    redirect.write_text(redirect.read_text().replace("2024-05-01", "2031-05-01"))
    return root


TEXT = """\
facts/organizations/keepers-board.yaml:3:7: error: kind must be a word of the vocabulary [unknown-word]
    found: council
    allowed: league, board, light
facts/records/1901/gull-rock-lamp-lit-1901.yaml:3:7: error: kind must be a word of the vocabulary [unknown-word]
    found: evnt
    allowed: event, statement, plan, figure
    hint: Did you mean event?
facts/records/1901/gull-rock-lamp-lit-1901.yaml:5:10: error: topics must be a word of the vocabulary [unknown-word]
    found: lamp
    allowed: lamps, keepers, storms
    hint: Did you mean lamps?
facts/records/1901/gull-rock-lit.yaml:3:11: error: the entry is dated in the future [ledger-in-the-future]
    found: 2031-05-01
    allowed: 2030-01-01 or earlier
    hint: If the date is right, this machine's clock is wrong, or another day was given with --date.
4 errors in 3 files.
5 facts, 4 sources, 2 organizations checked.
"""

GITHUB = """\
::error file=facts/organizations/keepers-board.yaml,line=3,col=7,title=unknown-word::kind must be a word of the \
vocabulary. Found: council. Allowed: league, board, light
::error file=facts/records/1901/gull-rock-lamp-lit-1901.yaml,line=3,col=7,title=unknown-word::kind must be a word of \
the vocabulary. Found: evnt. Allowed: event, statement, plan, figure. Did you mean event?
::error file=facts/records/1901/gull-rock-lamp-lit-1901.yaml,line=5,col=10,title=unknown-word::topics must be a word \
of the vocabulary. Found: lamp. Allowed: lamps, keepers, storms. Did you mean lamps?
::error file=facts/records/1901/gull-rock-lit.yaml,line=3,col=11,title=ledger-in-the-future::the entry is dated in the \
future. Found: 2031-05-01. Allowed: 2030-01-01 or earlier. If the date is right, this machine's clock is wrong, or \
another day was given with --date.
4 errors in 3 files.
"""

JSON = [
    {
        "path": "facts/organizations/keepers-board.yaml",
        "line": 3,
        "column": 7,
        "rule": "unknown-word",
        "message": "kind must be a word of the vocabulary",
        "value": "council",
        "allowed": "league, board, light",
        "hint": "",
        "severity": "error",
    },
    {
        "path": "facts/records/1901/gull-rock-lamp-lit-1901.yaml",
        "line": 3,
        "column": 7,
        "rule": "unknown-word",
        "message": "kind must be a word of the vocabulary",
        "value": "evnt",
        "allowed": "event, statement, plan, figure",
        "hint": "Did you mean event?",
        "severity": "error",
    },
    {
        "path": "facts/records/1901/gull-rock-lamp-lit-1901.yaml",
        "line": 5,
        "column": 10,
        "rule": "unknown-word",
        "message": "topics must be a word of the vocabulary",
        "value": "lamp",
        "allowed": "lamps, keepers, storms",
        "hint": "Did you mean lamps?",
        "severity": "error",
    },
    {
        "path": "facts/records/1901/gull-rock-lit.yaml",
        "line": 3,
        "column": 11,
        "rule": "ledger-in-the-future",
        "message": "the entry is dated in the future",
        "value": "2031-05-01",
        "allowed": "2030-01-01 or earlier",
        "hint": "If the date is right, this machine's clock is wrong, or another day was given with --date.",
        "severity": "error",
    },
]


def test_a_sound_archive_ends_with_0_and_is_counted(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All is well: the command says so, says what it has looked at, and ends with 0."""
    assert run(sound) == 0
    assert capsys.readouterr().out == "No problems.\n6 facts, 4 sources, 3 organizations checked.\n"


def test_problems_are_printed_for_people(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every problem of every file in one run, sorted by file and line, and 1 at the end."""
    assert run(bad) == 1
    assert capsys.readouterr().out == TEXT


def test_problems_are_printed_for_github(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same problems as annotations of the lines they are in."""
    assert run(bad, "--format", "github") == 1
    assert capsys.readouterr().out == GITHUB


def test_problems_are_printed_for_programs(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same problems as JSON, and nothing beside it."""
    assert run(bad, "--format", "json") == 1
    assert json.loads(capsys.readouterr().out) == JSON


@pytest.mark.parametrize(("kind", "expected"), [("github", "No problems.\n"), ("json", "[]\n")])
def test_a_sound_archive_is_quiet_in_every_format(
    kind: str, expected: str, sound: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is no problem, GitHub is given no command and a program an empty list."""
    assert run(sound, "--format", kind) == 0
    assert capsys.readouterr().out == expected


def test_a_warning_is_reported_and_does_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is only untidy is said, and the command ends with 0."""
    assert run(archive(tmp_path / "untidy", EXAMPLES / "unused-source" / "bad")) == 0
    expected = """\
facts/sources/harbour-post-1904.yaml:1:1: warning: nothing cites this source [unused-source]
    found: harbour-post-1904
1 warning in 1 file.
7 facts, 5 sources, 3 organizations checked.
"""
    assert capsys.readouterr().out == expected


def test_errors_and_warnings_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line tells what stops a build from what does not."""
    root = archive(tmp_path / "both", EXAMPLES / "unused-source" / "bad", EXAMPLES / "related-to-itself" / "bad")
    assert run(root) == 1
    assert capsys.readouterr().out.splitlines()[-2] == "1 error, 1 warning in 2 files."


def test_problems_are_sorted_by_file_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever rule found a problem, it stands where its line stands in its file."""
    root = archive(tmp_path / "awful", ROOT / "tests" / "rules" / "awful" / "over")
    assert run(root, "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    places = [(p["path"], p["line"], p["column"]) for p in found]
    assert places == sorted(places)
    assert len({path for path, _, _ in places}) == 3


def test_a_date_that_cannot_be_read_hides_no_wrong_name(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever mistypes a date and a name in one file reads of both in the same run."""
    post = sound / "facts" / "sources" / "harbour-post-1902.yaml"
    text = post.read_text().replace("tern-wire", "nowhere")
    post.write_text(text.replace("published: ", "organization: keepers-bord\npublished: 3"))
    assert run(sound) == 1
    rules = [line.rpartition("[")[2] for line in capsys.readouterr().out.splitlines() if ": error: " in line]
    assert rules == ["unknown-organization]", "date-not-edtf]", "unknown-origin]"]


def test_a_folder_without_records_is_told_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run in the wrong folder, the command says in a line what makes an archive and how one begins, and ends with 2."""
    assert run(tmp_path) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: There is no archive in {tmp_path}: a folder with facts/vocabulary.yaml. ")
    assert line.endswith(" init FOLDER begins one.")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--root", "no-such-folder", "check"], "argument --root: there is no folder no-such-folder"),
        (["check", "--date", "soon"], "argument --date: 'soon': it is not an EDTF date"),
        (["check", "--date", "2021-02-30"], "argument --date: '2021-02-30': February 2021 has 28 days"),
        (["check", "--date", "2021-09"], "argument --date: '2021-09': it is not one day"),
        (["new"], "the following arguments are required: KIND"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_was_wrong(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that cannot be understood does nothing but say why."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.splitlines()[-1].partition(": error: ")[2] == expected


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says which version it is."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"factbook {__version__}\n")


def test_the_command_ends_its_process_with_its_code(bad: Path) -> None:
    """What the shell and make see is the code, what they print is the report, and nothing is on standard error."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "FACTBOOK_DATE": TODAY}
    command = [sys.executable, "-m", "factbook", "--root", str(bad), "check"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, TEXT, "")


HOSTILE = Problem(
    path="facts/records/a\n::error::b,c:d%.yaml",
    line=1,
    column=2,
    rule="not-a-record",
    message="100% wrong\r\n::set-output name=x::y",
    value="a\n::error::b",
    allowed="::warning::c",
    hint="\n::stop-commands::d",
)


def test_no_text_can_begin_a_command_of_its_own_at_github() -> None:
    """Line ends and percent signs are escaped everywhere, colons and commas where they would end an attribute."""
    expected = """\
::error file=facts/records/a%0A%3A%3Aerror%3A%3Ab%2Cc%3Ad%25.yaml,line=1,col=2,title=not-a-record::100%25 wrong%0D%0A\
::set-output name=x::y. Found: a%0A::error::b. Allowed: ::warning::c. %0A::stop-commands::d
1 error in 1 file."""
    assert FORMATS["github"]([HOSTILE]) == expected


def test_a_hostile_record_begins_no_line_of_its_own(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value, a field or a file name with a line end in it is shown on one line, in every format."""
    write(sound, 'records/1902/a\n::error::"b"\x1b[31m.yaml', '"x\\n::error::y": "z"\nkind: "\\n::error::k"\n')
    lines = []
    for kind in FORMATS:
        assert run(sound, "--format", kind) == 1
        lines += capsys.readouterr().out.split("\n")
    assert [line for line in lines if "\x1b" in line or line.startswith(("::error::", "::k"))] == []
    shown = 'facts/records/1902/a\\n::error::"b"\\x1b[31m.yaml'
    assert f"{shown}:1:1: error: there is no such field in a fact [unknown-field]" in lines
    assert "    found: x\\n::error::y" in lines


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_name_that_is_no_text_is_reported_all_the_same(kind: str, sound: Path) -> None:
    """Bytes that are not UTF-8 in a file name are shown as escapes, in output that is UTF-8."""
    folder = os.fsencode(sound / "facts" / "records" / "1902")
    try:
        with open(folder + b"/\xff.yaml", "wb") as file:
            file.write(b"a: b\n")
    except OSError:
        pytest.skip("this file system has no such names")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONIOENCODING": "utf-8:strict"}
    command = [sys.executable, "-m", "factbook", "--root", str(sound), "check", "--format", kind, "--date", TODAY]
    done = subprocess.run(command, capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"facts/records/1902/\\udcff.yaml" in done.stdout


def test_a_long_path_is_printed_whole(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path can be opened by a click, however long the id is."""
    name = "-".join(["long"] * 20)
    write(sound, f"records/1902/{name}.yaml", "")
    assert run(sound) == 1
    assert capsys.readouterr().out.startswith(f"facts/records/1902/{name}.yaml:1:1: error: the file holds no record")
