"""What file managers and editors leave beside records: passed over in every folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from archives import TODAY, archive, write
from factbook.check import written_pages
from factbook.check.run import check
from factbook.site import published_files

FOLDERS = ("", "records/", "records/1902/", "sources/", "organizations/", "searches/")


@pytest.mark.parametrize(
    "name",
    [
        *(".DS_Store", "._gull-rock.yaml", "Thumbs.db", "desktop.ini", "Icon\r", ".directory", ".gitkeep"),
        *(
            "~$lamp.yaml",
            "~$lamp.docx",
            "~WRL0001.tmp",
            ".~lock.lamp.yaml#",
            "lamp.tmp",
            "lamp.yaml.tmp",
            "lamp.yaml.bak",
        ),
        *("lamp.yaml.bak2", "lamp.save", "lamp.yaml.old", "lamp.yaml.crdownload", "lamp.yaml___jb_tmp___", ".#lamp.md"),
        *("___jb_tmp___", "lamp.yaml~", ".lamp.yaml.swp", "lamp.yaml.swo", "#lamp.yaml#", "4913", "ehthumbs_vista.db"),
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


FOLDERS_OF_PROGRAMS = (
    *(".AppleDouble", ".idea", ".vscode", "__MACOSX", ".Trash-1000", ".obsidian", ".DocumentRevisions-V100"),
    *(".Spotlight-V100", ".fseventsd", "System Volume Information", "@eaDir", "lost+found"),
)


@pytest.mark.parametrize("folder", FOLDERS_OF_PROGRAMS)
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
        ("lamp.yaml.rej", "a part of a patch that did not fit"),
        ("lamp.yaml.orig", "a copy that a merge left"),
        ("lamp_BACKUP_123.yaml", "a copy that a merge left"),
        ("lamp.yaml.r12", "a copy that a merge left"),
        ("lamp (copy).yaml", "a copy that a file manager made"),
        ("lamp - Copy (2).yaml", "a copy that a file manager made"),
        ("lamp (1).yaml", "a copy that a file manager made"),
        ("lamp (Ane's conflicted copy 2026-01-01).yaml", "a copy that a program for shared folders made of a conflict"),
    ],
)
def test_what_somebody_may_still_need_is_told_as_what_it_is(name: str, what: str, tmp_path: Path) -> None:
    """One warning, which stops no build, and nothing about the fields of a record that it is not."""
    root = archive(tmp_path)
    write(root, f"records/1902/{name}", "x: 1\n")
    (found,) = check(root, TODAY)[1]
    assert (found.rule, found.severity) == ("copy-left-behind", "warning")
    assert found.message == f"this is passed over: it is {what}"
    assert found.hint.endswith(".")


LEFT_IN_DOCS = (
    *("~$lamp.docx", "lamp.md.bak", "lamp.md.tmp", "lamp.md.save", "lamp.md___jb_tmp___", "#lamp.md#", ".#lamp.md"),
    *("lamp.md~", ".lamp.md.swp", "desktop.ini", "Icon\r", ".Trash-1000/lamp.html", ".obsidian/app.json"),
    *(".idea/x.xml", ".vscode/settings.json", ".DocumentRevisions-V100/x.js"),
)
"""Files of programs in the folder of the written pages."""


@pytest.mark.parametrize("name", LEFT_IN_DOCS)
def test_a_leftover_among_the_pages_is_passed_over(name: str, tmp_path: Path) -> None:
    """It is no problem, and in no site."""
    file = tmp_path / "docs" / name
    file.parent.mkdir(parents=True)
    file.write_text("<script>alert(1)</script>", "utf-8")
    assert written_pages.problems(tmp_path) == []
    assert [*published_files.every(tmp_path / "docs")] == []


@pytest.mark.parametrize("name", ["lamp (copy).md", "lamp - Copy.md", "lamp (1).md", "lamp.md.orig", "lamp.md.rej"])
def test_a_copy_among_the_pages_is_told_and_in_no_site(name: str, tmp_path: Path) -> None:
    """Somebody may have meant it, so it is not dropped without a word."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_text("# Lamp\n", "utf-8")
    (found,) = written_pages.problems(tmp_path)
    assert (found.rule, found.severity, found.path) == ("copy-left-behind", "warning", f"docs/{name}")
    assert [*published_files.every(tmp_path / "docs")] == []


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
