"""The chat page: static files out of the package."""

from __future__ import annotations

import mimetypes
import re
from importlib import resources

from aiohttp import web

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def page_routes() -> list[web.RouteDef]:
    return [web.get("/", _index), web.get("/page/{name:.+}", _page_file)]


async def _index(_request: web.Request) -> web.Response:
    return _serve("index.html")


async def _page_file(request: web.Request) -> web.Response:
    return _serve(request.match_info["name"])


def _serve(name: str) -> web.Response:
    """A file of the page; never cached, so that a reload shows what is there now."""
    file = resources.files("bot.sandbox").joinpath("page", *name.split("/"))
    if not _NAME.fullmatch(name) or name.endswith(".py") or not file.is_file():
        raise web.HTTPNotFound
    return web.Response(
        body=file.read_bytes(),
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        charset="utf-8" if name.endswith((".html", ".css", ".js", ".svg")) else None,
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )
