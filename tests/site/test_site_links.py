"""Every page of a whole built site: links, ids, addresses of other hosts, titles, validity and size.

The site is that of the small archive in every language, and then that of the grown one.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from lxml import html
from lxml.html import HtmlElement

import revisions
import sites

FOLDERS = ("facts", "organizations", "sources", "timeline", "topics", "people", "countries")
"""Folders of pages that stand for records and words."""
TRANSLATED = ("kk", "ru")
"""The folders of the pages in other languages."""
FRAME, CONTENT, PIECE = 18_000, 5_000, 90
"""The most markup that a page may have, before any compression: around its content, in it, and for each piece of it.

In bytes in English, in letters in other languages, whose alphabets take two bytes for one. What a page says grows with
the archive, so no whole page has a limit of its own: its markup has one for every link, entry, row or mark.
"""
CONTENTS = {"search.html": 9_300, "explore.html": 5_200, "contribute/form.html": 40_000}
"""Pages that hold in their content what their scripts say in the page's language, or the questions of seven forms."""
PIECES = " | ".join(f".//{tag}" for tag in "a li tr dt td p h2 h3 svg path rect".split())
"""The elements of a page that count as a piece each."""
LOADING = {
    "script": "src", "img": "src", "iframe": "src", "frame": "src", "embed": "src", "source": "src", "track": "src",
    "video": "src", "audio": "src", "input": "src", "object": "data", "use": "href", "image": "href",
}  # fmt: skip
"""Elements that make a browser load something, and by which attribute; ``link`` does for most values of ``rel``."""
INERT = {"canonical", "alternate", "author", "license", "prev", "next", "help", "search"}
"""Values of ``rel`` for which a browser loads nothing."""
EXPLORE = re.compile(r"(?:^|/)explore\.html#[a-z]+=")
"""A view of the list of all facts: no place on the page, but what is chosen there."""
HEADINGS = re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>', re.DOTALL)
"""The list of the headings of a page."""
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A page of the site: where it is, its bytes, its elements and its ids in order."""

    path: str
    data: bytes
    tree: HtmlElement
    ids: list[str]


def read(site: Path) -> dict[str, Parsed]:
    """Every page of a site by its path."""
    found = {}
    for path in sites.pages(site):
        data = (site / path).read_bytes()
        tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
        found[path] = Parsed(path=path, data=data, tree=tree, ids=tree.xpath("//@id"))
    return found


@pytest.fixture(scope="module", params=["translated_root", "large_root"])
def root(request: pytest.FixtureRequest) -> Path:
    """A folder with an archive and its built site: the small archive in every language, then the grown one."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    """The built site of that archive."""
    return root / "site"


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[str, Parsed]:
    """Every page of that site by its path."""
    return read(site)


def language(path: str) -> str:
    """The language of a page, by the folder it lies in."""
    folder = path.partition("/")[0]
    return folder if folder in TRANSLATED else "en"


def own(path: str) -> str:
    """The path of a page within its language."""
    return path if language(path) == "en" else path.partition("/")[2]


def addresses(page: Parsed) -> Iterator[tuple[HtmlElement, str, str]]:
    """(element, attribute, address) for everything in a page that names an address."""
    for element in page.tree.iter(html.etree.Element):
        for name, value in element.attrib.items():
            name = name.rpartition("}")[2].rpartition(":")[2]
            if name in (
                "href",
                "src",
                "action",
                "formaction",
                "poster",
                "cite",
                "data",
                "data-index",
                "data-folder",
                "ping",
            ):
                yield element, name, value.strip()
            elif name == "srcset":
                yield from ((element, name, part.split()[0]) for part in value.split(",") if part.strip())
            elif name == "style":
                yield from ((element, name, a or b) for a, b in CSS_ADDRESS.findall(value))
        if element.tag == "style":
            yield from ((element, "text", a or b) for a, b in CSS_ADDRESS.findall(element.text or ""))


def away(address: str) -> bool:
    """Whether an address leaves the site: it has a scheme or a host."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def broken(site: Path, parsed: dict[str, Parsed]) -> tuple[list[str], Counter[str]]:
    """The addresses within a site that lead nowhere, and how many there are to each of its folders."""
    there = set(sites.files(site))
    ids = {path: set(page.ids) for path, page in parsed.items()}
    wrong, count = [], Counter()
    for page in parsed.values():
        for _, name, address in addresses(page):
            if away(address):
                continue
            parts = urlsplit(address)
            target = normpath(join(dirname(page.path), unquote(parts.path))) if parts.path else page.path
            anchor = "" if EXPLORE.search(address) else unquote(parts.fragment)
            count[dirname(target)] += 1
            if parts.path.startswith("/") or target not in there or (anchor and anchor not in ids.get(target, ())):
                wrong.append(f"{page.path}: {name}={address}")
    return wrong, count


