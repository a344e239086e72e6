"""Which message goes next: the delivery's picture, in memory, of the part of the outbox that it works on.

Rows of one chat leave in order within their class, one at a time, so that neither a retry nor a hard kill lets a
later one overtake an earlier one. Among chats, a reply goes before a reminder, a reminder before an announcement,
and within a class the row that was queued first. Times are seconds of the clock that was handed down.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field, replace

from bot.runtime.pacing import FloodPauses, Pace, Rate, Window, chat_limit
from storage.records import MessageClass, QueuedMessage

US = 1_000_000


@dataclass(slots=True)
class ChatQueue:
    """What waits for one chat."""

    chat_id: int
    limit: Rate | Window
    waiting: tuple[deque[QueuedMessage], ...] = field(
        default_factory=lambda: tuple(deque[QueuedMessage]() for _ in MessageClass)
    )
    sending_id: int | None = None
    version: int = 0

    @property
    def busy(self) -> bool:
        """Whether a row of this chat is being sent."""
        return self.sending_id is not None

    def heads(self) -> list[QueuedMessage]:
        """The first row of each class that has one, most urgent class first."""
        return [rows[0] for rows in self.waiting if rows]


class DeliveryQueue:
    """Rows to deliver, by chat; hands out the next that may go."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._overall = Rate(pace.overall_per_s)
        self._chats: dict[int, ChatQueue] = {}
        self._ready: list[tuple[int, int, int, int]] = []  # class, row id, chat id, version
        self._later: list[tuple[float, int, int]] = []  # when, chat id, version
        self.pauses = FloodPauses()
        self.count_by_class = dict.fromkeys(MessageClass, 0)

    def __len__(self) -> int:
        return sum(self.count_by_class.values())

    def add(self, row: QueuedMessage, now: float) -> None:
        """Take a row in; rows of one chat and class must come in the order of their ids."""
        chat = self._chat(row.chat_id)
        chat.waiting[row.message_class].append(row)
        self.count_by_class[row.message_class] += 1
        if not chat.busy:
            self._place(chat, now)

    def next(self, now: float) -> QueuedMessage | None:
        """The row to send now, if one may go; its chat is busy until `done` or `put_back`."""
        while self._later and self._later[0][0] <= now:
            _, chat_id, version = heapq.heappop(self._later)
            if chat := self._current(chat_id, version):
                self._place(chat, now)
        if now < self.overall_ready_at():
            return None
        while self._ready:
            _, row_id, chat_id, version = heapq.heappop(self._ready)
            chat = self._current(chat_id, version)
            if chat is None:
                continue
            row = next((head for head in chat.heads() if head.id == row_id), None)
            if row is None or self._ready_at(chat, row) > now:
                self._place(chat, now)
                continue
            chat.sending_id = row.id
            chat.version += 1
            chat.limit.take(now)
            self._overall.take(now)
            return row
        return None

    def next_at(self) -> float | None:
        """When `next` may have something; None if nothing waits for a time."""
        times = []
        if self._ready:
            times.append(self.overall_ready_at())
        if self._later:
            times.append(self._later[0][0])
        return min(times, default=None)

    def overall_ready_at(self) -> float:
        """When the bot as a whole may send again."""
        return max(self._overall.ready_at(), self.pauses.overall_until)

    def done(self, row: QueuedMessage, now: float) -> None:
        """A row is out of the queue, whatever became of it."""
        chat = self._chats[row.chat_id]
        rows = chat.waiting[row.message_class]
        if rows and rows[0].id == row.id:
            rows.popleft()
            self.count_by_class[row.message_class] -= 1
        self._free(chat, now)

    def put_back(self, row: QueuedMessage, now: float) -> None:
        """A row goes back to the head of its class, changed (later, or with a part of it sent)."""
        chat = self._chats[row.chat_id]
        rows = chat.waiting[row.message_class]
        if rows and rows[0].id == row.id:
            rows[0] = row
        self._free(chat, now)

    def forget_chat(self, chat_id: int) -> list[QueuedMessage]:
        """Drop all that waits for a chat and return it, in order."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return []
        rows = sorted((row for rows in chat.waiting for row in rows), key=lambda row: row.id)
        for waiting in chat.waiting:
            waiting.clear()
        for row in rows:
            self.count_by_class[row.message_class] -= 1
        return rows

    def move_chat(self, from_id: int, to_id: int, now: float) -> None:
        """What waits for a chat waits for another, among what waits there already in the order of the ids."""
        chat = self._chat(to_id)
        for row in self.forget_chat(from_id):
            chat.waiting[row.message_class].append(replace(row, chat_id=to_id))
            self.count_by_class[row.message_class] += 1
        for rows in chat.waiting:
            in_order = sorted(rows, key=lambda row: (row.id != chat.sending_id, row.id))
            rows.clear()
            rows.extend(in_order)
        if not chat.busy:
            self._place(chat, now)

    def sweep(self, now: float) -> None:
        """Forget chats for which nothing waits and whose past sends no longer count."""
        idle = [
            chat_id
            for chat_id, chat in self._chats.items()
            if not chat.busy and not chat.heads() and chat.limit.is_full(now)
        ]
        for chat_id in idle:
            del self._chats[chat_id]

    def _chat(self, chat_id: int) -> ChatQueue:
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = ChatQueue(chat_id, chat_limit(self._pace, chat_id))
        return chat

    def _free(self, chat: ChatQueue, now: float) -> None:
        chat.sending_id = None
        self._place(chat, now)

    def _current(self, chat_id: int, version: int) -> ChatQueue | None:
        chat = self._chats.get(chat_id)
        return chat if chat is not None and chat.version == version and not chat.busy else None

    def _place(self, chat: ChatQueue, now: float) -> None:
        """Put a chat where it will be found: among those that may go, or with the time from which it may."""
        chat.version += 1
        heads = chat.heads()
        if not heads:
            return
        for head in heads:  # the most urgent class first
            at = self._ready_at(chat, head)
            if at <= now:
                heapq.heappush(self._ready, (head.message_class, head.id, chat.chat_id, chat.version))
                break
            heapq.heappush(self._later, (at, chat.chat_id, chat.version))

    def _ready_at(self, chat: ChatQueue, row: QueuedMessage) -> float:
        return max(chat.limit.ready_at(), self.pauses.chat_until(chat.chat_id), row.not_before / US)
