"""The command `factbook init`: an archive that is sound, builds at once, and says what to do next."""

from __future__ import annotations

import builtins
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import sites
from archives import ROOT
from factbook import __version__, cli
from factbook.authoring import founding, migrations
from factbook.check.run import check
from factbook.read import configuration
from factbook.read.vocabulary import LISTS
from factbook.rules import versions
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
    numbered = [line[:4] for line in lines[1:]]
    assert numbered[-3:] == ["  1.", "  2.", "  3."]
    assert numbered[:-3] == ["  0."] and lines[1].startswith(
        f"  0. python -m pip wheel --no-deps -w {root}/wheels {ROOT}"
    )
    archive, problems = check(root)
    assert archive is not None and problems == []
    kinds = (archive.statements, archive.sources, archive.organizations, archive.questions)
    assert [len(records) for records in kinds] == [1, 1, 1, 1]
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
        (
            "github",
            [".github/workflows/check.yml", ".github/workflows/form.yml", ".github/ISSUE_TEMPLATE/new-fact.yml"],
            [".gitlab-ci.yml"],
        ),
        ("gitlab", [".gitlab-ci.yml"], [".github"]),
        (
            "codeberg",
            [".forgejo/ISSUE_TEMPLATE/new-fact.yml", ".woodpecker/check.yaml"],
            [".github", ".gitlab-ci.yml"],
        ),
        ("none", [], [".github", ".gitlab-ci.yml", ".forgejo", ".woodpecker"]),
    ],
)
def test_each_host_gets_what_it_needs(host: str, there: list[str], not_there: list[str], tmp_path: Path) -> None:
    """Workflows and forms go where the host looks for them, and nothing of another host is written."""
    root = tmp_path / "a"
    assert init(root, "--host", host) == 0
    assert [path for path in there if not (root / path).is_file()] == []
    assert [path for path in not_there if (root / path).exists()] == []
    for path in (*root.rglob("*.yml"), *root.rglob("*.yaml")):
        assert yaml.compose(path.read_text("utf-8")) is not None
    assert settings.of_archive(root).host == ("" if host == "none" else host)
    readme = (root / "README.md").read_text("utf-8")
    assert "## Publish it" in readme and "{{" not in readme
    assert ("gh repo create" in readme) == (host == "github")


def test_facts_and_programs_have_a_licence_each(tmp_path: Path) -> None:
    """The founder chooses that of the facts; settings and workflows are under the one of the engine."""
    root = tmp_path / "a"
    assert init(root, "--licence", "CC0-1.0") == 0
    assert "CC0-1.0" in (root / "LICENSE-DATA").read_text("utf-8")
    assert (
        (root / "LICENSE").read_text("utf-8").startswith(f"MIT License\n\nCopyright (c) The maintainers of {NAME[1]}\n")
    )


@pytest.mark.parametrize("language", ["kk", "ru", "de", "ar"])
def test_the_forms_speak_the_language_of_the_archive(language: str, tmp_path: Path) -> None:
    """Nothing that people read in a form, the beginning of an issue's title among it, is left in English."""
    english, own = tmp_path / "en", tmp_path / language
    assert init(english) == 0 and init(own, "--language", language) == 0
    folder = ".github/ISSUE_TEMPLATE"
    for path in (english / folder).glob("*.yml"):
        before, after = (yaml.safe_load((root / folder / path.name).read_text("utf-8")) for root in (english, own))
        assert before["title"] != after["title"] and after["title"].endswith(": ") if "title" in before else True
        texts = [
            (a[name], b[name])
            for x, y in zip(before.get("body", []), after.get("body", []), strict=True)
            for a, b in [(x["attributes"], y["attributes"])]
            for name in ("label", "description", "value")
            if name in a
        ]
        assert {one for one, other in texts if one == other} <= ({"Name"} if language == "de" else set())
        assert all("CC BY 4.0" in b for x, y in texts for a, b in [(x, y)] if "CC BY 4.0" in a)


