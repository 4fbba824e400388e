"""Archives with a history: the example archive in a git repository of its own, never in this project's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import archives
from factbook.cli import main

_SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": "2029-12-31T12:00:00Z",
    "GIT_COMMITTER_DATE": "2029-12-31T12:00:00Z",
}


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in the folder ``root``, which must succeed; return its output. The caller's environment for git is
    ignored."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _SETTINGS
    settings = ("-c", "user.name=Keeper", "-c", "user.email=keeper@example.org", "-c", "core.autocrlf=false")
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=root, input=given, env=env, capture_output=True, check=True).stdout


def repository(root: Path, *overlays: Path) -> Path:
    """Write the example archive with ``overlays`` into the new folder ``root``, committed; return ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    archives.archive(root, *overlays)
    return commit(root)


def commit(root: Path) -> Path:
    """Commit everything in the folder ``root``; return it."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=state", "--allow-empty")
    return root


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text that occurs once in a file under ``facts/``."""
    file = root / "facts" / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8")


def output_of(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command ``factbook`` on ``root`` in this process; return its exit status, its output, and its errors."""
    capsys.readouterr()
    code = main(["--root", str(root), *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def checked(capsys: pytest.CaptureFixture[str], root: Path, against: str = "HEAD") -> str:
    """Return the output of ``factbook check --against``, without the line that counts records. The command must not
    fail."""
    code, out, err = output_of(capsys, root, "check", "--date", archives.TODAY, "--against", against)
    assert err == ""
    assert code == (1 if " error" in out else 0)
    return out.rpartition("\n")[0].rpartition("\n")[0] + "\n"
