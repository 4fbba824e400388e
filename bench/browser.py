"""How quick Explore and Search are in a reader's browser, and what they fetch.

    python bench/browser.py SITE [--box]

SITE is a built site with its search index, such as that of an archive from bench/generate.py. Explore is driven in a
real Chromium as on a phone, whose processor takes four times as long as a desk's: the first use; each key of some words
until the next frame is drawn, typed, taken back, in Cyrillic, with mistakes and in haste; facets and clocks; and the
memory afterwards. That is measured twice, by the clock of a browser that is slowed down, until what is on the screen is
drawn, and by the processor's time, which also counts what is laid out after it (Chrome DevTools Protocol:
Emulation.setCPUThrottlingRate and Performance.getMetrics). So is each key in the search box of the header, on the home
page, until its list is there; with ``--box`` nothing else. bench/weigh.py tells what a first search fetches; here is
what the data of Explore weighs. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import gzip
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright
from weigh import claims, queries, served

SLOWER = 4
FIRST, KEY = 1000, 50
"""Milliseconds allowed for the first use, and for each key."""
WATCH = """
globalThis.drawn = (act) => new Promise((done) => {
  const begun = performance.now();
  act();
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - begun); channel.port2.postMessage(0); });
});
globalThis.choose = (name, value) => {
  const field = document.getElementById("explore-form").elements.namedItem(name);
  field.focus({ preventScroll: true });
  return drawn(() => {
    if (value === null) field.selectedIndex = 1; else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
null
"""
"""Script for the page: act, and return how long it took until the frame with the result was drawn."""
ACTS = {
    "A choice of organization": ("organization", None),
    "A choice of source": ("source", None),
    "What held on a day": ("held", "2024-06-01"),
    "As the archive stood on a day": ("asof", "2024-06-01"),
}


CYRILLIC = str.maketrans("abdefghiklmnopqrstuvxyz", "абдефгхиклмнопкрстувксз")
"""Cyrillic letters in place of those of the made-up words. Which ones does not matter, as long as something is found.
"""


class Reader:
    """A reader of Explore. With ``busy`` it measures the processor's time, times SLOWER, instead of the clock.

    The processor's time is steady on a machine that others use as well. For the clock, the browser itself is slowed
    down.
    """

    def __init__(self, page: Page, session: CDPSession, busy: bool) -> None:
        self.page, self.session, self.busy = page, session, busy
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1 if busy else SLOWER})

    def spent(self) -> float:
        """Return the milliseconds that the page's processor has worked since the page was opened."""
        found = {m["name"]: m["value"] for m in self.session.send("Performance.getMetrics")["metrics"]}
        return float(found["TaskDuration"]) * 1000

    def act(self, name: str, value: str | None) -> float:
        """Choose a value, or the first there is; return the milliseconds until the result was drawn."""
        before = self.spent()
        took = self.page.evaluate("([name, value]) => choose(name, value)", [name, value])
        self.page.wait_for_timeout(100)
        spent = (self.spent() - before) * SLOWER
        self.page.wait_for_timeout(200)  # what waits until somebody pauses is done between
        return spent if self.busy else took

    def type(self, texts: list[str], pause: int = 0) -> list[float]:
        """Put these texts into the box one after the other; return the milliseconds that each takes.

        With a ``pause`` of so many milliseconds between them, which is for the clock alone, one may begin while the one
        before is still being handled.
        """
        if not pause:
            return [self.act("q", text) for text in texts]
        took: list[float] = self.page.evaluate(
            """([texts, pause]) => Promise.all(texts.map((text, at) => new Promise((done) => {
              const due = performance.now() + at * pause;
              setTimeout(() => choose("q", text).then(() => done(performance.now() - due)), at * pause);
            })))""",
            [texts, pause],
        )
        return took

    def open(self, address: str) -> float:
        """Open Explore; return the milliseconds from its data to its list, or, where ``busy``, from the beginning."""
        self.page.goto(address, wait_until="load")
        self.page.wait_for_selector("#explore-list li")
        spent = self.spent() * SLOWER
        took = self.page.evaluate(
            """() => performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart
            - performance.getEntriesByType("resource").find((e) => e.name.endsWith("explore-data.js")).responseEnd"""
        )
        self.page.wait_for_timeout(2000)  # a reader has seen the list before typing
        self.page.evaluate(WATCH)
        return spent if self.busy else took


def boxed(reader: Reader, address: str, words: list[str]) -> Iterator[tuple[str, float, float]]:
    """Yield what was done in the search box of the home page, the milliseconds of work, and those allowed.

    The list waits for a pause of somebody who types, on purpose; so the clock says nothing here.
    """
    page = reader.page
    page.goto(address, wait_until="load")
    page.keyboard.press("/")
    page.wait_for_selector(".suggested", state="attached")
    took = []
    for word in ["the", *words]:  # the first brings the scripts, which no key waits for again
        for text in typed(word):
            before = reader.spent()
            page.evaluate(
                """(text) => {
                  const box = document.activeElement;
                  box.value = text;
                  box.dispatchEvent(new Event("input", { bubbles: true }));
                }""",
                text,
            )
            page.wait_for_timeout(300)
            if word != "the":
                took.append((reader.spent() - before) * SLOWER)
    took.sort()
    yield f"A key in the search box, the middle of {len(took)}", took[len(took) // 2], KEY
    yield "A key in the search box, nineteen of twenty", took[len(took) * 19 // 20], KEY


def typed(text: str, after: str = "") -> list[str]:
    """Return the contents of the box, one by one, while ``text`` is typed after ``after``."""
    return [after + text[:n] for n in range(1, len(text) + 1)]


def mistakes(word: str) -> list[str]:
    """Return misspellings of a word: with a letter too many, at the front and inside; missing; wrong; and with two
    swapped."""
    at = len(word) // 2
    spoilt = word[:at] + "z" + word[at:], word[:at] + word[at + 1 :], word[:at] + "z" + word[at + 1 :]
    return ["x" + word, *spoilt, word[:at] + word[at + 1] + word[at] + word[at + 2 :]]


def timed(reader: Reader, address: str, words: list[str]) -> Iterator[tuple[str, float, float | None]]:
    """Yield what was done, the milliseconds it took, and the milliseconds allowed (None where there is no limit)."""

    def keys(what: str, took: list[float]) -> Iterator[tuple[str, float, float]]:
        took = sorted(took)
        yield f"{what}, the middle of {len(took)}", took[len(took) // 2], KEY
        yield f"{what}, nineteen of twenty", took[len(took) * 19 // 20], KEY

    yield "First use: data there, list there", reader.open(address), FIRST
    name = reader.page.evaluate("factbook.organizations.join(' ').toLowerCase().split(' ')")
    longest = max(name, key=len)
    yield from keys("A key", [ms for word in words for ms in reader.type(typed(word))])
    yield from keys("A key that deletes", [ms for word in words for ms in reader.type(typed(word)[-2::-1])])
    yield from keys("A key of a second word", reader.type(typed(words[-1], f"{words[-2]} ")))
    yield from keys("A key in Cyrillic", reader.type(typed(words[-2].translate(CYRILLIC))))
    spoilt = [wrong for word in (*words, longest) for wrong in mistakes(word)]
    yield from keys("A word or name with a typo", reader.type(spoilt))
    yield from keys("A key after a typo", reader.type(typed(words[-1][3:], f"{words[-1][:2]}z")))
    if not reader.busy:
        yield from keys("A key in haste, ten a second", [ms for word in words for ms in reader.type(typed(word), 100)])
    reader.act("q", "")
    for label, (control, value) in ACTS.items():
        yield label, reader.act(control, value), None
        reader.act(control, "")


def main() -> None:
    """Measure Explore and Search of one site and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, metavar="SITE")
    parser.add_argument("--box", action="store_true")
    given = parser.parse_args()
    words = [word for text in queries(list(claims(given.site).values())).values() for word in text.split()]
    print("| What | Measured | Target |\n| --- | --- | --- |")
    for name in ("explore-data.js", "explore.js", "fold.js", "results.js", "search.js"):
        data = (given.site / "assets" / name).read_bytes()
        print(f"| {name} | {len(data) / 1e3:.1f} kB, {len(gzip.compress(data, 6)) / 1e3:.1f} kB compressed | |")
    program = os.environ.get("FACTBOOK_BROWSER") or "/usr/bin/chromium"
    with sync_playwright() as play, served(given.site) as (base, _):
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for busy in (True, False):
            context = browser.new_context(bypass_csp=True, viewport={"width": 360, "height": 740})
            page = context.new_page()
            session = context.new_cdp_session(page)
            how = f"processor's time × {SLOWER}" if busy else f"by the clock, slowed down {SLOWER} times"
            reader = Reader(page, session, busy)
            acts: Iterable[tuple[str, float, float | None]] = boxed(reader, f"{base}/index.html", words) if busy else ()
            for what, took, most in acts if given.box else chain(acts, timed(reader, f"{base}/explore.html", words)):
                target = f"at most {most} ms: {'yes' if took <= most else '**no**'}" if most else ""
                print(f"| {what} ({how}) | {took:.0f} ms | {target} |", flush=True)
            session.send("HeapProfiler.collectGarbage")
            used = session.send("Runtime.getHeapUsage")["usedSize"]
            print(f"| Memory of the page's scripts | {used / 1e6:.1f} MB | |", flush=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
