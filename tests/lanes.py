"""Lanes at work, and somebody who handles updates as their texts ask for."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from bot.runtime.aftermath import Aftermath, CallbackAnswer
from bot.runtime.clock import MovableClock
from bot.runtime.lanes import Lanes
from bot.runtime.metrics import Metrics
from storage import outbox
from storage.database import Database
from storage.records import Call, MessageClass, NewMessage, NewUpdate
from storage.session import Transaction
from tests.chat import until
from tests.inbox import take_in

Update = Mapping[str, Any]
GROUP = -1
"""A lane without end: of persons, no more is handled than replies reach them."""


@dataclass
class Clerk:
    """Handles updates as their texts ask for, and says what it has done."""

    gates: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    failures: dict[str, int] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    fails_at_apologies: bool = False

    async def prepare(self, update: Update) -> Update:
        self.begun.append(update["text"])
        if "slow" in update["text"]:
            await self.gates[update["text"]].wait()
        return update

    def opening(self, _prepared: Update) -> None:
        """It opens with nothing in particular."""

    async def handle(self, tx: Transaction, prepared: Update) -> Aftermath:
        text = prepared["text"]
        await tx.run(tx.sql.about.put, name=text, value="of an update")
        if self.failures.get(text, 0) > 0:
            self.failures[text] -= 1
            raise LookupError(f"{text}, with half a pair: \ud83d")
        if "rule" in text:
            await tx.run(tx.sql.about.put, name=None, value=None)
        return self._says(prepared, text)

    async def apologise(self, tx: Transaction, update: Update) -> Aftermath:
        await tx.run(tx.sql.about.put, name="apology", value=update["text"])
        if self.fails_at_apologies:
            raise LookupError("not even that")
        return self._says(update, "sorry")

    def _says(self, update: Update, text: str) -> Aftermath:
        message = NewMessage(update["lane"], Call("sendMessage", {"text": text}))
        return Aftermath((message,), (CallbackAnswer(text),))


@dataclass
class Office:
    """Lanes at work, and what came of it."""

    database: Database
    clock: MovableClock
    lanes: Lanes
    answers: list[str]
    metrics: Metrics
    last_update: int = 0

    async def give(self, *texts: str, lane: int = 1) -> None:
        rows = []
        for text in texts:
            self.last_update += 1
            rows.append(NewUpdate(self.last_update, lane, json.dumps({"text": text, "lane": lane})))
        await self.database.write(lambda tx: take_in(tx, rows, self.clock.now_us()))
        self.lanes.wake()

    async def said(self, lane: int = 1) -> list[Any]:
        rows = await outbox.queued(self.database.reader, MessageClass.REPLY, after=0, at_most=10_000)
        return [row.content.params["text"] for row in rows if row.chat_id == lane and isinstance(row.content, Call)]

    async def until_said(self, *texts: str, lane: int = 1) -> None:
        async def told() -> bool:
            return len(await self.said(lane)) >= len(texts)

        await until(told)
        assert await self.said(lane) == list(texts)

    async def kept(self, name: str) -> bool:
        return await self.database.reader.value(self.database.reader.sql.about.get, name=name) is not None

    async def past_pauses(self, condition: Callable[[], Any]) -> None:
        """Wait for something that comes after pauses between tries, without waiting for these."""

        async def reached() -> bool:
            self.clock.advance(100)
            found = condition()
            return bool(await found if asyncio.iscoroutine(found) else found)

        await until(reached)


Open = Callable[[], AbstractAsyncContextManager[Office]]