def test_every_address_within_the_site_leads_to_a_file_and_an_id(site: Path, parsed: dict[str, Parsed]) -> None:
    """No link, form, picture, script, sign or anchor of any page leads nowhere, also when the site is a mere folder.

    Each language keeps to its own pages, and the data is linked from all of them.
    """
    wrong, count = broken(site, parsed)
    assert wrong == []
    assert count.total() > 20 * len(parsed)
    assert min(count[f"{code}/{folder}"] for code in TRANSLATED for folder in FOLDERS) >= 2
    assert min(count[f"data/v1{folder}"] for folder in ("", "/facts", "/organizations")) >= 2


def test_every_link_to_all_facts_names_a_choice_of_that_list(site: Path, parsed: dict[str, Parsed]) -> None:
    """What stands behind the # of such an address is a facet and a value that the list offers."""
    script = (site / "assets" / "explore-data.js").read_text("utf-8")
    facets = json.loads(script[script.index("{") : script.rindex("}") + 1])["facets"]
    views = {
        urlsplit(address).fragment
        for page in parsed.values()
        for _, _, address in addresses(page)
        if EXPLORE.search(address)
    }
    assert views
    wrong = [view for view in views if (pair := view.split("="))[1] not in facets.get(pair[0], {"ids": []})["ids"]]
    assert wrong == []


def test_every_search_can_be_linked_to(root: Path, parsed: dict[str, Parsed]) -> None:
    """On the page of what has been looked at, in each language, every search has an anchor made of its id."""
    searches = {f"s-{path.stem}" for path in (root / "facts" / "searches").glob("*.yaml")}
    assert searches
    for folder in ("", *(f"{code}/" for code in TRANSLATED)):
        assert searches == {name for name in parsed[f"{folder}coverage.html"].ids if name.startswith("s-")}


@pytest.mark.build
def test_earlier_versions_are_linked_and_lead_back(tmp_path: Path) -> None:
    """Where there is a past, the page of an earlier version is linked from its fact, and leads nowhere in vain."""
    root = sites.small(tmp_path / "archive")
    revisions.git(root, "init", "--quiet", "--initial-branch=main")
    revisions.commit(root)
    name = "gull-rock-lamp-lit-1901"
    revisions.change(root, f"records/1901/{name}.yaml", "for the first time", "for the very first time")
    revisions.commit(root)
    site = sites.build(root)
    pages = read(site)
    assert broken(site, pages)[0] == []
    (version,) = (path for path in pages if path.startswith("data/v1/versions/"))
    assert version.startswith(f"data/v1/versions/{name}/")
    assert f"../{version}" in {address for _, _, address in addresses(pages[f"facts/{name}.html"])}
    assert f"../../../../facts/{name}.html" in {address for _, _, address in addresses(pages[version])}


