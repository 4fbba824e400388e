"""No claim without its verdict: on no page and in no export does a contested or withdrawn claim stand alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml
from lxml import html

import sites
from archives import ROOT, TODAY, archive
from factbook.check.run import check
from factbook.model import verdict
from factbook.model.archive import Archive
from factbook.model.records import Statement, Word
from factbook.render import po
from factbook.render.language import Language

BLOCKS = {"a", "li", "p", "dd", "th", "td", "h1", "h2", "title", "text", "option", "desc"}
"""Elements that a reader sees as one piece of text."""
PLAIN = (*("confirmed", "corroborated", "reported", "unreviewed", "disputed", "refuted", "superseded", "withdrawn"),)
"""The statuses of the small archive that a record may bear."""
UNRELIABLE = """
source_kinds: {rumour: {label: Rumour sheet, rank: 0, independent: no, unreliable: yes, tone: bad, lead: Rumour}}
statuses:
  reported-unreliable:
    label: Reported, only by a rumour sheet
    of: reported
    when: unreliable
    evidence: support
    contested: yes
    lead: Rumour
  reported-second-hand: {label: "Reported, second-hand", of: reported, when: retold, evidence: support, rank: 1}
"""


def overlaid(root: Path) -> Path:
    """The small site with shades of a status, a false claim, one of a rumour sheet, and one that is only retold."""
    sites.small(root)
    facts = root / "facts"
    words = yaml.load((facts / "vocabulary.yaml").read_text("utf-8"), yaml.BaseLoader)
    for name, more in yaml.load(UNRELIABLE, yaml.BaseLoader).items():
        words[name] = {**more, **words[name]}
    (facts / "vocabulary.yaml").write_text(yaml.safe_dump(words, sort_keys=False, allow_unicode=True), "utf-8")
    sources = {"deep-voice": "rumour", "second-hand-news": "aggregator"}
    for name, kind in sources.items():
        text = f"title: {name} says\npublisher: {name}\nkind: {kind}\nlanguage: en\n"
        (facts / "sources" / f"{name}.yaml").write_text(text, "utf-8")
    told = {
        "gull-rock-sank": ("Gull Rock sank into the sea.", "deep-voice", "reported", ""),
        "gull-rock-rose": ("Gull Rock rose out of the sea.", "second-hand-news", "reported", ""),
        "gull-rock-unlit": (
            "The lamp of Gull Rock was never lit.",
            "deep-voice",
            "refuted",
            "relations: [{contradicts: gull-rock-lamp-lit-1901}]\n",
        ),
        "gull-rock-of-old": ("Gull Rock was once called Tern Rock.", "second-hand-news", "withdrawn", ""),
    }
    for name, (claim, source, status, more) in told.items():
        (facts / "records" / "undated" / f"{name}.yaml").write_text(
            f"claim: {claim}\nkind: event\norganizations: [gull-rock-light]\ntopics: [lamps]\n"
            f"sources:\n  - source: {source}\n    locator: page 1\n    stance: supports\nstatus: {status}\n"
            f"history:\n  - date: 2024-05-01\n    status: {status}\n    reason: It was weighed.\n{more}",
            "utf-8",
        )
    return root


@pytest.fixture(scope="module")
def overlaid_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That site, built."""
    root = overlaid(tmp_path_factory.mktemp("overlaid") / "small")
    sites.build(root)
    return root


@pytest.fixture(scope="module", params=["real_root", "overlaid_root"])
def root(request: pytest.FixtureRequest) -> Path:
    """Each of the two archives, built."""
    return request.getfixturevalue(request.param)


def read(root: Path) -> Archive:
    """The archive at ``root``."""
    found, _ = check(root, TODAY)
    assert found is not None
    return found


def led(archive: Archive) -> list[tuple[Statement, Word]]:
    """The statements that must not stand alone, with their statuses."""
    pairs = ((s, archive.status(s)) for s in archive.statements.values())
    return [(s, word) for s, word in pairs if verdict.lead(word)]


