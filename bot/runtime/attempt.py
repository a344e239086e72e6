"""One attempt to deliver one row of the outbox, and what becomes of the row by its outcome."""

from __future__ import annotations

import math
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.runtime.api import ApiBot, not_accepted
from bot.runtime.clock import Clock
from bot.runtime.metrics import Metrics
from bot.runtime.pacing import Flow, backoff_s, flow_of
from bot.runtime.patience import Patience
from bot.runtime.queue import DeliveryQueue
from bot.runtime.recording import Recorder, Recording
from bot.runtime.refusals import RefusedError
from bot.runtime.rendering import FollowUpWork, Renderer
from bot.runtime.slots import Slots
from bot.runtime.split import split_call
from bot.runtime.spool import NotSpooledError
from bot.runtime.trace import trace, unquoted
from bot.runtime.uploads import Uploads
from storage import outbox, people
from storage.database import Database
from storage.errors import StorageError
from storage.records import Call, Failure, FollowUp, MessageClass, QueuedMessage, Rendered
from storage.records.durations import SECOND_US
from storage.session import Transaction

Concerned = Callable[[Transaction], Awaitable[list[FollowUp]]]

log = structlog.stdlib.get_logger(__name__)

FOLLOW_UP_TIMEOUTS = 3
"""How often what follows may take too long: once, the machine may have stood still."""