def test_no_id_is_used_twice_in_a_page(parsed: dict[str, Parsed]) -> None:
    """An anchor, a label and a sign always mean one element."""
    twice = {path: [i for i, n in Counter(page.ids).items() if n > 1] for path, page in parsed.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_labels_and_descriptions_name_elements_of_their_page(parsed: dict[str, Parsed]) -> None:
    """What for=, aria-labelledby= and the like name is in the same page."""
    wrong = []
    for path, page in parsed.items():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form"):
            for value in page.tree.xpath(f"//@{name}"):
                wrong += [f"{path}: {name}={one}" for one in value.split() if one not in page.ids]
    assert wrong == []


def test_links_that_leave_the_site_are_plain_and_tell_nothing(parsed: dict[str, Parsed]) -> None:
    """Each is http or https with a host, and bears rel=noreferrer, which in HTML stands for noopener too."""
    wrong, count = [], 0
    for path, page in parsed.items():
        for element, name, address in addresses(page):
            if element.tag != "a" or not away(address):
                continue
            count += 1
            parts = urlsplit(address)
            if (
                parts.scheme not in ("http", "https")
                or not parts.hostname
                or "noreferrer" not in element.get("rel", "").split()
            ):
                wrong.append(f"{path}: {name}={address} rel={element.get('rel')}")
    assert wrong == []
    assert count > 0


def test_nothing_is_loaded_from_another_host(site: Path, parsed: dict[str, Parsed]) -> None:
    """No page and no style sheet makes a browser ask another host for anything, or send it anything."""
    wrong = []
    for path, page in parsed.items():
        for element, name, address in addresses(page):
            loads = (
                LOADING.get(str(element.tag)) == name
                or name in ("srcset", "style", "text", "action", "formaction", "poster", "ping", "data-index")
                or (element.tag == "link" and not INERT.issuperset(element.get("rel", "").split()))
            )
            if loads and away(address):
                wrong.append(f"{path}: <{element.tag} {name}={address}>")
    for sheet in sorted(site.rglob("*.css")):
        text = re.sub(r'url\("data:[^"]*"\)', "", sheet.read_text("utf-8"))  # an image inside the sheet
        wrong += [f"{sheet.name}: {a or b}" for a, b in CSS_ADDRESS.findall(text) if away(a or b)]
    assert wrong == []


def test_every_page_forbids_to_load_from_elsewhere(parsed: dict[str, Parsed]) -> None:
    """Each page bears one and the same policy, which names no host; no page reloads or leaves by itself.

    That of 404.html names the hashes of one script and one style more, and says the same otherwise.
    """
    policies = set()
    for path, page in parsed.items():
        (one,) = page.tree.xpath("//meta[@http-equiv]")
        assert one.get("http-equiv") == "Content-Security-Policy"
        policies.add(one.get("content") if path != NOT_FOUND else policy_of_others(page, one.get("content")))
    (policy,) = policies
    assert policy.startswith("default-src 'none'; ")
    words = [word for word in policy.split() if not word.startswith("'sha256-")]
    assert [word for word in words if "." in word or "*" in word or "//" in word or "unsafe-inline" in word] == []


NOT_FOUND = "404.html"
"""The page that stands at any address, and finds the folder of the site by a script of its own."""


def policy_of_others(page: Parsed, policy: str) -> str:
    """The policy of the page that is not found, without the hashes of its own script and style."""
    text = page.data.decode("utf-8")
    for own in [inline(text)[0], *inline(text, "style")]:
        assert f" {own}" in policy
        policy = policy.replace(f" {own}", "")
    return policy


def inline(text: str, tag: str = "script") -> list[str]:
    """Every script inside some markup that a browser would run, or every style, as the policy names it."""
    found = re.findall(rf"<{tag}(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</{tag}>", text, re.DOTALL)
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in found]


def test_the_policy_allows_the_scripts_of_the_theme_and_no_other(parsed: dict[str, Parsed]) -> None:
    """The one script inside every page is named by its hash, computed here anew from the page; no other hash is
    allowed, and no script stands in the content of a page."""
    wrong = {}
    for path, page in parsed.items():
        text = page.data.decode("utf-8")
        (policy,) = page.tree.xpath("//meta[@http-equiv]/@content")
        allowed = re.findall(r"'sha256-[^']*'", policy)
        own = 2 if path == NOT_FOUND else 0
        named = [*inline(text), *inline(text, "style")]
        if allowed != named or len(allowed) != 1 + own or inline(sites.content(text)):
            wrong[path] = allowed
    assert wrong == {}


