"""What file managers and editors leave beside records: passed over in every folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check.run import check

FOLDERS = ("", "records/", "records/1902/", "sources/", "organizations/", "searches/")


@pytest.mark.parametrize(
    "name",
    [
        *(".DS_Store", "._gull-rock.yaml", "Thumbs.db", "desktop.ini", "Icon\r", ".directory", ".gitkeep"),
        *("lamp.yaml~", ".lamp.yaml.swp", "lamp.yaml.swo", "#lamp.yaml#", "4913", "ehthumbs_vista.db"),
    ],
)
def test_a_leftover_is_passed_over_in_every_folder(name: str, tmp_path: Path) -> None:
    """The check says nothing of it, and no record is made of it."""
    root = archive(tmp_path)
    before, problems = check(root, TODAY)
    assert before is not None
    for folder in FOLDERS:
        write(root, folder + name, b"\0\1\2")
    after, now = check(root, TODAY)
    assert after is not None
    assert now == problems
    assert set(after.statements) == set(before.statements)


@pytest.mark.parametrize("folder", [".AppleDouble", ".idea", ".vscode", "__MACOSX"])
def test_a_folder_that_a_program_keeps_is_passed_over(folder: str, tmp_path: Path) -> None:
    """Whatever lies in it is no record, however it is called; a hidden folder that nobody knows is not passed over."""
    root = archive(tmp_path)
    before = check(root, TODAY)[1]
    write(root, f"records/1902/{folder}/gull-rock-lit.yaml", b"\0\1\2")
    assert check(root, TODAY)[1] == before
    write(root, "records/1902/.mine/gull-rock-lit.yaml", b"\0\1\2")
    assert check(root, TODAY)[1] != before


def test_the_lock_of_an_editor_is_passed_over(tmp_path: Path) -> None:
    """Emacs keeps its lock as a link that leads nowhere."""
    root = archive(tmp_path)
    (root / "facts" / "records" / "1902" / ".#lamp.yaml").symlink_to("somebody@host.1234:5678")
    assert check(root, TODAY)[1] == check(archive(tmp_path / "other"), TODAY)[1]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("~$lamp.yaml", "what an office program leaves while it has a file open"),
        ("~WRL0001.tmp", "what an office program leaves while it has a file open"),
        ("lamp.tmp", "a file that a program had not finished"),
        ("lamp.yaml.tmp", "a file that a program had not finished"),
        ("lamp.yaml.crdownload", "a file that a program had not finished"),
        ("lamp.yaml.rej", "a part of a patch that did not fit"),
        ("lamp.yaml.orig", "a copy that a merge left"),
        ("lamp_BACKUP_123.yaml", "a copy that a merge left"),
        ("lamp.yaml.r12", "a copy that a merge left"),
        ("lamp.yaml.bak", "a copy that an editor kept"),
        ("lamp (copy).yaml", "a copy that a file manager made"),
        ("lamp - Copy (2).yaml", "a copy that a file manager made"),
        ("lamp (1).yaml", "a copy that a file manager made"),
        ("lamp (Ane's conflicted copy 2026-01-01).yaml", "a copy that a program for shared folders made of a conflict"),
    ],
)
def test_what_somebody_may_still_need_is_told_as_what_it_is(name: str, what: str, tmp_path: Path) -> None:
    """One error, and none about the fields of a record that it is not."""
    root = archive(tmp_path)
    write(root, f"records/1902/{name}", "x: 1\n")
    (found,) = check(root, TODAY)[1]
    assert (found.rule, found.message) == ("stray-file", f"this is no record but {what}")
    assert found.hint.endswith(".")


def test_what_git_ignores_is_passed_over_and_nothing_else(tmp_path: Path) -> None:
    """A stray file that .gitignore names will never be in a change; any other is still a mistake."""
    root = archive(tmp_path)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / ".gitignore").write_text("*.log\nscratch/\n", "utf-8")
    write(root, "records/1902/editor.log", "x")
    write(root, "scratch/notes.txt", "x")
    write(root, "records/1902/notes.txt", "x")
    strays = [p.path for p in check(root, TODAY)[1] if p.rule == "stray-file"]
    assert strays == ["facts/records/1902/notes.txt"]
