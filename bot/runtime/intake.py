"""Intake: updates are committed to the inbox before Telegram is told that they arrived."""

from __future__ import annotations

import asyncio
import hmac
import random
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.runtime.api import ApiBot, not_accepted
from bot.runtime.clock import Clock
from bot.runtime.floods import Batch, FloodGate, sender_of
from bot.runtime.health import STOP_THE_OTHER
from bot.runtime.metrics import Metrics
from bot.runtime.pacing import backoff_s
from bot.runtime.refusals import RefusedError
from storage import inbox, plain_json
from storage.database import Database
from storage.errors import StorageError
from storage.records import NewUpdate
from storage.session import Transaction

log = structlog.stdlib.get_logger(__name__)

POLL_TIMEOUT_S = 30
"""How long Telegram holds a request for updates open while there are none."""
BATCH_AT_MOST = 100
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
UPDATE_BYTES_AT_MOST = 4 * 1024 * 1024

_NUMBERS = 2**63
"""The database's integers are smaller than this."""
INLINE_LANES = range(-_NUMBERS, -_NUMBERS + 16)
"""Far below the numbers of groups."""
_WITH_CHAT = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member")


def lane_of(update: Mapping[str, Any]) -> int:
    """The lane of a raw update: that of its chat.

    A button press goes with the private chat of whoever made it, so that it keeps its order with what they write
    there. Inline queries have lanes of their own, which do not tell who asks. What names no chat has lane 0.
    """
    for kind, content in update.items():
        if isinstance(content, dict):
            whose = content.get("chat") or content.get("user")
            if kind not in _WITH_CHAT and "from" in content:
                whose = content["from"]
            number = whose.get("id") if isinstance(whose, dict) else None
            if not isinstance(number, int) or not -_NUMBERS <= number < _NUMBERS:
                return 0
            return INLINE_LANES[number % len(INLINE_LANES)] if kind == "inline_query" else number
    return 0


class Intake:
    """Keeps what arrives, and tells the lanes of it.

    Args:
        gate: says what is not read, because somebody sends too much.
        on_new: called after each commit that brought updates.
        on_heard: called whenever Telegram was heard of, also if it had nothing new.
        on_contested: called when it says that another program receives the updates.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        metrics: Metrics,
        *,
        gate: FloodGate,
        on_new: Callable[[], None],
        on_heard: Callable[[], None],
        on_contested: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._gate = gate
        self._on_new = on_new
        self._keeping = 0
        self.heard = on_heard
        self.contested = on_contested

    @property
    def is_busy(self) -> bool:
        """Whether updates are being kept."""
        return self._keeping > 0

    async def keep(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Commit updates to the inbox; known ones are ignored.

        Raises:
            StorageError: they are not kept, and must not be acknowledged.
        """
        given = [(NewUpdate(one["update_id"], lane_of(one), _payload(one)), one) for one in updates]
        batch = self._gate.batch()

        async def work(tx: Transaction) -> int:
            batch.take_back()  # of a run before this one, which came to nothing
            now = self._clock.now_us()
            known = await inbox.known(tx, [row.update_id for row, _update in given])
            new = 0
            for row, update in given:
                if row.update_id not in known:
                    known.add(row.update_id)
                    await self._keep_one(tx, batch, row, update, now)
                    new += 1
            batch.keep(tx, now)
            return new

        self._keeping += 1
        try:
            new = await self._database.write(work)
        except BaseException:
            batch.take_back()
            raise
        finally:
            self._keeping -= 1
        batch.committed()
        self._metrics.updates.labels("received").inc(new)
        self._metrics.updates.labels("repeated").inc(len(given) - new)
        self.heard()
        if new:
            self._on_new()

    async def _keep_one(
        self, tx: Transaction, batch: Batch, row: NewUpdate, update: Mapping[str, Any], now: int
    ) -> None:
        """Take in a new update, or only note that it came: a flood must cost next to nothing."""
        sender = sender_of(update, now)
        verdict = await batch.judge(tx, sender, now)
        if verdict is None or verdict.is_read:
            inbox.add(tx, row, now)
        else:
            inbox.add_unread(tx, row.update_id, row.lane, now)
        if sender is not None and verdict is not None:
            await batch.count(tx, update, sender, verdict)


class Polling:
    """Fetches updates with long polling until it is stopped."""

    def __init__(self, intake: Intake, bot: ApiBot, clock: Clock, *, allowed_updates: Iterable[str]) -> None:
        self._intake = intake
        self._bot = bot
        self._clock = clock
        self._allowed_updates = list(allowed_updates)
        self._stopped = asyncio.Event()
        self._jitter = random.Random()  # noqa: S311 - spreads retries; nothing secret

    def stop(self) -> None:
        """Fetch nothing more. What was fetched and not yet kept comes again at the next start."""
        self._stopped.set()

    async def run(self) -> None:
        """Fetch until `stop` is called.

        Raises:
            telegram.error.InvalidToken: the token is not, or no longer, accepted.
        """
        stop = asyncio.ensure_future(self._stopped.wait())
        fetching = asyncio.ensure_future(self._fetch())
        try:
            await asyncio.wait({stop, fetching}, return_when=asyncio.FIRST_COMPLETED)
            if fetching.done():
                await fetching
        finally:
            for task in (stop, fetching):
                task.cancel()
            await asyncio.gather(stop, fetching, return_exceptions=True)

    async def _fetch(self) -> None:
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._bot.call(
                    "getUpdates",
                    {
                        "offset": offset,
                        "limit": BATCH_AT_MOST,
                        "timeout": POLL_TIMEOUT_S,
                        "allowed_updates": self._allowed_updates,
                    },
                    read_timeout=POLL_TIMEOUT_S + 10.0,
                )
                self._intake.heard()
                if updates:
                    await self._intake.keep(updates)
                    offset = updates[-1]["update_id"] + 1
            except (TelegramError, StorageError) as error:
                failures += 1
                await self._after(error, failures)
            else:
                if failures:
                    log.info("fetch_works_again", failures=failures)
                failures = 0

    async def _after(self, error: TelegramError | StorageError, failures: int) -> None:
        wait_s = backoff_s(failures, self._jitter.random(), most_s=30.0)
        if isinstance(error, RefusedError):
            if error.status == HTTPStatus.UNAUTHORIZED:
                raise InvalidToken(not_accepted(self._bot.server)) from None
            if error.status == HTTPStatus.CONFLICT:
                log.error("another_receiver", advice=STOP_THE_OTHER)
                self._intake.contested()
            wait_s = error.retry_after_s or wait_s
        log.warning("fetch_failed", reason=str(error), failures=failures, wait_s=round(wait_s, 1))
        await self._clock.sleep(wait_s)


def webhook_routes(intake: Intake, path: str, secret: str) -> list[web.RouteDef]:
    """The route on which Telegram delivers updates, which must bring the secret that it was given."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        update = _update_in(await request.read())
        if update is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await intake.keep([update])
        except StorageError as error:
            log.error("update_not_kept", reason=str(error))
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)  # Telegram brings it again
        return web.Response()

    return [web.post(path, receive)]


def _update_in(body: bytes) -> Mapping[str, Any] | None:
    try:
        update = plain_json.read(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return update if type(number) is int and 0 <= number < _NUMBERS else None


def _payload(update: Mapping[str, Any]) -> str:
    """An update as it is stored; of one that is nested too deeply to be written, the number alone."""
    try:
        return plain_json.written(update)
    except RecursionError:
        log.error("update_too_deep", update_id=update["update_id"])
        return plain_json.written({"update_id": update["update_id"]})
