"""Who may ask the page's server: the page that has its secret, on this machine, and no other site of the browser.

A site that the browser has open could reach a port of this machine, under its own name (its requests carry its Origin) or
under a name that it lets lead here (they carry its Host). Both are turned away before anything is looked at.
"""

from __future__ import annotations

import hmac
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

READING = ("GET", "HEAD")
OWN = (
    "same-origin",
    "none",
)  # what Sec-Fetch-Site says of the page itself, and of an address that a person opened
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """Lets through to `app` what has the `secret` in its address and comes from the page of `host`, "127.0.0.1:8000".

    `once` stands in the address that the browser is started with, which others of this machine may see: it leads to the
    page one time.
    """

    def __init__(self, app: ASGIApp, host: str, secret: str, once: str) -> None:
        self._app, self._host, self._secret = app, host, secret
        self._once: str | None = once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] != "http":
            return  # no other kind is spoken here
        answer = self._answer(scope)
        if answer is not None:
            await answer(scope, receive, _headed(send))
            return
        inner: Scope = {**scope, "root_path": f"/{self._secret}"}
        await self._app(inner, receive, _headed(send))

    def _answer(self, scope: Scope) -> Response | None:
        """Return what is answered to a request that is not let through, None for one that is."""
        headers = Headers(scope=scope)
        if headers.get("host") != self._host or not self._is_own(headers, scope["method"]):
            return PlainTextResponse("Forbidden", 403)
        given = scope["path"].partition("/")[2].partition("/")[0]
        if self._once is not None and _same(given, self._once):
            self._once = None
            return RedirectResponse(f"/{self._secret}/", 303)
        return None if _same(given, self._secret) else PlainTextResponse("Not Found", 404)

    def _is_own(self, headers: Headers, method: str) -> bool:
        """Tell whether a request is of this page, by all that the browser says of it; what changes something must say it."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin != f"http://{self._host}":
            return False
        if site is not None and site not in OWN:
            return False
        return origin is not None or method in READING


def _same(given: str, secret: str) -> bool:
    """Tell whether two words are the same, in a time that tells nothing of the one that is secret."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _headed(send: Send) -> Send:
    """Return how an answer is sent: with what keeps the browser from running or sending anything else."""

    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sent
