"""What waits for one chat, as far as it is held in memory: of a slow chat not so much that others find no room."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.runtime.pacing import Rate, Window
from storage.records import MessageClass, QueuedMessage
from storage.records.durations import SECOND_US

CLASSES = tuple(MessageClass)
CHAT_WINDOW = 20
"""Rows of a class that are held of one chat."""


@dataclass(slots=True)
class ChatQueue:
    """What waits for one chat. `more`: of a class, there may be rows in the database behind this one (an id)."""

    chat_id: int
    limit: Rate | Window
    waiting: tuple[deque[QueuedMessage], ...] = field(
        default_factory=lambda: tuple(deque[QueuedMessage]() for _ in CLASSES)
    )
    more: dict[MessageClass, int] = field(default_factory=dict)
    sending_id: int | None = None
    version: int = 0

    @property
    def busy(self) -> bool:
        """Whether a row of this chat is being sent."""
        return self.sending_id is not None

    @property
    def is_idle(self) -> bool:
        """Whether nothing of it is sent or waits, here or in the database."""
        return not self.busy and not self.more and not any(self.waiting)

    def heads(self) -> list[QueuedMessage]:
        """The first row of each class that has one, most urgent class first."""
        return [rows[0] for rows in self.waiting if rows]

    def has_room_for(self, row: QueuedMessage) -> bool:
        """Whether a row that comes now is held; what is not is noted, and found in the database later."""
        rows = self.waiting[row.message_class]
        if row.message_class not in self.more and len(rows) >= CHAT_WINDOW:
            self.more[row.message_class] = rows[-1].id
        return row.message_class not in self.more

    def wanted(self) -> list[tuple[MessageClass, int]]:
        """Of which classes more can be held by now, and the id behind which to look.

        None while a row is being sent: by that, what waits in the database may go to another chat, or end.
        """
        if self.busy:
            return []
        return [one for one in self.more.items() if len(self.waiting[one[0]]) <= CHAT_WINDOW // 2]

    def found(self, message_class: MessageClass, rows: Sequence[QueuedMessage]) -> list[QueuedMessage]:
        """Of what is behind the id that `wanted` named, what is not held yet; fewer than `CHAT_WINDOW` are all."""
        if len(rows) < CHAT_WINDOW:
            del self.more[message_class]
        else:
            self.more[message_class] = rows[-1].id
        held = {row.id for row in self.waiting[message_class]}
        return [row for row in rows if row.id not in held]

    def absorb(self, more: dict[MessageClass, int], rows: Iterable[QueuedMessage]) -> None:
        """What waits for another chat waits for this one, among what waits here already, in the order of the ids.

        Of a class of which not all is held of either, all is looked for again from there on.
        """
        for message_class, after in more.items():
            self.more[message_class] = min(after, self.more.get(message_class, after))
        for row in rows:
            self.waiting[row.message_class].append(replace(row, chat_id=self.chat_id))
        for message_class in MessageClass:
            behind = self.more.get(message_class)
            kept = [
                row for row in self.waiting[message_class]
                if behind is None or row.id <= behind or row.id == self.sending_id
            ]  # fmt: skip
            self._put(message_class, sorted(kept, key=lambda row: (row.id != self.sending_id, row.id)))

    def shift(self, by_s: float) -> None:
        """The clock was set, by so much: nothing waits for longer than it would have."""
        self.limit.shift(by_s)
        for message_class in MessageClass:
            rows = self.waiting[message_class]
            self._put(message_class, [replace(row, not_before=row.not_before + int(by_s * SECOND_US)) for row in rows])

    def _put(self, message_class: MessageClass, rows: Sequence[QueuedMessage]) -> None:
        waiting = self.waiting[message_class]
        waiting.clear()
        waiting.extend(rows)
