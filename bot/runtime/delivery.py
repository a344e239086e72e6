"""The one place that sends: rows of the outbox become messages, within Telegram's limits, each recorded.

A row keeps its place in the number of sends in flight until its result is committed. So the rows that a hard kill
leaves in doubt, and that are sent again, are never more than `in_flight`, and `paid_in_flight` of what is paid for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

import structlog

from bot.runtime.api import ApiBot
from bot.runtime.attempt import Attempts
from bot.runtime.chat_queue import CHAT_WINDOW
from bot.runtime.clock import Clock, StepDetector
from bot.runtime.metrics import Metrics
from bot.runtime.pacing import Pace
from bot.runtime.queue import DeliveryQueue
from bot.runtime.rendering import FollowUpWork, Renderer
from bot.runtime.slots import Slots
from bot.runtime.uploads import Uploads
from storage import outbox
from storage.database import Database
from storage.errors import StorageError
from storage.records import MessageClass, QueuedMessage

log = structlog.stdlib.get_logger(__name__)

WINDOW = 2_000
"""Rows of a class that are held in memory, of few each chat; the rest waits in the database."""
LOADED_AT_ONCE = 100
"""More would hold up for too long whoever waits for a reply."""
POLL_S = 5.0
"""How often the database is asked although nobody said that there is something new."""
STOP_WITHIN_S = 2.0
STEP_S = 0.5
"""A clock that is set back by more would hold up what is limited by the second."""


class Delivery:
    """Delivers what is in the outbox until it is stopped.

    Args:
        is_talking: tells whether somebody waits for an answer; announcements then make room.
    """

    def __init__(
        self,
        database: Database,
        bot: ApiBot,
        clock: Clock,
        metrics: Metrics,
        *,
        pace: Pace,
        in_flight: int,
        paid_in_flight: int,
        renderers: Mapping[str, Renderer],
        follow_ups: Mapping[str, FollowUpWork],
        uploads: Uploads,
        is_talking: Callable[[], bool],
    ) -> None:
        self._database = database
        self._clock = clock
        self._slots = Slots(in_flight=in_flight, paid_in_flight=paid_in_flight, is_talking=is_talking)
        self._queue = DeliveryQueue(pace)
        self._attempts = Attempts(
            database,
            bot,
            clock,
            metrics,
            queue=self._queue,
            slots=self._slots,
            renderers=renderers,
            follow_ups=follow_ups,
            uploads=uploads,
            on_queued=self.wake,
        )
        self._loaded_up_to = dict.fromkeys(MessageClass, 0)
        self._to_load = set(MessageClass)
        self._wake = asyncio.Event()
        self._steps = StepDetector(clock, at_least_s=STEP_S)
        self._stopping = False

    def wake(self, classes: Iterable[MessageClass] = MessageClass) -> None:
        """There are new rows of these classes in the outbox."""
        self._to_load.update(classes)
        self._wake.set()

    def stop(self) -> None:
        """Send nothing new; `run` returns once the sends in flight are recorded, or soon after."""
        self._stopping = True
        self._attempts.stop()
        self._wake.set()

    async def run(self) -> None:
        """Deliver until `stop` is called.

        Raises:
            telegram.error.InvalidToken: the token was revoked.
        """
        async with asyncio.TaskGroup() as sends:
            running: set[asyncio.Task[None]] = set()
            while not self._stopping:
                self._wake.clear()
                await self._load()
                if (by_s := self._steps.since_last()) < 0:
                    log.warning("clock_set_back", by_s=-by_s)
                    self._queue.shift(by_s)
                now = self._clock.timestamp()
                self._queue.sweep(now)
                while row := self._queue.next(now, self._slots.flows()):
                    self._slots.take(row)
                    task = sends.create_task(self._deliver(row), name=f"deliver {row.id}")
                    running.add(task)
                    task.add_done_callback(running.discard)
                next_at = self._queue.next_at(self._clock.timestamp(), self._slots.flows())
                wait_s = POLL_S if next_at is None else min(POLL_S, max(0.0, next_at - self._clock.timestamp()))
                if not await self._clock.wait(self._wake, wait_s) and wait_s == POLL_S:
                    self._to_load.update(MessageClass)
            if running:
                _, late = await asyncio.wait(running, timeout=STOP_WITHIN_S)
                for task in late:
                    task.cancel()

    async def _load(self) -> None:
        for message_class in sorted(self._to_load):
            room = WINDOW - self._queue.count_by_class[message_class]
            if room <= WINDOW // 2:
                continue  # asked again when there is room
            at_most = min(room, LOADED_AT_ONCE)
            try:
                rows = await outbox.queued(
                    self._database.reader, message_class, after=self._loaded_up_to[message_class], at_most=at_most
                )
            except StorageError as error:
                log.error("outbox_unreadable", reason=str(error))
                return
            now = self._clock.timestamp()
            for row in rows:
                self._queue.take_in(row, now)
            if rows:
                self._loaded_up_to[message_class] = rows[-1].id
            if len(rows) < at_most:
                self._to_load.discard(message_class)
            else:
                self._wake.set()  # there may be more, after what is to go at once
        await self._load_more()

    async def _load_more(self) -> None:
        """Of chats of which not all is held, the next rows."""
        for chat_id, message_class, after in self._queue.wanted():
            try:
                rows = await outbox.queued_in_chat(
                    self._database.reader, chat_id, message_class,
                    after=after, up_to=self._loaded_up_to[message_class], at_most=CHAT_WINDOW,
                )  # fmt: skip
            except StorageError as error:
                log.error("outbox_unreadable", reason=str(error))
                return
            self._queue.take_more(chat_id, message_class, after, rows, self._clock.timestamp())

    async def _deliver(self, row: QueuedMessage) -> None:
        try:
            await self._attempts.make(row)
        finally:
            self._slots.give_back(row)
            self._wake.set()
