"""In how many steps readers reach what they come for, from a server and from a folder.

    python bench/tasks.py SITE TASKS.yml

SITE is a built site; TASKS holds what readers come for, as bench/tasks.yml says. A browser (the Chromium that
FACTBOOK_BROWSER names, or Playwright's own) does each task from the home page on a desk, with a click, a typed text
or a key for each step, and then looks for what must stand there; where there is a Firefox on PATH, that does the same
from the folder. Prints a Markdown table of the steps; exits with 1 where a task does not end where it should, and says
where it stopped.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import firefox
import yaml
from playwright.sync_api import Error, Page, expect, sync_playwright
from weigh import served


def done(page: Page, home: str, task: dict[str, Any]) -> str:
    """Do ``task`` from the page ``home`` on; return what went wrong, or nothing."""
    page.goto(home)
    for number, step in enumerate(task["steps"], 1):
        ((act, what),) = step.items()
        try:
            if act == "click":
                page.locator(what).click()
                page.wait_for_load_state()
            elif act == "type":
                page.keyboard.type(what, delay=20)
                page.wait_for_timeout(400)  # a reader looks at what is offered
            else:
                page.keyboard.press(what)
        except Error as error:
            return f"step {number}, {act} {what}: {error.message.splitlines()[0]}"
    try:
        for selector, text in task["see"].items():
            expect(page.locator(selector).first).to_contain_text(text)
    except AssertionError as error:
        return str(error).partition("\n\n")[0].replace("\n", " ")
    return ""


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("tasks", type=Path)
    arguments = parser.parse_args()
    tasks = yaml.safe_load(arguments.tasks.read_text("utf-8"))
    wrong = []
    other = shutil.which("firefox-esr") or shutil.which("firefox")
    print("| task | steps | server | folder | folder, Firefox |\n| --- | --- | --- | --- | --- |")
    with sync_playwright() as playwright, served(arguments.site) as (server, _):
        browser = playwright.chromium.launch(executable_path=os.environ.get("FACTBOOK_BROWSER"), args=["--no-sandbox"])
        for task in tasks:
            said = []
            for home in (f"{server}/index.html", (arguments.site / "index.html").resolve().as_uri()):
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                page.set_default_timeout(15_000)
                fault = done(page, home, task)
                page.close()
                said.append("no" if fault else "yes")
                wrong += [f"{task['task']}, {home}: {fault}"] * bool(fault)
            fault = firefox.done(other, home, task) if other else ""
            said.append("no" if fault else "yes" if other else "not there")
            wrong += [f"{task['task']}, Firefox: {fault}"] * bool(fault)
            print(f"| {task['task']} | {len(task['steps'])} | {' | '.join(said)} |")
        browser.close()
    print(*wrong, sep="\n", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
