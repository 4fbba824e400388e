"""Writing changes: an error of the system names the file of the archive, and leaves it as it was."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from archives import archive
from factbook import cli
from factbook.authoring import changes
from factbook.authoring.changes import Change

PATH = "records/1901/gull-rock-lamp-lit-1901.yaml"
FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize("before", [True, False])
def test_a_change_that_fails_leaves_the_folder_as_it_was(
    before: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half file and no file of another name stays behind, and the error names the file that was meant."""
    root = archive(tmp_path)
    path = PATH if before else "records/1901/new.yaml"
    there = sorted((root / "facts/records/1901").iterdir())
    old = (root / "facts" / PATH).read_bytes()

    def full(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(os, "replace", full)
    if not before:
        monkeypatch.setattr(Path, "open", lambda self, mode: _Full(self, mode))
    with pytest.raises(OSError) as caught:
        changes.write(root, [Change(path, old if before else None, b"x")])
    monkeypatch.undo()
    assert caught.value.filename == str(root / "facts" / path)
    assert sorted((root / "facts/records/1901").iterdir()) == there
    assert (root / "facts" / PATH).read_bytes() == old


class _Full:
    """A file on a full disk: it is there, and takes nothing."""

    def __init__(self, path: Path, mode: str) -> None:
        self.file = open(path, mode)

    def __enter__(self) -> _Full:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, _: bytes) -> None:
        """Refuse the data."""
        raise FULL


def test_a_command_names_the_file_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is said of the copy on which a change is tried out, also where its folders may not be written to."""
    root = archive(tmp_path)
    monkeypatch.chdir(root)
    copymode = shutil.copymode

    def refuse(source: Path, target: Path) -> None:
        if str(source).startswith("facts"):
            raise PermissionError(13, "Permission denied", str(target))
        copymode(source, target)

    monkeypatch.setattr(shutil, "copymode", refuse)
    done = cli.main(["withdraw", "gull-rock-lamp-lit-1901", "--reason", "It was a mistake.", "--date", "2029-01-01"])
    assert done == 1
    assert capsys.readouterr().err == f"error: facts/{PATH}: Permission denied\n"