def test_an_example_says_which_language_it_is_in(tmp_path: Path) -> None:
    """Where nobody has translated the example, its names are declared English, and it says so of itself."""
    root = tmp_path / "a"
    assert init(root, "--language", "fi") == 0
    archive, problems = check(root)
    assert archive is not None and problems == []
    (fact,), (source,) = archive.statements.values(), archive.sources.values()
    assert source.language == "en" and "no words of the language fi yet" in fact.note
    (organization,) = archive.organizations.values()
    assert organization.names[0].language == "en"


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
    """At a terminal what was not given is asked for, with a default, and a wrong answer is asked again at once."""
    answers: Iterator[str] = iter(
        ["", "Fords", "What is told of fords.", "english", "kk", "en xx", "en ru", "CC-BY", "", "codeberg"]
    )
    monkeypatch.setattr(builtins, "input", lambda prompt: next(answers))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert cli.main(["init", str(tmp_path / "a")]) == 0
    found = settings.of_archive(tmp_path / "a")
    assert (found.languages, found.host) == (("kk", "en", "ru"), "codeberg")
    assert configuration.read(tmp_path / "a")["extra"]["licence"] == "CC-BY-4.0"
    assert capsys.readouterr().out.splitlines()[:3] == [
        "  english is no code of a language, such as en, de or pt-BR",
        "  xx is no code of a language, such as en, de or pt-BR",
        "  CC-BY cannot stand here. Did you mean CC-BY-4.0?",
    ]


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


class Installed:
    """A distribution that was installed from ``text``, its direct_url.json; from an index where that is None."""

    def __init__(self, text: str | None) -> None:
        self.text = text

    def read_text(self, name: str) -> str | None:
        """Return the file."""
        return self.text


GIT = {"url": "https://code.example/factbook", "vcs_info": {"vcs": "git", "commit_id": "abc123"}}
WHEEL = {"url": "file:///some%20where/factbook-9.8-py3-none-any.whl", "archive_info": {}}


