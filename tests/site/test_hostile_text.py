"""Hostile texts: what a sound record says is the text of every output, and nothing else.

The small archive is filled twice: once with hostile texts, once with plain tokens in their place. Both sites are parsed
by the HTML standard's own algorithm, and must be the same tree in every element, attribute and comment, with each token
where the text it stands for is. So a text that adds, ends or changes anything is seen, wherever it ends up.

Every file of the finished sites is held to this, each read as the standard of its kind says (``READERS``), but the
tables, whose cells test_export.py holds to what the records say, for hostile texts as well.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, vUnknown
from msgspec.json import encode
from msgspec.structs import replace
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

import builds
import readers
import revisions
import sites
from archives import TODAY, archive
from factbook import plugin
from factbook.check.report import FORMATS
from factbook.check.run import check, errors
from factbook.data import exports, versions
from factbook.history import earlier as past
from factbook.model.archive import Archive
from factbook.model.records import Version
from factbook.pages.kinds import Pages
from factbook.search import index
from factbook.search.words import Words, alike
from factbook.search.written_pages import Part
from factbook.site import build
from hostile import (
    CODES,
    SLOT,
    TEXTS,
    Slots,
    dealt,
    fill_judgements,
    fill_records,
    fill_words,
    filled,
    kind_of,
    passes,
    token,
)

REPO = "https://code.example/lights"
SITE = "https://lights.example/archive/"

NOT_ON_PAGES = {
    "organization sources fragment",
    "organization sources locator",
    "organization sources note",
    *(f"vocabulary {name} meaning" for name in ("fact_kinds", "languages", "organization_kinds", "origins", "stances")),
}
"""Fields that only the data shows."""


Node = tuple[str, str, tuple[tuple[str, str], ...]]


def flat(text: str) -> list[Node]:
    """A page as what the HTML standard makes of it: elements with their attributes, texts and comments, in order.

    A ``bdi`` with nothing but a text stands where the text runs the other way than the page: it is read as its text.
    """
    nodes: list[Node] = []

    def walk(element: LexborNode) -> None:
        if element.is_comment_node:
            nodes.extend([("comment", element.comment_content or "", ()), ("end", "", ())])
            return
        attributes = [pair for name, value in element.attributes.items() for pair in told(name, value or "")]
        nodes.append((element.tag or "", "", tuple(sorted(attributes))))
        for child in inside(element):
            if child.is_text_node or is_isolated(child):
                tag, before, held = nodes[-1]
                words = child.text_content if child.is_text_node else child.text()
                nodes[-1] = (tag, before + (words or ""), held)
            else:
                walk(child)
                nodes.append(("after", "", ()))
        nodes.append(("end", "", ()))

    root = LexborHTMLParser(text).root
    assert root
    walk(root)
    return [inner for node in nodes for inner in (values(node) if LINKED <= {node[0], *node[2]} else [node])]


def is_isolated(element: LexborNode) -> bool:
    """Whether an element is a ``bdi`` without attributes that holds a text alone."""
    alone = element.tag == "bdi" and not element.attributes
    return alone and all(child.is_text_node for child in inside(element))


def inside(element: LexborNode) -> Iterator[LexborNode]:
    """The nodes in an element; those of a template, too, which stand in a tree of their own."""
    for top in element.template_fragments() if element.tag == "template" else [element]:
        child = top.child
        while child:
            yield child
            child = child.next


def reference(text: str) -> list[Node]:
    """The same by html5lib, which follows the standard's text word by word, and takes five times as long."""
    nodes: list[Node] = []

    def local(name: str) -> str:
        return name.rpartition("}")[2]

    def walk(element: ElementTree.Element) -> None:
        tag = local(element.tag) if isinstance(element.tag, str) else "comment"
        attributes = [pair for name, value in element.attrib.items() for pair in told(local(name), value)]
        nodes.append((tag, element.text or "", tuple(sorted(attributes))))
        for child in element:
            if isinstance(child.tag, str) and local(child.tag) == "bdi" and not child.attrib and not len(child):
                tag, before, held = nodes[-1]
                nodes[-1] = (tag, before + (child.text or "") + (child.tail or ""), held)
                continue
            walk(child)
            nodes.append(("after", child.tail or "", ()))
        nodes.append(("end", "", ()))

    walk(html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False))
    return [inner for node in nodes for inner in (values(node) if LINKED <= {node[0], *node[2]} else [node])]


