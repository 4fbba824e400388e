"""The command line itself: help, suggestions, the archive it finds, the commands that its hints name."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook import cli, program
from factbook.check.run import day_anywhere
from factbook.commands.shared_archive import find_root
from factbook.site import build, preview_server

FACT = "facts/records/1902/storm-broke-gull-rock-lamp-1902.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example archive."""
    return archive(tmp_path / "a")


def test_without_a_command_the_help_ends_with_the_next_step(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bare command prints the help and what to do next in the archive it stands in."""
    monkeypatch.chdir(root)
    assert cli.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("usage: factbook")
    assert lines[-1] == "Next: factbook check says what is wrong, factbook site builds the site."


def test_outside_an_archive_the_help_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is no archive here or above, the last line of the help says how to come to one."""
    monkeypatch.chdir(tmp_path)
    assert cli.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("There is no archive here")


@pytest.mark.parametrize("command", [["check"], ["site"], ["serve"], ["new", "fact"], ["upgrade"], ["explain", "x"]])
def test_outside_an_archive_a_command_says_so_in_one_line(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What needs an archive is not begun without one: neither where it was started, nor in the folder it was given."""
    monkeypatch.chdir(tmp_path)
    end = "a folder with facts/vocabulary.yaml. factbook init FOLDER begins one.\n"
    assert cli.main(command) == 2
    assert capsys.readouterr() == ("", f"error: There is no archive here, nor in a folder above: {end}")
    assert cli.main(["--root", str(tmp_path), *command]) == 2
    assert capsys.readouterr() == ("", f"error: There is no archive in {tmp_path}: {end}")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["chek"],
            "error: there is no command chek\n    hint: Did you mean check? factbook --help lists them.\n",
        ),
        (["xyzzy"], "error: there is no command xyzzy\n    hint: factbook --help lists them.\n"),
        (["check", "--fromat", "json"], "error: unrecognized arguments: --fromat\n    hint: Did you mean --format?\n"),
        (["check", "--root=x"], "    hint: --root stands before the command: factbook --root … check\n"),
        (["--verison"], "error: unrecognized arguments: --verison\n    hint: Did you mean --version?\n"),
        (["new", "fakt"], "\n    hint: Did you mean fact?\n"),
    ],
)
def test_a_name_that_is_not_known(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt command, kind or option is told the one that was probably meant."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(expected)


def test_the_archive_is_found_from_any_folder_below(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command given in a folder inside an archive is about that archive."""
    monkeypatch.chdir(root / "facts" / "records" / "1902")
    assert find_root(Path()) == Path("../../..")
    assert cli.main(["check", "--date", TODAY]) == 0
    assert "6 facts" in capsys.readouterr().out


def test_check_reports_of_the_files_it_is_given(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a path, written from here or from the archive, only the problems of that file are told."""
    for path in (root / "facts/records").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8") + "colour: red\n", "utf-8")
    monkeypatch.chdir(root / "facts")
    for given in (FACT, FACT.removeprefix("facts/")):
        assert cli.main(["check", "--date", TODAY, given]) == 1
        assert "1 error in 1 file.\n" in capsys.readouterr().out
    assert cli.main(["check", "--date", TODAY, "organizations"]) == 0
    assert cli.main(["check", "--date", TODAY, "nowhere.yaml"]) == 2


@pytest.mark.parametrize(
    ("started", "known", "expected"),
    [
        ("/some/where/pytest", None, "factbook check"),
        ("/some/env/bin/factbook", "/some/env/bin/factbook", "factbook check"),
        ("/some/env/bin/factbook", None, "/some/env/bin/factbook check"),
        ("/some/env/bin/factbook", "/other/bin/factbook", "/some/env/bin/factbook check"),
        (".venv/bin/factbook", None, ".venv/bin/factbook check"),
        ("/some/factbook/__main__.py", "/some/bin/python", "python -m factbook check"),
        ("/some/factbook/__main__.py", None, "/some/bin/python -m factbook check"),
    ],
)
def test_a_hint_names_the_command_as_it_was_started(
    started: str, known: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command in a hint can be copied: it is the name the shell knows, or the path that was typed."""
    monkeypatch.setattr(sys, "argv", [started])
    monkeypatch.setattr(sys, "executable", "/some/bin/python")
    monkeypatch.setattr(shutil, "which", lambda name: known)
    assert program.command("check") == expected


def test_what_is_written_today_is_not_in_the_future(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever is a day ahead of the newest commit, or of another zone, can check what was written down today."""
    monkeypatch.delenv("FACTBOOK_DATE", raising=False)
    today = day_anywhere()
    write(root, FACT.removeprefix("facts/"), (root / FACT).read_text("utf-8").replace("2024-05-01", today))
    assert cli.main(["--root", str(root), "check"]) == 0
    assert cli.main(["--root", str(root), "check", "--date", "2024-06-01"]) == 1
    assert "the entry is dated in the future" in capsys.readouterr().out
    zone = timezone(timedelta(hours=-12))
    assert datetime.now(zone).date().isoformat() <= datetime.now(UTC).date().isoformat() <= today


@pytest.mark.parametrize("command", ["check", "upgrade", "asof 2024-05-01"])
def test_a_day_that_has_begun_nowhere_on_earth_is_in_the_future_for_every_command(
    command: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no day is given, the first one that has begun nowhere is refused: no command adds a day of its own."""
    monkeypatch.delenv("FACTBOOK_DATE", raising=False)
    (root / "mkdocs.yml").write_text("plugins: [factbook]\n", "utf-8")
    day = (date.fromisoformat(day_anywhere()) + timedelta(days=1)).isoformat()
    write(root, FACT.removeprefix("facts/"), (root / FACT).read_text("utf-8").replace("2024-05-01", day))
    assert cli.main(["--root", str(root), *command.split()]) != 0
    said = "".join(capsys.readouterr())
    assert "in the future" in said or "1 error by today's rules" in said or "1 problem in the records" in said


@pytest.mark.parametrize("command", ["site", "dist", "serve"])
def test_what_builds_checks_as_of_no_day_where_none_is_given(
    command: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check itself knows the last day that has begun; a day that a command works out would be one too many."""
    monkeypatch.delenv("FACTBOOK_DATE", raising=False)
    given: list[object] = []
    monkeypatch.setattr(build, "build", lambda *about: given.append(about[-1]) or 1)
    monkeypatch.setattr(preview_server, "serve", lambda *about: given.append(about[-1]) or 1)
    assert cli.main(["--root", str(root), command]) == 1
    assert given == [""]


@pytest.mark.parametrize("port", ["99999", "-1", "web", "८०"])
def test_what_is_no_port_is_told(port: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that cannot be is one line, before anything is loaded."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["--root", str(root), "serve", f"--port={port}"])
    assert ended.value.code == 2
    assert f"argument --port: '{port}' is no port: a number below 65536, such as 8000" in capsys.readouterr().err
