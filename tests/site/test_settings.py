"""The settings of a site in `mkdocs.yml`: what they may say, and what an archive overrides."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import sites
from factbook.read import configuration, overrides
from factbook.read.configuration import ConfigurationError
from factbook.site import settings
from factbook.site.settings import Settings

REPO = "https://code.example/lights"


def test_settings_that_are_not_given_have_defaults() -> None:
    """The plugin needs no options."""
    assert settings.parse({}) == Settings()


def test_every_setting_can_be_given() -> None:
    """Languages, the repository's host and branch, and whom to write to."""
    given = {
        "languages": ["fr", "en"],
        "repository": {"host": "gitlab", "branch": "trunk"},
        "contact": "a@lights.example",
    }
    assert settings.parse(given) == Settings(
        languages=("fr", "en"), host="gitlab", branch="trunk", contact="mailto:a@lights.example"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"langages": ["en"]},
            "there is no option langages; allowed: languages, repository, contact, pinned. Did you mean languages?",
        ),
        ({"languages": "en"}, "languages must be a list of codes, that of the claims first, such as [en, fr]"),
        ({"languages": ["English"]}, "languages: English is no language code, such as en or pt-BR"),
        ({"languages": ["en", "en"]}, "languages: en is there twice"),
        ({"repository": "main"}, "repository must hold host and branch, such as {host: gitlab, branch: main}"),
        (
            {"repository": {"host": "gitlap"}},
            "repository host: gitlap is not known; allowed: github, gitlab, codeberg. Did you mean gitlab?",
        ),
        (
            {"repository": {"pages": "cloudfare"}},
            "repository pages: cloudfare is not known; allowed: github, gitlab, codeberg, cloudflare, netlify, none. "
            "Did you mean cloudflare?",
        ),
        ({"repository": {"branch": ""}}, "repository branch must be the name of a branch"),
        (
            {"repository": {"brnch": "x"}},
            "there is no part of repository brnch; allowed: host, branch, pages. Did you mean branch?",
        ),
        (
            {"contact": ["me"]},
            "contact must be a mail address, an address that begins with https://, or a page in docs/",
        ),
    ],
)
def test_a_setting_that_is_wrong_is_told(options: dict[str, object], expected: str) -> None:
    """Each mistake is one line that names the option and what is allowed."""
    with pytest.raises(ConfigurationError) as error:
        settings.parse(options)
    assert str(error.value) == expected


def test_all_mistakes_are_told_at_once() -> None:
    """Whoever made two mistakes reads of both."""
    with pytest.raises(ConfigurationError) as error:
        settings.parse({"languages": "en", "contact": 7})
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize(
    "address", ["archive.example", "ftp://archive.example/", "https://a.example/?page=1", "https://"]
)
def test_a_base_address_is_one_of_the_web(address: str) -> None:
    """What every link would begin with must be an address."""
    with pytest.raises(ConfigurationError, match="site_url must be an address"):
        settings.check_addresses({"site_url": address})
    settings.check_addresses({"site_url": "https://archive.example/some/", "repo_url": None})


@pytest.mark.parametrize(
    ("url", "given", "edit", "report"),
    [
        ("", {}, "", ""),
        (REPO, {}, f"{REPO}/edit/main/facts/", f"{REPO}/issues/new"),
        (f"{REPO}/", {"host": "gitlab", "branch": "a/b"}, f"{REPO}/-/edit/a/b/facts/", f"{REPO}/-/issues/new"),
        (
            "https://gitlab.com/a/b",
            {},
            "https://gitlab.com/a/b/-/edit/main/facts/",
            "https://gitlab.com/a/b/-/issues/new",
        ),
        (
            "https://codeberg.org/a/b",
            {},
            "https://codeberg.org/a/b/_edit/main/facts/",
            "https://codeberg.org/a/b/issues/new",
        ),
    ],
)
def test_links_follow_the_host_of_the_repository(url: str, given: dict[str, str], edit: str, report: str) -> None:
    """The web editor and the new issue are found where this host has them."""
    found = Settings(**given)
    assert (settings.edit_address(url, found), settings.report_address(url, found)) == (edit, report)