def test_pages_hold_no_script_and_no_style_of_their_own(parsed: dict[str, Parsed]) -> None:
    """But for the scripts of the theme and data, no page holds a script, a handler or a style: they are blocked."""
    wrong = []
    for path, page in parsed.items():
        for script in page.tree.xpath("//article//script[not(@type='application/ld+json')]"):
            if not script.get("src") or (script.text or "").strip():
                wrong.append(path)
        typed = page.tree.xpath("//script[@type and not(@type='application/ld+json')]")
        wrong += [path] * ([(s.get("id"), s.get("type")) for s in typed] != [("__config", "application/json")])
        styles = "//*[@style]" if path == NOT_FOUND else "//style | //*[@style]"
        wrong += [f"{path}: {e.tag}" for e in page.tree.xpath(styles)]
        wrong += [f"{path}: {n}" for e in page.tree.iter(html.etree.Element) for n in e.attrib if n.startswith("on")]
    assert wrong == []


def test_scripts_name_no_other_host(site: Path) -> None:
    """The project's own scripts hold no address at all."""
    scripts = [p for p in sorted((site / "assets").glob("*.js")) if p.name != "explore-data.js"]
    found = {a for p in scripts for a in re.findall(r"""\b(?:https?|wss?)://[^"'`\s)]+""", p.read_text("utf-8"))}
    assert found == set()
    assert {p.name for p in scripts} >= {"search.js", "site.js"}


def test_every_page_says_its_language_title_and_description(root: Path, parsed: dict[str, Parsed]) -> None:
    """Each page has one title and one description, and no two pages of a language have both alike.

    But for old addresses of facts: those that lead to one fact all say so.
    """
    moved = {
        f"facts/{p.stem}.html" for p in (root / "facts" / "records").rglob("*.yaml") if b"moved_to:" in p.read_bytes()
    }
    wrong, seen = [], defaultdict(list)
    for path, page in parsed.items():
        titles = [" ".join(t.text_content().split()) for t in page.tree.xpath("/html/head/title")]
        said = page.tree.xpath("/html/head/meta[@name='description']/@content")
        mains, headings = page.tree.xpath("//main"), page.tree.xpath("//main//h1")
        if page.tree.get("lang") != language(path) or len(titles) != 1 or not titles[0]:
            wrong.append(path)
        if len(said) != 1 or not said[0].strip():
            wrong.append(path)
        if len(mains) != 1 or len(headings) != 1 or not headings[0].text_content().strip():
            wrong.append(f"{path}: main, h1")
        if own(path) not in moved:
            seen[(language(path), *titles, *said)].append(path)
    assert wrong == []
    assert [paths for paths in seen.values() if len(paths) > 1] == []


def unlike(parsed: dict[str, Parsed]) -> Iterator[Parsed]:
    """Pages of a site among which every way is found in which its elements stand in each other, with their attributes.

    The strict parser takes 20 ms for a page: thousands that repeat what others have are left out. Of a small site that
    is every page.
    """
    seen: set[object] = set()
    for page in parsed.values():
        ways = {
            (e.getparent().tag if e.getparent() is not None else "", e.tag, *e.attrib)
            for e in page.tree.iter(html.etree.Element)
        }
        if len(parsed) < 150 or ways - seen:
            seen |= ways
            yield page


def test_every_page_is_valid_to_a_strict_parser(parsed: dict[str, Parsed]) -> None:
    """No parse error in the sense of the HTML standard is in any page."""
    wrong = {}
    for page in unlike(parsed):
        parser = html5lib.HTMLParser()
        parser.parse(page.data.decode("utf-8"))
        if parser.errors:
            wrong[page.path] = parser.errors[:3]
    assert wrong == {}


def test_no_mark_of_the_engine_is_left_in_a_page(parsed: dict[str, Parsed]) -> None:
    """The marks that bodies are poured at, the theme's settings and the shell's address are in no finished page."""
    marks = (b"factbook-title", b"factbook-description", b"<div data-factbook", b"<!--factbook", b'_record.html"')
    assert [(path, mark) for path, page in parsed.items() for mark in marks if mark in page.data] == []


@pytest.mark.parametrize("folder", ["facts", "organizations", "sources"])
def test_every_record_has_its_page_and_every_page_its_record(root: Path, folder: str) -> None:
    """The pages of a kind are those of its records, moved facts among them, and no others."""
    records = {p.stem for p in (root / "facts" / {"facts": "records"}.get(folder, folder)).rglob("*.yaml")}
    made = {p.stem for p in (root / "site" / folder).glob("*.html")} - {"index"}
    assert made == records
    assert records


