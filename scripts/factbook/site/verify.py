"""Verifies that a copy of the site, a folder or a zip, matches its ``SHA256SUMS``: every problem in one run.

A copy may come from anywhere, so nothing of it is written to the disk, no link is followed, and no file is read beyond
the size that its zip declares. Checksums detect damage and loss; whoever can change the list can change the files as
well, unless the list is signed.
"""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from msgspec import Struct

from factbook.checksums import NAME, PIECE, SIGNED, escapes_folder
from factbook.site import verify_log
from factbook.text import show

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
MOST_TIMES = 1100
"""How many times its size an entry of a zip may unpack to; deflate reaches 1,032 times at most."""
MOST_LIST = 1 << 28
"""Bytes of SHA256SUMS that are read: enough for two million files."""


_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
)
"""Exceptions of a file that cannot be read, or of a damaged zip."""


class Unusable(Exception):
    """There is nothing to verify; the message says why."""


class Copy(Struct, kw_only=True):
    """The content of a folder or a zip: a function that opens each file, by its path, and the problems found before any
    is read."""

    files: dict[str, Callable[[], IO[bytes]]] = {}
    sizes: dict[str, int] = {}
    problems: list[str] = []


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _folder(top: Path) -> Copy:
    copy = Copy()
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            copy.files[name] = partial(_open, path)
            copy.sizes[name] = path.stat().st_size
        elif not stat.S_ISDIR(mode):
            kind = "a link" if stat.S_ISLNK(mode) else "no plain file"
            copy.problems.append(f"{name}: it is {kind}")
    return copy


def _zip(archive: zipfile.ZipFile) -> Copy:
    copy = Copy()
    entries = [e for e in archive.infolist() if not (e.is_dir() and not escapes_folder(e.filename[:-1]))]
    counts = Counter(e.filename.casefold() for e in entries)
    top = _top([e.filename for e in entries])
    for entry in entries:
        wrong = _odd(entry, top)
        if not wrong and counts[entry.filename.casefold()] > 1:
            wrong = "more than one entry has this name (capitals do not count)"
        if wrong:
            copy.problems.append(f"{entry.filename}: {wrong}")
            continue
        name = entry.filename.removeprefix(top)
        copy.files[name] = partial(archive.open, entry)
        copy.sizes[name] = entry.file_size
    return copy


def _top(names: list[str]) -> str:
    """Return the folder in the zip that holds SHA256SUMS, with its slash; empty where the zip holds it directly."""
    found = [n for n in names if n == NAME or (n.count("/") == 1 and n.endswith(f"/{NAME}"))]
    return min(found, key=len).removesuffix(NAME) if found else ""


def _odd(entry: zipfile.ZipInfo, top: str) -> str:
    """Return what is wrong with an entry of a zip before it is read; empty where nothing is."""
    mode = entry.external_attr >> 16
    if escapes_folder(entry.filename) or entry.filename != entry.orig_filename:
        return "the name leads out of the folder it is unpacked into, or is not plain"
    if stat.S_ISLNK(mode):
        return "it is a link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "it is no plain file"
    if entry.flag_bits & 1:
        return "it is encrypted"
    if entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
        return f"it claims to unpack to more than {MOST_TIMES:,} times its size"
    if not entry.filename.startswith(top):
        return f"it lies outside {top}"
    return ""


def problems(target: Path) -> tuple[list[str], int]:
    """Return every problem of the copy at ``target``, and how many files are listed. Raises Unusable."""
    found, count, _ = verified(target)
    return found, count


def verified(target: Path, since: bytes | None = None, key: str = "") -> tuple[list[str], int, list[str]]:
    """Return every problem of the copy at ``target`` and of its log, how many files are listed, and remarks on the log.

    ``since`` and ``key`` are those of ``verify_log.verify``. Raises Unusable.
    """
    try:
        if target.is_dir():
            return _all(_folder(target), since, key)
        with zipfile.ZipFile(target) as archive:
            return _all(_zip(archive), since, key)
    except FileNotFoundError:
        raise Unusable(f"{target} is not there") from None
    except _BROKEN as error:
        raise Unusable(f"{target} is neither a folder nor a zip that can be read: {error}") from None