def told(name: str, value: str) -> list[tuple[str, str]]:
    """An attribute. One that leads to a new issue: its address, and each text that it fills in, as the host reads it.
    One that leads to words on a page: its address, and the words, as a browser reads them. The language of a text is
    left out: it may hang on the alphabet of the text."""
    if name == "lang":
        return []
    address, directive, words = value.partition(":~:text=")
    if name == "href" and directive:
        return [(name, address.removesuffix("#")), (f"{name} words", unquote(words))]
    address, _, query = value.partition("?")
    if name != "href" or address != f"{REPO}/issues/new":
        return [(name, value)]
    return [(name, address), *((f"{name} {field}", text) for field, text in parse_qsl(query, strict_parsing=True))]


LINKED = {"script", ("type", "application/ld+json")}
"""What marks the one kind of script that is no program: linked data, which must be JSON."""


def values(node: Node) -> list[Node]:
    """The linked data on a page as its element and the texts in it."""
    return [(node[0], "", node[2]), *leaves(json.loads(node[1]))]


def leaves(value: object, at: str = "") -> list[Node]:
    """Every text and number of a JSON value, with its place; without the languages of titles, which may hang on the
    alphabet of the text, as ``lang`` does."""
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() if key != "languages" for leaf in leaves(inner, f"{at}/{key}")]
    if isinstance(value, list):
        return [leaf for key, inner in enumerate(value) for leaf in leaves(inner, f"{at}/{key}")]
    return [("json", str(value), (("at", at),))]


