"""Never half a site: a build that fails, or is killed, leaves the old site or the new one, wholly."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import builds
import sites
from builds import BARE, broken_record, change, lay_back, left
from factbook.read.overrides import THEME
from factbook.site.errors import BUILDING
from factbook.site.output_folder import OLD
from factbook.site.swap import build_folder, recover, swap

KILLED = """
# Kills the build at the n-th change that it makes under its root; tells of every change it made until then.
import os, signal, sys
events = ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "open")
root, last, count = os.environ["TEST_ROOT"], int(os.environ["TEST_KILL_AT"]), 0
told = os.open(os.environ["TEST_EVENTS"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
def hook(event, arguments):
    global count
    within = str(arguments[0]).startswith(root) or event in ("os.remove", "os.rmdir") and arguments[1] != -1
    if event not in events or not within or "__pycache__" in str(arguments[0]):
        return
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        return
    count += 1
    os.write(told, f"{event} {arguments[0]}\\n".encode())
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
if "mkdocs" in sys.orig_argv:
    sys.addaudithook(hook)
"""


# A build that fails


def unknown_block(root: Path) -> str:
    """A written page that asks for what there is not."""
    (root / "docs" / "method.md").write_text('# Method\n\n<div data-factbook="weather"></div>\n', "utf-8")
    return "method.html: there is no block 'weather'"


def no_shell(root: Path) -> str:
    """The archive has a template of its own for every page, which leaves the page without what records need."""
    own = root / "overrides" / "theme" / "main.html"
    own.parent.mkdir(parents=True)
    theirs = (THEME / "main.html").read_text("utf-8")
    own.write_text(re.sub("(?s)<!--factbook .*?-->", "", theirs), "utf-8")
    return "facts/_record.html: the theme did not leave its settings"


def no_vocabulary(root: Path) -> str:
    """The words of the archive are gone."""
    (root / "facts" / "vocabulary.yaml").unlink()
    return "facts/vocabulary.yaml:1:1: error:"


def sources(root: Path) -> dict[str, bytes]:
    """Return what a build of ``root`` reads, by path."""
    return {
        f"{folder}/{name}": data
        for folder in ("facts", "docs", "overrides")
        for name, data in sites.files(root / folder).items()
    }


@pytest.mark.build
@pytest.mark.parametrize("spoil", [broken_record, unknown_block, no_shell, no_vocabulary])
def test_a_failed_build_leaves_the_old_site_as_it_was(
    engine_and_root: tuple[str, Path], spoil: Callable[[Path], str]
) -> None:
    """It says what is wrong, exits 1, changes no byte of the site, and leaves nothing beside it."""
    engine, root = engine_and_root
    before = sites.files(root / "site")
    message = spoil(root)
    given = sources(root)
    done = sites.run(root, "site", "--engine", engine)
    assert done.returncode == 1
    assert message in done.stdout + done.stderr
    assert done.stderr.endswith("The site was not built; what was there before is untouched.\n")
    assert "Traceback" not in done.stderr
    assert sites.differing(sites.files(root / "site"), before) == []
    assert sources(root) == given
    assert left(root) == []


@pytest.mark.build
def test_when_the_cause_is_gone_the_next_build_succeeds(engine_and_root: tuple[str, Path]) -> None:
    """After a build that failed late, the next one makes the site that there was, with nothing left beside it."""
    engine, root = engine_and_root
    before = sites.files(root / "site")
    page = root / "docs" / "method.md"
    sound = page.read_bytes()
    unknown_block(root)
    assert sites.run(root, "site", "--engine", engine).returncode == 1
    page.write_bytes(sound)
    assert sites.differing(sites.files(sites.build(root, "--engine", engine)), before) == []
    assert left(root) == []


@pytest.mark.build
def test_a_broken_link_in_a_written_page_stops_the_build(built_root: Path) -> None:
    """MkDocs is held to its own warnings, and a site that it refuses is not published either."""
    before = sites.files(built_root / "site")
    with (built_root / "docs" / "method.md").open("a", encoding="utf-8") as page:
        page.write("\nSee the [weather](weather.md).\n")
    done = sites.run(built_root, "site", **BARE)
    assert done.returncode == 1
    assert "Doc file 'method.md' contains a link 'weather.md'" in done.stderr
    assert sites.differing(sites.files(built_root / "site"), before) == []


@pytest.mark.build
def test_nothing_is_published_where_there_was_no_site(root: Path) -> None:
    """A build that fails the first time makes no site at all."""
    broken_record(root)
    assert sites.run(root, "site").returncode == 1
    assert not (root / "site").exists()


# The folders: the old site, the one being built, and the one in its place


def folder(path: Path, text: str) -> Path:
    """Make a folder that stands for a site, with a page that says ``text``."""
    path.mkdir()
    (path / "index.html").write_text(text, "utf-8")
    return path


def content(root: Path) -> dict[str, str]:
    """Return what each folder of ``root`` says, by its name."""
    return {path.name: (path / "index.html").read_text("utf-8") for path in root.iterdir()}


@pytest.mark.parametrize("site_is_there", [True, False])
@pytest.mark.parametrize("leftovers", [(), (OLD,), (BUILDING,), (OLD, BUILDING)])
def test_the_old_site_goes_back_to_its_place_and_the_rest_away(
    tmp_path: Path, leftovers: tuple[str, ...], site_is_there: bool
) -> None:
    """Whatever of the three folders a killed build left: a site in its place stays; else the old one is put there."""
    for name in leftovers:
        folder(tmp_path / name, name)
    site = tmp_path / "site"
    if site_is_there:
        folder(site, "site")
    recover(site)
    wanted = {"site": "site"} if site_is_there else {"site": OLD} if OLD in leftovers else {}
    assert content(tmp_path) == wanted


@pytest.mark.parametrize("site_is_there", [True, False])
def test_the_finished_folder_takes_the_place_of_the_old_site(tmp_path: Path, site_is_there: bool) -> None:
    """After the swap there is the new site alone, whether there was one before or not."""
    site = tmp_path / "site"
    if site_is_there:
        folder(site, "old")
        (site / "gone.html").write_text("of the old site alone", "utf-8")
    building = build_folder(site)
    assert (building.name, list(building.iterdir())) == (BUILDING, [])
    (building / "index.html").write_text("new", "utf-8")
    swap(building, site)
    assert content(tmp_path) == {"site": "new"}
    assert [path.name for path in site.iterdir()] == ["index.html"]


@pytest.mark.build
@pytest.mark.parametrize("site_is_there", [True, False])
def test_what_a_killed_build_left_is_put_right(engine_and_root: tuple[str, Path], site_is_there: bool) -> None:
    """With either engine, and with all that can lie there, the next build ends with the new site alone."""
    engine, root = engine_and_root
    expected = sites.files(root / "site")
    for name in (OLD, BUILDING):
        shutil.copytree(root / "site", root / name)
        (root / name / "half").write_text("x", "utf-8")
    if not site_is_there:
        shutil.rmtree(root / "site")
    assert sites.differing(sites.files(sites.build(root, "--engine", engine)), expected) == []
    assert left(root) == []


# A build that is killed


@pytest.fixture(scope="module")
def old_and_new(
    small_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """A root whose sources have changed since its site was built, and the files of the old and of the new site."""
    top = tmp_path_factory.mktemp("killed")
    root, reference = (shutil.copytree(small_root, top / name, symlinks=True) for name in ("archive", "reference"))
    change(reference)
    old, new = sites.files(root / "site"), sites.files(sites.build(reference))
    change(root)
    assert "facts/gull-rock-lamp-lit-1901.html" in sites.differing(old, new)
    return root, old, new


def whole(root: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Say which site is there after a build was killed, ``old`` or ``new``; fails when it is neither, wholly.

    What the next build does first is done here: it ends with that site in its place, and nothing beside it.
    """
    if between := not (root / "site").exists():
        # Between the two renames of the swap: both are whole beside the site, and the next build puts one back.
        assert sites.differing(sites.files(root / OLD), old) == []
        assert sites.differing(sites.files(root / BUILDING), new) == []
    recover(root / "site")
    there = sites.files(root / "site")
    found = [name for name, site in (("old", old), ("new", new)) if not sites.differing(there, site)]
    assert found, (sites.differing(there, old)[:5], sites.differing(there, new)[:5])
    assert left(root) == []
    return "between" if between else found[0]


@pytest.mark.slow
@pytest.mark.build
def test_a_build_killed_at_any_time_leaves_one_whole_site(
    old_and_new: tuple[Path, dict[str, bytes], dict[str, bytes]], small_root: Path, tmp_path: Path
) -> None:
    """SIGKILL to the build and all it started, swept over its time: the old or the new site is there, wholly."""
    root, old, new = old_and_new
    lay_back(root, small_root)
    began = time.monotonic()
    sites.build(root)
    duration = time.monotonic() - began
    seen = []
    for part in range(1, 10, 2):
        lay_back(root, small_root)
        build = subprocess.Popen(
            [sys.executable, "-m", "factbook", "site"], cwd=root, env=sites.environment(TMPDIR=str(tmp_path)),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            build.wait(duration * part / 10)
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
        assert build.wait(30) in (-signal.SIGKILL, 0)
        seen.append(whole(root, old, new))
    assert seen[0] == "old"


@pytest.mark.slow
@pytest.mark.build
def test_a_build_killed_at_each_step_of_the_swap_leaves_one_whole_site(
    old_and_new: tuple[Path, dict[str, bytes], dict[str, bytes]], small_root: Path, tmp_path: Path
) -> None:
    """SIGKILL just before changes of every kind, all of the swap's among them: nothing is lost, the next repairs."""
    root, old, new = old_and_new
    events = tmp_path / "events"
    common = {
        "PYTHONPATH": builds.steer(tmp_path / "steering", KILLED), "TMPDIR": str(tmp_path), "TEST_ROOT": str(root),
        "TEST_EVENTS": str(events),
    }  # fmt: skip
    lay_back(root, small_root)
    sites.build(root, TEST_KILL_AT="0", **common)
    made = events.read_text("utf-8").splitlines()
    steps = [f"os.rename {root}/site", f"os.rename {root}/{BUILDING}"]
    renames = [number for number, event in enumerate(made, 1) if event in steps]
    assert [made[number - 1] for number in renames] == steps
    swept = [*range(1, renames[0], renames[0] // 3), *renames, renames[1] + 1, (renames[1] + len(made)) // 2, len(made)]
    seen = []
    for number in swept:
        lay_back(root, small_root)
        assert sites.run(root, "site", TEST_KILL_AT=str(number), **common).returncode == 1
        if number in (1, renames[1], renames[1] + 1):
            killed = shutil.copytree(root, tmp_path / f"killed at {number}", symlinks=True)
            assert sites.differing(sites.files(sites.build(killed)), new) == []
            assert left(killed) == []
        seen.append(whole(root, old, new))
    before = len(swept) - 5
    assert seen == [*["old"] * before, "old", "between", *["new"] * 3]