def test_the_languages_of_a_site_are_those_it_has(tmp_path: Path) -> None:
    """The first language that is listed is that of the claims, and one that has pages of its own is listed."""
    (tmp_path / "docs/fr/facts").mkdir(parents=True)
    (tmp_path / "docs/fr/facts/_record.md").touch()

    def check(*codes: str) -> None:
        settings.check_languages(Settings(languages=codes), tmp_path, "en")

    check()
    check("en", "fr", "de")
    with pytest.raises(ConfigurationError, match="languages must begin with en, the language of the claims"):
        check("fr", "en")
    with pytest.raises(ConfigurationError, match="is there, but languages does not name fr"):
        check("en")


def test_the_configuration_is_read_as_mkdocs_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables of the environment are put in, and what is for MkDocs alone does no harm."""
    monkeypatch.setenv("HERE", "https://here.example/")
    monkeypatch.delenv("NOWHERE", raising=False)
    (tmp_path / "mkdocs.yml").write_text(
        "site_url: !ENV [NOWHERE, HERE, none]\nrepo_url: !ENV [NOWHERE, '']\nsite_name: !ENV NOWHERE\n"
        "markdown_extensions: [{x: {y: !!python/name:os.system }}]\n"
        "plugins: [search, {factbook: {contact: a@b.example}}]\n"
    )
    found = configuration.read(tmp_path)
    assert (found["site_url"], found["repo_url"], found["site_name"]) == ("https://here.example/", "", None)
    assert configuration.options(found) == {"contact": "a@b.example"}
    assert settings.of_archive(tmp_path).contact == "mailto:a@b.example"


@pytest.mark.parametrize("text", ["a: [", "- a", "\xff"])
def test_a_configuration_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    """What is no mapping of settings ends in one line."""
    (tmp_path / "mkdocs.yml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"^mkdocs\.yml [^\n]*$"):
        configuration.read(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()
    assert configuration.read(tmp_path) == {}


@pytest.mark.build
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_an_archive_overrides_any_part_of_the_engine(tmp_path: Path, engine: str) -> None:
    """A file of the same name in overrides/ goes before the engine's, behind both engines."""
    root = sites.small(tmp_path / "a")
    own = root / overrides.FOLDER
    for path, text in {
        "theme/assets/icon.svg": "<svg/>",
        "templates/blocks/rules.html": "<p>[[Fact]]: no rules but ours</p>",
    }.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(text, "utf-8")
    site = sites.build(root, "--engine", engine, FACTBOOK_SEARCH="no", FACTBOOK_DATA="no")
    assert (site / "assets/icon.svg").read_text() == "<svg/>"
    assert (site / "assets/site.css").read_bytes() == (overrides.THEME / "assets/site.css").read_bytes()
    assert "<p>Fact: no rules but ours</p>" in (site / "contribute/rules.html").read_text("utf-8")
    assert sorted(p.name for p in root.iterdir()) == ["docs", "facts", "mkdocs.yml", "overrides", "scripts", "site"]


@pytest.mark.build
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_wrong_setting_stops_the_build(tmp_path: Path, engine: str) -> None:
    """Both engines say what is wrong with the plugin's options, and build nothing."""
    root = sites.small(tmp_path / "a")
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("plugins: [factbook]", "plugins: [{factbook: {contct: x}}]"), "utf-8"
    )
    done = sites.run(root, "site", "--engine", engine)
    assert done.returncode == 1
    assert (
        "there is no option contct; allowed: languages, repository, contact, pinned. Did you mean contact?"
        in done.stderr
    )
    assert not (root / "site").exists()


def test_a_translation_of_the_archive_goes_before_the_engines(tmp_path: Path) -> None:
    """A language of the interface is another file of the same name, and a new language can be added."""
    engine = tmp_path / "engine"
    (tmp_path / "overrides/languages").mkdir(parents=True)
    shutil.copy(Path(overrides.__file__), tmp_path / "overrides/languages/xx.po")
    assert overrides.interface(tmp_path, "xx", engine) == tmp_path / "overrides/languages/xx.po"
    assert overrides.interface(tmp_path, "kk", engine) == engine / "kk.po"


def test_every_host_has_both_addresses() -> None:
    """An address is made of the repository's and of the branch, and of nothing else."""
    for edit, report in settings.HOSTS.values():
        assert set(re.findall(r"{(\w+)}", edit)) == {"url", "branch"}
        assert set(re.findall(r"{(\w+)}", report)) == {"url"}
