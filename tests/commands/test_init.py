"""The command `factbook init`: an archive that is sound, builds at once, and says what to do next."""

from __future__ import annotations

import builtins
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import sites
from factbook import cli
from factbook.authoring import founding
from factbook.check.run import check
from factbook.read import configuration
from factbook.read.vocabulary import LISTS
from factbook.site import settings

NAME = ("--name", "Bridges: what is told", "--subject", 'What is told of "bridges" & fords.')


def init(folder: Path, *options: str) -> int:
    """Begin an archive without questions."""
    return cli.main(["init", str(folder), *NAME, "--no-input", *options])


def test_a_new_archive_is_sound_and_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check has nothing against it, it holds one example of each kind, and three steps are named."""
    root = tmp_path / "a"
    assert init(root) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"The archive is in {root}. Next:"
    assert [line[:4] for line in lines[1:]] == ["  1.", "  2.", "  3."]
    archive, problems = check(root)
    assert archive is not None and problems == []
    assert (len(archive.statements), len(archive.sources), len(archive.organizations)) == (1, 1, 1)
    assert set(archive.vocabulary) == set(LISTS)
    assert archive.claims == "en"
    assert cli.main(["--root", str(root), "fmt", "--check"]) == 0


def test_what_was_answered_stands_in_the_settings(tmp_path: Path) -> None:
    """Name, subject, languages, licence, host and contact are where the site reads them, whatever signs they hold."""
    root = tmp_path / "a"
    options = ("--language", "fr", "--further", "en", "--licence", "CC0-1.0", "--host", "gitlab")
    assert init(root, *options, "--contact", "a@bridges.example", "--repository", "https://gitlab.example/b") == 0
    site = configuration.read(root)
    assert (site["site_name"], site["site_description"]) == (NAME[1], NAME[3])
    assert site["repo_url"] == "https://gitlab.example/b"
    assert site["extra"]["licence"] == "CC0-1.0"
    found = settings.of_archive(root)
    assert (found.languages, found.host, found.contact) == (("fr", "en"), "gitlab", "mailto:a@bridges.example")


@pytest.mark.parametrize(
    ("host", "there", "not_there"),
    [
        ("github", [".github/workflows/check.yml", ".github/ISSUE_TEMPLATE/new-fact.yml"], [".gitlab-ci.yml"]),
        ("gitlab", [".gitlab-ci.yml"], [".github"]),
        ("codeberg", [".forgejo/ISSUE_TEMPLATE/new-fact.yml"], [".github", ".gitlab-ci.yml"]),
        ("none", [], [".github", ".gitlab-ci.yml", ".forgejo"]),
    ],
)
def test_each_host_gets_what_it_needs(host: str, there: list[str], not_there: list[str], tmp_path: Path) -> None:
    """Workflows and forms go where the host looks for them, and nothing of another host is written."""
    root = tmp_path / "a"
    assert init(root, "--host", host) == 0
    assert [path for path in there if not (root / path).is_file()] == []
    assert [path for path in not_there if (root / path).exists()] == []
    for path in root.rglob("*.yml"):
        assert yaml.compose(path.read_text("utf-8")) is not None


def test_the_forms_offer_the_words_of_the_vocabulary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A form is made from the vocabulary, and made anew when that changes."""
    root = tmp_path / "a"
    assert init(root) == 0
    form = root / ".github/ISSUE_TEMPLATE/new-fact.yml"
    assert "        - history\n" in form.read_text("utf-8")
    words = root / "facts/vocabulary.yaml"
    words.write_text(words.read_text("utf-8").replace("topics:\n", "topics:\n  fords: {label: Fords}\n", 1), "utf-8")
    assert cli.main(["--root", str(root), "forms"]) == 0
    assert "        - fords\n" in form.read_text("utf-8")
    capsys.readouterr()
    assert cli.main(["--root", str(root), "forms"]) == 0
    assert capsys.readouterr().out == "Every form offers the words of the vocabulary.\n"


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds anything is left alone."""
    (tmp_path / "mine.txt").write_text("mine")
    assert init(tmp_path) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    assert "is there already and is not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--language", "english"], "error: english is no code of a language, such as en, de or pt-BR\n"),
        (["--further", "de", "xx"], "error: xx is no code of a language, such as en, de or pt-BR\n"),
    ],
)
def test_a_language_that_is_none(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A code that names no language is refused before anything is written."""
    assert init(tmp_path / "a", *options) == 2
    assert capsys.readouterr().err == said
    assert not (tmp_path / "a").exists()