def pieces(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Every piece of text of a page that can hold a claim: what it is, and its words."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
            continue
        for name, value in element.attrib.items():
            if name in ("content", "title", "aria-label", "alt", "placeholder"):
                yield f"@{name}", value
        if element.tag in BLOCKS and not any(child.tag in BLOCKS for child in element.iterdescendants()):
            yield element.tag, " ".join(element.text_content().split())


def bare(text: str, claim: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds the claim and none of the words before it."""
    before, held, _ = text.partition(claim)
    return bool(held) and not any(word.casefold() in before.casefold() for word in words)


def test_no_page_shows_a_claim_without_its_verdict(root: Path) -> None:
    """In titles, descriptions, headings, links and lists, in every language, the verdict comes first."""
    found = read(root)
    wrong, seen = [], 0
    languages = [Language(), *(Language(c, po.read(c, root)) for c in ("kk", "ru") if (root / "site" / c).is_dir())]
    for language in languages:
        told = language.translate_archive(found)
        claims = [
            (s.claim, (verdict.lead(word), word.label, verdict.lead(found.status(s))))  # a citation speaks English
            for s, word in led(told)
        ]
        assert claims
        top = root / "site" / (language.code if language.code != "en" else "")
        for path in sorted(top.rglob("*.html")):
            own = path.relative_to(top).as_posix()
            if language.code == "en" and own.startswith(("kk/", "ru/")):
                continue
            text = path.read_text("utf-8")
            there = unescape(text)
            here = [pair for pair in claims if pair[0] in there]
            if not here:
                continue
            tree = html.document_fromstring(text)
            for kind, piece in pieces(tree):
                for claim, words in here:
                    if claim not in piece:
                        continue
                    seen += 1
                    heading = tree.xpath("string(//*[contains(@class, 'kicker')])") if kind == "h1" else ""
                    if bare(f"{heading} {piece}", claim, words):
                        wrong.append(f"{language.code} {own} {kind}: {piece[:160]}")
    assert wrong == []
    assert seen > 20


def test_every_ready_made_title_is_led_by_the_verdict(root: Path) -> None:
    """Citations, calendars, feeds, tables and llms.txt give a title that can be passed on as it is."""
    found = read(root)
    data = root / "site" / "data" / "v1"
    table = {r["id"]: r for r in csv.DictReader(io.StringIO((data / "facts.csv").read_text("utf-8"), newline=""))}
    for statement, word in led(found):
        title = f"{verdict.lead(word)}: {statement.claim}"
        assert table[statement.id]["title"].removeprefix("'") == title
        assert table[statement.id]["standing"] == word.id
        item = json.loads((data / "facts" / f"{statement.id}.csl.json").read_text("utf-8"))[0]
        assert item["title"] == title.removesuffix(".")
        assert verdict.lead(word) in (data / "facts" / f"{statement.id}.bib").read_text("utf-8")
        record = json.loads((data / "facts" / f"{statement.id}.json").read_text("utf-8"))
        assert record["derived"]["title"] == title
    for path in (*data.rglob("*.ics"), root / "site" / "llms.txt", root / "site" / "README.txt"):
        text = re.sub(r"\r?\n ", "", path.read_text("utf-8")).replace("\\,", ",").replace("\\;", ";")
        lines = text.splitlines()
        assert [
            line for s, word in led(found) for line in lines if bare(line, s.claim, (verdict.lead(word), word.label))
        ] == []


def alone(value: object, claims: dict[str, tuple[str, ...]], known: bool = False) -> Iterator[str]:
    """The claims in a JSON value that stand in no object that has a status, and in no text that begins with one."""
    if isinstance(value, dict):
        known = known or bool({"status", "standing", "creativeWorkStatus", "reviewRating", "_factbook"} & value.keys())
        for one in value.values():
            yield from alone(one, claims, known)
    elif isinstance(value, list):
        for one in value:
            yield from alone(one, claims, known)
    elif isinstance(value, str) and not known:
        yield from (claim for claim, words in claims.items() if bare(value, claim, words))


def test_no_document_holds_a_claim_without_its_status(root: Path) -> None:
    """In JSON, JSON Lines, linked data and CSV a claim has its status beside it."""
    found = read(root)
    claims = {s.claim: (verdict.lead(word), word.label) for s, word in led(found)}
    site, wrong = root / "site", []
    for path in sorted((site / "data").rglob("*")):
        if path.suffix in (".json", ".jsonld"):
            documents = [json.loads(path.read_text("utf-8"))]
        elif path.suffix == ".jsonl":
            documents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        elif path.suffix == ".csv":
            documents = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        else:
            continue
        if "versions" in path.parts:
            continue  # the record as it was, word for word
        wrong += [f"{path.relative_to(site)}: {claim}" for claim in alone(documents, claims)]
    assert wrong == []


def test_what_only_an_unreliable_source_says_has_a_sign_of_its_own(overlaid_root: Path) -> None:
    """It is counted apart, contested and led; what is only retold is told apart too, and no record may bear either."""
    found = read(overlaid_root)
    assert found.status(found.statements["gull-rock-sank"]).id == "reported-unreliable"
    assert found.status(found.statements["gull-rock-rose"]).id == "reported-second-hand"
    assert found.status(found.statements["gull-rock-unlit"]).id == "refuted"
    contested = sites.plain(sites.main_of(overlaid_root / "site" / "contested.html"))
    assert (
        contested.index("Refuted: The lamp") < contested.index("Disputed: Ane") < contested.index("Rumour: Gull Rock")
    )
    assert "reported-unreliable" not in found.schemas["vocabulary"]["$defs"]["statuses"]["enum"]
    source = sites.plain(sites.main_of(overlaid_root / "site" / "sources" / "deep-voice.html"))
    assert source.startswith("Home Sources Rumour · Rumour sheet · no date stated deep-voice says Rumour sheet")
    assert "2 claims made in it are recorded here: Reported, only by a rumour sheet 1 · Refuted 1" in source


def test_a_status_and_what_is_said_of_its_origins_agree(root: Path) -> None:
    """Reported stands beside one origin, or says why several do not count; corroborated never beside fewer than two."""
    found = read(root)
    site = root / "site"
    for statement in found.statements.values():
        word, support = found.status(statement), found.support(statement)
        page = sites.plain(sites.main_of(site / "facts" / f"{statement.id}.html"))
        if word.id == "reported":
            assert support in ("one", "several")
            assert ("1 independent origin in support." in page) == (support == "one")
            assert ("why that does not corroborate it." in page) == (support == "several")
            assert "independent origins" not in page
        elif word.of == "reported":
            assert support in ("unreliable", "retold")
            assert "No independent origin in support." in page
        elif word.evidence == "independent-support":
            assert support == "several"


def test_a_shade_of_a_status_cannot_be_recorded_and_must_be_sound(tmp_path: Path) -> None:
    """A vocabulary whose shade is of nothing, or asks for nothing that is known, is refused with the line."""
    root = archive(tmp_path / "lights")
    path = root / "facts" / "vocabulary.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("statuses:\n", "statuses:\n  odd: {label: Odd, of: strange, when: never}\n"), "utf-8")
    _, problems = check(root, TODAY)
    assert [(p.rule, p.message) for p in problems] == [
        ("vocabulary-incomplete", f"statuses odd: of must be {', '.join(PLAIN)}"),
        ("vocabulary-incomplete", "statuses odd: when must be none, unreliable, retold, one, several"),
    ]


def test_the_real_vocabulary_leads_what_must_not_stand_alone() -> None:
    """False, disputed, superseded and withdrawn claims, and those of unreliable sources, are led by plain words."""
    found = read(ROOT)
    words = found.vocabulary["statuses"]
    assert {w.id: verdict.lead(w) for w in words.values() if verdict.lead(w)} == {
        "reported-unreliable": "Claim from an unreliable source",
        "disputed": "Disputed claim",
        "refuted": "False claim",
        "superseded": "Superseded claim",
        "withdrawn": "Withdrawn claim",
    }
