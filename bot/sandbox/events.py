"""The stream of what happens, for whoever watches: the chat page, or a script."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.sandbox.wire import Json, dumps

KEPT = 20_000
"""Events that can still be asked for with `since`."""


@dataclass(frozen=True, slots=True)
class Event:
    seq: int
    kind: str
    data: Json

    def to_sse(self) -> bytes:
        """The event as a server-sent event."""
        return f"id: {self.seq}\nevent: {self.kind}\ndata: {dumps(self.data)}\n\n".encode()


class EventStream:
    """Numbered events, the latest kept; listeners wait for the next one.

    Writing an event costs next to nothing while nobody listens: it becomes text only when it is read.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self._waiting: asyncio.Future[None] | None = None
        self.last_seq = 0

    def add(self, kind: str, data: Json) -> None:
        self.last_seq += 1
        self._events.append(Event(self.last_seq, kind, data))
        self.wake()

    def wake(self) -> None:
        """End every `wait`."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def after(self, seq: int) -> list[Event]:
        """The kept events with a number above `seq`, oldest first."""
        missing = min(self.last_seq - seq, len(self._events))
        return [self._events[index] for index in range(-missing, 0)] if missing > 0 else []

    async def wait(self, timeout_s: float) -> None:
        """Return at the next event, or after `timeout_s` seconds."""
        if self._waiting is None or self._waiting.done():
            self._waiting = asyncio.get_running_loop().create_future()
        await asyncio.wait({self._waiting}, timeout=timeout_s)
