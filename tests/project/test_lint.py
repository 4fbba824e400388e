"""The linters: each of them is really run and really finds something, and ``make test`` says first what it will do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import lint
from archives import ROOT

MISTAKES = {
    "ruff check": ("scripts/wrong.py", "import os\n", "F401"),
    "ruff format": ("scripts/wrong.py", "x  =  1\n", "scripts/wrong.py"),
    "mypy": ("scripts/lint.py", 'x: int = "a"\n', "Incompatible types in assignment"),
    "deno check": (
        "scripts/factbook/theme/assets/wrong.js",
        '"use strict";\n"a".lenght;\n',
        "Property 'lenght' does not",
    ),
    "deno lint": ("scripts/factbook/theme/assets/wrong.js", '"use strict";\ndebugger;\n', "no-debugger"),
    "actionlint": (
        ".github/workflows/wrong.yml",
        "on: push\njobs:\n  a:\n    steps: []\n",
        '"runs-on" section is missing',
    ),
    "zizmor": (
        ".github/workflows/wrong.yml",
        "on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n",
        "template-injection",
    ),
}
"""Each check: the file with a mistake, what is in it, and what the check says of it."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which nothing is wrong, and the linters turned to it."""
    for name in ("pyproject.toml", "scripts/deno.json", "scripts/globals.d.ts", "scripts/lint.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    settings = (tmp_path / "pyproject.toml").read_text("utf-8")
    before, _, after = settings.partition("\nfiles = [")
    (tmp_path / "pyproject.toml").write_text(f'{before}\nfiles = ["scripts/lint.py"]{after.partition("]")[2]}', "utf-8")
    for name in (*lint.PYTHON, ".github/workflows", "scripts/factbook/theme/assets"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    return tmp_path


def turned(name: str, path: Path) -> tuple[str, ...]:
    """The command of a check with ``path`` in the place of the files that it names one by one."""
    one_by_one = {"deno check", "deno lint", "actionlint"}
    kept = [part for part in lint.CHECKS[name] if not part.startswith(str(ROOT)) or part.endswith(".json")]
    return (*kept, str(path)) if name in one_by_one else tuple(kept)


def test_every_check_has_its_mistake() -> None:
    """No check is run that no test here has seen at work."""
    assert list(MISTAKES) == list(lint.CHECKS)


@pytest.mark.parametrize("name", MISTAKES)
def test_each_check_finds_a_mistake(
    name: str, repository: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The program runs, says what is wrong and where, and the check counts as failed."""
    path, text, said = MISTAKES[name]
    (repository / path).write_text(text, "utf-8")
    monkeypatch.setitem(lint.CHECKS, name, turned(name, repository / path))
    assert lint.run(name) is False
    told = capfd.readouterr().out
    assert told.startswith(f"{name}: FAILED (")
    assert said in told


def test_all_checks_run_though_the_first_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mends the code reads everything at once; the exit status is 1 as soon as one failed, 0 when none did."""
    ran: list[str] = []
    monkeypatch.setattr(lint, "run", lambda name: ran.append(name) or name != "ruff check")
    assert lint.main([]) == 1
    assert ran == list(lint.CHECKS)
    assert lint.main(["mypy"]) == 0


def test_a_check_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt name does not pass for a check that found nothing."""
    assert lint.main(["pylint"]) == 2
    assert "there is no check pylint; there are ruff check, " in capsys.readouterr().err


def commands(tmp_path: Path, target: str) -> list[str]:
    """The commands that ``make`` would run for a target in a repository that is set up, in their order."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for path in ("requirements/site.txt", "requirements/test.txt", "pyproject.toml", ".venv/bin/python"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch(0o755)
    (tmp_path / ".venv" / ".site-ready").write_text(f"{tmp_path}\n", "utf-8")
    (tmp_path / ".venv" / ".test-ready").touch()
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "--dry-run", target],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()


def test_make_test_says_first_what_it_does_then_lints_then_tests(tmp_path: Path) -> None:
    """Nobody waits for minutes without having read what for and how long; lint is part of the tests."""
    found = commands(tmp_path, "test")
    assert found[0].startswith('echo "First the linters')
    assert "minutes" in found[0]
    first = [next(n for n, line in enumerate(found) if part in line) for part in ("scripts/lint.py", "bin/pytest")]
    assert 0 < first[0] < first[1]


def test_make_quick_leaves_out_browsers_and_built_sites(tmp_path: Path) -> None:
    """It runs the other tests, but for those that take long, and lints nothing."""
    (line,) = commands(tmp_path, "quick")
    assert '-m "not browser and not build and not slow"' in line