@pytest.mark.parametrize(
    ("direct", "requirement", "wheel", "source"),
    [
        (None, f"factbook=={__version__}", None, None),
        (GIT, "factbook @ git+https://code.example/factbook@abc123", None, None),
        ({"url": "https://code.example/f.whl"}, "factbook @ https://code.example/f.whl", None, None),
        (WHEEL, "./wheels/factbook-9.8-py3-none-any.whl", "/some where/factbook-9.8-py3-none-any.whl", None),
        (
            {"url": "file:///clone", "dir_info": {"editable": True}},
            *(f"./wheels/factbook-{__version__}-py3-none-any.whl", None, "/clone"),
        ),
    ],
)
def test_the_engine_is_named_by_where_it_came_from(
    direct: object, requirement: str, wheel: str | None, source: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package name alone could be anybody's: pip is told the release, the address or the wheel."""
    text = None if direct is None else json.dumps(direct)
    monkeypatch.setattr(founding.metadata, "distributions", lambda name: [Installed(None), Installed(text)])
    found = founding.engine()
    assert found.requirement == requirement
    assert (found.wheel, found.source) == (wheel and Path(wheel), source and Path(source))


def test_a_wheel_that_is_gone_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever removed the file that the engine came from is asked for the line by which pip finds it."""
    monkeypatch.setattr(
        founding.metadata, "distributions", lambda name: [Installed(None), Installed(json.dumps(WHEEL))]
    )
    root = tmp_path / "a"
    assert init(root) == 2
    assert "is gone: /some where/factbook-9.8-py3-none-any.whl\n    hint: Say where" in capsys.readouterr().err
    assert [*root.rglob("*")] == []
    assert init(root, "--requirement", "factbook==9.8") == 0
    assert "\nfactbook==9.8\n" in (root / "requirements.txt").read_text("utf-8")
    assert "  0." not in capsys.readouterr().out


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
    assert said.count("\n- ") == 4 and "the engine is a plugin now" in said and "2 errors by today" in said


def with_speaker(value: dict[str, Any]) -> dict[str, Any] | None:
    """A made-up change of form: what was ``told_by`` is ``speaker``."""
    if "told_by" not in value:
        return None
    return {**{k: v for k, v in value.items() if k != "told_by"}, "speaker": value["told_by"]}


def test_an_older_archive_is_brought_into_the_form_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What newer engines changed is listed; records are migrated when asked to, with an entry in the ledger of each."""
    made = migrations.Migration(version=__version__, kind="fact", says="has speaker for told_by", change=with_speaker)
    monkeypatch.setattr(migrations, "MIGRATIONS", (made,))
    monkeypatch.setattr(versions, "CHANGES", {"0.8.0": ("old news",), __version__: ("told_by is speaker",)})
    root = tmp_path / "a"
    assert init(root) == 0
    config, (record,) = root / "mkdocs.yml", (root / "facts/records").rglob("*.yaml")
    config.write_text(config.read_text("utf-8").replace(f"engine: {__version__}", "engine: 0.9.0"), "utf-8")
    older = record.read_text("utf-8").replace("kind: event", "kind: event\ntold_by: The clerk # of Example")
    record.write_text(older, "utf-8")
    command = ["--root", str(root), "upgrade", "--date", "2021-10-01"]
    capsys.readouterr()
    assert cli.main(command) == 1
    said = capsys.readouterr().out
    assert f"  {__version__}: told_by is speaker\n" in said and "old news" not in said
    assert "-told_by: The clerk" in said and "+speaker: The clerk" in said
    assert "- 1 record in an older form (--apply writes what is shown above)\n" in said
    assert "- mkdocs.yml names factbook 0.9.0: " in said
    assert record.read_text("utf-8") == older
    assert cli.main([*command, "--apply"]) == 0
    archive, problems = check(root)
    assert archive is not None and [problem.rule for problem in problems] == ["answer-due"]  # its fact has changed
    (fact,) = archive.statements.values()
    assert fact.speaker == "The clerk"
    last = fact.history[-1]
    assert (last.date, last.status) == ("2021-10-01", "confirmed")
    assert last.reason == f"The form of this record has speaker for told_by (factbook {__version__})."
    assert f"engine: {__version__} #" in config.read_text("utf-8")
    capsys.readouterr()
    assert cli.main(command) == 0
    assert capsys.readouterr().out == f"factbook {__version__}: this archive is as it expects one.\n"


def test_the_engine_tells_of_no_version_after_its_own() -> None:
    """What is listed as changed is in the engine that lists it, in order."""
    assert [*versions.CHANGES] == sorted(versions.CHANGES, key=versions.number)
    assert versions.number([*versions.CHANGES][-1]) <= versions.number(__version__)
    assert [*versions.since(__version__)] == [] and migrations.due(__version__) == []
    assert {version for version, _ in versions.since("")} == {*versions.CHANGES}
    assert {migration.version for migration in migrations.MIGRATIONS} <= {*versions.CHANGES}


def test_an_archive_of_a_newer_engine_is_not_taken_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever has an older engine than the archive is told to install that one, and so is whoever named none."""
    root = tmp_path / "a"
    assert init(root) == 0
    config = root / "mkdocs.yml"
    made = config.read_text("utf-8")
    for named, rule in (("99.0.0", "engine-too-old"), ("newest", "setting-option")):
        config.write_text(made.replace(f"engine: {__version__}", f"engine: {named}"), "utf-8")
        before = config.read_bytes()
        for command in (["check"], ["site"], ["upgrade", "--apply"]):
            capsys.readouterr()
            assert cli.main(["--root", str(root), *command]) == 1
            said = "".join(capsys.readouterr())
            assert re.search(rf"mkdocs.yml:\d+:15: error: .* \[{rule}\]\n    found: {named}\n", said)
        assert config.read_bytes() == before