def test_the_founder_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At a terminal what was not given is asked for, with a default, and a wrong answer is asked again."""
    answers: Iterator[str] = iter(["", "Fords", "What is told of fords.", "kk", "en ru", "CC-BY", "", "codeberg"])
    monkeypatch.setattr(builtins, "input", lambda prompt: next(answers))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert cli.main(["init", str(tmp_path / "a")]) == 0
    found = settings.of_archive(tmp_path / "a")
    assert (found.languages, found.host) == (("kk", "en", "ru"), "codeberg")
    assert configuration.read(tmp_path / "a")["extra"]["licence"] == "CC-BY-4.0"
    assert "CC-BY cannot stand here. Did you mean CC-BY-4.0?" in capsys.readouterr().out


def test_who_gives_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ending the questions writes no file."""

    def end(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(builtins, "input", end)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert cli.main(["init", str(tmp_path / "a")]) == 1
    assert not (tmp_path / "a").exists()


def test_a_script_has_to_give_the_name(tmp_path: Path) -> None:
    """Where nobody can be asked, only the name is required."""
    assert cli.main(["init", str(tmp_path / "a"), "--no-input"]) == 2
    assert cli.main(["init", str(tmp_path / "a"), "--no-input", "--name", "Fords"]) == 0


def test_a_language_without_translation_gets_the_file_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of the interface that wait for a translator are in the archive, and the founder is told."""
    root = tmp_path / "a"
    assert init(root, "--language", "eo") == 0
    assert "overrides/languages/eo.po holds the texts." in capsys.readouterr().out
    assert "msgstr" in (root / "overrides/languages/eo.po").read_text("utf-8")
    assert founding.untranslated(founding.Answers(name="a", subject="b", language="kk", further=("en", "ru"))) == []


def test_the_engine_is_named_by_where_it_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package name alone could be anybody's: pip is told the address or the wheel."""

    class Installed:
        """A distribution that was installed from ``text``, its direct_url.json."""

        text = ""

        def read_text(self, name: str) -> str:
            """Return the file."""
            return self.text

    monkeypatch.setattr(founding.metadata, "distribution", lambda name: Installed())
    assert founding.requirement().startswith("./factbook-") and founding.requirement().endswith(".whl")
    about = {"url": "https://code.example/factbook", "vcs_info": {"vcs": "git", "commit_id": "abc123"}}
    Installed.text = json.dumps(about)
    assert founding.requirement() == "factbook @ git+https://code.example/factbook@abc123"


@pytest.mark.build
@pytest.mark.parametrize(
    "options", [(), ("--empty",), ("--language", "kk", "--further", "en"), ("--language", "ar"), ("--language", "ug")]
)
def test_a_new_archive_builds_at_once(options: tuple[str, ...], tmp_path: Path) -> None:
    """With one fact or none, in one language or two, in English or not: the site is there, in its language."""
    root = tmp_path / "a"
    assert init(root, *options) == 0
    site = sites.build(root)
    assert (site / "index.html").is_file() and (site / "facts").is_dir()
    language = options[1] if "--language" in options else "en"
    home = (site / "index.html").read_text("utf-8")
    assert f'lang="{language}"' in home.partition(">\n<head")[0]
    assert ('dir="rtl"' in home.partition("<head")[0]) == (language in ("ar", "ug"))
    assert (site / "en" / "search.html").is_file() == ("--further" in options)


def test_a_new_archive_needs_no_upgrade(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the engine has just made is as it expects it; what is older is told, and mended where it is the engine's."""
    root = tmp_path / "a"
    assert init(root) == 0
    assert cli.main(["--root", str(root), "upgrade"]) == 0
    (root / ".gitignore").unlink()
    (root / "facts/schema").mkdir()
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  - factbook:\n", "  - search:\n"), "utf-8")
    form = root / ".github/ISSUE_TEMPLATE/new-fact.yml"
    form.write_text(form.read_text("utf-8").replace("        - history\n", ""), "utf-8")
    (root / "overrides/templates").mkdir(parents=True)
    (root / "overrides/templates/gone.html").touch()
    capsys.readouterr()
    assert cli.main(["--root", str(root), "upgrade"]) == 1
    said = capsys.readouterr().out
    expected = "the engine is a plugin now", "facts/schema/ is no part", "new-fact.yml offers other", "gone.html: the"
    assert [part for part in expected if part not in said] == []
    assert cli.main(["--root", str(root), "upgrade", "--apply"]) == 1
    said = capsys.readouterr().out
    assert not (root / "facts/schema").exists() and "        - history\n" in form.read_text("utf-8")
    assert said.count("\n- ") == 3 and "the engine is a plugin now" in said and "2 errors by today" in said
