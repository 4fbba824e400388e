"""overrides/ is a door too: what stands in the place of the engine's files adds no script, no host and no trick."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archives import archive
from factbook.check import overrides as check
from factbook.check import written_pages
from factbook.rules import overrides as rules

BLOCK = "overrides/templates/blocks/rules.html"
MAIN = "overrides/theme/main.html"
STYLE = "overrides/theme/assets/site.css"
PNG = b"\x89PNG\r\n\x1a\n"


def found(folder: Path, path: str, content: str | bytes) -> list[tuple[str, str, int]]:
    """The problems of an archive with one override: rule, severity and line."""
    root = archive(folder)
    file = root / path
    file.parent.mkdir(parents=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [(problem.rule, problem.severity, problem.line) for problem in written_pages.problems(root)]


def own(name: str) -> str:
    """The engine's own file of a theme."""
    return (check.PACKAGE / "theme" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (BLOCK, "<p>[[Rules]]: {{ archive.statements|length }} <a href='https://elsewhere.example/'>there</a></p>\n"),
        (
            BLOCK,
            "{% for f in archive.statements.values() if f.date < '1900' %}<b title='>'>{{ f.claim }}</b>{% endfor %}\n",
        ),
        (
            BLOCK,
            "<p>What went on = nothing; the season: = good.</p>\n",
        ),
        (MAIN, own("main.html")),
        (MAIN, own("main.html").replace("<body", "<body data-of='us'")),
        (STYLE, own("assets/site.css") + "\n.record { background: url(paper.png) }\n"),
        ("overrides/theme/assets/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"),
        ("overrides/theme/assets/logo.png", PNG),
        (
            "overrides/theme/partials/languages/eo.html",
            '{% macro t(key) %}{{ {"search": "serĉi"}[key] }}{% endmacro %}\n',
        ),
        ("overrides/theme/partials/copyright.html", "<p>Ours</p>\n"),
        ("overrides/languages/eo.po", 'msgid ""\nmsgstr ""\n'),
        ("overrides/theme/.DS_Store", "x"),
        ("overrides/templates/fact.html~", "x"),
        ("overrides/theme/assets/__MACOSX/x.txt", "x"),
    ],
)
def test_what_an_archive_may_replace_is_passed(path: str, content: str | bytes, tmp_path: Path) -> None:
    """Templates with words and links, styles, pictures, texts, and whatever the engine's own file has already."""
    assert found(tmp_path / "a", path, content) == []


@pytest.mark.parametrize(
    "path",
    [
        "overrides/theme/assets/site.js",
        "overrides/theme/assets/count.mjs",
        "overrides/theme/hook.py",
        "overrides/theme/page.md",
        "overrides/theme/mkdocs_theme.yml",
        "overrides/templates/fact.js",
        "overrides/templates/fact.html.j2",
        "overrides/languages/ru.mo",
        "overrides/languages/ru",
        "overrides/theme",
    ],
)
def test_other_kinds_of_files_are_refused(path: str, tmp_path: Path) -> None:
    """No script, no program and no settings stand in the place of the engine's."""
    assert found(tmp_path / "a", path, "x") == [("override-kind", "error", 1)]


def test_a_picture_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file is what its name says."""
    assert found(tmp_path / "a", "overrides/theme/assets/logo.png", "<script>") == [("override-kind", "error", 1)]


@pytest.mark.parametrize("content", [b"\xff\xfe<\0s\0", b"x" * (check.MOST_BYTES + 1)])
def test_a_text_that_cannot_be_read_is_refused(content: bytes, tmp_path: Path) -> None:
    """What the check does not read, no engine does."""
    assert found(tmp_path / "a", BLOCK, content) == [("page-unreadable", "error", 1)]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("templates/blocks/rulse.html", "Did you mean blocks/rules.html?"),
        ("templates/facts.html", "Did you mean fact.html?"),
        ("theme/assets/sites.css", "Did you mean assets/site.css?"),
        ("theme/partials/headers.html", "Did you mean partials/header.html?"),
        ("templates/weather/of/today.html", "Nothing reads it unless another file of the archive names it."),
    ],
)
def test_a_name_that_replaces_nothing_is_told_with_the_one_that_was_meant(path: str, hint: str, tmp_path: Path) -> None:
    """It warns, for a block of the archive's own may have any name."""
    root = archive(tmp_path / "a")
    (root / "overrides" / path).parent.mkdir(parents=True)
    (root / "overrides" / path).write_text("", "utf-8")
    [problem] = written_pages.problems(root)
    assert (problem.rule, problem.severity, problem.hint) == ("override-of-nothing", "warning", hint)


def test_a_link_out_of_the_archive_is_refused(tmp_path: Path) -> None:
    """It is not followed, whatever it leads to."""
    root = archive(tmp_path / "a")
    (root / "overrides/templates").mkdir(parents=True)
    (root / "overrides/templates/fact.html").symlink_to("/etc/passwd")
    assert [problem.rule for problem in written_pages.problems(root)] == ["page-is-a-link"]


