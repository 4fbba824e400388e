"""What many tests share: the two sites, built once for all of them, and readers with a real browser."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser

import archives
import grown
import readers
import sites
from factbook.check.run import check
from factbook.model.archive import Archive

MEMORY, ROOM = Path("/dev/shm"), 6 << 30
"""The folder that Linux keeps in memory, and how many bytes must be free there."""


def in_memory() -> bool:
    """Return whether temporary files are best kept in MEMORY: there is room, programs may run there, and the caller has
    not chosen a place. A test that builds a site fourteen times took 50 s there, and 94 s on a disk."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return False
    state = os.statvfs(MEMORY)
    return state.f_bavail * state.f_frsize > ROOM and not state.f_flag & os.ST_NOEXEC


if in_memory():
    # In the first process; those of pytest-xdist, and browsers, inherit it.
    os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="factbook-tests-", dir=MEMORY)
    atexit.register(shutil.rmtree, os.environ["TMPDIR"], ignore_errors=True)

# The same examples on every run, however slow the machine. To look further: pytest --hypothesis-profile=default
settings.register_profile("factbook", deadline=None, derandomize=True)
settings.load_profile("factbook")


BUILT = {
    "real_root", "large_root", "small_root", "small_zensical_root", "translated_root", "translated_zensical_root",
    "hostile_site", "overlaid_root", "engine", "engine_and_root", "distribution", "addressed", "built", "old_and_new",
}  # fmt: skip
"""Fixtures that build a site: what asks for one, directly or by way of another, bears the mark ``build``."""


REAL = {"real_archive", "real_root"}
"""Fixtures that are this project's own archive: what asks for one bears the mark ``archive``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a built site, those that open a browser, and those that look at this project's records.

    ``make quick`` leaves out the first two, and no change of a record can turn a test red that is not among the third.
    """
    for item in items:
        if isinstance(item, pytest.Function):
            # A fixture that is chosen by a parameter is known by name alone.
            callspec = getattr(item, "callspec", None)
            chosen = {value for value in callspec.params.values() if isinstance(value, str)} if callspec else set()
            for fixtures, name in ((BUILT, "build"), ({"chromium"}, "browser"), (REAL, "archive")):
                if fixtures & {*item.fixturenames, *chosen}:
                    item.add_marker(name)
    # Modules with long tests first: at the end there is something short left for whichever process is done early.
    long = {item.path for item in items if any(map(item.get_closest_marker, ("build", "browser", "slow")))}
    items.sort(key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a site be built for this test only where it bears a mark that ``make quick`` leaves out."""
    sites.MAY_BUILD = any(item.get_closest_marker(name) for name in ("build", "browser"))


def built_once(
    factory: pytest.TempPathFactory, worker: str, name: str, lay: Callable[[Path], Path], *arguments: str
) -> Path:
    """The archive that ``lay`` puts into a folder, with its site built, made by the first process that asks for it.

    ``worker`` is the name that pytest-xdist gives this process, ``master`` where there is only one. The processes of
    one run share the parent of their temporary folders; a lock beside the archive makes the others wait.
    """
    if worker == "master":
        root = lay(factory.mktemp(name))
        sites.build(root, *arguments)
        return root
    root = factory.getbasetemp().parent / f"shared-{name}"
    with FileLock(f"{root}.lock"):
        if not (root / "site").is_dir():
            sites.build(lay(root), *arguments)
    return root


@pytest.fixture(scope="session")
def grown_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A larger archive that is made up, as the check reads it, for what the small one is too small for."""
    found, problems = check(grown.grown(tmp_path_factory.mktemp("grown") / "archive"), archives.TODAY)
    assert found is not None and problems == []
    return found


@pytest.fixture(scope="session")
def real_archive() -> Archive:
    """The project's own archive, as the check reads it. For ``tests/archive`` alone."""
    found, _ = check(archives.ROOT, archives.TODAY)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def large_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the grown archive in every language and its built site, for readers. Tests only read it."""
    return built_once(tmp_path_factory, worker_id, "large", sites.large)


@pytest.fixture(scope="session")
def large_site(large_root: Path) -> Path:
    """The built site of the grown archive in every language. Tests only read it."""
    return large_root / "site"


@pytest.fixture(scope="session")
def real_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the real archive and its built site. Tests only read it."""
    return built_once(tmp_path_factory, worker_id, "real", sites.real)


@pytest.fixture(scope="session")
def real_site(real_root: Path) -> Path:
    """The built site of the real archive. Tests only read it."""
    return real_root / "site"


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the small archive and its built site. Tests only read it."""
    return built_once(tmp_path_factory, worker_id, "small", sites.small)


@pytest.fixture(scope="session")
def small_zensical_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the small archive and its site as Zensical builds it. Tests only read it."""
    return built_once(tmp_path_factory, worker_id, "small-zensical", sites.small, "--engine", "zensical")


@pytest.fixture(scope="session")
def translated_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the small archive in every language and its built site. Tests only read it."""
    return built_once(tmp_path_factory, worker_id, "translated", sites.translated)


@pytest.fixture(scope="session")
def translated_zensical_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the small archive in every language and its site by Zensical. Tests only read it."""
    return built_once(tmp_path_factory, worker_id, "translated-zensical", sites.translated, "--engine", "zensical")


@pytest.fixture(scope="session")
def small_site(small_root: Path) -> Path:
    """The built site of the small archive. Tests only read it."""
    return small_root / "site"


def served_below(site: Path, top: Path) -> Iterator[str]:
    """Yield the address of ``site`` on a local server of the new folder ``top``, below a folder, as project sites
    often are."""
    (top / "some" / "archive").parent.mkdir()
    (top / "some" / "archive").symlink_to(site)
    with readers.serving(top) as address:
        yield f"{address}some/archive/"


@pytest.fixture(scope="session")
def served(large_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of the grown archive on a local server."""
    yield from served_below(large_site, tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def real_served(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real site on a local server. For ``tests/archive`` alone."""
    yield from served_below(real_site, tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, without any page open."""
    with readers.browsing() as browser:
        yield browser


@pytest.fixture
def visiting(chromium: Browser) -> Iterator[Callable[..., readers.Visit]]:
    """Begins visits; when the test ends, nothing may have gone wrong on any of them."""
    visits: list[readers.Visit] = []

    def begin(base: str, **profile: object) -> readers.Visit:
        visits.append(readers.Visit(chromium.new_context(**profile), base))
        return visits[-1]

    yield begin
    for visit in visits:
        cookies = visit.context.cookies()
        visit.context.close()
        assert visit.wrong == []
        assert cookies == []


@pytest.fixture(params=[readers.PHONE, readers.DESK], ids=["phone", "desk"])
def visit(request: pytest.FixtureRequest, visiting: Callable[..., readers.Visit], served: str) -> readers.Visit:
    """A visit to the served site, once with the screen of a phone and once with that of a desk."""
    return visiting(served, viewport=request.param)
