"""Keeps strangers out: the sandbox serves only who speaks to it by its own loopback name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.wire import PeopleError, dumps

_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_HTTP_PORT = 80
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_own(address: str, port: int) -> bool:
    """Whether `address` ("host:port", or an origin) is this server under one of its loopback names."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        return parts.hostname in _OWN_NAMES and (parts.port or _HTTP_PORT) == port
    except ValueError:
        return False


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host (a name that was made to point here) and a foreign Origin (another web page)."""
    transport = request.transport
    port = transport.get_extra_info("sockname")[1] if transport is not None else 0
    origin = request.headers.get("Origin")
    # Browsers send no Origin with an image or a link, but say that it is another site's. Links to the page are fine.
    is_led = request.headers.get("Sec-Fetch-Site", "") in {"cross-site", "same-site"}
    if (
        not is_own(request.headers.get("Host", ""), port)
        or (origin is not None and not is_own(origin, port))
        or (is_led and request.path != "/")
    ):
        return _sentence(403, "The sandbox answers only requests from this machine, by its loopback address.")
    return await handler(request)


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the people's side its errors as one sentence."""
    try:
        return await handler(request)
    except PeopleError as error:
        return _sentence(error.status, error.sentence)
    except web.HTTPException as error:
        return _sentence(error.status, f"{error.reason}.")


def _sentence(status: int, sentence: str) -> web.Response:
    return web.Response(text=dumps({"error": sentence}), status=status, content_type="application/json")