def _unescaped(value: str) -> str:
    """A text that icalendar leaves as it stands, because it does not know the property."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def properties(text: str) -> list[Node]:
    """Every property of a calendar, as the library icalendar reads it."""
    return [
        (name, _unescaped(value) if isinstance(value, vUnknown) else str(value), ())
        for component in Calendar.from_ical(text).walk()
        for name, value in component.property_items(recursive=False)
        if isinstance(value, str)
    ]


def elements(text: str) -> list[Node]:
    """Every element of a feed, as a reader of XML finds it."""
    return [(e.tag, e.text or "", tuple(sorted(e.attrib.items()))) for e in ElementTree.fromstring(text).iter()]


TEX = r"(?:\\text[a-z]+\{\}|\\[$&#%_]|[^\\{}$&#%_~^])*"
"""What TeX takes for text and nothing else; BibTeX, which counts every brace, finds each with its partner."""
FIELD = re.compile(rf"  (\w+) = (\w+|\{{{TEX}\}}|\{{\{{{TEX}\}}\}}|(?<=  url = )\{{[^\\{{}}]*\}}),\n")
_LETTERS = {"backslash": "\\", "asciitilde": "~", "asciicircum": "^", "braceleft": "{", "braceright": "}"}


def citation(text: str) -> list[Node]:
    """The fields of an entry of BibTeX."""
    start, found = re.match(r"@misc\{[\w.-]+,\n", text), []
    assert start
    at = start.end()
    while field := FIELD.match(text, at):
        held = re.sub(r"\\text(\w+)\{\}|\\(.)", lambda t: t[2] or _LETTERS[t[1]], field[2])
        found.append((field[1], held, ()))
        at = field.end()
    assert text[at:] == "}\n"
    return found


GIVEN = re.compile(r"(?:window\.factbook(?:Form)?=(\{.*\})|factbookForm\.here\((\{.*\})\));\n")
"""The data of Explore and of the form, which are one assignment or one call, of JSON."""


def program(text: str) -> list[Node]:
    """The data in a script that holds nothing else; any other script as it is."""
    given = GIVEN.fullmatch(text)
    return leaves(json.loads(given[1] or given[2])) if given else whole(text)


def whole(text: str) -> list[Node]:
    """A file that has no parts."""
    return [("text", text, ())]


READERS: dict[str, Callable[[str], list[Node]]] = {
    ".html": flat,
    ".json": lambda text: leaves(json.loads(text)),
    ".jsonld": lambda text: leaves(json.loads(text)),
    ".jsonl": lambda text: leaves([json.loads(line) for line in text.split("\n")[:-1]]),
    ".atom": elements,
    ".xml": elements,
    ".ics": properties,
    ".bib": citation,
    ".js": program,
    ".txt": lambda text: [("line", line, ()) for line in text.split("\n")],
    **dict.fromkeys((".css", ".svg", ".ttl", ""), whole),
}
"""Every kind of file that a site has, by its ending, and what reads it."""
TABLES = {".csv", ".sqlite", ".parquet"}
"""The kinds that hold tables."""
LOG = "data/v1/log/"
"""Hashes, and ledger entries between their lengths, for programs alone: tests/data/test_ledger_log.py reads them."""
RUN, DAY = re.compile("[0-9a-f]{8,}"), re.compile(r"\d\d-\d\d\.")
SIZE = re.compile(r'"bytes": \d+(?=,\n      "sha256")')


def unhashed(text: str) -> str:
    """A text with ``0`` in the place of what is made of the whole content of a record or a file: versions, the end of
    the name of a release, checksums, and sizes.

    A run of digits is looked for first and judged then: one pattern for all of it takes most of the test's time.
    """

    def judged(found: re.Match[str]) -> str:
        run, string = found[0], found.string
        before, after = string[max(0, found.start() - 6) : found.start()], string[found.end() : found.end() + 1]
        if after.isalnum() or after == "_":
            return run
        if len(run) == 8:
            return "0" if DAY.fullmatch(before) else run
        apart = not (before[-1:].isalnum() or before[-1:] == "_")
        return "0" if apart and (len(run) == 64 or (len(run) == 16 and run.strip("0"))) else run

    return RUN.sub(judged, SIZE.sub('"bytes": 0', text))


def parsed(name: str, text: str) -> list[Node]:
    """A file as what the standard of its kind makes of it, without content hashes: they differ with every text."""
    return READERS[Path(name).suffix](unhashed(text))


def settled(nodes: list[Node]) -> list[Node]:
    """The options of each choice in one order: they stand in that of their labels, which here are other words.

    In a file that is made of lines, a text has single spaces.
    """
    made, at = [(n[0], " ".join(n[1].split()), n[2]) if n[0] == "line" else n for n in nodes], 0
    while at < len(made):
        if made[at][0] == "select":
            inside = itertools.takewhile(lambda n: made[n][0] in ("option", "end", "after"), range(at + 1, len(made)))
            places = [n for n in inside if made[n][0] == "option"]
            for place, option in zip(places, sorted(made[n] for n in places), strict=True):
                made[place] = option
        at += 1
    return made


def swapped(value: str, texts: dict[int, str]) -> str:
    """A text with each token replaced by what it stands for; in small letters where a sentence has it in small ones."""
    return SLOT.sub(lambda found: texts[int(found[1])] if found[0][0] == "T" else texts[int(found[1])].lower(), value)


def expected(nodes: list[Node], texts: dict[int, str]) -> list[Node]:
    """The tree that the page must be with the hostile texts: the plain one, with tokens replaced and nothing else."""
    return [
        (tag, swapped(text, texts), tuple((name, swapped(value, texts)) for name, value in attributes))
        for tag, text, attributes in nodes
    ]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What MkDocs makes of the small site in every language, before any record is poured into it."""
    root = sites.translated(tmp_path_factory.mktemp("engine") / "site")
    made = root / "site"
    made.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE)
        patch.setenv("REPO_URL", REPO)
        plugin.render(root, made)
    return made


def indexed(site: Path, editions: Sequence[Pages], written: Mapping[str, Sequence[Part]]) -> None:
    """In the place of the search index what it is made of, without its keys, which are other ones for every text."""
    (site / "search").mkdir()
    for rank, found in index.documents(editions, written, Words(alike(editions[0].archive))):
        for document in found:
            assert [key for key in document.terms if not re.fullmatch(r"[^\W_]+", key)] == []
        rows = [(document.rows, document.filters) for document in found]
        name = f"{rank.label}-{len(list((site / 'search').iterdir()))}.json"
        (site / "search" / name).write_bytes(encode(rows))