def _all(copy: Copy, since: bytes | None, key: str) -> tuple[list[str], int, list[str]]:
    """Compare the files with their checksums, and the log with itself, the data and an older checkpoint."""
    found, count = _compared(copy)

    def read(path: str) -> bytes:
        if copy.sizes[path] > MOST_LIST:
            raise Unusable(f"{path} is larger than {MOST_LIST:,} bytes")
        try:
            with copy.files[path]() as file:
                return file.read(copy.sizes[path])
        except _BROKEN:
            raise KeyError(path) from None  # its checksum has told why

    verdict = verify_log.verify(read, copy.files.keys(), since, key)
    return [*found, *verdict.problems], count, verdict.notes


def _compared(copy: Copy) -> tuple[list[str], int]:
    if NAME not in copy.files:
        raise Unusable(f"there is no {NAME}; a copy of the site has one beside index.html")
    listed: dict[str, str] = {}
    found = list(copy.problems)
    for number, line in enumerate(_lines(copy), 1):
        match = _LINE.fullmatch(line)
        path = match[2] if match else ""
        if not match:
            found.append(f"{NAME}:{number}: the line is not a checksum, two spaces and a path: {line}")
        elif escapes_folder(path):
            found.append(f"{NAME}:{number}: the path leads out of the folder: {path}")
        elif path in listed:
            found.append(f"{NAME}:{number}: {path} is listed twice")
        else:
            listed[path] = match[1]
    refused = {problem.partition(": ")[0] for problem in copy.problems}
    for path in sorted(listed.keys() | copy.files.keys() - {NAME, SIGNED}):
        if path not in copy.files:
            if not any(name == path or name.endswith(f"/{path}") for name in refused):
                found.append(f"{path}: it is listed and missing")
        elif path not in listed:
            found.append(f"{path}: it is not listed in {NAME}")
        elif wrong := _differs(copy, path, listed[path]):
            found.append(f"{path}: {wrong}")
    return found, len(listed)


def _lines(copy: Copy) -> Iterator[str]:
    if copy.sizes[NAME] > MOST_LIST:
        raise Unusable(f"{NAME} is larger than {MOST_LIST:,} bytes")
    try:
        with copy.files[NAME]() as file:
            text = file.read(MOST_LIST).decode("utf-8", "backslashreplace")
    except _BROKEN as error:
        raise Unusable(f"{NAME} cannot be read: {error}") from None
    return (line.removesuffix("\r") for line in text.removesuffix("\n").split("\n"))


def _differs(copy: Copy, path: str, wanted: str) -> str:
    """Return why a file is not the one that is listed; empty where it is. It is read in pieces, and no further than its
    size."""
    digest, left = hashlib.sha256(), copy.sizes[path]
    try:
        with copy.files[path]() as file:
            while left >= 0 and (piece := file.read(PIECE)):
                left -= len(piece)
                digest.update(piece)
    except _BROKEN as error:
        return f"it cannot be read: {error}"
    if left < 0:
        return "it is larger than its size says"
    return "" if digest.hexdigest() == wanted else "it has changed: its checksum is another"


def _read_named_file(path: Path, what: str, hint: str) -> bytes:
    """Return the content of a file that was named on the command line. Raises Unusable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{what} {path} cannot be read: {error.strerror}. {hint}") from None


def run(target: Path, since: Path | None = None, key: str = "") -> int:
    """Run the command ``factbook verify``. Returns 0, 1 where something is wrong, 2 where there is nothing to verify.

    ``since`` is the file of an older checkpoint; ``key`` a verifier key, or the path of a file that holds one.
    """
    try:
        hint = "Give the file data/v1/log/checkpoint of an older copy."
        older = _read_named_file(since, "the checkpoint", hint) if since else None
        if key and "+" not in key:
            hint = "Give the file of a public key, or the key itself, a line of the form name+hash+key."
            key = _read_named_file(Path(key), "the key", hint).decode("utf-8", "replace")
        found, count, said = verified(target, older, key)
    except Unusable as error:
        print(f"factbook: nothing was verified: {show(str(error), 300)}", file=sys.stderr)
        return 2
    for problem in found:
        print(show(problem, 400))
    n = len(found)
    print(f"{n:,} problem{'s' if n != 1 else ''}." if n else f"All {count:,} files are as {NAME} says.")
    if not n and said:
        print("\n".join(said))
    return 1 if found else 0