class Attempts:
    """Makes attempts, records their outcomes, and tells the queue of them."""

    def __init__(
        self,
        database: Database,
        bot: ApiBot,
        clock: Clock,
        metrics: Metrics,
        *,
        queue: DeliveryQueue,
        slots: Slots,
        renderers: Mapping[str, Renderer],
        follow_ups: Mapping[str, FollowUpWork],
        uploads: Uploads,
        on_queued: Callable[[Iterable[MessageClass]], None],
    ) -> None:
        self._database = database
        self._on_queued = on_queued
        self._bot = bot
        self._clock = clock
        self._metrics = metrics
        self._queue = queue
        self._slots = slots
        self._renderers = renderers
        self._follow_ups = follow_ups
        self._uploads = uploads
        self._patience = Patience()
        self._recorder = Recorder(database, clock)
        self._jitter = random.Random()  # noqa: S311 - spreads retries; nothing secret

    def stop(self) -> None:
        """Do not wait any more for a storage that cannot record an outcome."""
        self._recorder.stop()

    async def make(self, row: QueuedMessage) -> None:
        """Try to deliver a row, which the queue has handed out, and record what became of it.

        Raises:
            telegram.error.InvalidToken: the token was revoked.
        """
        started_at = self._clock.now_us()
        call: Call | None = None
        try:
            parts = await self._parts(row)
            if row.parts_sent >= len(parts):
                self._queue.not_called(row)
                await self._not_needed(row)
                return
            call = parts[row.parts_sent]
            if call.method == "sendMediaGroup":
                self._queue.counts_as(row, len(call.params["media"]))
            async with self._uploads.opened(row, call) as files:
                self._queue.leaves(row, self._clock.timestamp())
                self._slots.leaves(row)
                try:
                    result = await self._bot.call(call.method, {"chat_id": row.chat_id, **call.params}, files=files)
                finally:
                    self._slots.returns(row)
                    self._queue.answered(row, self._clock.timestamp())
        except InvalidToken:
            raise
        except RefusedError as error:
            await self._refused(row, call, error, started_at)
        except TelegramError as error:
            await self._unreached(row, error)
        except NotSpooledError as error:
            log.error("file_missing", outbox_id=row.id, content=_name(row))
            await self._give_up(row, str(error))
        except StorageError as error:  # a renderer, or the file, could not be read: not the row's fault
            log.warning("message_waits_for_storage", outbox_id=row.id, reason=str(error))
            await self._retry(row, backoff_s(row.tries + 1, self._jitter.random()), str(error), counts=False)
        except Exception as error:  # noqa: BLE001 - a renderer's failure must not stop everybody's messages
            log.error("renderer_failed", outbox_id=row.id, content=_name(row), exception=trace(error))
            await self._give_up(row, f"The message could not be made ({type(error).__name__}).")
        else:
            self._patience.succeeded()
            await self._sent(row, len(parts), result)

    async def _not_needed(self, row: QueuedMessage) -> None:
        async def record(tx: Transaction) -> None:
            outbox.aborted(tx, row.id, "no longer needed", self._clock.now_us())

        await self._end(row, "aborted", record)

    async def _parts(self, row: QueuedMessage) -> list[Call]:
        """The calls that a row stands for; none if it is no longer needed."""
        call: Call | None
        if isinstance(row.content, Rendered):
            # Some count everybody, and neither what comes in nor what is ready waits for that.
            render = self._renderers[row.content.renderer]
            call = await render(self._database.counter, row.chat_id, row.content.args)
        else:
            call = row.content
        return [] if call is None else split_call(call)

    async def _sent(self, row: QueuedMessage, parts: int, result: Any) -> None:
        message_id = result.get("message_id") if isinstance(result, dict) else None
        sent = row.parts_sent + 1
        if sent < parts:
            later = replace(row, parts_sent=sent, tries=0)

            async def record_part(tx: Transaction) -> None:
                outbox.part_sent(tx, row.id, sent, message_id)

            await self._recorder.record(record_part)
            self._queue.put_back(later, self._clock.timestamp())
            return

        async def record(tx: Transaction) -> None:
            outbox.sent(tx, row.id, message_id, self._clock.now_us())

        if row.follow_up is None:
            await self._end(row, "sent", record)
        else:
            await self._end_with(row, "sent", record, _known(row.follow_up), result)
        self._metrics.delivery_seconds.observe(max(0.0, (self._clock.now_us() - row.queued_at) / SECOND_US))

    async def _refused(self, row: QueuedMessage, call: Call | None, error: RefusedError, started_at: int) -> None:
        now = self._clock.timestamp()
        if error.status == HTTPStatus.UNAUTHORIZED:  # the token was revoked: nothing can be sent any more
            raise InvalidToken(not_accepted(self._bot.server))
        if error.retry_after_s is not None:
            self._queue.asked_to_wait(row, now, error.retry_after_s)
            self._metrics.floods.inc()
            log.warning("flood_wait", chat_id=row.chat_id, retry_after_s=error.retry_after_s)
            await self._retry(row, error.retry_after_s, "asked to wait", counts=False)
        elif call is not None and error.is_of_the_source(row.chat_id, call.params):
            log.error("source_refused", outbox_id=row.id, reason=unquoted(str(error)))
            await self._give_up(row, str(error))
        elif error.migrate_to_chat_id is not None:
            await self._migrated(row, error.migrate_to_chat_id)
        elif error.is_passing:
            await self._failed_for_now(row, error)
        elif error.is_of_the_chat:
            await self._nobody_there(row, str(error), started_at)
        elif error.is_sent_after_all:
            await self._sent(row, row.parts_sent + 1, None)
        else:
            log.error("message_refused", outbox_id=row.id, content=_name(row), reason=unquoted(str(error)))
            await self._give_up(row, str(error), lacks_topic=error.is_of_a_topic)

    async def _unreached(self, row: QueuedMessage, error: TelegramError) -> None:
        if too_many := self._patience.unreached():
            wait_s = backoff_s(too_many, self._jitter.random(), most_s=30.0)
            self._queue.wait_until(self._clock.timestamp() + wait_s)
            log.warning("telegram_unreached", wait_s=round(wait_s, 1))
        await self._failed_for_now(row, error)

    async def _failed_for_now(self, row: QueuedMessage, error: TelegramError) -> None:
        """Try again later, unless it was tried for long enough."""
        if self._patience.is_over(row, self._clock.now_us()):
            log.error("message_given_up", outbox_id=row.id, content=_name(row), reason=unquoted(str(error)))
            await self._give_up(row, str(error))
        else:
            wait_s = backoff_s(row.tries + 1, self._jitter.random())
            log.warning("send_failed_for_now", outbox_id=row.id, reason=unquoted(str(error)), tries=row.tries + 1)
            await self._retry(row, wait_s, str(error), counts=True)

    async def _retry(self, row: QueuedMessage, wait_s: float, why: str, *, counts: bool) -> None:
        not_before = self._clock.now_us() + int(wait_s * SECOND_US)
        later = replace(row, tries=row.tries + counts, not_before=not_before)
        self._metrics.sends.labels("retried").inc()

        async def record(tx: Transaction) -> None:
            outbox.retry_later(tx, row.id, tries=later.tries, not_before=not_before, failure=why)

        await self._recorder.record(record)
        self._queue.put_back(later, self._clock.timestamp())

    async def _migrated(self, row: QueuedMessage, to_chat_id: int) -> None:
        async def record(tx: Transaction) -> None:
            await outbox.move_chat(tx, row.chat_id, to_chat_id)
            await people.group_became(tx, row.chat_id, to_chat_id)

        log.info("group_migrated", from_chat_id=row.chat_id, to_chat_id=to_chat_id)
        await self._recorder.record(record)
        now = self._clock.timestamp()
        self._queue.move_chat(row.chat_id, to_chat_id, now)
        self._queue.done(row, now)

    async def _nobody_there(self, row: QueuedMessage, reason: str, started_at: int) -> None:
        """Nobody can be reached in this chat: all that waited for it when this was tried is given up."""

        async def record(tx: Transaction) -> None:
            now = self._clock.now_us()
            await outbox.abort_chat(tx, row.chat_id, "unreachable", queued_before=started_at, now=now)
            await people.unreachable(tx, row.chat_id, now)
            outbox.failed(tx, row.id, reason, now)

        log.info("chat_unreachable", chat_id=row.chat_id, reason=unquoted(reason))
        now = self._clock.timestamp()
        newer = [other for other in self._queue.forget_chat(row.chat_id) if other.queued_at >= started_at]
        for other in newer:
            self._queue.add(other, now)

        spooled: list[str] = []

        async def concerned(tx: Transaction) -> list[FollowUp]:
            spooled[:] = await outbox.uploads_of_chat(tx, row.chat_id, queued_before=started_at)
            others = await outbox.failures_of_chat(tx, row.chat_id, queued_before=started_at, but=row.id)
            return [*await _known(row.on_failure)(tx), *others]

        await self._end_with(row, "unreachable", record, concerned, Failure(reason, is_unreachable=True))
        await self._uploads.discard(spooled)

    async def _give_up(self, row: QueuedMessage, reason: str, *, lacks_topic: bool = False) -> None:
        async def record(tx: Transaction) -> None:
            outbox.failed(tx, row.id, reason, self._clock.now_us())

        await self._end_with(row, "failed", record, _known(row.on_failure), Failure(reason, lacks_topic=lacks_topic))

    async def _end_with(
        self, row: QueuedMessage, outcome: str, record: Recording, concerned: Concerned, result: Any
    ) -> None:
        """End a row, and run what follows from that in the same transaction."""
        ran: list[FollowUp] = []
        queued: set[MessageClass] = set()

        async def record_and_follow_up(tx: Transaction) -> None:
            ran[:] = await concerned(tx)
            await record(tx)
            for follow_up in ran:
                await self._follow_ups[follow_up.name](tx, row.chat_id, follow_up.args, result)
            queued.update(outbox.added(tx))

        try:
            await self._end(row, outcome, record_and_follow_up, timeouts=FOLLOW_UP_TIMEOUTS)
        except Exception as error:  # noqa: BLE001 - it is out, or given up: whatever follows, it is not sent again
            names = [follow_up.name for follow_up in ran]
            log.error("follow_up_failed", outbox_id=row.id, follow_ups=names, exception=trace(error))
            await self._end(row, outcome, record)
        if queued:
            self._on_queued(queued)

    async def _end(self, row: QueuedMessage, outcome: str, record: Recording, *, timeouts: float = math.inf) -> None:
        await self._recorder.record(record, may_wait=flow_of(row) is not Flow.TALK, timeouts=timeouts)
        self._metrics.ended[outcome].inc()
        self._patience.forget(row)
        self._queue.done(row, self._clock.timestamp())
        if isinstance(row.content, Call) and row.content.upload is not None:
            await self._uploads.discard([row.content.upload.spooled])


def _known(follow_up: FollowUp | None) -> Concerned:
    async def known(_tx: Transaction) -> list[FollowUp]:
        return [] if follow_up is None else [follow_up]

    return known


def _name(row: QueuedMessage) -> str:
    return row.content.method if isinstance(row.content, Call) else row.content.renderer