def earlier(_: Path, archive: Archive) -> dict[str, tuple[Version, ...]]:
    """An earlier version of every fact, of every one that moved, and of one that is gone."""
    one = next(iter(archive.statements.values()))
    gone = [replace(one, id=name) for name in (*archive.redirects, "lamp-that-was")]
    return {
        f.id: (Version(name="0" * 16, date="2024-04-01", statement=f),) for f in (*archive.statements.values(), *gone)
    }


def outputs(root: Path, engine: Path) -> dict[str, str]:
    """Every file of the finished site of the archive at ``root`` in all languages but the tables, by its path without
    content hashes; in the place of the search index what it is made of."""
    found, problems = check(root, TODAY)
    assert found is not None
    assert errors(problems) == []
    top = root / "site"
    shutil.copytree(engine, top)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(past, "earlier", earlier)
        patch.setattr(index, "write", indexed)
        for module in ("context", "lists", "kinds"):
            patch.setattr(f"factbook.pages.{module}.PER_PAGE", 2, raising=False)
        build.finish(top, found, root, lambda said: None)
    return {
        unhashed(name): held.decode("utf-8")
        for name, held in sites.files(top).items()
        if Path(name).suffix not in TABLES and not name.startswith((LOG, *builds.OF_THE_THEME))
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain:
    """The site filled with tokens: the name of each field, and what is read in every file."""

    fields: list[str] = field(repr=False)
    trees: dict[str, list[Node]] = field(repr=False)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, engine: Path) -> Plain:
    """The site that the hostile ones are held against."""
    root = archive(tmp_path_factory.mktemp("plain") / "archive")
    fields = filled(root, token)
    return Plain(fields=fields, trees={name: parsed(name, text) for name, text in outputs(root, engine).items()})


def stands_for(fields: list[str], text: Callable[[str, int], str]) -> dict[int, str]:
    """For each field what stands in the place of its token."""
    found = {}
    for slot, name in enumerate(fields):
        kind = kind_of(name)
        before, after = SLOT.split(token(kind, slot))[::2]
        whole = text(kind, slot)
        found[slot] = whole[len(before) : len(whole) - len(after)]
    return found


def as_far(node: Node, wanted: Node, most: int) -> Node:
    """What is wanted of a text that is cut after ``most`` letters, between two words: its beginning, and what follows
    it on the page."""
    tag, text, place = wanted
    begun, cut, rest = node[1].rpartition(" …")
    is_cut = cut and len(begun) >= most and text.startswith(begun) and text.endswith(rest)
    return (tag, node[1], place) if is_cut else wanted


def hold(plain: Plain, engine: Path, root: Path, texts: Sequence[str], turn: int = 0) -> int:
    """Fill the archive at ``root`` with the texts, and assert that every output is the plain one with other words."""
    text = dealt(texts, turn)
    assert filled(root, text) == plain.fields
    means = stands_for(plain.fields, text)
    made = outputs(root, engine)
    wrong = {}
    assert made.keys() == plain.trees.keys()
    for name, held in made.items():
        nodes, wanted = settled(parsed(name, held)), settled(expected(plain.trees[name], means))
        if len(nodes) == len(wanted):
            most = {"json": 100} if name.startswith("search/") else {"title": 50}
            pairs = zip(nodes, wanted, strict=True)
            wanted = [as_far(n, w, most[n[0]]) if n[0] in most else w for n, w in pairs]
        if nodes != wanted:
            pairs = (pair for pair in zip(nodes, wanted, strict=False) if pair[0] != pair[1])
            wrong[name] = next(pairs, "more or fewer")
        links = [v for _, _, attributes in nodes for n, v in attributes if n in ("href", "src", "action")]
        assert {urlsplit(link).scheme for link in links} <= {"", "https"}
    assert wrong == {}
    return sum(means[slot] != f"Tok{slot}en" for slot in means)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(0, len(TEXTS), 6))
def test_hostile_texts_are_the_text_of_every_output_and_nothing_else(
    turn: int, plain: Plain, engine: Path, tmp_path: Path
) -> None:
    """In every field of every kind of record: no text adds, ends or changes an element, an attribute or an address."""
    assert hold(plain, engine, archive(tmp_path / "archive"), TEXTS, turn) == len(plain.fields)


