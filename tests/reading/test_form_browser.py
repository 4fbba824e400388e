"""The page of forms in a real browser: filled in from a folder, checked there, and taken in by the archive."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

import archives
import sites
from builds import BARE
from factbook import cli
from factbook.model import edtf
from factbook.pages import form as made
from factbook.read import load, yamldoc
from readers import DESK, PHONE, Visit

pytestmark = pytest.mark.browser

FACT = "gull-rock-lamp-lit-1901"
NEW = {
    "claim": "The lamp of Gull Rock burned whale oil in 1902.",
    "date": "1902",
    "kind": "event",
    "organizations": "Gull Rock Light",
    "source": "harbour-post-1902",
    "locator": "paragraph 5",
    "source_note": "It says so in passing.",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive in every language with its site, a repository at one host and a mail address."""
    root = sites.translated(tmp_path_factory.mktemp("forms") / "archive")
    config = root / "mkdocs.yml"
    options = "plugins:\n  - factbook: {repository: {host: gitlab}, contact: keeper@lights.example}\n"
    config.write_text(re.sub(r"^plugins:.*\n(  .*\n)*", options, config.read_text("utf-8"), flags=re.M), "utf-8")
    sites.build(root, REPO_URL="https://code.example/lights", **BARE)
    return root


@pytest.fixture(scope="module")
def folder(root: Path) -> str:
    """The address of that site as a folder."""
    return f"{(root / 'site').as_uri()}/"


def fill(page: Page, label: str, **given: str) -> None:
    """Answer questions of a form, those that are folded away too."""
    for name, text in given.items():
        box = page.locator(f"#{label}-{name}")
        box.evaluate("one => one.closest('details')?.setAttribute('open', '')")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)
            box.dispatch_event("change")


def send(page: Page, label: str) -> None:
    """Press the button of a form."""
    page.locator(f"form[data-form={label}] button.go").click()


def wrong(page: Page, label: str) -> dict[str, str]:
    """What the page says is wrong, by question."""
    page.locator(f"form[data-form={label}] .problems").wait_for()
    found = page.locator(f"form[data-form={label}] .wrong:not([hidden])")
    ids = found.evaluate_all("all => all.map(one => [one.id, one.textContent])")
    return {name.removeprefix(f"{label}-").removesuffix("-wrong"): text for name, text in ids}


def saved(page: Page, folder: Path) -> Path:
    """Save what was answered as a file, in ``folder``."""
    page.locator("#form-ready").wait_for()
    with page.expect_download() as download:
        page.locator("#form-save").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def taken(root: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict]:
    """The records that the archive makes of a saved file, by their paths."""
    out = file.with_suffix("")
    code = cli.main(["--root", str(root), "form", str(file), "--out", str(out), "--date", archives.TODAY])
    assert (code, capsys.readouterr().err) == (0, "")
    files = sorted((out / "facts").rglob("*.yaml"))
    paths = [path.relative_to(out / "facts").as_posix() for path in files]
    return {path: yamldoc.read(path, file.read_bytes()) for path, file in zip(paths, files, strict=True)}


