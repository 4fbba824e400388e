"""The steps of a build: check, let the engine render the written pages beside the old site, pour, index, swap."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from factbook import checksums, parallel
from factbook.check import written_pages
from factbook.check.report import FORMATS
from factbook.check.run import check, errors
from factbook.data.ledger_log import LogError
from factbook.history import earlier
from factbook.model.archive import Archive
from factbook.pages.kinds import address
from factbook.read import configuration
from factbook.read.configuration import ConfigurationError
from factbook.render import po
from factbook.search import index
from factbook.search import written_pages as prose
from factbook.site import editions, limits, output_folder, pour, published_files, sitemap, zensical
from factbook.site.errors import SYSTEM, SiteError, line
from factbook.site.settings import Settings, of_archive, published_at
from factbook.site.swap import Workplace

NO_SETTINGS = Settings()
FAILURES = (
    *(ConfigurationError, SiteError, LogError, pour.PourError, po.CatalogueError, parallel.WorkerLost),
    *SYSTEM,
)
"""Exceptions that end a build with a message to the user. Any other is a fault of the engine."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Refused(Exception):
    """The archive has errors; ``report`` lists them as text."""

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.report = report


def sound_archive(root: Path, today: str = "") -> Archive:
    """Return the archive at ``root`` when it has no errors. Warnings are printed.

    Raises Refused, and po.CatalogueError where there are pages in a language that the interface does not have: later,
    the theme would fail on it with a message of its own.
    """
    for shell in sorted(root.glob(f"docs/*/{pour.SHELL.removesuffix('.html')}.md")):
        po.require(shell.parts[-3], root)
    archive, problems = check(root, today, ahead=Archive.group)
    if archive is None or errors(problems):
        raise Refused(FORMATS["text"](problems))
    if problems:
        print(FORMATS["text"](problems))
    return archive


def check_settings(root: Path) -> None:
    """Raise Refused where the settings break a rule: an engine obeys them before it asks for the records."""
    if problems := written_pages.problems_of_settings(root):
        raise Refused(FORMATS["text"](problems))


def finish(
    site: Path,
    archive: Archive,
    root: Path,
    say: Callable[[str], None] = print,
    settings: Settings = NO_SETTINGS,
) -> None:
    """Turn what the engine rendered into ``site`` into the finished site: blocks, record pages, sitemap, data, search.

    FACTBOOK_SEARCH=no and FACTBOOK_DATA=no in the environment leave out the search index, and the data with its
    checksums. ``root`` is the archive's own folder.

    Raises SiteError where the engine rendered what may not be published, pour.PourError and po.CatalogueError.
    """
    published_files.hold(site, root)
    indexed, data = (os.environ.get(name, "yes") != "no" for name in ("FACTBOOK_SEARCH", "FACTBOOK_DATA"))
    if data:
        archive = archive.with_earlier(earlier.earlier(root, archive))
        if archive.earlier is None:
            say(earlier.absence(root))
    made = editions.prepare(site, archive, root, settings, data)
    _tidy(site / "assets" / "javascripts")
    for shell in made.shells:
        (site / shell.path).unlink()
    written = {pages.language.folder: made.written[pages.language.code] - {pour.SHELL} for pages in made.pages}
    parts = {
        pages.language.code: prose.read(site, folder, own, pages.archive.vocabulary)
        for pages, (folder, own) in zip(made.pages, written.items(), strict=True)
        if indexed
    }
    filled = [(pages, shell.filled(pages)) for pages, shell in zip(made.pages, made.shells, strict=True)]
    if line_of_host := limits.warning(published_at(made.frame.repo_url, settings), filled, archive, data):
        say(line_of_host)
    # Whatever goes wrong here, no other process is left writing into the folder.
    with closing(pour.pour_records(site, filled)) as pouring:
        next(pouring)
        # In a large archive other processes are writing records now; this one does the rest meanwhile.
        jobs = [pages.language.folder + address(job) for pages in made.pages for job in pages.jobs()]
        progress = Progress("Writing pages", len(jobs), say)
        for pages in made.pages:
            pour.pour_blocks(site, pages)
            for path, text in editions.scripts(pages):
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_text(text, "utf-8")
        paths = sorted(folder + page for folder, own in written.items() for page in own)
        codes = [pages.language.code for pages in made.pages]
        sitemap.write(site, made.frame.site_url, [*paths, *jobs], codes)
        for count in pouring:
            progress.step(count)
    progress.done()
    if data:
        from factbook.data import exports  # here because Arrow takes as long to load as the pages of a small archive

        progress = Progress("Writing data", 0, say)
        exports.write(site, archive, made.publication)
        progress.done()
    if indexed and any(archive.every()):  # of an archive without records there is nothing to find
        progress = Progress("Indexing for search", 0, say)
        index.write(site, made.pages, parts)
        progress.done()
    if data:
        from factbook.data import ledger_log

        checksums.write(site)
        ledger_log.sign_checksums(site, made.publication)


