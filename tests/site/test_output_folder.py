"""Where a site goes: one build at a time, no place that a site must not take, a line for errors of the system."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import archives
import sites
from builds import BARE, ENGINES
from factbook import cli
from factbook.commands import check as check_command
from factbook.site import output_folder, pour, swap
from factbook.site.errors import SiteError, line

SMALL_DISK = "size={}k,nr_inodes=20000"


def start(root: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """Start the command ``factbook`` in ``root`` and go on."""
    return subprocess.Popen(
        [sys.executable, "-m", "factbook", *arguments], cwd=root, env=sites.environment(**more),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def refused(root: Path, said: str) -> str:
    """Build, which must be refused in a line that has ``said``, with nothing touched. Returns what was said."""
    before = tree(root)
    done = sites.run(root, "site", **BARE)
    words = done.stdout + done.stderr
    assert done.returncode == 1, words
    assert "Traceback" not in words
    assert said in words
    assert tree(root) == before
    return words


def tree(root: Path) -> dict[str, str]:
    """Everything below ``root``, no link followed: what kind of thing, and a plain file's bytes."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder, name)
            kind = "link" if path.is_symlink() else "folder" if path.is_dir() else path.read_bytes().hex()
            found[str(path.relative_to(root))] = kind
    return found


def configure(root: Path, line: str) -> None:
    """Add a line to the configuration."""
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


# One build at a time


@pytest.mark.build
@pytest.mark.slow
@pytest.mark.parametrize("second", ["site", "dist"])
def test_of_two_builds_in_one_folder_one_waits(root: Path, second: str) -> None:
    """Whenever the second one starts, both end well, the site is whole, and nothing is left."""
    began = time.monotonic()
    sites.build(root)
    duration = time.monotonic() - began
    for part in (0, 2, 3) if second == "site" else (1,):
        one = start(root, "site")
        time.sleep(duration * part / 4)
        other = start(root, second)
        words = [build.communicate(timeout=120) for build in (one, other)]
        assert (one.returncode, other.returncode) == (0, 0), words
        assert sites.run(root, "verify", "site").returncode == 0
        assert [p.name for p in root.iterdir() if p.name.startswith(".site")] == []


