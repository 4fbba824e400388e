"""The Tab key: a real bash completes commands, options, ids and words of the archive it is in."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives import archive
from factbook.cli import main

COMPLETE = r"""
eval "$(factbook completion bash)"
line=$1
COMP_LINE=$line COMP_POINT=${#line} COMP_TYPE=9
read -ra COMP_WORDS <<< "$line"
if [[ $line == *" " ]]; then COMP_WORDS+=(""); fi
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_python_argcomplete factbook
printf '%s\n' "${COMPREPLY[@]}"
"""
"""Asks the function that bash asks, as bash does."""


@pytest.fixture
def shell(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """An archive to work in, and an environment whose command factbook is the one that is tested."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "factbook"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m factbook "$@"\n', "utf-8")
    command.chmod(0o755)
    scripts = str(Path(__file__).parents[2] / "scripts")
    env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": scripts, "TERM": "dumb", "PS1": "> "}
    return archive(tmp_path / "archive"), env


def bash() -> str:
    """The shell, which every system that the tests run on has."""
    found = shutil.which("bash")
    assert found, "the completion is for bash"
    return found


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("factbook mo", ["move "]),
        ("factbook completion ", ["bash", "zsh", "fish"]),
        ("factbook move keeper", ["keeper-left-gull-rock-1902", "keepers", "keepers-board"]),
        ("factbook move --kind topic keeper", ["keepers "]),
        ("factbook status storm-broke-gull-rock-lamp-1902 re", ["refuted", "reported"]),
        ("factbook new fact --organizations lea", ["league-of-lights "]),
        ("factbook new fact --people ", ["ane-morrow", "tam-ellery"]),
        ("factbook asof --organization gull", ["gull-rock-light "]),
        ("factbook withdraw nothing-", []),
    ],
)
def test_bash_is_offered(line: str, offered: list[str], shell: tuple[Path, dict[str, str]]) -> None:
    """What the archive has is offered; what stands alone has a blank after it."""
    root, env = shell
    command = [bash(), "--norc", "--noprofile", "-c", COMPLETE, "bash", line]
    done = subprocess.run(command, cwd=root, env=env, text=True, capture_output=True, check=True)
    found = [one for one in done.stdout.split("\n") if one and not one.startswith("-")]
    assert found == offered


def test_a_person_presses_the_key(shell: tuple[Path, dict[str, str]]) -> None:
    """In a terminal, the key writes the rest of an id into the line."""
    root, env = shell
    terminal, end = pty.openpty()
    command = [bash(), "--norc", "--noprofile", "-i"]
    typing = subprocess.Popen(command, cwd=root, env=env, stdin=end, stdout=end, stderr=end, start_new_session=True)
    os.close(end)
    try:
        os.write(terminal, b'eval "$(factbook completion bash)"; printf "%s%s\\n" rea dy\n')
        _until(terminal, b"ready\r\n")
        os.write(terminal, b"factbook move keepers-b\t")
        _until(terminal, b"keepers-board ")
    finally:
        typing.kill()
        typing.wait()
        os.close(terminal)


def _until(terminal: int, wanted: bytes, seconds: float = 120) -> None:
    """Read until the terminal has shown ``wanted``; fail where it does not in time."""
    seen, end = b"", time.monotonic() + seconds
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        assert ready, f"{wanted!r} was not shown: {seen!r}"
        seen += os.read(terminal, 4096)


@pytest.mark.parametrize(
    ("shell_name", "mark"), [("zsh", "#compdef factbook"), ("fish", "complete --command factbook")]
)
def test_other_shells(shell_name: str, mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For zsh and fish there is a script as well, in their own words."""
    assert main(["completion", shell_name]) == 0
    assert mark in capsys.readouterr().out
