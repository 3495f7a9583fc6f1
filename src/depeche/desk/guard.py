"""What stands before every page: who may ask, how much they may send, how long it may take, and the headers that keep a browser to this address."""

from __future__ import annotations

import hmac
import ipaddress
import socket
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 2_000_000
# Seconds for a request to arrive whole, and for all of it.
TO_ARRIVE, TO_ANSWER = 10.0, 60.0
COOKIE = "depeche_token"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with that a browser does not tell whose page a form is on.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def is_loopback(host: str) -> bool:
    """Can only this machine reach a server that listens there?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def names_of(host: str) -> frozenset[str]:
    """The names by which a browser may call a server that listens on `host`, besides plain addresses where it is open to others."""
    return LOOPBACK | {host.lower()} | (frozenset() if is_loopback(host) else {socket.gethostname().lower(), socket.getfqdn().lower()})


class Guard:
    """Checks every request before the pages see it; whatever is refused gets one sentence."""

    def __init__(self, app: ASGIApp, names: Iterable[str], token: str | None = None) -> None:
        self.app = app
        self.names = frozenset(names)
        self.token = token
        # A name that another site's owner makes to point here is refused; a plain address cannot be such a name.
        self.addresses = not self.names <= LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        with anyio.move_on_after(TO_ANSWER) as limit:
            body = await _whole_body(scope, receive)
            if isinstance(body, Response):
                await body(scope, receive, with_headers)
                return
            await self.app(scope, _once(body, receive), with_headers)
        if limit.cancelled_caught and not started:
            answer = told(scope, 503, f"this took longer than {TO_ANSWER:.0f} seconds and was given up; ask for less at once")
            await answer(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._named(host):
            return told(scope, 421, "the desk does not answer to this name; call it by the address that it printed when it was opened")
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            origin, site = headers.get("origin"), headers.get("sec-fetch-site")
            foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
            if foreign or site in ("cross-site", "same-site"):
                return told(scope, 403, "this request was sent by another site's page, and is refused")
        return self._without_token(scope, headers) if self.token else None

    def _named(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        if name in self.names:
            return True
        try:
            return self.addresses and bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """None where the token was shown; the way in for an address that holds it, and a refusal for all others."""
        bearer = headers.get("authorization", "").partition(" ")[2]
        if self._is_token(bearer) or self._is_token(_cookie(headers.get("cookie", ""))):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and any(self._is_token(value) for name, value in query if name == "token"):
            rest = urlencode([(n, v) for n, v in query if n != "token"])
            # "//other.example" at the head of a path would lead a browser away.
            path = "/" + scope["path"].lstrip("/\\")
            answer = Response(status_code=303, headers={"Location": quote(path) + (f"?{rest}" if rest else "")})
            answer.set_cookie(COOKIE, self.token or "", httponly=True, samesite="strict")
            return answer
        return told(scope, 401, "this desk asks for its token: open the address that was printed when it was opened", {"WWW-Authenticate": "Bearer"})

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self.token or "").encode())


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def told(scope: Scope, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """One sentence, in JSON where the API is asked."""
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": sentence}, status, headers)
    return PlainTextResponse(sentence + "\n", status, headers)


async def _whole_body(scope: Scope, receive: Receive) -> bytes | Response:
    """The request's body, or the answer to one that is too long or too slow."""
    body = b""
    with anyio.move_on_after(TO_ARRIVE) as limit:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return PlainTextResponse("", 400)
            body += message.get("body", b"")
            if len(body) > LARGEST_BODY:
                return told(scope, 413, f"a request may hold {LARGEST_BODY // 1_000_000} MB at most", {"Connection": "close"})
            if not message.get("more_body", False):
                break
    if limit.cancelled_caught:
        return told(scope, 408, f"the request did not arrive whole within {TO_ARRIVE:.0f} seconds", {"Connection": "close"})
    return body


def _once(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