@pytest.mark.slow
def test_an_apostrophe_in_an_address_ends_no_attribute(plain: Plain, engine: Path, tmp_path: Path) -> None:
    """RFC 3986 lets it stand in an address; there, too, it is a part of the text and no more."""
    text = "'onerror='alert(1)'"
    assert passes("url", f"https://a.example/{text}")
    assert hold(plain, engine, archive(tmp_path / "archive"), [text]) > len(plain.fields) // 2


QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Without shrinking: an example takes a second, and says by itself which page is wrong and where."""
LETTERS = st.characters(exclude_categories=["Cs"])
MADE = st.one_of(
    st.sampled_from(TEXTS),
    st.text(LETTERS, min_size=1, max_size=40),
    st.text(st.sampled_from("<>&\"'`=/!-[]{}%#\\;: \nabs"), min_size=1, max_size=40),
    st.lists(st.sampled_from(TEXTS), min_size=2, max_size=3).map("".join),
)


@pytest.mark.slow
def test_made_up_texts_are_the_text_of_every_output_and_nothing_else(plain: Plain, engine: Path) -> None:
    """The same for texts that nobody thought of: whatever the rules let pass is text everywhere."""

    @settings(max_examples=15, phases=QUICK)
    @given(st.lists(MADE, min_size=4, max_size=40, unique=True))
    @example(["`👩\u200d🚒", "</script><script>alert(1)</script>>", "vbscript:x", "#s"])
    @example(["factbook-title", "factbook-description", '<div data-factbook="record"></div>', "facts/_record.html"])
    def held(texts: list[str]) -> None:
        assume(any(passes("line", text) for text in texts))
        with tempfile.TemporaryDirectory() as folder:
            hold(plain, engine, archive(Path(folder, "archive")), texts)

    held()


def shown(plain: Plain, *endings: str) -> set[str]:
    """The names of the fields whose text is in some file with one of the ``endings``."""
    trees = (str(tree) for name, tree in plain.trees.items() if name.endswith(endings) and "search/" not in name)
    return {plain.fields[int(slot)] for tree in trees for slot in SLOT.findall(tree)}


def test_every_field_is_shown_somewhere(plain: Plain) -> None:
    """The comparison looks at every field: on the pages at all but those that only the data shows."""
    assert len(plain.fields) == 277
    slots = {int(slot) for tree in plain.trees.values() for slot in SLOT.findall(str(tree))}
    unseen = {name for slot, name in enumerate(plain.fields) if slot not in slots}
    # The first is said where a record has the relation, and one of three is here; the second stands in words.csv alone.
    assert unseen == {"vocabulary relations inverse", "vocabulary origins meaning"}
    assert set(plain.fields) - shown(plain, ".html") == NOT_ON_PAGES


def test_every_kind_of_file_is_held(plain: Plain) -> None:
    """Pages in every language, those of versions and of long lists, and all that is published beside the pages."""
    kinds = {
        "404.html", "README.txt", "SHA256SUMS", "llms.txt", "robots.txt", "sitemap.xml", "assets/site.css",
        "assets/icon.svg", "contribute/rules.html", "data/v1/archive.bib", "data/v1/archive.csl.json",
        "data/v1/archive.jsonld", "data/v1/changes.atom", "data/v1/changes.feed.json", "data/v1/context.jsonld",
        "data/v1/datapackage.json", "data/v1/facts.ics", "data/v1/facts.json", "data/v1/facts.jsonl",
        "data/v1/facts/gull-rock-lamp-range.bib", "data/v1/facts/gull-rock-lamp-range.csl.json",
        "data/v1/facts/gull-rock-lamp-range.json", "data/v1/facts/gull-rock-lit.json", "data/v1/index.json",
        "data/v1/openapi.json", "data/v1/organizations/keepers-board.atom", "data/v1/organizations/keepers-board.bib",
        "data/v1/organizations/keepers-board.feed.json", "data/v1/organizations/keepers-board.ics",
        "data/v1/organizations/keepers-board.json", "data/v1/redirects.jsonl", "data/v1/schema/fact.schema.json",
        "data/v1/searches.json", "data/v1/searches/league-before-1900.json", "data/v1/shapes.ttl",
        "data/v1/sources/board-notice-1903.json", "data/v1/statuses/refuted.atom",
        "data/v1/versions/gull-rock-lamp-range/0.json", "data/v1/versions/index.json",
        *(
            f"data/v1/versions/{name}/{'0' * 16}.{ending}"
            for name in ("gull-rock-lamp-range", "gull-rock-lit", "lamp-that-was") for ending in ("html", "json")
        ),
        *(
            f"{language}{path}"
            for language in ("", *(f"{code}/" for code in CODES))
            for path in (
                "assets/explore-data.js", "contested.html", "countries/ferrow-isles.html", "countries/index.html",
                "coverage.html", "data.html", "explore.html", "facts/gull-rock-lamp-range.html",
                "facts/gull-rock-lit.html", "index.html", "method.html", "organizations/index.html",
                "organizations/keepers-board.html", "origins.html", "origins/2.html", "people/index.html",
                "people/tam-ellery.html", "review.html", "review/2.html", "search.html",
                "sources/board-notice-1903.html",
                "sources/index.html", "timeline/1902.html", "timeline/index.html", "timeline/undated.html",
                "topics/index.html", "topics/storms.html",
            )
        ),
        *(f"search/{kind}-{n}.json" for n, kind in enumerate((
            "Questions", "Facts", "Organizations", "People", "Countries", "Topics", "Sources",
        ))),
    }  # fmt: skip
    assert sorted(kinds - plain.trees.keys()) == []
    assert {Path(name).suffix for name in plain.trees} == READERS.keys()
    assert {Path(path).suffix for entry in exports.ENTRIES for path in [entry.path]} <= READERS.keys() | TABLES


def test_the_texts_are_all_tried(plain: Plain) -> None:
    """Each hostile text may stand in some field, and the plain texts of the other tests are no hostile ones."""
    assert [text for text in TEXTS if not passes("line", f"{text}~1")] == []
    assert len(set(TEXTS)) == len(TEXTS) > 130
    assert sum(passes("claim", SLOT.sub(lambda _, t=t: f"{t}~1", token("claim", 1))) for t in TEXTS) > 60
    assert sum(passes("url", SLOT.sub(lambda _, t=t: f"{t}~1", token("url", 1))) for t in TEXTS) > 40


ADDRESSES = (
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "\njavascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x", "DATA:text/html;base64,x", "vbscript:x", "blob:https://a.example/x", "file:///etc/passwd",
    "ftp://a.example",
    "//a.example", "/a", "a.example", "www.a.example", "#a", "?a", "mailto:a@a.example",
    "view-source:https://a.example",
    "https:", "https://", "https:a.example", "https:\\\\a.example", "HTTPS://a.example", "httpss://a.example",
    "https ://a.example",
    "https://a.example/ b", "https://a.example/\nb", "https://a.example/\tb", 'https://a.example/"b',
    "https://a.example/<b", "https://a.example/`b", "https://a.example/{{b}}", "https://a.example/\\b",
    "https://a.example\n",
    "https://a.example/\u00a0b", "https://a.example/\u3000b", "ｈttps://a.example", "https：//a.example",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_no_plain_web_address_is_refused(address: str, tmp_path: Path) -> None:
    """Only http:// and https:// in small letters, without spaces, quotes or brackets, become links."""
    root = archive(tmp_path / "archive")
    file = root / "facts/sources/harbour-post-1902.yaml"
    file.write_text(re.sub("url: .*", lambda _: f"url: {json.dumps(address)}", file.read_text("utf-8")), "utf-8")
    found = {(p.path, p.rule) for p in check(root, TODAY)[1]}
    assert found == {("facts/sources/harbour-post-1902.yaml", "url-scheme")}