def test_a_correction_from_a_folder_on_a_phone(
    visiting: Callable[..., Visit], root: Path, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a fact's page its form opens with what it says now; a broken date and a missing source are told; what is put
    right becomes a file of which the archive makes the corrected record."""
    visit = visiting(folder, viewport=PHONE)
    page = visit.to(f"facts/{FACT}.html")
    visit.follow(page.get_by_role("link", name="Suggest a correction", exact=True))
    assert visit.at() == "contribute/form.html"
    expect(page.locator("#form-which")).to_have_value("correction")
    expect(page.locator("#correction-record")).to_have_value(FACT)
    expect(page.locator("form[data-form=correction] .now")).to_contain_text("was lit for the first time on 3 May 1901")
    fill(page, "correction", field="date")
    expect(page.locator("#correction-value")).to_have_value("1901-05-03")
    fill(page, "correction", value="1901-02-30")
    send(page, "correction")
    said = wrong(page, "correction")
    assert said == {
        "value": "There is no such day or month.",
        "reason": "This has to be filled in.",
        "source": "The fact stands as its sources carry it. "
        "Name the source that shows that it should say something else.",
    }
    expect(page.locator("form[data-form=correction] .problems")).to_be_focused()
    expect(page.locator("#correction-value")).to_have_attribute("aria-invalid", "true")
    fill(
        page,
        "correction",
        value="1901-05-03/1901-05-04",
        reason="The log has the night to the fourth.",
        source="Harbour Post 1902",
        locator="5",
    )
    send(page, "correction")
    record = taken(root, saved(page, tmp_path), capsys)[f"records/1901/{FACT}.yaml"]
    assert record["date"] == "1901-05-03/1901-05-04"
    assert record["sources"][-1] == {"source": "harbour-post-1902", "locator": "5", "stance": "supports"}
    assert record["history"][-1]["reason"] == (
        "The log has the night to the fourth. The source named for it bears no more than reported."
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_new_fact_and_its_source(
    visiting: Callable[..., Visit], root: Path, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty form names what is needed, a new source has to be described, and what is put right is a record."""
    page = visiting(folder, viewport=DESK).to("contribute/form.html")
    send(page, "new-fact")
    needed = {"claim", "kind", "organizations", "topics", "locator", "source"}
    assert wrong(page, "new-fact").keys() == needed
    fill(page, "new-fact", **{**NEW, "organizations": "gul-rock-light", "source": "", "claim": "No."})
    fill(page, "new-fact", date="12 May 1902", source_title="The oil", source_url="ftp://tide.example")
    send(page, "new-fact")
    said = wrong(page, "new-fact")
    assert said["claim"] == "This is too short: it takes at least 4 characters."
    assert said["organizations"] == ("The archive has nothing called gul-rock-light. Did you mean gull-rock-light?")
    assert said["date"].startswith("This is no date that can be read. Write 2021,")
    assert said["source_url"] == "An address begins with https:// or http:// and holds no spaces."
    assert {said[f"source_{name}"] for name in ("publisher", "language", "kind")} == {"This has to be filled in."}
    fill(
        page, "new-fact", **{**NEW, "source": ""}, source_url="https://tide.example/1", source_publisher="Evening Tide"
    )
    fill(page, "new-fact", source_language="en", source_kind="news")
    page.locator("#new-fact-topics").get_by_label("Lamps", exact=True).check()
    send(page, "new-fact")
    records = taken(root, saved(page, tmp_path), capsys)
    fact, source = records.values()
    assert fact["claim"] == NEW["claim"] and fact["organizations"] == ["gull-rock-light"]
    assert fact["history"][0]["reason"] == "Taken from a form and not weighed yet."
    assert source["url"] == "https://tide.example/1"


def test_a_fact_brings_the_organization_that_it_names(
    visiting: Callable[..., Visit], root: Path, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the archive does not have yet is described beside the fact, held to the schema of organizations, and becomes
    a record of its own; a name that the archive knows becomes that one."""
    page = visiting(folder, viewport=PHONE).to("contribute/form.html")
    fill(page, "new-fact", **{**NEW, "organizations": ""})
    page.locator("#new-fact-topics").get_by_label("Lamps", exact=True).check()
    group = page.locator("form[data-form=new-fact] details")
    group.locator("summary").click()
    fill(page, "new-fact", organization_name="Ferrow Watch", organization_website="watch.example")
    group.locator("summary").click()
    send(page, "new-fact")
    assert wrong(page, "new-fact") == {
        "organization_kind": "This has to be filled in.",
        "organization_description": "This has to be filled in.",
        "organization_website": "An address begins with https:// or http:// and holds no spaces.",
    }
    expect(page.locator("#new-fact-organization_website")).to_be_visible()
    fill(page, "new-fact", organizations="Gull Rock Light", organization_kind="league")
    fill(page, "new-fact", organization_website="https://watch.example/", organization_description="It watches | it.")
    send(page, "new-fact")
    assert wrong(page, "new-fact") == {"organization_description": "This is not written as it has to be."}
    fill(page, "new-fact", organization_description="It watches the isles, and the sea.")
    send(page, "new-fact")
    organization, fact = sorted(taken(root, saved(page, tmp_path), capsys).values(), key=lambda one: "claim" in one)
    assert fact["organizations"] == ["gull-rock-light", "ferrow-watch"]
    assert organization == {
        "names": [{"text": "Ferrow Watch", "language": "en"}],
        "kind": "league",
        "website": "https://watch.example/",
        "description": "It watches the isles, and the sea.",
        "sources": [{part: NEW[name] for part, name in
                     (("source", "source"), ("locator", "locator"), ("note", "source_note"))}],
    }  # fmt: skip
    fill(page, "new-fact", organizations="", organization_name="Board of Keepers")
    send(page, "new-fact")
    (tmp_path / "known").mkdir()
    (fact,) = taken(root, saved(page, tmp_path / "known"), capsys).values()
    assert fact["organizations"] == ["keepers-board"]


@pytest.mark.parametrize(
    ("path", "label", "given", "changed"),
    [
        ("organizations/gull-rock-light", "correct-organization",
         {"field": "description", "value": "A lighthouse on Gull Rock.", "reason": "It is shorter."}, "description"),
        ("sources/harbour-post-1902", "correct-source",
         {"field": "publisher", "value": "The Harbour Post", "reason": "So it says on its front."}, "publisher"),
    ],
)  # fmt: skip
def test_other_records_have_their_own_forms(
    visiting: Callable[..., Visit],
    root: Path,
    folder: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    path: str,
    label: str,
    given: dict[str, str],
    changed: str,
) -> None:
    """An organization and a source are corrected in the field that was chosen, and in nothing else."""
    visit = visiting(folder, viewport=DESK)
    page = visit.to(f"ru/{path}.html")
    visit.follow(page.get_by_role("link", name="Предложить исправление", exact=True))
    assert visit.at() == "ru/contribute/form.html"
    fill(page, label, **given)
    send(page, label)
    ((name, record),) = taken(root, saved(page, tmp_path), capsys).items()
    before = yamldoc.read(name, (root / "facts" / name).read_bytes())
    assert record == {**before, changed: given["value"]}


def test_a_record_without_a_form_of_its_own_is_reported(visiting: Callable[..., Visit], folder: str) -> None:
    """The page of a question leads to the report, with what is asked."""
    visit = visiting(folder, viewport=DESK)
    page = visit.to("questions/who-built-gull-rock.html")
    question = page.locator("h1").inner_text()
    visit.follow(page.get_by_role("link", name="Suggest a correction", exact=True))
    expect(page.locator("#report-record")).to_have_value("questions/who-built-gull-rock")
    expect(page.locator("#report-says")).to_have_value(question)


def test_what_is_ready_goes_to_the_host_or_the_mail(visiting: Callable[..., Visit], folder: str) -> None:
    """The issue and the mail hold the whole text; what is too long for an address is said to be."""
    page = visiting(folder, viewport=DESK).to("contribute/form.html?form=report&record=facts/" + FACT)
    fill(page, "report", wrong="The lamp was red & it hung low.")
    send(page, "report")
    expect(page.locator("#form-ready-title")).to_be_focused()
    body = page.locator("#form-text").input_value()
    assert "### What the problem is\n\nThe lamp was red & it hung low.\n" in body
    issue = urlsplit(page.locator("#form-issue").get_attribute("href") or "")
    assert issue.geturl().startswith("https://code.example/lights/-/issues/new?")
    assert parse_qs(issue.query) == {"issue[title]": [f"Problem: facts/{FACT}"], "issue[description]": [body]}
    mail = urlsplit(page.locator("#form-mail").get_attribute("href") or "")
    assert (mail.scheme, mail.path, parse_qs(mail.query)["body"]) == ("mailto", "keeper@lights.example", [body])
    expect(page.locator("#form-contact")).to_be_hidden()
    fill(page, "report", wrong="свет " * 300)
    send(page, "report")
    expect(page.locator("#form-issue")).to_be_hidden()
    expect(page.locator("#form-long")).to_contain_text("too long for a link")


def test_a_reader_without_a_mouse(visiting: Callable[..., Visit], folder: str) -> None:
    """A correction is chosen, answered, found wrong, put right and ready by keys alone, on the narrowest screen."""
    visit = visiting(folder, viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = visit.to("contribute/form.html?form=correct-source&record=harbour-post-1902")
    page.locator("#form-which").focus()

    def tab_to(selector: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.locator(selector).evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    tab_to("#correct-source-field")
    page.keyboard.type("Note")
    tab_to("#correct-source-value")
    page.keyboard.type("One leaf is torn.")
    tab_to("form[data-form=correct-source] button.go")
    page.keyboard.press("Enter")
    expect(page.locator("form[data-form=correct-source] .problems")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#correct-source-reason")).to_be_focused()
    page.keyboard.type("It can be seen.")
    tab_to("form[data-form=correct-source] button.go")
    page.keyboard.press("Enter")
    expect(page.locator("#form-ready-title")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_a_form(chromium: Browser, folder: str, scheme: str) -> None:
    """With everything wrong in each form, and with what is ready: no rule of WCAG 2.2 A and AA is broken on the
    narrowest screen, light and dark; as the forms open, test_access.py looks at them."""
    context = chromium.new_context(
        bypass_csp=True, viewport={"width": 320, "height": 640}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script(path=Path(__file__).with_name("access.js"))
    page = context.new_page()
    page.goto(f"{folder}kk/contribute/form.html?form=report&record=facts/{FACT}")
    fill(page, "report", wrong="It is dark.")
    send(page, "report")
    page.locator("#form-ready").wait_for()
    page.evaluate(AXE_SCRIPT)
    broken = page.evaluate("access.axe()")["broken"]
    for label in page.locator("#form-which option").evaluate_all("all => all.map(one => one.value)"):
        page.locator("#form-which").select_option(label)
        if label == "report":
            fill(page, label, wrong="")
        if label == "new-fact":
            fill(page, label, organization_website="x")  # and what hangs on it is wrong as well
        send(page, label)
        page.locator(f"form[data-form={label}] .problems").wait_for()
        broken += page.evaluate("access.axe()")["broken"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, label
    context.close()
    assert broken == []


@pytest.fixture(scope="module")
def checks(chromium: Browser, folder: str) -> Iterator[Page]:
    """A page whose own checks can be asked."""
    page = chromium.new_page()
    page.goto(f"{folder}contribute/form.html")
    yield page
    page.close()


def broken(rng: random.Random, value: object) -> object:
    """A record with something about it changed at random."""
    if isinstance(value, dict) and value:
        name = rng.choice(sorted(value))
        choice = rng.randrange(4)
        if choice == 0:
            return {key: held for key, held in value.items() if key != name}
        if choice == 1:
            return {**value, "stray": "x"}
        return {**value, name: broken(rng, value[name])}
    if isinstance(value, list):
        return rng.choice([[], value * 2, "a text", [broken(rng, item) for item in value]])
    return rng.choice(["", " ", "x" * 301, "ж" * 2001, "No Such Word", "https://a b", [], {}, "\U0001f4a1" * 299])


def test_the_page_checks_by_the_schema_as_the_archive_does(root: Path, checks: Page) -> None:
    """Whatever record it is given, sound or broken, the page finds it wrong at the places where the check does."""
    archive, _ = load.read_archive(root)
    folders = {"records": "fact", "organizations": "organization", "sources": "source"}
    schemas = load.Schemas(archive.vocabulary)
    rng = random.Random(20261129)
    cases = []
    for path in sorted((root / "facts").rglob("*/*.yaml")):
        if kind := folders.get(path.relative_to(root / "facts").parts[0]):
            value = yamldoc.read(path.name, path.read_bytes())
            if "moved_to" not in value:
                cases += [(kind, value), *((kind, broken(rng, value)) for _ in range(20))]
    found = checks.evaluate(
        "all => all.map(([kind, value]) => formChecks.flaws(factbookForm.schemas[kind], value).map(f => f.path))", cases
    )
    for (kind, value), paths in zip(cases, found, strict=True):
        expected = {tuple(p.pointer) for p in schemas.check(kind, "x.yaml", value)}
        assert bool(paths) == bool(expected), value
        assert {tuple(path)[: len(next(iter(expected)))] for path in paths} or not expected, value
        # The check tells what is missing or too much at the record itself, the page at the field.
        assert {tuple(path) for path in paths} | {tuple(path[:-1]) for path in paths} >= expected, value
    assert len(cases) > 200


def test_the_page_reads_dates_as_the_archive_does(checks: Page) -> None:
    """Each text is a date to the page where it is one to the check, and what is wrong with it is of the same kind."""
    years = "1901 190X 19XX 1901-05 1901-13 1901-02-29 1904-02-29 1901-21 1901-22-01 1901-XX 1901-05-XX"
    parts = [*years.split(), *"1901-XX-03 0000-02-29 1901? 1901~ 1901-05% .. 1901-5 X".split(), "", "May 1901"]
    texts = parts + [f"{one}/{other}" for one in parts for other in parts] + ["1901/1902/1903", "1901-00", "1901-01-00"]
    kinds = {edtf.EdtfError: "date", edtf.ImpossibleDate: "day", edtf.ReversedInterval: "reversed"}
    expected = {}
    for text in filter(None, texts):
        try:
            edtf.parse(text)
            expected[text] = ""
        except edtf.EdtfError as error:
            expected[text] = kinds[type(error)]
    found = checks.evaluate("all => all.map(formChecks.dated)", list(expected))
    different = {t: (e, f) for (t, e), f in zip(expected.items(), found, strict=True) if bool(e) != bool(f)}
    assert different == {}
    assert sum(e == f for e, f in zip(expected.values(), found, strict=True)) > 0.9 * len(expected)


def test_every_record_is_in_the_part_where_the_page_looks_for_it(root: Path) -> None:
    """The present values of each record with a page are in one script, once."""
    archive, _ = load.read_archive(root)
    found: dict[str, dict] = {}
    for path, text in made.values(archive):
        assert (root / "site" / path).read_text("utf-8") == text
        held = json.loads(text.removeprefix("factbookForm.here(").removesuffix(");\n"))
        assert {made.part(name, made.parts(archive)) for name in held} <= {int(Path(path).stem)}
        found.update(held)
    pages = {p.relative_to(root / "site").with_suffix("").as_posix() for p in (root / "site").glob("*/*.html")}
    assert found.keys() <= pages
    assert found[f"facts/{FACT}"]["date"] == "1901-05-03"
