"""The same sources make the same bytes: whatever the circumstances, and whatever was there before."""

from __future__ import annotations

from pathlib import Path

import pytest

import builds
import sites

pytestmark = pytest.mark.build


def test_the_same_sources_make_the_same_bytes(translated_root: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder, clock and number of cores leave no trace in any file or in the index."""
    plain = sites.files(translated_root / "site")
    for name, circumstances in zip(("one", "another folder"), builds.CIRCUMSTANCES, strict=True):
        root = sites.translated(tmp_path / name)
        made = builds.built_there(root, tmp_path / f"steering {name}", circumstances)
        assert sites.differing(made, plain) == []
    assert sum("search/" in path for path in plain) > 20


def test_a_second_build_in_the_same_folder_changes_nothing(engine_and_root: tuple[str, Path]) -> None:
    """What is already there does not leak into what is built."""
    engine, root = engine_and_root
    first = sites.files(root / "site")
    (root / "site" / "stray.html").write_text("left by hand", "utf-8")
    assert sites.differing(first, sites.files(sites.build(root, "--engine", engine))) == []
    assert builds.left(root) == []
