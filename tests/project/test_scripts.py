"""The scripts of the pages: nothing in them gets round the type checker, which ``make lint`` runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import deno
import pytest

from archives import ROOT

SCRIPTS = sorted((ROOT / "scripts" / "factbook" / "theme" / "assets").glob("*.js"))
CONFIG = ROOT / "scripts" / "deno.json"


def run(tmp_path: Path, *arguments: str) -> str:
    """What a command of Deno says when it finds something; it keeps its files in ``tmp_path`` and asks no network."""
    env = {**os.environ, "DENO_DIR": str(tmp_path), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    command = [deno.find_deno_bin(), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, timeout=300, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_mistake_is_found(tmp_path: Path) -> None:
    """The type checker is really on: a property that no element has is an error."""
    script = tmp_path / "wrong.js"
    script.write_text('"use strict";\ndocument.createElement("input").valeu = "";\n', "utf-8")
    said = run(tmp_path, "check", "--quiet", "--no-remote", "--config", str(CONFIG), str(script))
    assert "Property 'valeu' does not exist on type 'HTMLInputElement'. Did you mean 'value'?" in said


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_gives_up_on_types(script: Path) -> None:
    """No ``any``, and no line that the checker is told to pass over."""
    text = script.read_text("utf-8")
    assert [word for word in ("{any}", "<any>", "any[]", ", any>", "@ts-ignore", "@ts-nocheck") if word in text] == []
