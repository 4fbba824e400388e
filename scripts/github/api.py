"""GitHub's REST API, as far as it is needed, for the one repository that a workflow runs in."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPResponse
from typing import Any, cast

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of an answer that are read at most."""
BOT = "github-actions[bot]"
"""The user that the workflows' token writes as."""
_NEXT = re.compile(r'<([^<>]+)>;\s*rel="next"')


class ApiError(Exception):
    """GitHub refused, or its answer cannot be used."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the expected one is followed by hand, without the token."""

    def redirect_request(self, *_: object) -> None:
        return None


class Client:
    """Calls below ``/repos/<owner>/<name>/``, with the workflow's token."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.base = environment["GITHUB_API_URL"].rstrip("/")
        self.repository = environment["GITHUB_REPOSITORY"]
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", self.repository, re.ASCII):
            raise ApiError("GITHUB_REPOSITORY is not owner/name")
        self._token = environment["GITHUB_TOKEN"]
        self._opener = urllib.request.build_opener(_Stay)

    def get(self, path: str) -> dict[str, Any]:
        """Return the object at ``path``. Raises ApiError, as every method here."""
        return cast("dict[str, Any]", self._json("GET", self._address(path))[0])

    def send(self, method: str, path: str, value: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send ``value`` as JSON with ``method`` and return the answer."""
        return cast("dict[str, Any]", self._json(method, self._address(path), value)[0])

    def all(self, path: str, key: str = "") -> Iterator[dict[str, Any]]:
        """Yield every item of a list, page after page. ``key`` is where in the answer the list is, if it is not the
        answer."""
        address = self._address(path + ("&" if "?" in path else "?") + "per_page=100")
        while address:
            value, link = self._json("GET", address)
            yield from value[key] if key else value
            following = _NEXT.search(link)
            address = following[1] if following else ""
            if address and not address.startswith(self.base + "/"):
                raise ApiError("the next page of a list lies outside the API")

    def download(self, path: str, most: int) -> bytes:
        """Return a file that the API redirects to. The token is not sent along: the file is on another host."""
        try:
            self._open(urllib.request.Request(self._address(path), headers=self._headers()))
        except urllib.error.HTTPError as error:
            address = error.headers.get("Location", "")
            if error.code not in (301, 302, 303, 307, 308):
                raise ApiError(f"GET {path}: {error.code}", error.code) from None
        else:
            raise ApiError(f"GET {path}: no redirect to a file")
        if not address.startswith("https://") and not address.startswith(self.base + "/"):
            raise ApiError(f"GET {path}: redirected to an address that is not https")
        try:
            with self._open(urllib.request.Request(address)) as answer:
                data = answer.read(most + 1)
        except OSError as error:
            raise ApiError(f"GET {path}: {error}") from None
        if len(data) > most:
            raise ApiError(f"GET {path}: more than {most:,} bytes")
        return bytes(data)

    def _address(self, path: str) -> str:
        return f"{self.base}/repos/{self.repository}/{path}".rstrip("/")

    def _headers(self) -> dict[str, str]:
        return {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "User-Agent": "factbook",
            "X-GitHub-Api-Version": "2022-11-28",
        }

    def _open(self, request: urllib.request.Request) -> HTTPResponse:
        return cast(HTTPResponse, self._opener.open(request, timeout=30))

    def _json(self, method: str, address: str, value: dict[str, Any] | None = None) -> tuple[Any, str]:
        """Return the decoded answer and its Link header, empty where it has none."""
        data = None if value is None else json.dumps(value).encode()
        headers = self._headers() | ({"Content-Type": "application/json"} if data else {})
        name = f"{method} {address.removeprefix(self.base)}"
        try:
            with self._open(urllib.request.Request(address, data, headers, method=method)) as answer:
                body, link = answer.read(MOST_BYTES + 1), answer.headers.get("Link", "")
        except urllib.error.HTTPError as error:
            message = error.read(2000).decode("utf-8", "replace")
            raise ApiError(f"{name}: {error.code} {message}", error.code) from None
        except OSError as error:
            raise ApiError(f"{name}: {error}") from None
        if len(body) > MOST_BYTES:
            raise ApiError(f"{name}: the answer is too large")
        try:
            return (json.loads(body) if body else {}), link
        except ValueError:
            raise ApiError(f"{name}: the answer is not JSON") from None
