"""Files that people have sent, fetched from Telegram by their `file_id`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import TelegramError

from bot.runtime.api import ApiBot
from bot.runtime.refusals import RefusedError

AT_ONCE = 4
"""Downloads under way at the same time; they have connections of their own, so they hold up nothing else."""
WITHIN_S = 30.0
_PIECE = 64 * 1024


class DownloadError(Exception):
    """A file was not fetched. No text of such an error holds the token, or what the file is called."""


class TooBigError(DownloadError):
    """The file is longer than was asked for, or than Telegram gives."""


class GoneError(DownloadError):
    """Telegram does not have the file (any more), or not for this bot."""


class NotReachedError(DownloadError):
    """Telegram was not reached, or failed, or took too long. Later it may work."""


class Downloads:
    """Fetches files. `open_downloads` makes it."""

    def __init__(self, bot: ApiBot, session: aiohttp.ClientSession) -> None:
        self._bot = bot
        self._session = session
        self._places = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, file_id: str, *, at_most: int, within_s: float = WITHIN_S) -> bytes:
        """The content of a file of `at_most` so many bytes. For `Route.prepare`: never inside a transaction.

        Raises:
            TooBigError: it is longer; no more than `at_most` of it was read.
            GoneError: Telegram does not have it.
            NotReachedError: Telegram did not give it within `within_s` seconds.
        """
        async with self._places:
            try:
                async with asyncio.timeout(within_s):
                    return await self._read(await self._path(file_id, at_most), at_most)
            except TimeoutError:
                raise NotReachedError(f"Telegram did not give a file within {within_s:.0f} seconds.") from None

    async def _path(self, file_id: str, at_most: int) -> str:
        try:
            described: dict[str, Any] = await self._bot.call("getFile", {"file_id": file_id})
        except RefusedError as error:
            if error.status != HTTPStatus.BAD_REQUEST:
                raise NotReachedError(f"Telegram did not tell where a file is ({error}).") from None
            if "too big" in str(error).lower():
                raise TooBigError("Telegram gives no bot a file as long as that.") from None
            raise GoneError(f"Telegram does not have a file ({error}).") from None
        except TelegramError as error:
            raise NotReachedError(str(error)) from None
        if described.get("file_size", 0) > at_most:
            raise _too_big(at_most)
        path: str | None = described.get("file_path")
        if path is None:
            raise GoneError("Telegram does not say where a file is.")
        return path

    async def _read(self, path: str, at_most: int) -> bytes:
        try:
            # A redirection would take the token, which is part of the address, elsewhere.
            async with self._session.get(f"{self._bot.base_file_url}/{path}", allow_redirects=False) as response:
                if response.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}:
                    raise GoneError("Telegram does not have a file any more.")
                if response.status != HTTPStatus.OK:
                    raise NotReachedError(f"Telegram did not give a file (status {response.status}).")
                content = bytearray()
                async for piece in response.content.iter_chunked(_PIECE):
                    if len(content) + len(piece) > at_most:
                        raise _too_big(at_most)
                    content += piece
                return bytes(content)
        except (aiohttp.ClientError, OSError) as error:  # whose own text can hold the address, and so the token
            raise NotReachedError(f"Telegram was not reached ({type(error).__name__}).") from None


@asynccontextmanager
async def open_downloads(bot: ApiBot) -> AsyncIterator[Downloads]:
    """What fetches files, until the block is left."""
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=None)  # each fetch has its own
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        yield Downloads(bot, session)


def _too_big(at_most: int) -> TooBigError:
    return TooBigError(f"A file is longer than {at_most} bytes.")
