"""The settings of a site in `mkdocs.yml`: what they may say, and what an archive overrides."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import archives
import sites
from factbook.check.run import check
from factbook.read import configuration, overrides
from factbook.read.configuration import ConfigurationError
from factbook.rules import options
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


CODES = "a list of codes, that of the claims first, such as [en, fr]"
OPTIONS = "languages, repository, contact, pinned, engine"


@pytest.mark.parametrize(
    ("given", "place", "message", "allowed", "hint"),
    [
        ({"langages": ["en"]}, "langages", "there is no option langages", OPTIONS, "Did you mean languages?"),
        ("en", "", "factbook must hold options by their names", OPTIONS, ""),
        ({"languages": "en"}, "languages", "languages must be a list of codes", CODES, ""),
        ({"languages": []}, "languages", "languages must be a list of codes", CODES, ""),
        ({"languages": ["English"]}, "languages 0", "this is no code of a language", "codes such as en or pt-BR", ""),
        (
            *({"languages": ["en", False]}, "languages 1", "this is no code of a language"),
            *("codes such as en or pt-BR", 'YAML reads no as a word for false: write "no".'),
        ),
        ({"languages": ["en", "en"]}, "languages 1", "en is there twice", "", "Remove one."),
        (
            *({"repository": "main"}, "repository", "repository must hold host and branch"),
            *("such as {host: gitlab, branch: main}", ""),
        ),
        (
            *({"repository": {"host": "gitlap"}}, "repository host", "host is not one that is known"),
            *("github, gitlab, codeberg", "Did you mean gitlab?"),
        ),
        (
            *({"repository": {"pages": "cloudfare"}}, "repository pages", "pages is not one that is known"),
            *("github, gitlab, codeberg, cloudflare, netlify, none", "Did you mean cloudflare?"),
        ),
        *(
            (
                *({"repository": {"branch": branch}}, "repository branch", "this is no name of a branch"),
                *("a name such as main or archive/next", ""),
            )
            for branch in ("", "ma in", "-x", "a..b", "a~1", "a.lock", "a/", 7)
        ),
        (
            *({"repository": {"brnch": "x"}}, "repository brnch", "there is no part of repository brnch"),
            *("host, branch, pages", "Did you mean branch?"),
        ),
        *(
            ({"contact": contact}, "contact", "nobody can be reached by this contact", options.CONTACT, "")
            for contact in (
                ["me"],
                7,
                "not a mail",
                "a@b",
                "https://",
                "/about.html",
                "javascript:alert(1)",
                "a@b c.example",
            )
        ),
        (
            *({"contact": "about/us.md"}, "contact", "nobody can be reached by this contact"),
            *(options.CONTACT, "Write about/us.html."),
        ),
        *(
            (
                *({"pinned": day}, "pinned", "pinned must be the day from which statuses need a pinned source"),
                *("a day such as 2027-06-30", ""),
            )
            for day in ("soon", "2027-13-01", "2027")
        ),
        *(
            (
                *({"engine": version}, "engine"),
                *("engine must be the version of the engine that the archive was made for last",),
                *("three numbers such as 1.0.0", ""),
            )
            for version in ("newest", 1.0, "1.0")
        ),
    ],
)
def test_an_option_that_is_wrong_is_told(given: object, place: str, message: str, allowed: str, hint: str) -> None:
    """Each mistake is told at its place, with what is allowed and the likely repair."""
    (found,) = options.setting_option(given, ("plugins",))
    assert " ".join(map(str, found.pointer[1:])) == place
    assert (found.message, found.allowed, found.hint) == (message, allowed, hint)
    if isinstance(given, dict):
        with pytest.raises(ConfigurationError, match=f"^mkdocs.yml: {re.escape(message)}$"):
            settings.parse(given)


@pytest.mark.parametrize(
    "given",
    [
        *(
            {"contact": contact}
            for contact in ("", None, "a.b@lights.example", "mailto:a@lights.example", "a/b-c.html")
        ),
        {"contact": "https://lights.example/keeper?to=us"},
        {"languages": None, "repository": {"branch": "archive/next-2", "pages": "none"}, "pinned": "2027-06-30"},
    ],
)
def test_an_option_that_is_right_is_taken(given: dict[str, object]) -> None:
    """What readers can follow, and what is left empty, is no mistake."""
    assert options.setting_option(given, ()) == []


def test_all_mistakes_are_told_at_once() -> None:
    """Whoever made two mistakes reads of both."""
    with pytest.raises(ConfigurationError) as error:
        settings.parse({"languages": "en", "contact": 7})
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("archive.example", "Write https://archive.example."),
        ("ftp://archive.example/", ""),
        ("https://a.example/?page=1", ""),
        ("https://", ""),
        ("contribute/index.html", ""),
    ],
)
def test_a_base_address_is_one_of_the_web(address: str, hint: str) -> None:
    """What every link would begin with must be an address."""
    (found,) = options.setting_base_address(("site_url",), address)
    assert (found.message, found.hint) == ("site_url must be an address of the web", hint)
    assert options.setting_base_address(("site_url",), "https://archive.example/some/") == []


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


def test_the_languages_of_a_site_are_those_it_has() -> None:
    """The first language that is listed is that of the claims, and one that has pages of its own is listed."""

    def told(*codes: str) -> list[str]:
        return [found.message for found in options.setting_languages(codes, "en", ["fr"], {}, ())]

    assert told("en", "fr", "de") == []
    assert told("fr", "en") == ["languages must begin with en, the language of the claims in facts/vocabulary.yaml"]
    assert told("en") == ["docs/fr/facts/_record.md is there, but languages does not name fr"]


def test_what_goes_with_the_records_and_pages_is_checked(tmp_path: Path) -> None:
    """Languages without texts, a contact that is no page, and a contact beside the plugin are told by the check."""
    root = sites.small(tmp_path / "a")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    plugin = "plugins: [{factbook: {languages: [en, fr], contact: about/keeper.html}}]"
    config.write_text(text.replace("plugins: [factbook]", plugin), "utf-8")
    told = [(p.line, p.column, p.message) for p in check(root, archives.TODAY)[1] if p.path == "mkdocs.yml"]
    assert told == [
        (10, 39, "there is no fr.po with the texts of the interface; languages known: ar, de, kk, ru"),
        (10, 53, "there is no page docs/about/keeper.md to which the contact could lead"),
    ]
    config.write_text(text.replace("extra:\n", "extra:\n  contact: about/keeper.html\n"), "utf-8")
    (found,) = [p for p in check(root, archives.TODAY)[1] if p.path == "mkdocs.yml"]
    assert (found.line, found.message) == (7, "the contact is an option of the plugin: contact, beside languages")


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
    said = done.stdout + done.stderr
    assert "mkdocs.yml:10:23: error: there is no option contct [setting-option]\n" in said
    assert "    hint: Did you mean contact?\n" in said and "Config value" not in said
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
    assert tuple(settings.HOSTS) == options.HOSTS
    for edit, report in settings.HOSTS.values():
        assert set(re.findall(r"{(\w+)}", edit)) == {"url", "branch"}
        assert set(re.findall(r"{(\w+)}", report)) == {"url"}
