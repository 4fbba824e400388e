"""What many tests share: the two sites, built once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

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
