"""The Bot API through python-telegram-bot, over aiohttp.

python-telegram-bot's own backend is httpx; this one is a `BaseRequest` on aiohttp, which the webhook, the health
page and the sandbox use as well. The token is part of every URL, so no error that leaves this module names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.runtime.refusals import RefusedError
from storage import plain_json

TELEGRAM_URL = "https://api.telegram.org"
CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 20.0
UPLOAD_TIMEOUT_S = 120.0
_JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's HTTP requests on one aiohttp session.

    Args:
        connections: how many requests may be under way at once.
    """

    __slots__ = ("_connections", "_session")

    def __init__(self, *, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_TIMEOUT_S

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60),
                timeout=aiohttp.ClientTimeout(total=None),
                cookie_jar=aiohttp.DummyCookieJar(),  # the Bot API has none to keep, and looking for some takes time
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: float | object | None = BaseRequest.DEFAULT_NONE,
        write_timeout: float | object | None = BaseRequest.DEFAULT_NONE,
        connect_timeout: float | object | None = BaseRequest.DEFAULT_NONE,
        pool_timeout: float | object | None = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        files = request_data.multipart_data if request_data else None
        read_s = _seconds(read_timeout, READ_TIMEOUT_S)
        write_s = _seconds(write_timeout, UPLOAD_TIMEOUT_S if files else 0.0) or 0.0
        timeout = aiohttp.ClientTimeout(
            # aiohttp has no timeout for sending alone; what it may take is added to the whole.
            total=None if read_s is None else read_s + write_s,
            sock_connect=_seconds(connect_timeout, CONNECT_TIMEOUT_S),
        )
        body: dict[str, Any] = {}
        if request_data and files:
            body["data"] = _form(request_data)
        elif request_data:
            body["data"] = request_data.json_payload
            body["headers"] = _JSON
        return await self._exchange(url, method, timeout, **body)

    async def post_json(self, url: str, payload: bytes, *, read_timeout_s: float) -> bytes:
        """Post JSON; what was answered. Raises as `do_request` does."""
        _, answered = await self._exchange(url, "POST", _limits(read_timeout_s), data=payload, headers=_JSON)
        return answered

    async def _exchange(self, url: str, method: str, limits: aiohttp.ClientTimeout, **body: Any) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("The connection to Telegram is closed.")
        try:
            async with self._session.request(method, url, timeout=limits, **body) as response:
                payload = await response.read()
        except TimeoutError:
            raise TimedOut("Telegram did not answer in time.") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"Telegram was not reached ({_cause(error)}).") from None
        if response.status >= HTTPStatus.BAD_REQUEST:
            raise _refusal(response.status, payload)
        return response.status, payload


class ApiBot(ExtBot[None]):
    """A bot that can also make any call by name, with plain JSON in and out."""

    __slots__ = ()

    def __repr__(self) -> str:
        # The library's own names the token, and a representation finds its way into tracebacks.
        return f"{type(self).__name__}[{self.server}]"

    @property
    def server(self) -> str:
        """The address of the Bot API server, without the token."""
        return self.base_url.rpartition("/bot")[0]

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        files: Mapping[str, InputFile] | None = None,
        read_timeout: float | None = None,
    ) -> Any:
        """Call a method of the Bot API and return its `result`; `files` are uploaded as the parameters of their names.

        Half of a surrogate pair, which Telegram refuses with the whole message, goes out as a question mark.

        Raises:
            telegram.error.TelegramError: as every method of python-telegram-bot's does.
        """
        read_timeout_s = READ_TIMEOUT_S if read_timeout is None else read_timeout
        request = self._request[method != "getUpdates"]  # the library's two: that for updates is held open for long
        given = {name: value for name, value in params.items() if value is not None}
        payload = plain_json.sent(given)
        if files or not isinstance(request, AiohttpRequest):
            return await self._post(method, {**plain_json.read(payload), **(files or {})}, read_timeout=read_timeout_s)
        # What is plain JSON already needs none of the library's conversions, which take as long as all the rest.
        answered = await request.post_json(f"{self.base_url}/{method}", payload, read_timeout_s=read_timeout_s)
        try:
            return plain_json.read(answered)["result"]
        except (ValueError, LookupError, TypeError, RecursionError):  # the last of what is nested too deeply
            raise TelegramError("The server answered with what is no answer of the Bot API's.") from None

    def _insert_defaults(self, data: dict[str, object]) -> None:
        # The library takes every list of media for objects of its own; an album of ours is plain JSON.
        album = data.pop("media") if isinstance(data.get("media"), list) else None
        super()._insert_defaults(data)
        if album is not None:
            data["media"] = album


def not_accepted(base_url: str) -> str:
    """What whoever runs the bot is told of a token that the server at `base_url` refuses."""
    if base_url == TELEGRAM_URL:
        return "Telegram does not accept this token. Copy it anew from @BotFather."
    return f"{base_url} does not accept this token. Is telegram.base_url right? If it is, copy the token anew."


def make_bot(token: str, base_url: str, *, connections: int) -> ApiBot:
    """A bot that talks to the Bot API server at `base_url` (without a slash at the end)."""
    return ApiBot(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=AiohttpRequest(connections=connections),
        get_updates_request=AiohttpRequest(connections=1),
    )


@lru_cache(16)  # most calls have the same
def _limits(read_timeout_s: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=read_timeout_s, sock_connect=CONNECT_TIMEOUT_S)


def _refusal(status: int, payload: bytes) -> RefusedError:
    try:
        answer = plain_json.read(payload)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):  # a proxy's page, say
        answer = {}
    return RefusedError(
        status,
        answer.get("description") or f"The server answered with status {status}.",
        answer.get("parameters") or {},
    )


def _seconds(given: float | object | None, default: float) -> float | None:
    return default if given is BaseRequest.DEFAULT_NONE else given  # type: ignore[return-value]


def _cause(error: Exception) -> str:
    """What went wrong, without the address: an aiohttp error's own text can hold the URL, and so the token."""
    inner = getattr(error, "os_error", None) or error
    return getattr(inner, "strerror", None) or type(error).__name__


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # else people would see "List%20of%20Centers.xlsx"
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form
