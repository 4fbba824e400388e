"""What the page on publishing tells a server to do fits the files that a site has; CODEOWNERS names nobody unknown."""

from __future__ import annotations

import re

import yaml

from archives import ROOT
from factbook.data.exports import ENTRIES
from factbook.site import limits

PAGE = (ROOT / "scripts" / "factbook" / "skeletons" / "publish.md").read_text("utf-8")
NGINX = re.search(r"```nginx\n(.*?)```", PAGE, re.S)
JSON = ("application/feed+json", "application/schema+json", "application/vnd.oai.openapi+json")
"""Kinds of JSON that share their ending with plain JSON."""


def config() -> str:
    """The configuration of nginx that the page shows."""
    assert NGINX
    return NGINX[1]


def types() -> dict[str, str]:
    """The media type of each ending in the configuration."""
    found = re.search(r"types \{(.*?)\}", config(), re.S)
    assert found
    return {e: kind for kind, *ends in (part.split() for part in found[1].split(";") if part.strip()) for e in ends}


def test_every_file_of_the_data_has_its_type() -> None:
    """The server sends each ending as the list of files says, plain text for what is read as Markdown."""
    told = types()
    for entry in ENTRIES:
        name = entry.path.rpartition("/")[2]
        if "." not in name:
            continue
        wanted = "application/json" if entry.type in JSON else entry.type
        wanted = "text/plain" if wanted == "text/markdown" else wanted
        assert told[name.rpartition(".")[2]] == wanted, entry.path


def test_every_file_of_the_theme_has_its_type() -> None:
    """Styles, scripts and pictures are sent as what they are, or browsers refuse them under nosniff."""
    assets = ROOT / "scripts" / "factbook" / "theme" / "assets"
    endings = {path.suffix.removeprefix(".") for path in assets.rglob("*") if path.is_file()}
    assert endings <= types().keys()
    assert types()["js"] == "text/javascript"


def test_text_is_compressed_and_bears_its_charset() -> None:
    """Whatever is text is compressed and sent as UTF-8; what is compressed already is not."""
    text = {kind for kind in types().values() if kind not in ("text/html", "image/png", "application/zip")}
    text -= {"application/vnd.sqlite3", "application/vnd.apache.parquet"}
    for directive, kinds in (("gzip_types", text), ("charset_types", text - {"image/svg+xml"})):
        found = re.search(rf"{directive} (.*?);", config(), re.S)
        assert found
        assert set(found[1].split()) == kinds, directive


def test_no_place_drops_the_headers() -> None:
    """nginx inherits headers only where a place sets none of its own, so all stand in the block of the server."""
    assert not re.search(r"location [^{]*\{[^}]*add_header", config())
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cache-Control"):
        assert len(re.findall(rf"add_header {name} .* always;", config())) == 1
        assert len(re.findall(rf"{name} ", PAGE)) >= 2, f"Caddy sends {name} as well"


def test_the_page_names_the_limits_that_the_build_knows() -> None:
    """Every host whose limits are known stands in the table, with its figures."""
    for one in limits.HOSTS.values():
        (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {one.name}")]
        for count, told in ((one.files, f"{one.files:,} files"), (one.seconds, f"{one.seconds // 60} minutes")):
            assert (told in line) == bool(count)
        assert ("1 GB" in line) == (one.bytes == 10**9)


def test_the_checks_that_are_asked_for_are_reported() -> None:
    """Branch protection asks for a job by its name: the page names the one of this repository and that of a new one."""
    ours = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    new = yaml.safe_load((ROOT / "scripts/factbook/starter/github/check.yml").read_text("utf-8"))
    assert ours["jobs"]["run"]["name"] == "run"
    assert "matrix" not in str(new["jobs"]["check"]) and "name" not in new["jobs"]["check"]
    assert "the required check `check`" in PAGE
    assert "in the repository of the engine it is `run`" in PAGE


def test_the_labels_are_those_of_the_forms() -> None:
    """The command makes every label that a form gives, and the one that takes an issue in."""
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    given = {label for path in forms for label in yaml.safe_load(path.read_text("utf-8")).get("labels", ())}
    found = re.search(r"for label in ([a-z -]+); do", PAGE)
    assert found
    assert set(found[1].split()) == given | {"accepted"}


def test_nobody_unknown_is_asked_for_a_review() -> None:
    """A name that GitHub does not know would be an error on the page of the file: none stands there."""
    lines = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()
    assert [line for line in lines if line.strip() and not line.startswith("#")] == []