@settings(max_examples=30, phases=QUICK)
@given(st.lists(st.one_of(MADE, st.text(max_size=30)), min_size=4, max_size=30))
@example(
    [
        "\x1b[2J\x1b]0;title\x07",
        "\r\n::error::x",
        "\u202e\u2066",
        "\x9b31m",
        "\ud800",
        "a\x00b",
        "%0A::error::x",
        "x" * 5000,
    ]
)
def test_no_text_puts_a_control_character_or_a_line_into_a_message(texts: list[str]) -> None:
    """Texts that break the rules are quoted so that a terminal, a log and a program read them as what they are."""
    problems = []
    for fills in ((fill_records, fill_judgements), (fill_words,)):  # who cannot read the words reads no record
        with tempfile.TemporaryDirectory() as folder:
            root = archive(Path(folder, "archive"))
            for fill in fills:
                fill(root, Slots(lambda kind, slot: texts[slot % len(texts)]))
            for path in (root / "facts").rglob("*-19*.yaml") if fill_records in fills else ():
                record = json.loads(path.read_text("utf-8", "surrogatepass"))
                path.write_text(json.dumps(record | {texts[0]: texts[1], "status": texts[2]}), "utf-8")
            problems += check(root, TODAY)[1]
    said = {form: show(problems) for form, show in FORMATS.items()}
    assert [c for text in said.values() for c in set(text) if not c.isprintable() and c != "\n"] == []
    assert [(row["path"], row["message"], row["value"]) for row in json.loads(said["json"])] == [
        (p.path, p.message, p.value) for p in problems
    ]
    *lines, _ = said["github"].split("\n")
    assert len(lines) == len(problems)
    command = re.compile(r"::(error|warning) file=facts/[^:]*,line=\d+,col=\d+,title=[a-z0-9-]+::.+")
    assert [line for line in lines if not command.fullmatch(line)] == []
    blocks = [line for line in said["text"].split("\n") if not re.match(r"    (found|allowed|hint): ", line)]
    assert len(blocks) == len(problems) + 1


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of an archive with hostile texts in every field now, and others before, with its search index."""
    root = sites.translated(tmp_path_factory.mktemp("hostile") / "archive")
    revisions.git(root, "init", "--quiet", "--initial-branch=main")
    for turn in (2, 1):
        filled(root, dealt(TEXTS, turn))
        revisions.commit(root)
    return sites.build(root, SITE_URL=SITE, REPO_URL=REPO)


def test_the_fast_parser_reads_what_the_reference_reads(hostile_site: Path) -> None:
    """A page of each kind, with hostile texts in it and with its template elements, is the same tree to both."""
    folders = {Path(path).parent: path for path in sites.pages(hostile_site)}
    texts = [(hostile_site / path).read_text("utf-8") for path in (*folders.values(), "explore.html", "search.html")]
    assert len(texts) > 20
    assert [text for text in texts if flat(text) != reference(text)] == []
    broken = ["<b><p>x</b>y<table>z<tr><td>", "<svg><p>", "a<!--b--!>c", "<p title=a&ampb title=c>&nbspx&#0;"]
    assert [text for text in broken if flat(text) != reference(text)] == []


def of_versions(path: str) -> bool:
    """Whether a page is that of an earlier version, which is for those who were sent there."""
    return path.startswith(f"{versions.FOLDER}/")


def test_the_sitemap_holds_nothing_but_addresses_of_pages(hostile_site: Path) -> None:
    """sitemap.xml is well-formed, and names each page that is there but those of earlier versions."""
    tree = ElementTree.fromstring((hostile_site / "sitemap.xml").read_bytes())
    named = {
        (element.text or "").removeprefix(SITE)
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    }
    every = set(sites.pages(hostile_site))
    apart = set(filter(of_versions, every))
    assert named == every - {"404.html"} - apart
    assert len(apart) == 6
    links = tree.findall(".//{http://www.w3.org/1999/xhtml}link")
    assert {link.attrib["href"].removeprefix(SITE) for link in links} <= named
    assert {link.attrib["hreflang"] for link in links} == {"en", *CODES}
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} == {"urlset", "url", "loc", "link"}


SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
"""A script that stands in a page and runs."""


def scripts(text: str) -> list[str]:
    """The scripts of the theme that stand in a page, alike on each but for the way from it to the front page."""
    return [re.sub(r'new URL\("[./]*",location\)', "", script) for script in SCRIPT.findall(text)]


def test_no_page_holds_a_script_or_a_style_of_its_own(hostile_site: Path, small_site: Path) -> None:
    """In no built page is there style=, <style, a handler, a script without an address, or an address that runs.

    But for the theme's own scripts: they are those of an archive without any hostile text.
    """
    theirs = scripts((small_site / "index.html").read_text("utf-8"))
    assert len(theirs) == 1
    wrong = []
    for path in sites.pages(hostile_site):
        page = (hostile_site / path).read_text("utf-8")
        if scripts(page) != ([] if of_versions(path) else theirs):
            wrong.append(f"{path}: {scripts(page)}")
        for tag, text, attributes in flat(SCRIPT.sub("", page)):
            names = dict(attributes)
            if names.get("id") == "__config":
                assert json.loads(text).keys() == {"base", "features", "translations"}
                assert attributes == (("id", "__config"), ("type", "application/json"))
                continue
            wrong += [f"{path}: {tag} {name}" for name in names if name == "style" or name.startswith("on")]
            wrong += [f"{path}: {tag}" for _ in [0] if tag in ("style", "iframe", "object", "embed", "base", "applet")]
            linked_data = LINKED <= {tag, *attributes}
            if tag == "script" and not linked_data and ("src" not in names or text.strip()):
                wrong.append(f"{path}: script {text}")
            wrong += [
                f"{path}: {tag} {name}={value}"
                for name, value in attributes
                if name in ("href", "src", "action", "formaction", "data")
                and urlsplit(value).scheme not in ("", "http", "https")
            ]
    assert [one for one in wrong if one != "404.html: base"] == []


POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
}
"""Nothing but the site's own files and the icons in its styles; <base> is that of the page 404.html."""
OF_VERSIONS = dict.fromkeys(("default-src", "base-uri"), "'none'") | dict.fromkeys(("style-src", "img-src"), "'self'")
OF_VERSIONS["form-action"] = "'self' file:"
"""The policy of a page that runs nothing, and sends what is searched for to the search page alone: in a folder as well,
which one browser counts as no site."""