def test_every_page_stays_within_its_budget(parsed: dict[str, Parsed]) -> None:
    """No page is wordy in its markup, however long its lists are and whatever the archive holds."""
    wrong = {}
    for path, page in parsed.items():
        if path.startswith("data/"):
            continue  # pages of earlier versions, without the frame of the theme
        # The list of a page's headings stands in the frame, but grows with the content.
        content = sites.content(page.data.decode()) + "".join(HEADINGS.findall(page.data.decode()))
        tree = html.fromstring(f"<div>{content}</div>")
        whole, inside, words = (
            len(text if language(path) != "en" else text.encode())
            for text in (page.data.decode(), content, tree.text_content())
        )
        most = CONTENTS.get(own(path), CONTENT) + PIECE * len(tree.xpath(PIECES))
        if whole - inside > FRAME or inside - words > most:
            wrong[path] = (whole, inside, words, most)
    assert wrong == {}


def test_a_fact_with_few_sources_is_light(small_site: Path) -> None:
    """No page of a fact with one or two sources has more than 20 kB, and 6.5 kB as a server sends it."""
    pages = [p.read_bytes() for p in (small_site / "facts").glob("*.html")]
    assert max(map(len, pages)) <= 20_000
    assert max(len(gzip.compress(page, 6, mtime=0)) for page in pages) <= 6_500


def test_what_every_page_loads_stays_within_its_budget(site: Path, parsed: dict[str, Parsed]) -> None:
    """Beside Material, the style sheet, the script and the icon of each page have 33 kB together at most; with Material
    74 kB as a server sends them, and every page loads the same. The page of forms has 2 kB of styles besides, and the
    pages on which the whole archive is looked through 4 kB."""
    own = ("site.css", "site.js", "icon.svg")
    assert sum((site / "assets" / name).stat().st_size for name in own) <= 33_000
    sheets = {
        tuple(normpath(join(dirname(path), a)) for a in page.tree.xpath("//link[@rel='stylesheet']/@href"))
        for path, page in parsed.items()
    }
    for further, most in (("assets/form.css", 2_000), ("assets/views.css", 4_000)):
        with_it = {names for names in sheets if names[-1] == further}
        sheets -= with_it
        assert {names[:-1] for names in with_it} <= sheets
        assert with_it
        assert (site / further).stat().st_size <= most
    ((*of_material, last),) = sheets
    assert [re.sub(r"\.[0-9a-f]+\.", ".", name.rpartition("/")[2]) for name in of_material] == [
        "main.min.css", "palette.min.css",
    ]  # fmt: skip
    assert last == "assets/site.css"
    (bundle,) = (site / "assets" / "javascripts").iterdir()
    every = [*(site / name for name in of_material), bundle, *(site / "assets" / name for name in own)]
    assert sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in every) <= 74_000


def test_the_scripts_of_a_page_stay_within_their_budget(site: Path, parsed: dict[str, Parsed]) -> None:
    """Search, Explore and the forms load 18, 33 and 30 kB of scripts besides, every other page 9 kB.

    What takes away as CSV or JSON what is listed, 3 kB, is loaded by Explore once the list stands there. The data of
    Explore and of the forms grows with the archive and is not counted.
    """
    most, wrong = {"explore.html": 33_000, "search.html": 18_000, "contribute/form.html": 30_000}, {}
    for path, page in parsed.items():
        files = {normpath(join(dirname(path), unquote(name))) for name in page.tree.xpath("//script/@src")}
        files -= {name for name in files if name.endswith(("assets/site.js", "-data.js", ".min.js"))}
        size = sum((site / file).stat().st_size for file in files)
        if size > most.get(own(path), 9_000):
            wrong[path] = size
    assert wrong == {}


def test_nothing_of_the_search_that_is_not_used_is_there(small_site: Path) -> None:
    """Of Material's scripts the one that every page loads is published: no index, no worker, no word lists, no maps."""
    files = [p.relative_to(small_site).as_posix() for p in small_site.rglob("*") if p.is_file()]
    assert [f for f in files if re.search(r"lunr|workers/|search_index|search/.*\.json|\.map$", f)] == []
