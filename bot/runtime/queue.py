"""Which message goes next: the delivery's picture, in memory, of the part of the outbox that it works on.

Rows of one chat leave in order within their class, one at a time, so that neither a retry nor a hard kill lets a
later one overtake an earlier one. Among chats, a reply goes before a reminder, a reminder before an announcement,
and within a class the row that was queued first. Reminders and announcements leave evenly spaced; a reply waits for
nothing but the limit itself, and while people talk a place below it is kept for the next. Times are seconds of the
clock that was handed down.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence

from bot.runtime.chat_queue import ChatQueue
from bot.runtime.pacing import FLOWS, Answered, FloodPauses, Flow, Pace, Rate, Window, chat_limit, flow_of
from storage.records import MessageClass, QueuedMessage
from storage.records.durations import SECOND_US

LATE_S = 0.25
"""So much lateness is made up for; what the server counts is kept within its limit anyway."""
KEPT_FOR_TALK = 1
"""Messages a second that are left to replies while people talk."""
TALKING_FOR_S = 2.0
"""So long after a reply the next is expected."""


class DeliveryQueue:
    """Rows to deliver, by chat; hands out the next that may go."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        per_s = {False: pace.overall_per_s, True: pace.paid_per_s}  # by whether it is paid
        self._even = {is_paid: Rate(each, late_s=LATE_S) for is_paid, each in per_s.items()}
        self._answered = {is_paid: Answered(each) for is_paid, each in per_s.items()}
        self._chats: dict[int, ChatQueue] = {}
        self._ready: dict[Flow, list[tuple[int, int, int, int]]] = {flow: [] for flow in Flow}
        """By flow: class, row id, chat id, version."""
        self._later: list[tuple[float, int, int]] = []  # when, chat id, version
        self._idle: list[tuple[float, int]] = []  # when its limit is full, chat id
        self._with_more: set[int] = set()  # chats of which not all is held
        self._pauses = {flow: FloodPauses() for flow in Flow}
        self._talk_until = 0.0
        self.count_by_class = dict.fromkeys(MessageClass, 0)

    def __len__(self) -> int:
        return sum(self.count_by_class.values())

    def take_in(self, row: QueuedMessage, now: float) -> None:
        """Take a row in, unless so much waits for its chat already that it is left for later; in order of the ids."""
        chat = self._chat(row.chat_id)
        if chat.has_room_for(row):
            self.add(row, now)
        else:
            self._with_more.add(chat.chat_id)

    def wanted(self) -> list[tuple[int, MessageClass, int]]:
        """Of which chats more can be held by now: chat, class, and the id behind which to look."""
        chats = [self._chats[chat_id] for chat_id in self._with_more]
        return [(chat.chat_id, *one) for chat in chats for one in chat.wanted()]

    def take_more(
        self, chat_id: int, message_class: MessageClass, after: int, rows: Sequence[QueuedMessage], now: float
    ) -> None:
        """Take in what was found of what `wanted` has named, in order; fewer than `CHAT_WINDOW` are all."""
        chat = self._chats.get(chat_id)
        if chat is None or chat.more.get(message_class) != after:
            return
        for row in chat.found(message_class, rows):
            self.add(row, now)
        if not chat.more:
            self._with_more.discard(chat_id)
        if chat.is_idle:
            self._rest(chat)

    def add(self, row: QueuedMessage, now: float) -> None:
        """Take a row in; rows of one chat and class must come in the order of their ids."""
        chat = self._chat(row.chat_id)
        chat.waiting[row.message_class].append(row)
        self.count_by_class[row.message_class] += 1
        if not chat.busy:
            self._place(chat, now)

    def next(self, now: float, flows: Collection[Flow] = FLOWS) -> QueuedMessage | None:
        """The row to send now, if one of these flows may go; its chat is busy until `done` or `put_back`."""
        while self._later and self._later[0][0] <= now:
            _, chat_id, version = heapq.heappop(self._later)
            if chat := self._current(chat_id, version):
                self._place(chat, now)
        for flow in FLOWS:
            head = self._head(flow, now) if flow in flows else None
            if head is not None and self._may_go_at(flow, head.message_class, now) <= now:
                heapq.heappop(self._ready[flow])
                self._take(head, now)
                return head
        return None

    def _head(self, flow: Flow, now: float) -> QueuedMessage | None:
        """The first row of a flow whose chat is ready; it stays where it is."""
        ready = self._ready[flow]
        while ready:
            _, row_id, chat_id, version = ready[0]
            chat = self._current(chat_id, version)
            row = None if chat is None else next((head for head in chat.heads() if head.id == row_id), None)
            if chat is not None and row is not None and self._ready_at(chat, row) <= now:
                return row
            heapq.heappop(ready)
            if chat is not None:
                self._place(chat, now)
        return None

    def _take(self, row: QueuedMessage, now: float) -> None:
        chat = self._chats[row.chat_id]
        chat.sending_id = row.id
        chat.version += 1
        chat.limit.take(now)
        self._even[row.is_paid].take(now)
        self._answered[row.is_paid].take(row.id, now)
        if row.message_class is MessageClass.REPLY:
            self._talk_until = now + TALKING_FOR_S

    def next_at(self, now: float, flows: Collection[Flow] = FLOWS) -> float | None:
        """When `next` may have something; None if nothing waits for a time."""
        heads = [(flow, self._head(flow, now)) for flow in FLOWS if flow in flows]
        times = [self._may_go_at(flow, head.message_class, now) for flow, head in heads if head is not None]
        if self._later:
            times.append(self._later[0][0])
        return min(times, default=None)

    def counts_as(self, row: QueuedMessage, count: int) -> None:
        """What is sent for a row are so many messages: an album is one for each picture."""
        limit = self._chats[row.chat_id].limit
        if isinstance(limit, Window):  # to a person, short bursts are allowed, and words may follow the pictures
            limit.charge(count - 1)
        self._even[row.is_paid].charge(count - 1)
        self._answered[row.is_paid].counts_as(row.id, count)

    def leaves(self, row: QueuedMessage, now: float) -> None:
        """The call for a row is made now."""
        self._answered[row.is_paid].leaves(row.id, now)

    def not_called(self, row: QueuedMessage) -> None:
        """Nothing had to be sent for a row: its place in the pace is another's."""
        self._chats[row.chat_id].limit.give_back()
        self._even[row.is_paid].give_back()

    def answered(self, row: QueuedMessage, now: float) -> None:
        """Telegram has answered the call for a row."""
        self._answered[row.is_paid].answered(row.id, now)

    def asked_to_wait(self, row: QueuedMessage, now: float, retry_after_s: float) -> None:
        """Telegram has refused a row with a time to wait: for its chat, or for all that goes in its flow."""
        self._pauses[flow_of(row)].asked(row.chat_id, now, retry_after_s)

    def wait_until(self, until: float) -> None:
        """Nothing can be sent until then."""
        for pauses in self._pauses.values():
            pauses.overall_until = max(pauses.overall_until, until)

    def _may_go_at(self, flow: Flow, message_class: MessageClass, now: float) -> float:
        paused_until = self._pauses[flow].overall_until
        if flow is Flow.PAID:
            return max(self._even[True].ready_at(), self._answered[True].ready_at(), paused_until)
        # What holds up replies holds up announcements, not the other way round.
        paused_until = max(paused_until, self._pauses[Flow.TALK].overall_until)
        if message_class is MessageClass.REPLY:
            return max(self._answered[False].ready_at(), paused_until)
        reserved = KEPT_FOR_TALK if now < self._talk_until else 0
        return max(self._even[False].ready_at(), self._answered[False].ready_at(reserved=reserved), paused_until)

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
        if not chat.busy:
            self._rest(chat)
        return rows

    def move_chat(self, from_id: int, to_id: int, now: float) -> None:
        """What waits for a chat waits for another, among what waits there already in the order of the ids."""
        chat, former = self._chat(to_id), self._chat(from_id)
        rows, more = self.forget_chat(from_id), former.more
        former.more = {}
        self._count(chat, -1)
        chat.absorb(more, rows)
        self._count(chat, 1)
        self._with_more.discard(from_id)
        if chat.more:
            self._with_more.add(to_id)
        if not chat.busy:
            self._place(chat, now)

    def shift(self, by_s: float) -> None:
        """The clock was set, by so much: what was sent was sent at the same moments, and nothing waits for longer."""
        for chat in self._chats.values():
            chat.shift(by_s)
        for even, answered in zip(self._even.values(), self._answered.values(), strict=True):
            even.shift(by_s)
            answered.shift(by_s)
        for pauses in self._pauses.values():
            pauses.shift(by_s)
        self._later = [(at + by_s, chat_id, version) for at, chat_id, version in self._later]
        self._idle = [(at + by_s, chat_id) for at, chat_id in self._idle]
        self._talk_until += by_s

    def sweep(self, now: float) -> None:
        """Forget chats for which nothing waits and whose past sends no longer count."""
        while self._idle and self._idle[0][0] <= now:
            _, chat_id = heapq.heappop(self._idle)
            chat = self._chats.get(chat_id)
            if chat is not None and chat.is_idle and chat.limit.full_at() <= now:
                del self._chats[chat_id]

    def _count(self, chat: ChatQueue, sign: int) -> None:
        for message_class in MessageClass:
            self.count_by_class[message_class] += sign * len(chat.waiting[message_class])

    def _chat(self, chat_id: int) -> ChatQueue:
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = ChatQueue(chat_id, chat_limit(self._pace, chat_id))
        return chat

    def _free(self, chat: ChatQueue, now: float) -> None:
        if chat.sending_id is not None:
            for answered in self._answered.values():
                answered.drop(chat.sending_id)
        chat.sending_id = None
        self._place(chat, now)

    def _rest(self, chat: ChatQueue) -> None:
        """Nothing waits for a chat: it may be forgotten once its limit is full."""
        heapq.heappush(self._idle, (chat.limit.full_at(), chat.chat_id))

    def _current(self, chat_id: int, version: int) -> ChatQueue | None:
        chat = self._chats.get(chat_id)
        return chat if chat is not None and chat.version == version and not chat.busy else None

    def _place(self, chat: ChatQueue, now: float) -> None:
        """Put a chat where it will be found: among those that may go, or with the time from which it may."""
        chat.version += 1
        heads = chat.heads()
        if not heads:
            self._rest(chat)
            return
        for head in heads:  # the most urgent class first
            at = self._ready_at(chat, head)
            if at <= now:
                ready = self._ready[flow_of(head)]
                heapq.heappush(ready, (head.message_class, head.id, chat.chat_id, chat.version))
                break
            heapq.heappush(self._later, (at, chat.chat_id, chat.version))

    def _ready_at(self, chat: ChatQueue, row: QueuedMessage) -> float:
        at = max(chat.limit.ready_at(), row.not_before / SECOND_US)
        for pauses in self._pauses.values():
            at = max(at, pauses.chat_until(chat.chat_id))
        return at
