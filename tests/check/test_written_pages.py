"""The files in docs/ and the settings: every way in that was tried is refused before an engine reads it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import sites
from archives import ROOT, TODAY
from builds import BARE
from factbook.check import written_pages
from factbook.check.run import check
from factbook.rules.markup import ATTRIBUTES, ELEMENTS, EVERYWHERE, wrong_address, wrong_tags
from factbook.rules.problem import Problem

Attack = Callable[[Path], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small archive of the test's own."""
    return sites.small(tmp_path / "archive")


def page(text: str, path: str = "attack.md") -> Attack:
    """Return the attack that is a page with this text."""

    def put(root: Path) -> None:
        file = root / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    return put


def link(target: str, path: str) -> Attack:
    """Return the attack that is a link in the archive to somewhere else."""

    def put(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)

    return put


def setting(text: str) -> Attack:
    """Return the attack that is a setting, in the place of one of the same name."""

    def put(root: Path) -> None:
        path = root / "mkdocs.yml"
        name = text.partition(":")[0]
        lines = path.read_text("utf-8").split("\n")
        kept, inside = [], False
        for line in lines:
            inside = line.startswith(f"{name}:") or (inside and line.startswith((" ", "-")))
            if not inside:
                kept.append(line)
        path.write_text("\n".join(kept) + "\n" + text + "\n", "utf-8")

    return put


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ATTACKS: dict[str, tuple[Attack, str]] = {
    # scripts
    "a script file": (page("alert(1)", "x.js"), "page-file-kind"),
    "a module": (page("alert(1)", "x.mjs"), "page-file-kind"),
    "a service worker": (page("self.onfetch = 0", "sw.js"), "page-file-kind"),
    "a style": (page("* {}", "x.css"), "page-file-kind"),
    "a page of html": (page("<script>alert(1)</script>", "x.html"), "page-file-kind"),
    "a page of html in capitals": (page("<script>alert(1)</script>", "X.HTM"), "page-file-kind"),
    "a picture that runs": (page(SVG, "x.svg"), "page-file-kind"),
    "a picture that is a page": (page("<script>alert(1)</script>", "x.png"), "page-file-kind"),
    "a file without an end": (page("x", "script"), "page-file-kind"),
    "script at the top": (page("---\nscript: [x.js]\n---\n# X\n"), "page-setting"),
    "script of another host": (page("---\nscript: https://evil.example/x.js\n---\n# X\n"), "page-setting"),
    "script by a way around": (page("---\nscript: [assets/../x.js]\n---\n# X\n"), "page-setting"),
    "script without lines": (page("script: x.js\n\n# X\n"), "page-setting"),
    "template at the top": (page("---\ntemplate: wild.html\n---\n# X\n"), "page-setting"),
    "a title with markup": (page("---\ntitle: <img src=x onerror=alert(1)>\n---\n# X\n"), "page-setting"),
    "a tag at the top": (page("---\ntitle: !!python/name:os.system\n---\n# X\n"), "page-unreadable"),
    "a list at the top": (page("---\n- title\n---\n# X\n"), "page-unreadable"),
    # markup
    "script": (page("<script>alert(1)</script>\n"), "page-markup"),
    "script from docs": (page('<script src="x.js"></script>\n'), "page-markup"),
    "script in capitals": (page("text <SCRIPT>alert(1)</SCRIPT>\n"), "page-markup"),
    "script in a comment that ends early": (page("<!--> <script>alert(1)</script> -->\n"), "page-markup"),
    "refresh": (page('<meta http-equiv="refresh" content="0;url=https://evil.example/">\n'), "page-markup"),
    "base": (page('<base href="https://evil.example/">\n'), "page-markup"),
    "style": (page("<style>* {}</style>\n"), "page-markup"),
    "frame": (page('<iframe src="x.html"></iframe>\n'), "page-markup"),
    "frame with a document": (page('<iframe srcdoc="<script>1</script>"></iframe>\n'), "page-markup"),
    "object": (page('<object data="x.html"></object>\n'), "page-markup"),
    "embed": (page('<embed src="x.html">\n'), "page-markup"),
    "form": (page('<form action="https://evil.example/"><input name="x"></form>\n'), "page-markup"),
    "drawing": (page(SVG), "page-markup"),
    "formula": (page('<math><a href="javascript:alert(1)">x</a></math>\n'), "page-markup"),
    "handler": (page('<b onclick="alert(1)">x</b>\n'), "page-markup"),
    "handler without quotes": (page("<b onclick=alert(1)>x</b>\n"), "page-markup"),
    "handler by an attribute list": (page('[x](index.md){: onclick="alert(1)" }\n'), "page-markup"),
    "style by an attribute list": (page('text\n{: style="position: fixed" }\n'), "page-markup"),
    "address by an attribute list": (page('[x](index.md){: href="javascript:alert(1)" }\n'), "page-markup"),
    "javascript": (page("[x](javascript:alert(1))\n"), "page-markup"),
    "javascript in capitals": (page("[x](JavaScript:alert(1))\n"), "page-markup"),
    "javascript with letters spelt": (page("[x](java&#115;cript:alert(1))\n"), "page-markup"),
    "javascript with a colon spelt": (page('<a href="javascript&colon;alert(1)">x</a>\n'), "page-markup"),
    "javascript with a tab": (page('<a href="java&#9;script:alert(1)">x</a>\n'), "page-markup"),
    "javascript by reference": (page("[x][y]\n\n[y]: javascript:alert(1)\n"), "page-markup"),
    "data": (page("[x](data:text/html;base64,PHNjcmlwdD4=)\n"), "page-markup"),
    "vbscript": (page("[x](vbscript:x)\n"), "page-markup"),
    "an address with a user": (page("[x](https://bank.example@evil.example/)\n"), "page-markup"),
    "an address without a scheme": (page("[x](//evil.example/)\n"), "page-markup"),
    "picture of another host": (page("![x](https://evil.example/x.png)\n"), "page-markup"),
    "picture of another host without a scheme": (page("![x](//evil.example/x.png)\n"), "page-markup"),
    "picture with choices": (page('<img srcset="https://evil.example/x.png" src="x.png">\n'), "page-markup"),
    "sound": (page('<audio src="https://evil.example/x.mp3"></audio>\n'), "page-markup"),
    # files from elsewhere
    "link to a file": (link("/etc/passwd", "docs/passwd.txt"), "page-is-a-link"),
    "link to a page": (link("/etc/hostname", "docs/host.md"), "page-is-a-link"),
    "link to a folder": (link("/etc/ssl", "docs/ssl"), "page-is-a-link"),
    "link to nothing": (link("nowhere", "docs/nowhere.md"), "page-is-a-link"),
    "link inside": (link("../mkdocs.yml", "docs/settings.txt"), "page-is-a-link"),
    "link among the languages": (link("/etc/passwd", "facts/languages/fr.po"), "page-is-a-link"),
    "link among the overrides": (link("/etc", "overrides/theme"), "page-is-a-link"),
    "link by the name of a swap file": (link("/etc/passwd", "docs/x.swp"), "page-is-a-link"),
    "link by the name of a backup": (link("/etc/passwd", "docs/x.txt~"), "page-is-a-link"),
    "link to a folder by the name of a lock": (link("/etc", "docs/#x#"), "page-is-a-link"),
    "link by the name of a file manager's": (link("/etc/passwd", "docs/about/Thumbs.db"), "page-is-a-link"),
    "a pipe": (lambda root: os.mkfifo(root / "docs" / "pipe.md"), "page-file-kind"),
    # names that are taken
    "page of a record": (page("# X\n", "facts/gull-rock-lamp-lit-1901.md"), "page-name-taken"),
    "page of a record in a language": (page("# X\n", "fr/facts/gull-rock-lamp-lit-1901.md"), "page-name-taken"),
    "page of a record as a folder": (page("# X\n", "facts/gull-rock-lamp-lit-1901/index.md"), "page-name-taken"),
    "page of a source": (page("# X\n", "sources/harbour-post-1902.md"), "page-name-taken"),
    "page of a year": (page("# X\n", "timeline/1902.md"), "page-name-taken"),
    "name of a host": (page("evil.example", "CNAME"), "page-name-taken"),
    "robots": (page("User-agent: *", "robots.txt"), "page-name-taken"),
    "readme": (page("x", "README.txt"), "page-name-taken"),
    "llms": (page("x", "llms.txt"), "page-name-taken"),
    "checksums": (page("x", "SHA256SUMS"), "page-name-taken"),
    "table of the data": (page("id\n", "data/v1/facts.csv"), "page-name-taken"),
    "data in capitals": (page("id\n", "Data/v1/facts.csv"), "page-name-taken"),
    "index of the search": (page("x", "pagefind/words.txt"), "page-name-taken"),
    "bytes": (page(b"# caf\xe9\n"), "page-unreadable"),  # type: ignore[arg-type]
    # settings
    "a tag": (setting("extra: !!python/object/apply:os.system [touch ran]"), "setting-tag"),
    "a name of a program": (setting("extra: {x: !!python/name:os.system }"), "setting-tag"),
    "a tag by a directive": (setting("extra: !relative $config_dir"), "setting-tag"),
    "an alias": (setting("extra: {a: &x [1], b: *x}"), "setting-tag"),
    "hooks": (setting("hooks: [ran.py]"), "setting-not-allowed"),
    "inheritance": (setting("INHERIT: ../other.yml"), "setting-not-allowed"),
    "a script of another host": (setting("extra_javascript: [https://evil.example/x.js]"), "setting-not-allowed"),
    "a style of another host": (setting("extra_css: [https://evil.example/x.css]"), "setting-not-allowed"),
    "templates": (setting("extra_templates: [x.html]"), "setting-not-allowed"),
    "a plugin": (setting("plugins: [factbook, macros]"), "setting-not-allowed"),
    "no plugin": (setting("plugins: []"), "setting-plugin"),
    "plugins that are none": (setting("plugins:"), "setting-plugin"),
    "a plugin that is switched off": (setting("plugins: [{factbook: {enabled: false}}]"), "setting-plugin"),
    "hidden files taken back": (setting("exclude_docs: |\n  /x/\n  !.htaccess"), "setting-exclusion"),
    "hidden folders taken back": (setting("exclude_docs: '  !.x/'"), "setting-exclusion"),
    "plugins as a mapping": (setting("plugins: {factbook: {}, exec: {}}"), "setting-not-allowed"),
    "an extension that reads files": (setting("markdown_extensions: [pymdownx.snippets]"), "setting-not-allowed"),
    "an extension with options": (setting("markdown_extensions:\n  - ran: {x: 1}"), "setting-not-allowed"),
    "analytics": (setting("extra: {analytics: {provider: google}}"), "setting-not-allowed"),
    "a name with markup": (setting("site_name: <script>alert(1)</script>"), "setting-not-allowed"),
    "a footer with markup": (setting("copyright: <script>alert(1)</script>"), "setting-not-allowed"),
    "fonts of another host": (setting("theme: {name: material, font: {text: Roboto}}"), "setting-not-allowed"),
    "another theme": (setting("theme: readthedocs"), "setting-not-allowed"),
    "a logo of another host": (setting("theme: {name: material, font: false, logo: https://evil.example/x.png}"),
                               "setting-not-allowed"),
    "a logo that is nowhere": (setting("theme: {name: material, logo: assets/logo.png}"), "setting-not-allowed"),
    "an icon that is nowhere": (setting("theme: {name: material, favicon: icon.png}"), "setting-not-allowed"),
    "signs as styles": (setting("theme: {name: material, icon: {admonition: {note: material/star}}}"),
                        "setting-not-allowed"),
    "a colour that is none": (setting("theme: {name: material, palette: {primary: pinkk}}"), "setting-not-allowed"),
    "a title with markup in the menu": (setting("nav: [{'<img src=x onerror=alert(1)>': index.md}]"),
                                        "setting-not-allowed"),
    "javascript in the menu": (setting("nav: [{X: 'javascript:alert(1)'}]"), "setting-address"),
    "javascript as the address": (setting("repo_url: javascript:alert(1)"), "setting-base-address"),
    "javascript as the contact": (setting("plugins: [{factbook: {contact: 'javascript:alert(1)'}}]"),
                                  "setting-option"),
    "javascript besides": (setting("extra: {homepage: 'javascript:alert(1)'}"), "setting-address"),
    "site over the records": (setting("site_dir: facts"), "setting-path"),
    "site over the pages": (setting("site_dir: docs"), "setting-path"),
    "site in the pages": (setting("site_dir: docs/site"), "setting-path"),
    "site over the archive": (setting("site_dir: ."), "setting-path"),
    "site outside": (setting("site_dir: ../public"), "setting-path"),
    "site over the history": (setting("site_dir: .git"), "setting-path"),
    "pages from elsewhere": (setting("docs_dir: /etc"), "setting-path"),
    "pages out of the records": (setting("docs_dir: facts"), "setting-path"),
    "theme from elsewhere": (setting("theme: {name: material, font: false, custom_dir: ../x}"), "setting-path"),
    "theme out of the pages": (setting("theme: {name: material, font: false, custom_dir: docs/x}"), "setting-path"),
    "a theme of one's own": (setting("theme: {name: material, custom_dir: over}"), "setting-path"),
    "a theme out of the overrides": (setting("theme: {name: material, custom_dir: overrides}"), "setting-path"),
    "a secret": (setting('site_author: !ENV [GITHUB_TOKEN, ""]'), "setting-variable"),
    "a secret before another": (setting("site_author: !ENV [HOME, SITE_URL, x]"), "setting-variable"),
    "a secret alone": (setting("extra: {x: !ENV [AWS_SECRET_ACCESS_KEY]}"), "setting-variable"),
    "a secret without a list": (setting("copyright: !ENV PATH"), "setting-variable"),
    "a setting twice": (setting("extra: {a: b, a: c}"), "setting-twice"),
    "a setting twice at the top": (setting("strict: true\nstrict: false"), "setting-twice"),
    "an invisible character in a setting": (setting("site_author: A\u200bB"), "page-character"),
    "a turned direction in a setting": (setting('site_author: "A\\u202eB"'), "page-character"),
    "an invisible character in a remark of the settings": (setting("strict: true # A\u2066B"), "page-character"),
    "an invisible character in a page": (page("# Lamps\n\nA\u200bB\n"), "page-character"),
    "a turned direction at the top": (page("---\ntitle: A\u202eB\n---\n# X\n"), "page-character"),
    "a name that looks like another": (page("# X\n", "a\u200b.md"), "page-character"),
    "a folder that looks like another": (page("# X\n", "facts\u200b/x.md"), "page-character"),
    "a name that is turned": (page("# X\n", "a\u202edm.md"), "page-character"),
    "blocks that load a script": (
        setting("markdown_extensions: [{pymdownx.superfences: {custom_fences: [{name: mermaid, class: mermaid}]}}]"),
        "setting-not-allowed",
    ),
    "blocks by another way": (
        setting("mdx_configs: {pymdownx.superfences: {custom_fences: [{name: mermaid, class: mermaid}]}}"),
        "setting-not-allowed",
    ),
    "a class that loads a script": (page('<pre class="wide Mermaid">graph</pre>\n'), "page-markup"),
    "settings that are none": (setting("site_name: [\n"), "page-unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_every_way_in_is_refused(name: str, root: Path) -> None:
    """Each is a problem of its rule, in its file, and of no other rule; nothing of it is followed or run."""
    attack, rule = ATTACKS[name]
    attack(root)
    found = written_pages.problems(root)
    assert {problem.rule for problem in found} == {rule}
    for problem in found:
        assert os.path.lexists(root / problem.path)
        assert problem.line >= 1 and problem.column >= 1


@pytest.mark.parametrize(
    ("target", "path", "text"),
    [
        ("docs", "there", "docs_dir: there/questions"),
    ],
)
def test_a_link_in_or_above_a_folder_that_the_settings_name_is_refused(
    target: str, path: str, text: str, root: Path
) -> None:
    """No other folder than those of the archive itself is read."""
    link(target, path)(root)
    setting(text)(root)
    assert [(problem.rule, problem.path) for problem in written_pages.problems(root)] == [("page-is-a-link", path)]


def test_a_misspelt_colour_is_told_with_what_is_meant(root: Path) -> None:
    """The finding stands at the name, says which names there are, and which one was meant."""
    setting("theme:\n  name: material\n  palette:\n    - scheme: default\n      primary: pinkk")(root)
    (found,) = written_pages.problems(root)
    assert (found.message, found.hint) == ("Material has no primary of this name", "Did you mean pink?")
    assert {"pink", "blue-grey"} <= set(found.allowed.split(", "))
    setting("theme:\n  name: material\n  palette:\n    - scheme: default\n      primary: light blue")(root)
    assert written_pages.problems(root) == []


def test_pictures_of_the_theme_are_files_of_the_archive(root: Path) -> None:
    """A logo in docs/ and the icon of the engine are both there."""
    (root / "docs" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    setting("theme: {name: material, logo: logo.png, favicon: assets/icon.svg}")(root)
    assert written_pages.problems(root) == []


def test_a_missing_plugin_is_told_where_the_settings_have_no_plugins_at_all(root: Path) -> None:
    """The check says it at the beginning of the file, with what to write."""
    (root / "mkdocs.yml").write_text("site_name: Lights\n", "utf-8")
    assert check(root, TODAY)[1] == NO_PLUGIN


NO_PLUGIN = [
    Problem(
        path="mkdocs.yml", line=1, column=1, rule="setting-plugin", message="the plugin factbook is missing",
        allowed="factbook", hint="Write plugins: [factbook].",
    )
]  # fmt: skip


@pytest.mark.build
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml"])
def test_no_site_is_built_without_the_plugin(name: str, engine: str, root: Path) -> None:
    """The site of before is untouched, and what lies in docs/ is not published, by whichever name MkDocs finds it."""
    setting("plugins: []")(root)
    (root / "mkdocs.yml").rename(root / name)
    link("/etc/passwd", "docs/pw.txt")(root)
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("before", "utf-8")
    done = sites.run(root, "site", "--engine", engine, **BARE)
    assert done.returncode == 1
    assert "The site was not built; what was there before is untouched." in done.stderr
    assert sites.files(root / "site") == {"index.html": b"before"}


@pytest.mark.build
def test_a_site_made_of_all_of_them_is_not_built(root: Path) -> None:
    """Settings are refused first, pages then: no program runs, no file leaks, no byte of a site is made."""
    (root / "docs" / "attacks").mkdir()
    for number, (name, (attack, rule)) in enumerate(ATTACKS.items()):
        if rule.startswith("page-") and "setting" not in name:
            attack(root)
            if (root / "docs" / "attack.md").exists():
                (root / "docs" / "attack.md").rename(root / "docs" / "attacks" / f"{number}.md")
    done = sites.run(root, "site", **BARE)
    assert done.returncode == 1
    assert not (root / "site").exists()
    for rule in (
        "page-file-kind",
        "page-setting",
        "page-unreadable",
        "page-markup",
        "page-is-a-link",
        "page-name-taken",
    ):
        assert f"[{rule}]" in done.stdout + done.stderr
    setting("extra: !!python/object/apply:os.system [touch ran]")(root)
    done = sites.run(root, "site", **BARE)
    assert done.returncode == 1
    assert "[setting-tag]" in done.stderr
    assert not (root / "ran").exists()
    assert sites.run(root, "site", "--engine", "zensical", **BARE).returncode == 1
    assert not (root / "ran").exists()


SOUND = """---
title: Lamps & lights
description: What is told of them.
script: [assets/fold.js, fr/assets/explore-data.js]
---

# Lamps

A [page](index.md#top), a [site](https://lamps.example/a?b=c&d), a <https://lamps.example/>, a <mail@lamps.example>,
`<script>` as code, a < b > c & d.

| left | right |
| :--- | ---: |
| 1 | 2 |

<div data-factbook="standing"></div>

<details open><summary>More</summary><p lang="fr" dir="ltr">Texte</p></details>

<!-- a remark -->

![A lamp](lamp.png){: width="40" .wide }

```html
<script>alert(1)</script>
```
"""


def test_what_a_page_is_made_of_passes(root: Path) -> None:
    """Text, tables, code, links, pictures and plain elements are no problem."""
    page(SOUND)(root)
    (root / "docs" / "lamp.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in (".DS_Store", "Thumbs.db", "attack.md~"):
        (root / "docs" / name).write_bytes(b"\0")
    assert written_pages.problems(root) == []


def test_the_pages_of_this_repository_pass() -> None:
    """What the archive itself publishes keeps its own rules."""
    assert written_pages.problems(ROOT) == []


def test_an_archive_without_pages_has_none_of_these_problems(root: Path) -> None:
    """Records can be checked where nothing else is."""
    shutil.rmtree(root / "docs")
    (root / "mkdocs.yml").unlink()
    assert written_pages.problems(root) == []


def test_the_check_of_the_records_includes_the_doors(root: Path) -> None:
    """One command says everything: a problem of a page stands beside those of the records."""
    page("<script>alert(1)</script>\n")(root)
    assert [problem.rule for problem in check(root, TODAY)[1]] == ["page-markup"]


PIECES = st.sampled_from(
    [*"<>/!-=\"' a\n&;", "<!--", "-->", "<b", "<a href", "<p>", "</p>", "<script", "</script>", "<svg>", "<style>", "x",
     "<![CDATA[", "]]>", "<?", "onclick=", "href=", "javascript:", "<table>", "<textarea>", "<title>", "&lt;", "&#60;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_passes_is_the_same_to_a_reader_of_html(text: str) -> None:
    """A text in which no tag is wrong has, to a parser by the standard of browsers, known elements alone."""
    if [*wrong_tags(text)]:
        return
    for element in html5lib.parseFragment(text, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in ELEMENTS
            for name, value in element.attrib.items():
                assert name in EVERYWHERE or name.startswith("aria-") or name in ATTRIBUTES.get(element.tag, ())
                assert name not in ("href", "src", "cite") or not wrong_address(value)


def test_every_allowed_setting_is_one_that_mkdocs_has() -> None:
    """The list names no setting that would do nothing, and the one of this repository is within it."""
    from mkdocs.config.defaults import MkDocsConfig

    from factbook.rules.written_pages import ALLOWED

    known = {name for name, _ in MkDocsConfig()._schema}
    assert set(ALLOWED) <= known
    assert yaml.compose((ROOT / "mkdocs.yml").read_text("utf-8")) is not None