def test_the_policy_is_as_strict_as_it_can_be(hostile_site: Path) -> None:
    """Every page bears the one policy, before anything that could load; that of an earlier version allows less.

    Of scripts that stand in the page it lets run those of the theme alone, by their hashes.
    """
    for path in sites.pages(hostile_site):
        text = (hostile_site / path).read_text("utf-8")
        head = text.partition("</head>")[0]
        digests = (b64encode(sha256(script.encode()).digest()).decode() for script in SCRIPT.findall(text))
        own = " ".join([POLICY["script-src"], *(f"'sha256-{digest}'" for digest in digests)])
        policy = re.fullmatch(r"(?s).*?<meta http-equiv=\"Content-Security-Policy\"\s+content=\"([^\"]*)\">.*", head)
        assert policy, path
        assert dict(part.strip().split(" ", 1) for part in policy[1].split(";")) == (
            OF_VERSIONS if of_versions(path) else POLICY | {"script-src": own}
        )
        assert not re.search("<(script|link|base|style)", head.partition("Content-Security-Policy")[0])


@pytest.fixture
def hostile(hostile_site: Path) -> Iterator[str]:
    """The address of the hostile site on a local server."""
    with readers.serving(hostile_site) as address:
        yield address


@pytest.mark.browser
def test_a_browser_runs_nothing_of_a_hostile_archive(hostile_site: Path, hostile: str, chromium: Browser) -> None:
    """Every page, Explore and the search in a real browser: no dialog, no violation, no error, no request elsewhere."""
    wrong: list[str] = []
    page = chromium.new_page()
    page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: wrong.append(f"console {said.text}") if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(f"error {error}"))
    page.on("popup", lambda other: wrong.append(f"window {other.url}"))
    page.on("request", lambda asked: None if asked.url.startswith((hostile, "data:")) else wrong.append(asked.url))
    for path in sites.pages(hostile_site):
        if path != "404.html":  # its base is the address at which it will be published
            page.goto(hostile + path)
            assert page.url.partition("#")[0] == hostile + path
    for query in (
        "script",
        "alert",
        "onerror",
        "factbook-title",
        "<img src=x onerror=alert(1)>",
        "__proto__",
        "gull",
    ):
        page.goto(hostile + "search.html")
        page.fill("#q", query)
        expect(page.locator("#said")).to_have_text(re.compile("found|Nothing"))
        assert page.locator("#results script, #results img, #results b:not([class]), #results [onerror]").count() == 0
    expect(page.locator("#results li").first).to_be_visible()
    page.goto(hostile + "explore.html")
    assert page.locator("#explore-list li").count() == 6
    assert page.locator("#explore-list img, #explore-list script, #explore-list b:not([class])").count() == 0
    page.close()
    assert wrong == []
