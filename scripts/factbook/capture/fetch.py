"""One page from the open web, fetched with care: public hosts only, within limits of size, time and redirects.

A name is looked up once, every address it has must be public, and the connection goes to one that was looked at. What
the host is called is still what its certificate must be for.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import urllib3
from msgspec import Struct
from urllib3.connection import HTTPConnection, HTTPSConnection

FAILURES = (OSError, ValueError, urllib3.exceptions.HTTPError, http.client.HTTPException)
"""What a host and the way to it can end in."""
REDIRECTS = (301, 302, 303, 307, 308)
PIECE = 1 << 16


class Limits(Struct, frozen=True, kw_only=True):
    """How far a visit may go. ``plain`` and ``inside`` are for tests only: http, and hosts that are not public."""

    seconds: float = 30
    most_bytes: int = 10_000_000
    redirects: int = 6
    agent: str = "factbook capture"
    plain: bool = False
    inside: bool = False


class Page(Struct, frozen=True, kw_only=True):
    """What came back: the ``address`` it came from in the end, the type of its content, the headers as they were sent,
    and the content, decoded."""

    address: str
    type: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


class FetchError(Exception):
    """The page was not had; the text says why."""


class Offline(FetchError):
    """No name can be looked up, or no network be reached."""


def fetch(url: str, limits: Limits) -> Page:
    """Return the page at ``url``, following redirects. Raises FetchError.

    Sites that send a visitor round once, to set a cookie, are followed as a browser would.
    """
    end = time.monotonic() + limits.seconds
    at = url if limits.plain else _secure(url)
    cookies: dict[str, dict[str, str]] = {}
    for _ in range(limits.redirects + 1):
        try:
            answer = _request(at, limits, end, cookies)
        except (TimeoutError, urllib3.exceptions.TimeoutError):
            raise FetchError(f"no answer within {limits.seconds:g} seconds") from None
        except urllib3.exceptions.NameResolutionError:
            raise Offline("its host cannot be looked up") from None
        except FAILURES as error:
            raise FetchError(f"{type(error).__name__}: {error}"[:200]) from None
        if isinstance(answer, Page):
            return answer
        at = urljoin(at, answer)
    raise FetchError(f"more than {limits.redirects} redirects")


def _secure(url: str) -> str:
    """Return the address with https for http: nothing is fetched that somebody on the way may have changed."""
    return "https" + url.removeprefix("http") if url.startswith("http://") else url


def _request(url: str, limits: Limits, end: float, cookies: dict[str, dict[str, str]]) -> Page | str:
    """Return the page at ``url``, or the address that its host leads on to."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (limits.plain and parts.scheme == "http"):
        raise FetchError("it leads to an address that is not https")
    if not parts.hostname or parts.username is not None:
        raise FetchError("its address has no host, or a user name")
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    number = _public(host, port, limits.inside)
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection: HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = HTTPSConnection(number, port, ssl_context=context, server_hostname=host, timeout=left)
    else:
        connection = HTTPConnection(number, port, timeout=left)
    ended = threading.Event()

    def stop() -> None:
        """Break the connection off: a host that sends a byte now and then never times out by itself."""
        ended.set()
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it has ended by itself

    timer = threading.Timer(left, stop)
    timer.daemon = True
    timer.start()
    try:
        return _exchange(connection, url, host, port, limits, cookies.setdefault(host, {}))
    except FAILURES:
        if ended.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        connection.close()


def _exchange(
    connection: HTTPConnection, url: str, host: str, port: int, limits: Limits, cookies: dict[str, str]
) -> Page | str:
    """Ask over a connection; return the page, or where its host leads on to. ``cookies`` are those of the host."""
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}[parts.scheme]
    path = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"),
                       quote(parts.query, safe="=&%/?:@!$'()*+,;~[]"), ""))  # fmt: skip
    headers = {
        "Host": host if port == usual else f"{host}:{port}",
        "User-Agent": limits.agent,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.5,*/*;q=0.1",
        "Accept-Encoding": "identity",
    }
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    connection.request("GET", path, headers=headers, preload_content=False)
    answer = connection.getresponse()
    for line in answer.headers.getlist("Set-Cookie"):
        name, _, value = line.partition(";")[0].partition("=")
        cookies[name.strip()] = value.strip()
    if answer.status in REDIRECTS:
        return _address(answer.headers.get("Location", ""))
    if answer.status != 200:
        raise FetchError(f"it answers with status {answer.status}")
    content = b""
    while piece := answer.read(PIECE, decode_content=True):
        content += piece
        if len(content) > limits.most_bytes:
            raise FetchError(f"it is larger than {limits.most_bytes:,} bytes")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Page(address=url, type=kind, headers=tuple(answer.headers.items()), content=content)


def _address(header: str) -> str:
    """Return a Location header as an address. Many sites write it in plain UTF-8, as browsers let them; Python reads
    every header as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return header.strip()


def _public(host: str, port: int, inside: bool) -> str:
    """Return one address of the host, when all it has are public. Raises Offline where it cannot be looked up."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise Offline("its host cannot be looked up") from None
    numbers = [str(entry[4][0]).partition("%")[0] for entry in found]
    for number in numbers:
        address = ipaddress.ip_address(number)
        mapped = getattr(address, "ipv4_mapped", None)
        if not inside and (not (mapped or address).is_global or address.is_multicast):
            raise FetchError(f"{host} is not a public host")
    return numbers[0]
