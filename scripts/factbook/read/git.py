"""Asks git about an archive: revisions and the contents of files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from factbook.text import show

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
"""Variables that git sets for its hooks. They are ignored: the repository is always the one that the archive lies in.
"""


class Unreadable(Exception):
    """The older state cannot be read, so nothing can be compared with it; the message says why and what to do."""


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git prints. Raises Unreadable where it fails or is not installed."""
    env = {k: v for k, v in os.environ.items() if k not in _ELSEWHERE} | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    # Replacement objects (refs/replace) would let a repository show another past than the one it was given.
    command = ["git", "--no-replace-objects", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=env, timeout=300, check=False)
    except FileNotFoundError:
        raise Unreadable("git is not installed, or not on the PATH") from None
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise Unreadable(f"git cannot be run: {show(error)}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise Unreadable(f"git says: {show(said, 200)}")
    return done.stdout


def contents(root: Path, blobs: list[bytes]) -> Iterator[bytes]:
    """Yield the content of each blob, in order. Raises Unreadable where one is missing."""
    out = git(root, "cat-file", "--batch", given=b"".join(blob + b"\n" for blob in blobs))
    at = 0
    for blob in blobs:
        end = out.find(b"\n", at)
        head = out[at:end].split()
        if len(head) != 3 or head[0] != blob or head[1] != b"blob":
            raise Unreadable(lacking(blob))
        start = end + 1
        at = start + int(head[2]) + 1
        yield out[start : at - 1]


def lacking(blob: bytes) -> str:
    """Return the message that the repository has no object of the name ``blob``, as it is after a shallow clone."""
    return f"the repository lacks the object {blob.decode()}: fetch the whole history"