@pytest.mark.build
def test_a_build_that_waits_says_so_and_goes_on(root: Path) -> None:
    """While the folder is held, the second build says that it waits; when it is let go, it builds."""
    with swap.Lock(root):
        waiting = start(root, "site", **BARE)
        assert waiting.stderr is not None
        assert "Another build is at work in" in waiting.stderr.readline()
        assert waiting.poll() is None
    assert waiting.communicate(timeout=60) and waiting.returncode == 0


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    """Whoever held a folder and was killed leaves no lock behind, and no file."""
    text = (
        "import sys, time; from pathlib import Path; from factbook.site.swap import Lock\n"
        "Lock(Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", text, str(tmp_path)], stdout=subprocess.PIPE, env=sites.environment(
            PYTHONPATH=str(sites.ROOT / "scripts")
        ),
    )  # fmt: skip
    assert holder.stdout is not None and holder.stdout.readline()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    said: list[str] = []
    lock = swap.Lock(tmp_path)
    lock.acquire(said.append)
    lock.release()
    assert said == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_locked_has_a_file_that_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network disks lock files only: the lock is then as good."""
    import fcntl

    real = fcntl.flock

    def flock(handle: int, how: int) -> None:
        if os.path.samestat(os.fstat(handle), os.stat(tmp_path)):
            raise OSError(9, "Bad file descriptor")
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with swap.Lock(tmp_path):
        other = swap.Lock(tmp_path)
        other._handle = other._open()
        assert not other._taken()
        other.release()
    with swap.Lock(tmp_path):
        assert (tmp_path / swap.LOCK).exists()


@pytest.mark.build
@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_build_that_is_told_to_end_takes_its_engine_along(root: Path, engine: str) -> None:
    """SIGTERM: no engine goes on in the folder, the old site stands, and nothing is left beside it."""
    before = sites.files(sites.build(root))
    for after in (0.3, 0.8, 1.2):
        build = start(root, "site", "--engine", engine)
        time.sleep(after)
        build.send_signal(signal.SIGTERM)
        build.communicate(timeout=60)
        with swap.Lock(root):
            there = sorted(p.name for p in root.iterdir())
        assert there == ["docs", "facts", "mkdocs.yml", "scripts", "site"]
        assert sites.differing(sites.files(root / "site"), before) == []


# A full disk


def test_what_is_written_in_parts_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may write less than it was given, without an error: the rest is written after it."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:1000]))
    pour._write(str(tmp_path / "page.html"), bytes(range(256)) * 16)
    assert (tmp_path / "page.html").read_bytes() == bytes(range(256)) * 16


def test_a_disk_that_fills_in_the_middle_of_a_page_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part goes in, the second finds no room: the error names the page."""
    left = [4096]

    def write(handle: int, data: bytes) -> int:
        if not left:
            raise OSError(28, "No space left on device")
        return left.pop()

    monkeypatch.setattr(os, "write", write)
    page = tmp_path / ".site-building" / "page.html"
    page.parent.mkdir()
    with pytest.raises(OSError, match="No space left on device") as caught:
        pour._write(str(page), b"x" * 16000)
    assert line(caught.value, tmp_path / "site").endswith("site/page.html: No space left on device")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_copy_that_finds_no_room_names_the_file_of_the_site(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The theme's own file was read, and the one in the site could not be written; so it is in every command."""
    site = tmp_path / "site"
    error = OSError(
        number, os.strerror(number), "/lib/theme/bundle.js.map", None, f"{tmp_path}/.site-building/bundle.js"
    )
    assert line(error, site).endswith(f"site/bundle.js: {os.strerror(errno.ENOSPC)}")
    assert "/lib/" not in line(error, site)

    def run(_: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(check_command, "run", run)
    archives.archive(tmp_path)
    assert cli.main(["--root", str(tmp_path), "check"]) == 1
    assert capsys.readouterr().err == f"error: {tmp_path}/.site-building/bundle.js: {os.strerror(number)}\n"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A function that mounts a disk of so many kilobytes, in a name space of its own."""
    probe = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    if probe.returncode and os.geteuid():
        pytest.skip("this system lets nobody mount")
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        place = tmp_path / f"disk-{size}"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", SMALL_DISK.format(size), "tmpfs", str(place)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("this system lets nobody mount")
        mounted.append(place)
        return place

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.build
@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_full_disk_is_one_line_and_leaves_nothing(disk: Callable[[int], Path], tmp_path: Path, engine: str) -> None:
    """On disks of growing size: an error of one line and nothing left, or a whole site."""
    whole = sites.files(sites.build(sites.small(tmp_path / "whole"), "--engine", engine))
    ended = set()
    for size in (500, 1300, 5000):
        root = sites.small(disk(size) / "archive")
        done = sites.run(root, "site", "--engine", engine)
        words = done.stdout + done.stderr
        assert "Traceback" not in words, words
        assert [p.name for p in root.iterdir() if p.name.startswith(".")] == []
        if done.returncode:
            assert not (root / "site").exists()
            assert "No space left on device" in words or "os error 28" in words, words
        else:
            differing = sites.differing(sites.files(root / "site"), whole)
            assert [p for p in differing if not p.startswith(("pagefind/", "SHA256SUMS"))] == []
            assert sites.run(root, "verify", "site").returncode == 0
        ended.add(done.returncode)
    assert ended == {0, 1}


# The output folder


@pytest.mark.build
@pytest.mark.parametrize("engine", ENGINES)
def test_a_link_to_the_published_folder_is_written_through(root: Path, engine: str) -> None:
    """The link stays, and the folder behind it has the new site; at the second build too."""
    published = root.with_name("published")
    published.mkdir()
    (published / "index.html").write_text("old", "utf-8")
    (root / "site").symlink_to(published)
    for _ in range(2):
        sites.build(root, "--engine", engine, **BARE)
        assert (root / "site").is_symlink()
        assert "Lights of the Ferrow Isles" in (published / "index.html").read_text("utf-8")
    assert [p.name for p in root.parent.iterdir() if p.name.startswith(".site")] == []


def link_to_nothing(root: Path) -> str:
    """The site is a link whose folder is gone."""
    (root / "site").symlink_to(root / "gone")
    return "site: the output folder is a link to"


def link_to_the_records(root: Path) -> str:
    """The site is a link to the records."""
    (root / "site").symlink_to("facts")
    return "site: the output folder lies in facts/"


def link_to_a_folder_of_somebody(root: Path) -> str:
    """The site is a link to a folder that holds something else."""
    (root / "facts" / "README.md").write_text("x", "utf-8")
    (root / "notes").mkdir()
    (root / "notes" / "diary.txt").write_text("mine", "utf-8")
    (root / "site").symlink_to("notes")
    return "holds files and no index.html"


def link_to_itself(root: Path) -> str:
    """The site is a link that never ends."""
    (root / "site").symlink_to("site")
    return "site: the output folder is a link to"


def plain_file(root: Path) -> str:
    """The site is a file."""
    (root / "site").write_text("x", "utf-8")
    return "site: the output folder is a file"


def records(root: Path) -> str:
    """The site is to be written over the records."""
    configure(root, "site_dir: facts")
    return "facts: the output folder lies in facts/"


def inside_the_records(root: Path) -> str:
    """The site is to be written among the records."""
    configure(root, "site_dir: facts/records/site")
    return "the output folder lies in facts/"


def archive_itself(root: Path) -> str:
    """The site is to be written over the whole archive."""
    configure(root, "site_dir: .")
    return "the output folder holds the archive itself"


def above(root: Path) -> str:
    """The site is to be written over a folder that holds the archive."""
    configure(root, "site_dir: ..")
    return "the output folder holds the archive itself"


def notes(root: Path) -> str:
    """The site is to be written over somebody's folder."""
    (root / "notes").mkdir()
    (root / "notes" / "diary.txt").write_text("mine", "utf-8")
    configure(root, "site_dir: notes")
    return "holds files and no index.html"


def file_in_the_way(root: Path) -> str:
    """A file has the name of the building folder."""
    (root / ".site-building").write_text("x", "utf-8")
    return ".site-building is in the way"


def link_in_the_way(root: Path) -> str:
    """A link has the name of the building folder."""
    (root / ".site-old").symlink_to("facts")
    return ".site-old is in the way"


@pytest.mark.build
@pytest.mark.parametrize(
    "spoil",
    [
        *(link_to_nothing, link_to_the_records, link_to_a_folder_of_somebody, link_to_itself, plain_file, records),
        *(inside_the_records, archive_itself, above, notes, file_in_the_way, link_in_the_way),
    ],
)
def test_a_place_that_no_site_may_take_is_refused(root: Path, spoil: Callable[[Path], str]) -> None:
    """One line says which folder and why, and no byte of the archive changes."""
    said = spoil(root)
    refused(root, said)


def test_a_mount_point_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It could not be renamed after the whole build: refused before, with the way out. Bind mounts are known too."""
    site = root / "site with space"
    site.mkdir()
    table = tmp_path / "mountinfo"
    spelt = str(site).replace(" ", "\\040")
    table.write_text(f"36 35 98:0 / {spelt} rw,noatime - ext4 /dev/root rw\n", "utf-8")
    monkeypatch.setattr(output_folder, "_MOUNTS", table)
    with pytest.raises(SiteError, match="is a mount point, which cannot be exchanged; set site_dir to a folder inside"):
        output_folder.checked(site, root)


def test_a_site_that_cannot_be_removed_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the old site that may not be written to would stay behind for ever."""
    (root / "site" / "data").mkdir(parents=True)
    (root / "site" / "index.html").write_text("old", "utf-8")
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("site/data") and real(path, mode))
    with pytest.raises(SiteError, match=r"the old site cannot be removed: .*site/data may not be written to"):
        output_folder.checked(root / "site", root)


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of the two renames is refused by the system: the site is the old one, and the error one line."""
    site, building = tmp_path / "site", tmp_path / ".site-building"
    for folder in (site, building):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name, "utf-8")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == ".site-building":
            raise OSError(1, "Operation not permitted", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(SiteError, match=r"the new site cannot take its place: .*site: Operation not permitted"):
        swap.swap(building, site)
    assert (site / "index.html").read_text("utf-8") == "site"


@pytest.mark.build
def test_the_site_goes_where_the_configuration_says(root: Path) -> None:
    """site_dir holds for both engines, for the last line that is printed, and for dist."""
    configure(root, "site_dir: public")
    for engine in ENGINES:
        done = sites.run(root, "site", "--engine", engine)
        assert done.returncode == 0, done.stderr
        assert "Done. Open public/index.html" in done.stdout
        assert (root / "public" / "index.html").is_file()
        assert not (root / "site").exists()
        shutil.rmtree(root / "public")
    assert sites.run(root, "dist").returncode == 0
    assert len(list((root / "dist").glob("*.zip"))) == 1
