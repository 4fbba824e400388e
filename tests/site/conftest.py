"""Small archives of a test's own, without a site and with one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import builds
import sites


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small archive of the test's own, not built yet."""
    return sites.small(tmp_path / "archive")


@pytest.fixture
def built_root(request: pytest.FixtureRequest, small_root: Path, tmp_path: Path) -> Path:
    """A small archive of the test's own with its site: a copy of what MkDocs built once for all tests."""
    return shutil.copytree(small_root, tmp_path / "archive", symlinks=True)


@pytest.fixture(params=builds.ENGINES)
def engine_and_root(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """The name of each engine in turn, and a small archive of the test's own with the site that this engine built."""
    built = request.getfixturevalue("small_root" if request.param == "mkdocs" else "small_zensical_root")
    return request.param, shutil.copytree(built, tmp_path / "archive", symlinks=True)
