"""Requests one address on the open web, to see whether it is still there, with care: no private host is reached,
nothing large is read.

Only https, and only public hosts: the name is looked up once, every address it has must be public, and the connection
goes to the address that was checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

Cookies = dict[str, dict[str, str]]
"""What each host has asked to be given back, by name; it is forgotten after the visit."""
Verdict = Literal["alive", "moved", "dead", "strange", "unclear", "refused"]
GONE = (404, 410, 451)
FOR_GOOD = (301, 308)
TEXTS = ("text/", "application/pdf", "application/xhtml", "application/xml", "application/json", "application/rtf",
         "application/msword", "application/vnd.openxmlformats", "application/epub", "video/", "audio/")  # fmt: skip
"""Media types that a source can have. An image or a program in its place is not what was cited."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on an address, and what it rests on."""

    verdict: Verdict
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits of a visit. ``plain`` and ``inside`` are for the tests only: http, and hosts that are not public."""

    seconds: float = 20
    most_bytes: int = 16 * 1024
    redirects: int = 6
    agent: str = "factbook link check"
    plain: bool = False
    inside: bool = False
    context: ssl.SSLContext | None = None


class Refused(Exception):
    """An address that is not requested; the message says why."""


class _Gone(Exception):
    """The host has no address."""


def ask(url: str, limits: Limits, wait: Callable[[str], None] = lambda host: None) -> Answer:
    """Return the answer of an address. ``wait`` is called with the host before every request, and may pause."""
    try:
        if url.startswith("http://") and not limits.plain:
            found = _follow("https" + url.removeprefix("http"), limits, wait)
            if found.verdict == "alive":
                return Answer("moved", "https" + url.removeprefix("http"))
            return found if found.verdict == "moved" else Answer("refused", "no https")
        return _follow(url, limits, wait)
    except Refused as reason:
        return Answer("refused", str(reason))
    except _Gone:
        return Answer("dead", "there is no such host")
    except TimeoutError:
        return Answer("unclear", f"no answer within {limits.seconds:g} seconds")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer("unclear", f"{type(error).__name__}: {error}"[:200])


def _follow(url: str, limits: Limits, wait: Callable[[str], None]) -> Answer:
    """Follow redirects to the end. An address has moved where every redirect on the way is permanent."""
    at, for_good = url, True
    cookies: Cookies = {}
    seen = {(url, _held(cookies))}
    for _ in range(limits.redirects + 1):
        try:
            status, headers = _request("HEAD", at, limits, wait, cookies)
        except (ConnectionError, http.client.HTTPException):
            status, headers = 405, http.client.HTTPMessage()
        if status >= 400 and status not in (410, 429):
            status, headers = _request("GET", at, limits, wait, cookies)
        if status not in (301, 302, 303, 307, 308):
            return _verdict(status, headers.get("Content-Type", ""), "" if at == url or not for_good else at)
        at = urljoin(at, _address(headers.get("Location", "")))
        for_good = for_good and status in FOR_GOOD
        # Sites that set a cookie send a visitor round once to the address he asked for: no circle while cookies change.
        if (at, _held(cookies)) in seen:
            return Answer("dead", "its redirects go round in a circle")
        seen.add((at, _held(cookies)))
    return Answer("dead", f"more than {limits.redirects} redirects")


def _held(cookies: Cookies) -> frozenset[tuple[str, str, str]]:
    """Every cookie that is held, as (host, name, value)."""
    return frozenset((host, name, value) for host, of in cookies.items() for name, value in of.items())


def _address(header: str) -> str:
    """Return a Location header as an address. Many sites write it in plain UTF-8, as browsers let them; Python reads
    every header as Latin-1. Bytes of another encoding are asked for as they are, as browsers do."""
    sent = header.encode("latin-1", "replace")
    try:
        return sent.decode("utf-8").strip()
    except UnicodeError:
        return quote(sent.strip(), safe="%/:?#[]@!$&'()*+,;=~")


def _verdict(status: int, kind: str, moved: str) -> Answer:
    if status in GONE:
        return Answer("dead", f"status {status}")
    if status >= 300 or status < 200:
        return Answer("unclear", f"status {status}")
    if kind and not kind.lower().startswith(TEXTS):
        return Answer("strange", f"its content type is {kind[:100]}")
    return Answer("moved", moved) if moved else Answer("alive", f"status {status}")


def _request(
    method: str, url: str, limits: Limits, wait: Callable[[str], None], cookies: Cookies
) -> tuple[int, http.client.HTTPMessage]:
    """Return status and headers of one request. Of a body only the beginning is read, to see that the host sends one at
    all."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (limits.plain and parts.scheme == "http"):
        raise Refused(f"it leads to an address that is not https: {url[:200]}")
    host = parts.hostname
    if not host or parts.username is not None:
        raise Refused("it has no host, or a password")
    host = host.encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    wait(host)
    connection = _Pinned(host, port, _public(host, port, limits.inside), parts.scheme == "https", limits)
    # A host that sends a byte now and then never times out by itself.
    timer = threading.Timer(limits.seconds, connection.end)
    timer.daemon = True
    timer.start()
    try:
        path = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"),
                           quote(parts.query, safe="=&%/?:@!$'()*+,;~[]"), ""))  # fmt: skip
        headers = {"User-Agent": limits.agent, "Accept": "*/*"}
        own = cookies.setdefault(host, {})
        if own:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in own.items())
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            own[name.strip()] = value.strip()
        if method == "GET":
            answer.read(limits.most_bytes)
        return answer.status, answer.headers
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        if connection.ended:
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        connection.close()


def _public(host: str, port: int, inside: bool) -> str:
    """Return one address of the host, where all its addresses are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise _Gone from None
        raise
    numbers = [str(entry[4][0]).partition("%")[0] for entry in found]
    for number in numbers:
        address = ipaddress.ip_address(number)
        mapped = getattr(address, "ipv4_mapped", None)
        if not inside and (not (mapped or address).is_global or address.is_multicast):
            raise Refused(f"{host} is not a public host")
    return numbers[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name leads to by now."""

    def __init__(self, host: str, port: int, number: str, secure: bool, limits: Limits) -> None:
        super().__init__(host, port, timeout=limits.seconds)
        self.number, self.secure, self.limits = number, secure, limits
        self.ended = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), self.timeout)
        if self.ended:
            raise TimeoutError
        if self.secure:
            context = self.limits.context or ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def end(self) -> None:
        """Break the connection off, from another thread."""
        self.ended = True
        if sock := self.sock:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it has ended by itself
