"""What many tests share: the two sites, built once for all of them, and readers with a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

import readers
import sites

# The same examples on every run, however slow the machine. To look further: pytest --hypothesis-profile=default
settings.register_profile("factbook", deadline=None, derandomize=True)
settings.load_profile("factbook")


@pytest.fixture(scope="session")
def real_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real archive and its built site. Tests only read it."""
    root = sites.real(tmp_path_factory.mktemp("real"))
    sites.build(root)
    return root


@pytest.fixture(scope="session")
def real_site(real_root: Path) -> Path:
    """The built site of the real archive. Tests only read it."""
    return real_root / "site"


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small archive and its built site. Tests only read it."""
    root = sites.small(tmp_path_factory.mktemp("small"))
    sites.build(root)
    return root


@pytest.fixture(scope="session")
def small_site(small_root: Path) -> Path:
    """The built site of the small archive. Tests only read it."""
    return small_root / "site"


@pytest.fixture(scope="module")
def served(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real site on a local server, below a folder, as project sites often are."""
    top = tmp_path_factory.mktemp("served")
    (top / "some" / "archive").parent.mkdir()
    (top / "some" / "archive").symlink_to(real_site)
    with readers.serving(top) as address:
        yield f"{address}some/archive/"


@pytest.fixture(scope="module")
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
