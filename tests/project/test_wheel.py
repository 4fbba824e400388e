"""The package as others get it: built from its sdist, installed outside the clone, and used there without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml

from archives import ROOT, TODAY

PACKAGE = ROOT / "scripts" / "factbook"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "requirements", "scripts/factbook")
"""What the package is made from."""
BUILD = "from setuptools import build_meta; import sys; print(getattr(build_meta, sys.argv[1])(sys.argv[2]))"
"""What a build front end does, without one: it would fetch the build system from the network."""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, with nothing of this clone in its environment; return what it prints."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FACTBOOK", "VIRTUAL", "GIT_"))}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**env, "FACTBOOK_DATE": TODAY}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the unpacked sdist of a copy of what git tracks."""
    top = tmp_path_factory.mktemp("wheel")
    clone, unpacked = top / "clone", top / "unpacked"
    tracked = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", *SOURCES],
        capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((ROOT / name).read_bytes())
    (top / "dist").mkdir()
    run(sys.executable, "-c", BUILD, "build_sdist", top / "dist", cwd=clone)
    (sdist,) = (top / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    run(sys.executable, "-c", BUILD, "build_wheel", top / "dist", cwd=source)
    (made,) = (top / "dist").glob("*.whl")
    return made


def test_the_wheel_holds_everything_the_engine_reads(wheel: Path) -> None:
    """Theme, templates, schemas, page skeletons, languages, examples: every tracked file of the package is in it."""
    tracked = subprocess.run(
        ["git", "-C", str(PACKAGE), "ls-files", "-z"], capture_output=True, check=True
    ).stdout.decode()  # fmt: skip
    with zipfile.ZipFile(wheel) as archive:
        held = {name.removeprefix("factbook/") for name in archive.namelist() if name.startswith("factbook/")}
    assert sorted(name for name in tracked.split("\0") if name and (PACKAGE / name).exists() and name not in held) == []


@pytest.mark.build
def test_the_wheel_works_outside_the_clone(wheel: Path, tmp_path: Path) -> None:
    """In a new environment with the locked packages and no network: init, the line that the new archive says to begin
    with, check, site and dist."""
    environment, work = tmp_path / "environment", tmp_path / "work"
    work.mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=work)
    python = environment / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index", "--no-deps", wheel, cwd=work)
    (packages,) = (environment / "lib").glob("python*/site-packages")
    (packages / "locked.pth").write_text(f"{Path(yaml.__file__).parents[1]}\n")
    factbook = environment / "bin" / "factbook"
    where = run(python, "-c", "import factbook; print(factbook.__file__)", cwd=work)
    assert Path(where.strip()).is_relative_to(environment)
    assert "begin a new archive" in run(factbook, cwd=work)
    assert "  0." not in run(factbook, "init", "archive", "--name", "Bridges", "--no-input", cwd=work)
    assert (work / "archive" / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    install = "install", "-q", "--no-index", "--no-deps", "--force-reinstall", "-r", "requirements.txt"
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=work / "archive")
    assert "1 fact, 1 source, 1 organization checked." in run(factbook, "check", cwd=work / "archive" / "facts")
    assert "Packed" in run(factbook, "dist", cwd=work / "archive")
    assert (work / "archive" / "site" / "index.html").is_file()
    (packed,) = (work / "archive" / "dist").glob("bridges-*.zip")
    assert "files are as SHA256SUMS says." in run(factbook, "verify", packed, cwd=work)
