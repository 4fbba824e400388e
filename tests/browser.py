"""Finds a Chromium or Chrome for the browser tests, and prints its path.

    FACTBOOK_BROWSER=$(python tests/browser.py)

The only line on standard output is the path; what was tried goes to standard
error. The order: FACTBOOK_BROWSER itself, a browser on PATH, one that
Playwright has or can fetch, Debian's package (as root). Where all of that
fails, the exit status is 1: the browser tests are never left out in silence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without a window: the browser tests take two thirds of the time in it."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL = """\
No browser was found and none could be installed.
The tests look at the built site in a real one. Install Chromium or Google Chrome:
  Debian:   apt-get install chromium-headless-shell
  Ubuntu:   snap install chromium
  Fedora:   dnf install chromium
  macOS:    brew install --cask google-chrome
or name one that is there: make test FACTBOOK_BROWSER=/path/to/chrome"""


def say(text: str) -> None:
    """Print a line to standard error."""
    print(f"browser: {text}", file=sys.stderr, flush=True)


def run(command: list[str], timeout: int, **more: object) -> tuple[bool, str]:
    """Runs a command; whether it went well, and the end of what it said."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            **more,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    return done.returncode == 0, "\n".join(done.stdout.strip().splitlines()[-8:])


def works(path: str) -> bool:
    """Whether it starts at all: some distributions put a stub at that name."""
    well, said = run([path, "--version"], timeout=60)
    if well:
        say(f"{path} ({said.splitlines()[-1].strip() if said else 'no version'})")
    else:
        say(f"{path} is there but does not start: {said}")
    return well


def named() -> str | None:
    """The browser that FACTBOOK_BROWSER names; exits where it does not start."""
    path = os.environ.get("FACTBOOK_BROWSER")
    if not path:
        return None
    if works(path):
        return path
    sys.exit(f"browser: FACTBOOK_BROWSER={path} cannot be used")


def installed() -> str | None:
    """The first browser on this machine that starts."""
    found = [path for path in map(shutil.which, NAMES) if path]
    found += [path for path in ELSEWHERE if path not in found and os.access(path, os.X_OK)]
    return next(filter(works, found), None)


def playwrights() -> str | None:
    """The browser that Playwright has, or can fetch."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        say("Playwright is not installed, so it cannot fetch one")
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists() and works(path):
        return path
    say("none on PATH; Playwright is asked to fetch Chromium …")
    well, said = run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=900)
    if not well:
        say(f"Playwright could not fetch it:\n{said}")
        return None
    return path if works(path) else None


def debians() -> str | None:
    """The browser of Debian's package, installed as root."""
    if not (Path("/etc/debian_version").exists() and shutil.which("apt-get")):
        return None
    if os.geteuid() != 0:
        say("apt-get could install Chromium, but only for root")
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update"],
        ["install", "-y", "--no-install-recommends", SHELL],
        ["install", "-y", "--no-install-recommends", "chromium"],  # where there is no package of the shell
    ):
        say(f"apt-get {' '.join(command)} …")
        well, said = run(["apt-get", *command], timeout=1200, env=environment)
        if not well:
            say(f"it failed:\n{said}")
        elif path := installed():
            return path
    return None


def main() -> None:
    """Print the path of the first browser that is found, or exit with what to install."""
    for find in (named, installed, playwrights, debians):
        path = find()
        if path:
            print(path)
            return
    sys.exit(INSTALL)


if __name__ == "__main__":
    main()
