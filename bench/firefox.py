"""Firefox for tasks.py, by its own protocol, Marionette: JSON over a socket, which no further package is needed for.

It knows the few selectors that tasks.yml has: CSS, then ``>> nth=0`` for one of those found or ``>> text=words`` for
those that hold some words.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

SECONDS = 15
"""How long something may take until it is there."""
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""What WebDriver calls a reference to an element."""
KEYS = {"Enter": "\ue007", "ArrowDown": "\ue015"}
FIND = """
const [css, ...further] = arguments[0].split(" >> ");
let found = [...document.querySelectorAll(css)].filter((one) => one.checkVisibility());
for (const how of further) {
  const [name, value] = how.split("=");
  if (name === "nth") found = found.slice(Number(value), Number(value) + 1);
  else found = found.filter((one) => one.textContent.toLowerCase().includes(value.toLowerCase()));
}
found[0]?.scrollIntoView({ block: "center", behavior: "instant" });
return found[0] ?? null;
"""
"""Script for the page: the first element that a selector finds and that is shown, away from the header that stays."""


class Firefox:
    """A Firefox without a window, with a profile of its own that is thrown away."""

    def __init__(self, program: str) -> None:
        self.profile = tempfile.mkdtemp()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = f'user_pref("marionette.port", {port});\nuser_pref("browser.shell.checkDefaultBrowser", false);\n'
        (Path(self.profile) / "user.js").write_text(settings, "utf-8")
        command = [program, "--headless", "--no-remote", "--profile", self.profile, "--marionette"]
        command += ["--width=1280", "--height=800"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.socket, self.rest, self.sent = self._connected(port), b"", 0
        self._read()
        self._do("WebDriver:NewSession")
        self._do("WebDriver:SetTimeouts", pageLoad=SECONDS * 1000)

    def _connected(self, port: int) -> socket.socket:
        for _ in range(SECONDS * 10):
            try:
                return socket.create_connection(("127.0.0.1", port))
            except OSError:
                time.sleep(0.1)
        raise SystemExit("Firefox does not answer")

    def _read(self) -> Any:
        """Return the next message: its length, a colon, and JSON."""
        while b":" not in self.rest:
            self.rest += self.socket.recv(1 << 16)
        length, _, self.rest = self.rest.partition(b":")
        while len(self.rest) < int(length):
            self.rest += self.socket.recv(1 << 16)
        message, self.rest = self.rest[: int(length)], self.rest[int(length) :]
        return json.loads(message)

    def _do(self, command: str, **parameters: object) -> Any:
        """Return what a command gives. Raises RuntimeError with what Firefox says."""
        self.sent += 1
        message = json.dumps([0, self.sent, command, parameters]).encode()
        self.socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error["message"])
        return result

    def _found(self, selector: str) -> Any:
        """Return the element that a selector finds, as soon as there is one. Raises RuntimeError."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            found = self._do("WebDriver:ExecuteScript", script=FIND, args=[selector])["value"]
            if found:
                return next(iter(found.values()))
            time.sleep(0.1)
        raise RuntimeError(f"there is no {selector}")

    def open(self, address: str) -> None:
        """Open an address, and wait until it is loaded."""
        self._do("WebDriver:Navigate", url=address)

    def click(self, selector: str) -> None:
        """Click what a selector finds."""
        self._do("WebDriver:ElementClick", id=self._found(selector))

    def type(self, text: str) -> None:
        """Type a text, or press a key by its name, into what has the focus."""
        actions = [{"type": kind, "value": sign} for sign in KEYS.get(text, text) for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self._do("WebDriver:PerformActions", actions=[keyboard])
        time.sleep(0.4)  # a reader looks at what is offered

    def sees(self, selector: str, text: str) -> bool:
        """Return whether what a selector finds holds a text, as soon as it does."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            script = "return arguments[0].innerText"
            element = {ELEMENT: self._found(selector)}
            if text in (self._do("WebDriver:ExecuteScript", script=script, args=[element])["value"] or ""):
                return True
            time.sleep(0.1)
        return False

    def close(self) -> None:
        """End Firefox, and take its profile away."""
        self.process.terminate()
        self.process.wait(SECONDS)
        shutil.rmtree(self.profile, ignore_errors=True)


def done(program: str, home: str, task: dict[str, Any]) -> str:
    """Do a task in Firefox from the page ``home`` on; return what went wrong, or nothing."""
    browser = Firefox(program)
    try:
        browser.open(home)
        for step in task["steps"]:
            ((act, what),) = step.items()
            (browser.click if act == "click" else browser.type)(what)
        missed = [selector for selector, text in task["see"].items() if not browser.sees(selector, text)]
    except RuntimeError as error:
        return str(error)
    finally:
        browser.close()
    return f"not seen: {', '.join(missed)}" if missed else ""
