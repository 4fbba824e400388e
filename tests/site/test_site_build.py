"""Building: the same bytes every time, never half a site, no address that nobody configured, both engines alike."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest

import archives
import sites

ENGINES = ("mkdocs", "zensical")
SITE_URL, REPO_URL = "https://lights.example/archive", "https://code.example/lights"
FACT = "records/1901/gull-rock-lamp-lit-1901.yaml"
BAD = "claim: The lamp went out.\ndate: on a Tuesday\n"
STEERED = """
# Steers a build from outside: how many cores it sees, and that the work is spread over them however small it is.
import os
from factbook import parallel
cores = int(os.environ["TEST_CORES"])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
os.sched_getaffinity = lambda pid: set(range(cores))
parallel.WORTH_IT = 2
parallel.spread.__defaults__ = parallel.share.__defaults__ = (30,)
os.register_at_fork(after_in_child=lambda: open(os.environ["TEST_FORKS"], "a").close())
"""
KILLED = """
# Kills the build at the n-th change that it makes under its root; tells of every change it made until then.
import os, signal, sys
events = ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "open")
root, last, count = os.environ["TEST_ROOT"], int(os.environ["TEST_KILL_AT"]), 0
told = os.open(os.environ["TEST_EVENTS"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
def hook(event, arguments):
    global count
    within = str(arguments[0]).startswith(root) or event in ("os.remove", "os.rmdir") and arguments[1] != -1
    if event not in events or not within or "__pycache__" in str(arguments[0]):
        return
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        return
    count += 1
    os.write(told, f"{event} {arguments[0]}\\n".encode())
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
if "mkdocs" in sys.orig_argv:
    sys.addaudithook(hook)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small archive of the test's own, not built yet."""
    return sites.small(tmp_path / "archive")


def steer(folder: Path, text: str) -> str:
    """A folder for PYTHONPATH from which every Python process runs ``text`` as it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(text, "utf-8")
    return str(folder)


def change(root: Path) -> None:
    """Give one record of the small archive another claim."""
    path = root / "facts" / FACT
    path.write_text(path.read_text("utf-8").replace("for the first time", "for the very first time"), "utf-8")


def left(root: Path) -> list[str]:
    """What a build left beside the site."""
    return sorted(p.name for p in root.iterdir() if p.name not in ("facts", "docs", "scripts", "mkdocs.yml", "site"))


# The same bytes


def test_the_same_sources_make_the_same_bytes(real_site: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder, clock and number of cores leave no trace in any file or in the index."""
    forks = tmp_path / "forks"
    steering = steer(tmp_path / "steering", STEERED)
    common = {"PYTHONPATH": steering, "TEST_FORKS": str(forks)}
    one = sites.build(
        sites.real(tmp_path / "one"), PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0", TEST_CORES="1", **common,
    )  # fmt: skip
    assert not forks.exists()
    other = sites.build(
        sites.real(tmp_path / "another folder"), PYTHONHASHSEED="2", TZ="America/Adak", LC_ALL="tr_TR.UTF-8",
        TEST_CORES="2", **common,
    )  # fmt: skip
    assert forks.exists() or not hasattr(os, "fork")
    made, same, plain = sites.files(one), sites.files(other), sites.files(real_site)
    assert sites.differing(made, same) == []
    assert sites.differing(made, plain) == []
    assert sum(path.startswith("pagefind/") for path in made) > 100


@pytest.mark.parametrize("engine", ENGINES)
def test_a_second_build_in_the_same_folder_changes_nothing(root: Path, engine: str) -> None:
    """What is already there does not leak into what is built."""
    first = sites.files(sites.build(root, "--engine", engine))
    (root / "site" / "stray.html").write_text("left by hand", "utf-8")
    assert sites.differing(first, sites.files(sites.build(root, "--engine", engine))) == []
    assert left(root) == []


# Never half a site


def broken_record(root: Path) -> str:
    """A record that is wrong in a way its own line shows."""
    archives.write(root, "records/1903/lamp-went-out.yaml", BAD)
    return "facts/records/1903/lamp-went-out.yaml:1:1: error: the field kind must be given [missing-field]"


def unknown_block(root: Path) -> str:
    """A written page that asks for what there is not."""
    (root / "docs" / "method.md").write_text('# Method\n\n<div data-factbook="weather"></div>\n', "utf-8")
    return "method.html: there is no block 'weather'"


def no_shell(root: Path) -> str:
    """The page that records are poured into is gone."""
    (root / "docs" / "facts" / "_record.md").unlink()
    return "facts/_record.html: the engine made no page shell"


def no_vocabulary(root: Path) -> str:
    """The words of the archive are gone."""
    (root / "facts" / "vocabulary.yaml").unlink()
    return "facts/vocabulary.yaml:1:1: error:"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("spoil", [broken_record, unknown_block, no_shell, no_vocabulary])
def test_a_failed_build_leaves_the_old_site_as_it_was(root: Path, spoil: Callable[[Path], str], engine: str) -> None:
    """It says what is wrong, exits 1, and changes no byte; when the cause is gone, the next build succeeds."""
    sound = shutil.copytree(root, root.with_name("sound"), symlinks=True)
    before = sites.files(sites.build(root, "--engine", engine))
    said = spoil(root)
    done = sites.run(root, "site", "--engine", engine)
    assert done.returncode == 1
    assert said in done.stdout + done.stderr
    assert done.stderr.endswith("The site was not built; what was there before is untouched.\n")
    assert "Traceback" not in done.stderr
    assert sites.differing(sites.files(root / "site"), before) == []
    for name in ("facts", "docs"):
        shutil.rmtree(root / name)
        shutil.copytree(sound / name, root / name)
    assert sites.differing(sites.files(sites.build(root, "--engine", engine)), before) == []
    assert left(root) == []


def test_a_broken_link_in_a_written_page_stops_the_build(root: Path) -> None:
    """MkDocs is held to its own warnings, and a site that it refuses is not published either."""
    before = sites.files(sites.build(root))
    with (root / "docs" / "method.md").open("a", encoding="utf-8") as page:
        page.write("\nSee the [weather](weather.md).\n")
    done = sites.run(root, "site")
    assert done.returncode == 1
    assert "Doc file 'method.md' contains a link 'weather.md'" in done.stderr
    assert sites.differing(sites.files(root / "site"), before) == []


def test_nothing_is_published_where_there_was_no_site(root: Path) -> None:
    """A build that fails the first time makes no site at all."""
    broken_record(root)
    assert sites.run(root, "site").returncode == 1
    assert not (root / "site").exists()


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """A root whose sources have changed since its site was built, and the files of the old and of the new site."""
    folder = tmp_path_factory.mktemp("killed")
    root, reference = sites.small(folder / "archive"), sites.small(folder / "reference")
    change(reference)
    new = sites.files(sites.build(reference))
    old = sites.files(sites.build(root))
    change(root)
    assert "facts/gull-rock-lamp-lit-1901.html" in sites.differing(old, new)
    return root, old, new


def lay_back(root: Path, old: dict[str, bytes]) -> None:
    """Put the old site back, with nothing beside it."""
    for name in ("site", *left(root)):
        shutil.rmtree(root / name, ignore_errors=True)
    for path, data in old.items():
        file = root / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def whole(root: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Which site is there after a build was killed, ``old`` or ``new``; fails when it is neither, wholly."""
    if not (root / "site").exists():
        # Between the two renames of the swap: both are whole beside the site, and the next build puts one back.
        assert sites.differing(sites.files(root / ".site-old"), old) == []
        assert sites.differing(sites.files(root / ".site-building"), new) == []
        return "between"
    there = sites.files(root / "site")
    found = [name for name, site in (("old", old), ("new", new)) if not sites.differing(there, site)]
    assert found, (sites.differing(there, old)[:5], sites.differing(there, new)[:5])
    return found[0]


def repaired(root: Path, new: dict[str, bytes]) -> bool:
    """Whether the next build leaves the new site, and nothing beside it."""
    return sites.differing(sites.files(sites.build(root)), new) == [] and left(root) == []


@pytest.mark.slow
def test_a_build_killed_at_any_time_leaves_one_whole_site(
    old_and_new: tuple[Path, dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    """SIGKILL to the build and all it started, swept over its time: the old or the new site is there, wholly."""
    root, old, new = old_and_new
    lay_back(root, old)
    began = time.monotonic()
    sites.build(root)
    duration = time.monotonic() - began
    seen = []
    for part in range(1, 10):
        lay_back(root, old)
        build = subprocess.Popen(
            [sys.executable, "-m", "factbook", "site"], cwd=root, env=sites.environment(TMPDIR=str(tmp_path)),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            build.wait(duration * part / 10)
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
        assert build.wait(30) in (-signal.SIGKILL, 0)
        seen.append(whole(root, old, new))
        assert repaired(root, new)
    assert seen[0] == "old"


@pytest.mark.slow
def test_a_build_killed_at_each_step_of_the_swap_leaves_one_whole_site(
    old_and_new: tuple[Path, dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    """SIGKILL just before changes of every kind, all of the swap's among them: nothing is lost, the next repairs."""
    root, old, new = old_and_new
    events = tmp_path / "events"
    common = {
        "PYTHONPATH": steer(tmp_path / "steering", KILLED), "TMPDIR": str(tmp_path), "TEST_ROOT": str(root),
        "TEST_EVENTS": str(events),
    }  # fmt: skip
    lay_back(root, old)
    sites.build(root, TEST_KILL_AT="0", **common)
    made = events.read_text("utf-8").splitlines()
    swap = [f"os.rename {root}/site", f"os.rename {root}/.site-building"]
    renames = [number for number, event in enumerate(made, 1) if event in swap]
    assert [made[number - 1] for number in renames] == swap
    swept = [*range(1, renames[0], renames[0] // 5), *renames, renames[1] + 1, (renames[1] + len(made)) // 2, len(made)]
    seen = []
    for number in swept:
        lay_back(root, old)
        assert sites.run(root, "site", TEST_KILL_AT=str(number), **common).returncode == 1
        seen.append(whole(root, old, new))
        assert repaired(root, new)
    before = len(swept) - 5
    assert seen == [*["old"] * before, "old", "between", *["new"] * 3]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("site_is_there", [True, False])
@pytest.mark.parametrize("leftovers", [(".site-old",), (".site-building",), (".site-old", ".site-building")])
def test_what_a_killed_build_left_is_put_right(
    root: Path, leftovers: tuple[str, ...], site_is_there: bool, engine: str
) -> None:
    """Whatever of the three folders is there, the next build ends with the new site alone."""
    built = sites.build(root, "--engine", engine)
    expected = sites.files(built)
    for name in leftovers:
        shutil.copytree(built, root / name)
        (root / name / "half").write_text("x", "utf-8")
    if not site_is_there:
        shutil.rmtree(built)
    assert sites.differing(sites.files(sites.build(root, "--engine", engine)), expected) == []
    assert left(root) == []


# Addresses


def canonical(page: str) -> list[str]:
    """The canonical addresses that a page names."""
    return [unescape(address) for address in re.findall(r'<link rel="canonical" href="([^"]*)">', page)]


@pytest.mark.parametrize("engine", ENGINES)
def test_without_addresses_no_page_claims_one(root: Path, engine: str) -> None:
    """Where nobody says where site and repository are: no canonical, no edit link, no sitemap."""
    site = sites.build(root, "--engine", engine)
    for path in sites.pages(site):
        page = (site / path).read_text("utf-8")
        for word in ("canonical", "og:url", "<base", "Edit this record", "Report a problem"):
            assert word not in page.partition("<main")[0] + sites.main_of(site / path), (path, word)
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert sorted(p.name for p in site.iterdir() if p.is_file()) == [
        "404.html", "README.txt", "SHA256SUMS", "contested.html", "coverage.html", "data.html", "explore.html",
        "index.html", "llms.txt", "method.html", "origins.html", "review.html", "robots.txt", "search.html",
    ]  # fmt: skip


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("engine", ENGINES)
def test_addresses_are_taken_from_the_environment(root: Path, engine: str, slash: str) -> None:
    """SITE_URL and REPO_URL, with a slash at the end or without, give canonical addresses, a sitemap and edit links."""
    site = sites.build(root, "--engine", engine, SITE_URL=SITE_URL + slash, REPO_URL=REPO_URL + slash)
    every = list(sites.pages(site))
    for path in every:
        assert canonical((site / path).read_text("utf-8")) == [f"{SITE_URL}/{path}"]
    listed = ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    assert [loc.text for loc in listed] == [f"{SITE_URL}/{path}" for path in every if path != "404.html"]
    assert (site / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\nSitemap: {SITE_URL}/sitemap.xml\n"
    records = {p.stem: p.relative_to(root / "facts").as_posix() for p in (root / "facts").rglob("*/*.yaml")}
    searches = [name for name, path in records.items() if path.startswith("searches/")]
    for name in searches:  # these have no page of their own
        question = re.search("question: (.*)", (root / "facts" / records.pop(name)).read_text("utf-8"))
        assert question
        assert f'<li id="s-{name}"><p class="claim">{question[1]}</p>' in sites.main_of(site / "coverage.html")
    assert len(searches) == 2
    for name, path in records.items():
        folder = path.partition("/")[0].replace("records", "facts")
        page = sites.main_of(site / folder / f"{name}.html")
        assert re.findall(r'href="([^"]*/edit/[^"]*)"', page) == [f"{REPO_URL}/edit/main/facts/{path}"]
        assert re.findall(r'href="([^"]*/issues/new[^"]*)"', page) == [f"{REPO_URL}/issues/new?title={name}"]
    assert len(records) == 14


# What it says


def test_warnings_do_not_stop_a_build(root: Path) -> None:
    """A warning is printed, and the site is built all the same, with the record that it is about."""
    archives.write(
        root, "organizations/gull-club.yaml",
        "names:\n  - {text: Gull Club, language: en}\nkind: board\ndescription: Nobody speaks of it.\n",
    )  # fmt: skip
    done = sites.run(root, "site")
    assert done.returncode == 0
    assert "facts/organizations/gull-club.yaml:1:1: warning: " in done.stdout
    assert "[unused-organization]" in done.stdout
    assert (root / "site" / "organizations" / "gull-club.html").is_file()


PROGRESS = "Writing pages: 24\nWriting data: done\nIndexing for search: done\nDone. Open site/index.html\n"
"""What a build of the small archive says."""


@pytest.mark.parametrize(
    ("without", "said", "gone"),
    [
        ("FACTBOOK_DATA", "Writing data: done\n", {"README.txt", "SHA256SUMS", "data", "llms.txt"}),
        ("FACTBOOK_SEARCH", "Indexing for search: done\n", {"pagefind"}),
    ],
)
def test_what_a_builder_does_not_want_is_left_out(root: Path, without: str, said: str, gone: set[str]) -> None:
    """FACTBOOK_DATA=no and FACTBOOK_SEARCH=no leave out their folders and files, and nothing else."""
    full = {p.name for p in sites.build(root).iterdir()}
    done = sites.run(root, "site", **{without: "no"})
    assert done.stdout == PROGRESS.replace(said, "")
    assert {p.name for p in (root / "site").iterdir()} == full - gone


def test_progress_is_plain_lines_where_there_is_no_terminal(root: Path) -> None:
    """In a log, each step is one line that ends, and nothing moves the cursor."""
    done = sites.run(root, "site")
    assert done.stdout == PROGRESS
    assert done.stderr == ""


def test_progress_is_one_moving_line_on_a_terminal(root: Path) -> None:
    """On a terminal the line of the running step changes in place and is wiped at the end."""
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "factbook", "site"], cwd=root, env=sites.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=300, check=False,
        )  # fmt: skip
        said = os.read(ours, 65536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0
    assert "\rWriting pages 0 of 24\rWriting pages 24 of 24\r\033[K" in said
    assert "\rWriting data …\r\033[K\rIndexing for search …\r\033[K" in said
    assert said.endswith("\r\033[K")
    assert done.stdout == PROGRESS


# The preview


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, Path]]:
    """``mkdocs serve`` on a free port: its address, and the file that it writes its log to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root.with_name("serve.log")
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"], cwd=root,
            env=sites.environment(TMPDIR=str(root.parent)), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            yield f"http://127.0.0.1:{port}", log
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(20)


def until(condition: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    """Wait until something is so; fails with the log when it does not become so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.05)


def shows(address: str, text: str) -> bool:
    """Whether the page at an address can be had and holds a text."""
    try:
        with urlopen(address, timeout=30) as answer:
            return text in answer.read().decode("utf-8")
    except URLError:
        return False


@pytest.mark.slow
def test_the_preview_follows_the_records_and_does_not_loop(root: Path) -> None:
    """A changed record is shown, a broken one reported and got over, and nothing rebuilds without cause."""
    before = sites.files(sites.build(root))
    record = root / "facts" / FACT
    sound = record.read_text("utf-8")
    with serving(root) as (address, log):
        page = f"{address}/facts/gull-rock-lamp-lit-1901.html"

        def builds() -> int:
            return log.read_text("utf-8").count("Building documentation...")

        until(lambda: shows(page, "for the first time on 3 May 1901"), log)
        assert builds() == 1
        change(root)
        until(lambda: shows(page, "for the very first time on 3 May 1901"), log)
        record.write_text(BAD, "utf-8")
        until(lambda: "[missing-field]" in log.read_text("utf-8"), log)
        record.write_text(sound.replace("for the first", "for the one and only"), "utf-8")
        until(lambda: shows(page, "for the one and only time on 3 May 1901"), log)
        assert builds() == 4
        quiet = time.monotonic() + 3
        while time.monotonic() < quiet:
            assert builds() == 4
            time.sleep(0.1)
        assert shows(f"{address}/search.html", 'id="q"')
        assert shows(f"{address}/pagefind/pagefind-entry.json", '"languages"')
    assert sites.differing(sites.files(root / "site"), before) == []


# The other engine


def spelt(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a site with what the engines write in two ways written in one: ``./`` before the address of a file
    in the same folder, and the number of an apostrophe."""
    return {
        path: re.sub(rb' (href|src)="\./', rb' \1="', data).replace(b"&#x27;", b"&#39;")
        if path.endswith(".html")
        else data
        for path, data in files.items()
        if path != "SHA256SUMS"
    }


def test_zensical_makes_the_same_site(real_root: Path, tmp_path: Path) -> None:
    """Data and index are the same to the byte, and so is the content of every page in every language, but for two ways
    to spell in written pages. Around it each engine puts the frame of its own version of the theme."""
    root = sites.real(tmp_path / "zensical")
    site, other = (sites.files(s) for s in (real_root / "site", sites.build(root, "--engine", "zensical")))
    apart = [path for path in sites.differing(spelt(site), spelt(other)) if not path.startswith(THEIRS)]
    docs = {p.relative_to(root / "docs").with_suffix(".html").as_posix() for p in (root / "docs").rglob("*.md")}
    pages = {path for path in site if path.endswith(".html")}
    assert [path for path in apart if path not in pages] == []
    one, two = (({p: sites.content(files[p].decode()) for p in pages}) for files in (spelt(site), spelt(other)))
    assert sorted(path for path in pages if one[path] != two[path]) == []
    assert [path for path in pages - docs if sites.content(site[path].decode()) != two[path]] == []
    assert min(map(len, one.values())) > 100
    menus = ({p: MENU.findall(files[p].decode()) for p in pages} for files in (spelt(site), spelt(other)))
    assert next(menus) == next(menus)
    assert len(site) > 3000
    assert left(root) == []


THEIRS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""What the engines bring of the theme's own, each in its version."""
MENU = re.compile(r'<nav class="md-(?:tabs|nav|footer__inner).*?</nav>', re.DOTALL)