HOSTILE = (
    "<script>alert(1)</script>",
    "<script>",
    "<SCRIPT SRC=x.js>",
    "<script\nsrc='assets/site.js'></script x>",
    "<script>alert(1)</script foo>",
    "<svg><script>alert(1)</script></svg>",
    '<b onclick="alert(1)">x</b>',
    "<img src=x.png onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<details ontoggle = 'x()' open>",
    "<iframe src='x.html'></iframe>",
    "<object data='x'></object>",
    "<embed src='x'>",
    "<base href='/elsewhere/'>",
    "<meta http-equiv='refresh' content='0; url=x'>",
    "<meta content='0' http-equiv=refresh>",
    "<link rel=stylesheet href='x.css'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a>",
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<a href='JaVa\tScript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<iframe srcdoc='x'>",
    "<a ping='https://evil.example/' href='x.html'>x</a>",
    "<img src='https://evil.example/x.png'>",
    "<img src=//evil.example/x.png>",
    "<img src='\\\\evil.example/x.png'>",
    "<img srcset = 'https://evil.example/x.png 2x'>",
    "<form action='https://evil.example/'>",
    "<button formaction=//evil.example>",
    "<video poster='//evil.example/x'>",
    "<svg><image href='//evil.example/x.png'/></svg>",
    "<svg><use xlink:href='https://evil.example/x.svg#a'/></svg>",
    "<p style='background: url(https://evil.example/x.png)'>",
    "<{{ 'script' }}>",
    "<scr{{ '' }}ipt>",
    "<{% if true %}script{% endif %}>",
    "{{ '<b>' }}",
    "{{ f.claim|safe }}",
    "{{ f.claim | safe }}",
    "{{ Markup(f.claim) }}",
    "{% autoescape false %}{{ f.claim }}{% endautoescape %}",
    "{{ ''.__class__ }}",
    "{{ '\\x3cscript' }}",
    "{{ '%c' % 60 }}",
    "{{ '%c'|format(60) }}",
    "{{ '{}'.format(x) }}",
    "{{ f|attr('x') }}",
    "{{ lipsum }}",
)


@pytest.mark.parametrize("passage", HOSTILE)
def test_what_runs_or_asks_another_host_is_refused(passage: str, tmp_path: Path) -> None:
    """In a template of records, and in one of the theme beside all that the engine's own has."""
    for folder, path, content in (("a", BLOCK, f"<p>\n{passage}\n"), ("b", MAIN, f"{own('main.html')}\n{passage}\n")):
        told = found(tmp_path / folder, path, content)
        assert told and {rule for rule, _, _ in told} == {"override-markup"}
        assert {severity for _, severity, _ in told} == {"error"}
        lines = content.count("\n", 0, content.index(passage)) + 1
        assert any(lines <= line <= lines + 1 or "&" in passage for _, _, line in told)


@pytest.mark.parametrize(
    "passage",
    [
        "@import 'https://evil.example/x.css';",
        "@import 'x.css';",
        "a { background: url(https://evil.example/x.png) }",
        'a { background: URL( "//evil.example/x.png" ) }',
        "@font-face { src: url('https://evil.example/x.woff2') }",
    ],
)
def test_a_style_loads_nothing_from_another_host(passage: str, tmp_path: Path) -> None:
    """Neither a picture nor a font nor another style."""
    told = found(tmp_path / "a", STYLE, f"{own('assets/site.css')}\n{passage}\n")
    assert {rule for rule, _, _ in told} == {"override-markup"}


def test_a_drawing_holds_no_script(tmp_path: Path) -> None:
    """A vector picture that is opened by itself is a page."""
    told = found(tmp_path / "a", "overrides/theme/assets/icon.svg", "<svg><script>alert(1)</script></svg>")
    assert [rule for rule, _, _ in told] == ["override-markup"]


@pytest.mark.parametrize("folder", ["theme", "templates"])
def test_every_file_of_the_engine_may_stand_as_it_is(folder: str) -> None:
    """An override begins as a copy: nothing in it is refused."""
    for name in check.known(folder):
        if name.rpartition(".")[2] in rules.READ and ".icons" not in name:
            text = (next(top for top in check.folders(folder) if (top / name).is_file()) / name).read_text("utf-8")
            assert rules.override_markup(name, text, text) == [], name


@pytest.mark.parametrize(
    "piece", ["<link ", "{{", "<meta ", '{{"', "on", "<script ", "url(", "<use ", "src= ", "&#106;"]
)
def test_no_text_makes_the_check_slow(piece: str) -> None:
    """The time is in proportion to the length: a quarter of a mebibyte takes seconds at most."""
    begun = time.monotonic()
    rules.override_markup("x.html", piece * (check.MOST_BYTES // len(piece)), "")
    assert time.monotonic() - begun < 20
