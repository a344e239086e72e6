"""The delivery's queue, against a simple model of what may go next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.runtime.queue import DeliveryQueue
from storage.records import MessageClass, QueuedMessage
from storage.records.durations import SECOND_US
from tests.queueing import FAST, START, row


@dataclass
class Model:
    """What waits, in order, and the chats that have a send in flight."""

    waiting: list[QueuedMessage] = field(default_factory=list)
    flying: dict[int, QueuedMessage] = field(default_factory=dict)

    def may_go(self, now: float) -> list[QueuedMessage]:
        heads: dict[tuple[int, MessageClass], QueuedMessage] = {}
        for one in self.waiting:
            heads.setdefault((one.chat_id, one.message_class), one)
        ready = [
            head for head in heads.values() if head.chat_id not in self.flying and head.not_before <= now * SECOND_US
        ]
        return sorted(ready, key=lambda head: (head.message_class, head.id))


class QueueAgainstModel(RuleBasedStateMachine):
    """Rows come, go out, come back or end, while time passes; no limit but order, class and retries."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = DeliveryQueue(FAST)
        self.model = Model()
        self.now = START
        self.last_id = 0

    @rule(chat_id=st.integers(1, 4), message_class=st.sampled_from(MessageClass))
    def add(self, chat_id: int, message_class: MessageClass) -> None:
        self.last_id += 1
        new = row(self.last_id, chat_id, message_class)
        self.queue.add(new, self.now)
        self.model.waiting.append(new)

    @rule()
    def send(self) -> None:
        self.now += 1e-6  # past the overall rate of the send before
        wanted = self.model.may_go(self.now)
        sent = self.queue.next(self.now)
        assert sent == (wanted[0] if wanted else None)
        if sent is not None:
            self.model.flying[sent.chat_id] = sent

    @precondition(lambda self: self.model.flying)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        sent = self.model.flying.pop(data.draw(st.sampled_from(sorted(self.model.flying))))
        self.model.waiting.remove(sent)
        self.queue.done(sent, self.now)

    @precondition(lambda self: self.model.flying)
    @rule(data=st.data(), wait_s=st.integers(0, 20))
    def try_later(self, data: st.DataObject, wait_s: int) -> None:
        sent = self.model.flying.pop(data.draw(st.sampled_from(sorted(self.model.flying))))
        later = replace(sent, tries=sent.tries + 1, not_before=int((self.now + wait_s) * SECOND_US))
        self.model.waiting[self.model.waiting.index(sent)] = later
        self.queue.put_back(later, self.now)

    @precondition(lambda self: self.model.waiting)
    @rule(chat_id=st.integers(1, 4))
    def forget_chat(self, chat_id: int) -> None:
        gone = [one for one in self.model.waiting if one.chat_id == chat_id]
        flying = self.model.flying.pop(chat_id, None)
        self.model.waiting = [one for one in self.model.waiting if one.chat_id != chat_id]
        assert self.queue.forget_chat(chat_id) == gone
        if flying is not None:
            self.queue.done(flying, self.now)

    @rule(seconds=st.floats(0, 30))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def sweep(self) -> None:
        self.queue.sweep(self.now)

    @invariant()
    def counts_agree(self) -> None:
        assert len(self.queue) == len(self.model.waiting)

    @invariant()
    def tells_when_to_look_again(self) -> None:
        """Whoever sleeps until `next_at` misses nothing."""
        next_at = self.queue.next_at(self.now)
        if self.model.may_go(self.now):
            assert next_at is not None
            assert next_at <= self.now + 1e-6
        elif any(one.chat_id not in self.model.flying for one in self.model.waiting):
            assert next_at is not None

    def teardown(self) -> None:
        """All that is left goes out in the end."""
        for sent in list(self.model.flying.values()):
            self.queue.done(sent, self.now)
            self.model.waiting.remove(sent)
        self.model.flying.clear()
        self.now += 1000
        while self.model.waiting:
            self.now += 1e-6
            wanted = self.model.may_go(self.now)[0]
            assert self.queue.next(self.now) == wanted
            self.queue.done(wanted, self.now)
            self.model.waiting.remove(wanted)
        assert self.queue.next(self.now + 1) is None
        self.queue.sweep(self.now + 1000)
        assert not self.queue._chats


QueueAgainstModel.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestQueueAgainstModel = QueueAgainstModel.TestCase
