"""Lanes: the updates of one chat are handled one after the other, those of different chats side by side.

Each update is handled in one transaction, in which it is also marked as done and what is to be said is queued. A
process that is killed before the commit handles it again from the start; after the commit it does not.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import structlog

from bot.runtime.aftermath import Aftermath, Answer
from bot.runtime.clock import Clock
from bot.runtime.metrics import Metrics
from bot.runtime.pacing import backoff_s
from bot.runtime.trace import trace
from bot.runtime.waiting import WaitingRoom
from storage import inbox, outbox, plain_json
from storage.database import Database
from storage.errors import StatementError, StorageError
from storage.records import MessageClass, WaitingUpdate
from storage.records.durations import SECOND_US
from storage.session import Opening, Transaction
from storage.watch import WorkTimeoutError

log = structlog.stdlib.get_logger(__name__)

POLL_S = 5.0
"""How often the database is asked although nobody said that there is something new."""
STOP_WITHIN_S = 1.5
REPLIES_AT_MOST = 30
"""Replies that may wait for a person before more of what they sent is handled."""
COUNT_REPLIES_EVERY = 10
"""After how many updates in a row the replies are counted: whoever sends only a few costs nothing."""
COUNT_AGAIN_S = 1.0
OUTLINE_LEVELS = 20
"""Deeper than any update of Telegram's."""


class Handling(Protocol):
    """What the lanes do with an update; the runtime knows no more of it."""

    async def prepare(self, update: Mapping[str, Any]) -> Any:
        """Work out what is slow, before the transaction. What it returns is given to `handle`."""

    def opening(self, prepared: Any) -> Opening | None:
        """What `handle` opens its transaction with."""

    async def handle(self, tx: Transaction, prepared: Any) -> Aftermath:
        """Do what the update asks for. It must only use the transaction: no network, nothing slow."""

    async def apologise(self, tx: Transaction, update: Mapping[str, Any]) -> Aftermath:
        """Say that an update could not be handled."""