def _tidy(scripts: Path) -> None:
    """Remove files of Material for a search that is not used here, and for its developers."""
    for name in ("lunr", "workers"):
        shutil.rmtree(scripts / name, ignore_errors=True)
    for path in scripts.parent.rglob("*.map"):
        path.unlink()


class Progress:
    """The progress of a long step: one line that changes on a terminal, one plain line at the end elsewhere."""

    def __init__(self, what: str, total: int, say: Callable[[str], None] = print) -> None:
        self.what, self.total, self.count, self.say = what, total, 0, say
        self.live = sys.stderr.isatty()
        self.step(0)

    def step(self, count: int) -> None:
        """Count ``count`` more as done, and show the new state where standard error is a terminal."""
        self.count += count
        if self.live:
            part = f" {self.count:,} of {self.total:,}" if self.total else " …"
            print(f"\r{self.what}{part}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Put the final line in place of the moving one."""
        if self.live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        self.say(f"{self.what}: {self.total:,}" if self.total else f"{self.what}: done")


def build(root: Path, engine: str, today: str = "") -> int:
    """Run the command ``factbook site``. Returns 0, or 1 after saying what is wrong."""
    env = dict(os.environ, FACTBOOK_DATE=today) if today else dict(os.environ)
    site = root / output_folder.DEFAULT
    stop_in_order()
    try:
        site = output_folder.configured(root)
        output_folder.checked(site, root)  # before an engine is started
        check_settings(root)
        built = _mkdocs(root, env) if engine == "mkdocs" else _zensical(root, site, env, today)
    except Refused as refused:
        built = False
        print(refused.report, file=sys.stderr)
    except FAILURES as error:
        built = False
        print(f"error: {reason(error, site)}", file=sys.stderr)
    if not built:
        print("The site was not built; what was there before is untouched.", file=sys.stderr)
        return 1
    print(f"Done. Open {site / 'index.html'}")
    return 0


def stop_in_order() -> None:
    """Turn a signal to end into SystemExit in this process, so that nothing unfinished stays behind."""
    for number in _ENDING:
        signal.signal(number, lambda number, _: sys.exit(128 + number))


def reason(error: BaseException, site: Path) -> str:
    """Return why the build of ``site`` failed, one of FAILURES, as text for whoever started it."""
    if isinstance(error, SYSTEM):
        return line(error, site)
    return str(error)


def _mkdocs(root: Path, env: dict[str, str]) -> bool:
    """Let MkDocs build the site, the plugin doing our part of it; return whether it did."""
    env = {**env, "NO_MKDOCS_2_WARNING": "1"}  # Material's notice on the future of MkDocs: docs/decisions/material.md
    return _run([sys.executable, "-m", "mkdocs", "build", "--strict", "-f", configuration.FILE], root, env)


def _run(
    command: list[str],
    root: Path,
    env: dict[str, str],
    inherited: tuple[int, ...] = (),
    said: Callable[[str], str] | None = None,
) -> bool:
    """Run an engine in ``root``; return whether it succeeded. A signal that ends this process ends the engine too.

    ``said``, if given, receives what the engine wrote as errors, and returns what is to be printed.
    """
    errors_to = None if said is None else subprocess.PIPE
    with subprocess.Popen(
        command, cwd=root, env=env, pass_fds=inherited, stderr=errors_to, encoding="utf-8", errors="replace"
    ) as engine:
        try:
            _, words = engine.communicate()
            if said and words:
                print(said(words), end="", file=sys.stderr)
            return engine.returncode == 0
        except BaseException:
            engine.terminate()
            raise


def _zensical(root: Path, site: Path, env: dict[str, str], today: str) -> bool:
    """Build with Zensical. It knows no plugins, so the steps of the MkDocs plugin run before and after it."""
    with Workplace(site, root) as work:
        settings = of_archive(root)
        archive = sound_archive(root, today)
        try:
            config = zensical.write(root, settings, archive.claims, zensical.SITE)
            command = [sys.executable, "-m", "zensical", "build", "--clean", "-f", config.name]
            done = _run(command, root, env, work.lock.inherited, zensical.error_text)
            if done:
                shutil.copytree(root / zensical.SITE, work.building, dirs_exist_ok=True)
        finally:
            zensical.clean(root)
        if not done:
            return False
        finish(work.building, archive, root, settings=settings)
        work.finish()
    return True
