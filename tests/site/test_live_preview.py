"""The preview shows what a build would write, follows every change, and says what is wrong over the page."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import archives
import sites
from factbook import plugin
from factbook.check.run import check
from factbook.site import build, preview, preview_server, settings

FACT = "records/1901/gull-rock-lamp-lit-1901.yaml"
EDITS = int(os.environ.get("FACTBOOK_EDITS", "40"))
"""Random edits; after every eighth one each page is compared with that of a build. By hand: FACTBOOK_EDITS=1000."""

pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small archive, and what the engine renders of its written pages."""
    top = tmp_path_factory.mktemp("preview")
    root = sites.translated(top / "archive")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    assert 'repo_url: !ENV [REPO_URL, ""]' in text
    config.write_text(text.replace('!ENV [REPO_URL, ""]', "https://code.example/lights"), "utf-8")
    frame = top / "frame"
    frame.mkdir()
    plugin.render(root, frame)
    return root, frame


@pytest.fixture
def root(rendered: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the small archive for one test."""
    return shutil.copytree(rendered[0], tmp_path / "archive", symlinks=True)


@pytest.fixture
def state(rendered: tuple[Path, Path], root: Path, tmp_path: Path) -> preview.Preview:
    """A preview of that copy; the engine's pages are those rendered once."""
    made = preview.Preview(
        root, lambda folder: shutil.copytree(rendered[1], folder, dirs_exist_ok=True), tmp_path, archives.TODAY
    )
    made.read_records()
    made.render_pages()
    assert (made.failure, made.problems) == ("", [])
    return made


def built(root: Path, frame: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Every page that a build makes of the archive as it is now."""
    for name in ("FACTBOOK_SEARCH", "FACTBOOK_DATA"):
        monkeypatch.setenv(name, "no")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(frame, folder)
    archive, _ = check(root, archives.TODAY)
    assert archive is not None
    build.finish(folder, archive, root, lambda line: None, settings.of_archive(root))
    return {path: data for path, data in sites.files(folder).items() if path.endswith((".html", "explore-data.js"))}


def edit(root: Path, rng: random.Random) -> None:
    """Change, add or remove a record or a word of the vocabulary, taken at random; the archive stays sound."""
    number = rng.randrange(10**6)
    copies = sorted((root / "facts" / "records").rglob("copy-*.yaml"))
    choice = rng.randrange(6)
    if choice == 0 and copies:
        rng.choice(copies).unlink()
        return
    if choice == 1:
        text = (root / "facts" / FACT).read_text("utf-8")
        claim = re.sub("^claim: .*", f"claim: Copy {number} of the lamp hung at Gull Rock.", text, flags=re.M)
        archives.write(root, f"records/1901/copy-{number}.yaml", claim)
        return
    if choice == 2:
        path = root / "facts" / "vocabulary.yaml"
        text = path.read_text("utf-8")
        label = rng.choice(list(re.finditer(r"label: [A-Z][a-z]+(?: \d+)?(?=[,}])", text)))
        word = label[0].partition(": ")[2].partition(" ")[0]
        path.write_text(f"{text[: label.start()]}label: {word} {number}{text[label.end() :]}", "utf-8")
        return
    folder, field = ("organizations", "description: ") if choice == 3 else ("records", "claim: ")
    path = rng.choice(sorted((root / "facts" / folder).rglob("*.yaml")))
    lines = path.read_text("utf-8").splitlines()
    for i in [i for i, line in enumerate(lines) if line.startswith(field) and line.endswith(".")][:1]:
        lines[i] = lines[i][:-1].partition(", as seen")[0] + f", as seen {number} times."
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_what_is_not_changed_is_not_read_again(state: preview.Preview, root: Path) -> None:
    """A file is known by when it was written; a record that goes, comes back or breaks is seen all the same, and a
    changed vocabulary holds every record to its new words."""
    path = root / "facts" / FACT
    before = path.read_text("utf-8")
    found = state._archive
    assert found is not None
    path.write_text(before.replace("claim: ", "claim: So it is told that ", 1), "utf-8")
    state.read_records()
    now = state._archive
    assert now is not None
    assert {name for name, one in now.statements.items() if one is not found.statements[name]} == {path.stem}
    assert [*now.statements] == [*found.statements] and [*now.sources] == [*found.sources]
    path.write_text("claim: [", "utf-8")
    state.read_records()
    assert state.problems == check(root, archives.TODAY)[1] and state.problems[0].path == f"facts/{FACT}"
    path.unlink()
    state.read_records()
    assert "unknown-fact" in {problem.rule for problem in state.problems}
    path.write_text(before, "utf-8")
    words = root / "facts" / "vocabulary.yaml"
    text = words.read_text("utf-8")
    words.write_text(re.sub(r"^  storms:.*\n", "", text, flags=re.M), "utf-8")
    state.read_records()
    assert state.problems == check(root, archives.TODAY)[1] and "unknown-word" in {p.rule for p in state.problems}
    words.write_text(text, "utf-8")
    state.read_records()
    assert state.problems == []


def test_after_any_edits_every_page_is_that_of_a_build(
    rendered: tuple[Path, Path], root: Path, state: preview.Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random edits one after the other: each page and what its scripts read equal those of a full build."""
    rng = random.Random(20261129)
    for number in range(EDITS):
        edit(root, rng)
        state.read_records()
        assert ([p for p in state.problems if p.severity == "error"], state.failure) == ([], "")
        if number % 8 != 7:
            continue  # a build takes seconds
        assert state.problems == check(root, archives.TODAY)[1]  # though it read changed files alone
        pages = built(root, rendered[1], tmp_path / "built", monkeypatch)
        shown = {path: state.answer("/" + path).body for path in pages}
        bare = {path: body.replace(preview.INSERT.encode(), b"</head>") for path, body in shown.items()}
        assert sites.differing(pages, bare) == []
    assert len(pages) > 40


def test_the_settings_of_the_archive_hold_in_the_preview(
    rendered: tuple[Path, Path], root: Path, state: preview.Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The branch that corrections go to is that of mkdocs.yml, in every language, as in a build."""
    config = root / "mkdocs.yml"
    text = re.sub(
        r"^plugins:.*(\n  .*)*",
        "plugins:\n  - factbook: {repository: {branch: trunk}}",
        config.read_text("utf-8"),
        flags=re.M,
    )
    config.write_text(text, "utf-8")
    state.render_pages()
    pages = built(root, rendered[1], tmp_path / "built", monkeypatch)
    for path in ("facts/gull-rock-lamp-lit-1901.html", "ru/facts/gull-rock-lamp-lit-1901.html"):
        shown = state.answer("/" + path).body
        assert b"https://code.example/lights/edit/trunk/facts/" in shown
        assert shown.replace(preview.INSERT.encode(), b"</head>") == pages[path]


def test_a_broken_list_of_words_is_told_and_got_over(root: Path, state: preview.Preview) -> None:
    """Where a PO file cannot be read the last pages stay and the state says why, until it can be read again."""
    before = state.answer("/ru/index.html").body
    archives.write(root, "languages/ru.po", 'msgid "\n')
    state.read_records()
    assert "ru.po" in state.failure
    assert state.answer("/ru/index.html").body == before
    (root / "facts/languages/ru.po").unlink()
    state.read_records()
    assert state.failure == ""


def test_a_broken_record_leaves_the_pages_and_lists_the_problem(root: Path, state: preview.Preview) -> None:
    """What was sound stays on the screen, and the state holds each problem with path, line, rule, value and hint."""
    before = state.answer("/facts/gull-rock-lamp-lit-1901.html").body
    archives.write(root, "records/1903/lamp-went-out.yaml", "claim: The lamp went out.\ndate: on a Tuesday\n")
    state.read_records()
    assert state.answer("/facts/gull-rock-lamp-lit-1901.html").body == before
    told = json.loads(state.answer("/_preview/state.json").body)
    assert told["version"] == 3
    assert ("facts/records/1903/lamp-went-out.yaml", 1, "missing-field") in {
        (p["path"], p["line"], p["rule"]) for p in told["problems"]
    }


def test_a_page_that_is_not_there_and_a_path_that_leads_out_are_answered_with_404(state: preview.Preview) -> None:
    """No address reaches a file outside the site."""
    for path in ("/nowhere.html", "/../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/assets/../../mkdocs.yml", "/_preview/x"):
        assert state.answer(path).status == 404, path


def test_a_failure_of_the_engine_is_told_and_the_last_pages_stay(
    rendered: tuple[Path, Path], root: Path, tmp_path: Path
) -> None:
    """A written page that the engine refuses changes nothing but the state."""
    failures = iter(["", "Doc file 'method.md' contains a link 'weather.md'"])

    def render(folder: Path) -> None:
        if failure := next(failures):
            raise RuntimeError(failure)
        shutil.copytree(rendered[1], folder, dirs_exist_ok=True)

    state = preview.Preview(root, render, tmp_path / "frames", archives.TODAY)
    state.read_records()
    state.render_pages()
    before = state.answer("/method.html").body
    state.render_pages()
    assert state.failure == "Doc file 'method.md' contains a link 'weather.md'"
    assert state.answer("/method.html").body == before


@pytest.mark.browser
def test_the_browser_follows_a_change_and_shows_what_is_wrong(
    chromium: Browser, root: Path, state: preview.Preview
) -> None:
    """A changed claim is shown without reloading by hand, a broken record in a bar over the page, and both got over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (preview_server.Handler,), {"state": state}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    try:
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/facts/gull-rock-lamp-lit-1901.html")
        page.get_by_text("Preview: search and data are not made.").wait_for()
        record = root / "facts" / FACT
        sound = record.read_text("utf-8")
        record.write_text(sound.replace("for the first time", "for the very first time"), "utf-8")
        state.read_records()
        page.get_by_text("for the very first time").first.wait_for()
        record.write_text(sound.replace("status: ", "status: x"), "utf-8")
        state.read_records()
        page.get_by_text("8:9: status must be a word of the vocabulary").wait_for()
        record.write_text(sound, "utf-8")
        state.read_records()
        page.get_by_text("8:9: status must be a word").wait_for(state="detached")
    finally:
        page.close()
        server.shutdown()
        server.server_close()


def test_the_preview_of_mkdocs_is_refused_in_one_line(root: Path) -> None:
    """There is one preview; who asks for the other is told its name, and nothing is built."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:0"]
    done = subprocess.run(
        command, cwd=root, env=sites.environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    said = "factbook serve shows the preview, and what is wrong over the page; mkdocs serve does not"
    assert [line for line in (done.stdout + done.stderr).splitlines() if "preview" in line] == [f"Error: {said}"]
    assert "Traceback" not in done.stderr


def test_the_command_serves_follows_files_and_refuses_a_taken_port(root: Path) -> None:
    """``factbook serve`` answers, takes up a change of a file, and says in one line that a port is taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "factbook", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=root, env=sites.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            lines = iter(server.stdout.readline, "")
            assert next(line for line in lines if "preview" in line) == (
                f"The preview is at http://127.0.0.1:{port}/ (Ctrl+C ends it).\n"
            )
            second = subprocess.run(
                command, cwd=root, env=sites.environment(), capture_output=True, text=True, timeout=60, check=False
            )
            assert second.returncode == 2
            assert second.stderr.startswith(f"factbook: port {port} cannot be used: ")
            assert "Traceback" not in second.stderr
            record = root / "facts" / FACT
            record.write_text(record.read_text("utf-8").replace("first time", "very first time"), "utf-8")
            assert sites.becomes(f"http://127.0.0.1:{port}/facts/gull-rock-lamp-lit-1901.html", "very first time")
        finally:
            server.terminate()


def until(true: Callable[[], bool]) -> bool:
    """Whether something becomes true within ten seconds."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_a_change_while_the_preview_starts_is_not_lost(rendered: tuple[Path, Path], root: Path, tmp_path: Path) -> None:
    """What is saved after the records were read, and before the first page is shown, is shown."""
    record = root / "facts" / FACT
    code = f"""
import shutil, sys
from pathlib import Path
from factbook.site import preview_server
record = Path({str(record)!r})
def render(root, made):
    shutil.copytree({str(rendered[1])!r}, made, dirs_exist_ok=True)
    record.write_text(record.read_text("utf-8").replace("first time", "very first time"), "utf-8")
preview_server.serve(Path({str(root)!r}), int(sys.argv[1]), render, today={archives.TODAY!r})
"""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(port)], env=sites.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None and "The preview is at" in server.stdout.readline()
            assert sites.becomes(f"http://127.0.0.1:{port}/facts/gull-rock-lamp-lit-1901.html", "very first time")
        finally:
            server.terminate()


def test_a_folder_that_is_made_later_is_watched(root: Path, state: preview.Preview) -> None:
    """A first override, a folder of pages that came and went: each is taken up without a new start."""
    rendered: list[int] = []
    state.render_pages = lambda: rendered.append(1)  # type: ignore[method-assign]
    observer = preview_server.watch(root, state)
    try:
        for count, change in enumerate(
            (
                lambda: (root / "overrides/templates/blocks").mkdir(parents=True),
                lambda: (root / "overrides/templates/blocks/rules.html").write_text("ours", "utf-8"),
                lambda: shutil.rmtree(root / "overrides"),
                lambda: (root / "overrides/theme").mkdir(parents=True),
            ),
            start=1,
        ):
            before = len(rendered)
            change()
            assert until(lambda before=before: len(rendered) > before), f"change {count} was not seen"
            time.sleep(preview_server.QUIET * 4)
    finally:
        observer.stop()
        observer.join()