class Lanes:
    """Handles what is in the inbox until it is stopped.

    Args:
        on_commit: told after each commit which answers to give, and of which classes messages were queued.
        tries_at_most: how often a failing update is tried before it is set aside.
    """

    def __init__(
        self,
        database: Database,
        handling: Handling,
        clock: Clock,
        metrics: Metrics,
        *,
        on_commit: Callable[[Iterable[Answer], set[MessageClass]], None],
        tries_at_most: int,
    ) -> None:
        self._database = database
        self._handling = handling
        self._clock = clock
        self._metrics = metrics
        self._handled = metrics.updates.labels("handled")
        self._on_commit = on_commit
        self._tries_at_most = tries_at_most
        self._waiting = WaitingRoom(database)
        self._wake = asyncio.Event()
        self._stopped = asyncio.Event()
        self._jitter = random.Random()  # noqa: S311 - spreads retries; nothing secret

    @property
    def are_busy(self) -> bool:
        """Whether something is being handled, or is about to be."""
        return self._wake.is_set() or bool(self._waiting)

    def wake(self) -> None:
        """There are new updates in the inbox."""
        self._wake.set()

    def stop(self) -> None:
        """Begin no other update; `run` returns once those under way are committed, or soon after."""
        self._stopped.set()
        self._wake.set()

    async def run(self) -> None:
        """Handle updates until `stop` is called."""
        running: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as tasks:
            while not self._stopped.is_set():
                self._wake.clear()
                for lane in await self._load():
                    task = tasks.create_task(self._follow(lane), name=f"lane {lane}")
                    running.add(task)
                    task.add_done_callback(running.discard)
                await self._clock.wait(self._wake, POLL_S)
            if running:
                _, late = await asyncio.wait(running, timeout=STOP_WITHIN_S)
                for task in late:
                    task.cancel()

    async def _load(self) -> list[int]:
        """Take in updates as far as there is room; the lanes that came to life."""
        try:
            new = await self._waiting.look()
        except StorageError as error:
            log.error("inbox_unreadable", reason=str(error))
            return []
        if self._waiting.is_behind:
            self._wake.set()
        return new

    async def _follow(self, lane: int) -> None:
        in_a_row = 0
        while not self._stopped.is_set():
            try:
                row = await self._waiting.first(lane)
            except StorageError as error:
                log.error("inbox_unreadable", reason=str(error))
                await self._pause(POLL_S)
                continue
            if row is None:
                return
            await self._see_through(row)
            if self._waiting.done(lane):
                self._wake.set()
            in_a_row += 1
            if lane > 0 and in_a_row % COUNT_REPLIES_EVERY == 0:
                await self._let_replies_out(lane)

    async def _let_replies_out(self, chat_id: int) -> None:
        """Go on with a person only as fast as the replies reach them, so that these never fill the outbox."""
        try:
            while not self._stopped.is_set():
                if await outbox.replies_to(self._database.reader, chat_id) <= REPLIES_AT_MOST:
                    return
                await self._pause(COUNT_AGAIN_S)
        except StorageError as error:
            log.error("outbox_unreadable", reason=str(error))

    async def _see_through(self, row: WaitingUpdate) -> None:
        """Handle one update: until it is done, or set aside after as many tries as it has."""
        tries, storage_tries = row.tries, 0
        update: dict[str, Any] = {}
        while not self._stopped.is_set():
            try:
                update = update or plain_json.read(row.payload)  # which fails for what is nested too deeply
                await self._handle(row, update)
            except StorageError as error:
                if isinstance(error, StatementError | WorkTimeoutError):
                    failure: Exception = error
                else:  # a full disk, say: not the update's fault, so it is not counted
                    storage_tries += 1
                    log.error("update_waits_for_storage", update_id=row.update_id, reason=str(error))
                    await self._pause(backoff_s(storage_tries, self._jitter.random(), most_s=5.0))
                    continue
            except Exception as error:  # noqa: BLE001 - whatever a handler raises concerns this update alone
                failure = error
            else:
                self._handled.inc()
                self._metrics.handling_seconds.observe(max(0.0, (self._clock.now_us() - row.received_at) / SECOND_US))
                return
            tries += 1
            log.error(
                "update_failed",
                update_id=row.update_id,
                tries=tries,
                update=outline(update),
                exception=trace(failure),
            )
            if await self._count_failure(row, update, tries, f"{type(failure).__name__}: {failure}"):
                return
            await self._pause(backoff_s(tries, self._jitter.random()))

    async def _handle(self, row: WaitingUpdate, update: Mapping[str, Any]) -> None:
        prepared = await self._handling.prepare(update)

        async def work(tx: Transaction) -> Aftermath:
            aftermath = await self._handling.handle(tx, prepared)
            now = self._clock.now_us()
            for message in aftermath.messages:
                outbox.add(tx, message, now)
            inbox.done(tx, row.seq, now)
            return aftermath

        self._committed(await self._database.write(work, opening=self._handling.opening(prepared)))

    async def _count_failure(self, row: WaitingUpdate, update: Mapping[str, Any], tries: int, failure: str) -> bool:
        """Record a failed try; True if the update is set aside."""
        last = tries >= self._tries_at_most
        try:
            if last:
                await self._set_aside(row, update, failure)
            else:
                await self._database.write(lambda tx: inbox.failed(tx, row.seq, failure))
        except StorageError as error:
            log.error("failure_not_recorded", update_id=row.update_id, reason=str(error))
            return False
        if last:
            self._metrics.updates.labels("set_aside").inc()
            log.error("update_set_aside", update_id=row.update_id, tries=tries)
        else:
            self._metrics.updates.labels("retried").inc()
        return last

    async def _set_aside(self, row: WaitingUpdate, update: Mapping[str, Any], failure: str) -> None:
        """Take an update out of its lane, with an apology if one can be made.

        Raises:
            StorageError: the update stands where it stood, through no fault of the apology.
        """

        async def with_apology(tx: Transaction) -> Aftermath:
            now = self._clock.now_us()
            await inbox.set_aside(tx, row.seq, failure, now)
            aftermath = await self._handling.apologise(tx, update)
            for message in aftermath.messages:
                outbox.add(tx, message, now)
            return aftermath

        try:
            self._committed(await self._database.write(with_apology))
        except Exception as error:
            if isinstance(error, StorageError) and not isinstance(error, StatementError):
                raise
            log.error("no_apology", update_id=row.update_id, exception=trace(error))
            await self._database.write(lambda tx: inbox.set_aside(tx, row.seq, failure, self._clock.now_us()))

    def _committed(self, aftermath: Aftermath) -> None:
        self._on_commit(aftermath.answers, {message.message_class for message in aftermath.messages})

    async def _pause(self, seconds: float) -> None:
        await self._clock.wait(self._stopped, seconds)


def outline(value: Any, levels: int = OUTLINE_LEVELS) -> Any:
    """The shape of an update without what people wrote or where they are: of texts the lengths are left.

    Args:
        value: the update, or a part of it.
        levels: how deep to look; what lies deeper is left out.
    """
    if isinstance(value, Mapping | list) and levels == 0:
        return "<more>"
    if isinstance(value, Mapping):
        return {key: outline(item, levels - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [outline(item, levels - 1) for item in value]
    if isinstance(value, float):  # of a place
        return "<number>"
    return f"<{len(value)} characters>" if isinstance(value, str) else value
