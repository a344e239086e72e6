"""How fast Telegram lets a bot speak, and when it may speak next.

Telegram's published limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): about
one message a second to one chat with short bursts, 20 messages a minute to one group, about 30 a second over all.
All times here are seconds of the clock that was handed down.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from storage.records import MessageClass, QueuedMessage


class Flow(Enum):
    """What shares a pause: a 429 for announcements holds up no reply. Most urgent first."""

    TALK = "talk"  # replies and reminders
    NEWS = "news"  # announcements
    PAID = "paid"  # what Telegram is paid for, at a pace of its own


FLOWS = tuple(Flow)
"""Most urgent first; the class itself makes them anew each time that it is asked."""


def flow_of(row: QueuedMessage) -> Flow:
    """The flow that a row goes in."""
    if row.is_paid:
        return Flow.PAID
    return Flow.NEWS if row.message_class == MessageClass.ANNOUNCEMENT else Flow.TALK


@dataclass(frozen=True, slots=True)
class Pace:
    """The limits to keep."""

    overall_per_s: float = 30.0
    private_per_s: float = 1.0
    private_burst: int = 3
    group_per_minute: int = 20
    paid_per_s: float = 1_000.0


class Rate:
    """A steady rate with a burst (the generic cell rate algorithm): constant memory, no timer.

    Whoever comes late by up to `late_s` makes up for it, so that a clock's grain costs no pace.
    """

    __slots__ = ("_burst_s", "_interval_s", "_late_s", "_next_at")

    def __init__(self, per_s: float, burst: int = 1, *, late_s: float = 0.0) -> None:
        self._interval_s = 1.0 / per_s
        self._late_s = late_s
        self._burst_s = (burst - 1) * self._interval_s
        self._next_at = 0.0

    def ready_at(self) -> float:
        """When the next may go; any time in the past means now."""
        return self._next_at - self._burst_s

    def take(self, now: float) -> None:
        """Count one that goes now."""
        is_late = now - self._next_at > self._late_s
        self._next_at = (now if is_late else self._next_at) + self._interval_s

    def charge(self, count: int) -> None:
        """What went last counts as so many more."""
        self._next_at += count * self._interval_s

    def give_back(self) -> None:
        """One that was counted did not go."""
        self._next_at -= self._interval_s

    def full_at(self) -> float:
        """When nothing of the past counts any more."""
        return self._next_at

    def shift(self, by_s: float) -> None:
        """The clock was set, by so much: what is remembered is of the same moments."""
        self._next_at += by_s


class Window:
    """At most `limit` in any `period_s`, wherever it begins."""

    __slots__ = ("_limit", "_period_s", "_taken")

    def __init__(self, limit: int, period_s: float) -> None:
        self._limit = limit
        self._period_s = period_s
        self._taken: deque[float] = deque(maxlen=limit)

    def ready_at(self) -> float:
        """When the next may go; any time in the past means now."""
        return self._taken[0] + self._period_s if len(self._taken) == self._limit else 0.0

    def take(self, now: float) -> None:
        """Count one that goes now."""
        self._taken.append(now)

    def charge(self, count: int) -> None:
        """What went last counts as so many more."""
        self._taken.extend([self._taken[-1]] * count)

    def give_back(self) -> None:
        """One that was counted did not go."""
        self._taken.pop()

    def full_at(self) -> float:
        """When nothing of the past counts any more."""
        return self._taken[-1] + self._period_s if self._taken else 0.0

    def shift(self, by_s: float) -> None:
        """The clock was set, by so much: what is remembered is of the same moments."""
        self._taken = deque((at + by_s for at in self._taken), maxlen=self._limit)


@dataclass(slots=True)
class _UnderWay:
    left_at: float
    messages: int = 1


_GRAIN_S = 0.002
"""How late programs on one machine are without any reason."""


class Answered:
    """At most so many a second as the server counts them, whatever happens on the way there.

    What is under way may be counted at any moment until it is answered. So it counts as long as it is under way, and
    for the period after its answer, less half of the time that every call takes: that one the next call takes too.
    Not all of it: the way there of one call and the way back of another may be shorter than those of any one call.
    Near the server, where a call takes no longer than programs are late, nothing is deducted.
    """

    __slots__ = ("_answered", "_counted", "_known", "_least_s", "_limit", "_period_s", "_under_way")

    def __init__(self, per_s: float) -> None:
        self._limit = max(1, int(per_s))
        self._period_s = self._limit / per_s
        self._under_way: dict[int, _UnderWay] = {}
        self._counted = 0  # of messages under way
        self._answered: deque[float] = deque(maxlen=self._limit)
        self._known = 0
        self._least_s = math.inf

    def ready_at(self, *, reserved: int = 0) -> float:
        """When the next may go, as far as is known before another answer comes.

        `reserved`: so many a second are left to others; at least one is not.
        """
        free = max(1, self._limit - reserved) - self._counted
        if free <= 0:
            return math.inf
        return self._answered[-free] + self._period_s if len(self._answered) >= free else 0.0

    def take(self, row_id: int, now: float) -> None:
        """A row goes."""
        self._under_way[row_id] = _UnderWay(now)
        self._counted += 1

    def leaves(self, row_id: int, now: float) -> None:
        """The call for a row is made now."""
        self._under_way[row_id].left_at = now

    def counts_as(self, row_id: int, messages: int) -> None:
        """A row that goes is so many messages."""
        self._counted += messages - self._under_way[row_id].messages
        self._under_way[row_id].messages = messages

    def answered(self, row_id: int, now: float) -> None:
        """The server has counted it by now."""
        call = self.drop(row_id)
        if call is None:
            return
        self._known += 1
        self._least_s = min(self._least_s, now - call.left_at)
        spared_s = max(0.0, self._least_s / 2 - _GRAIN_S) if self._known > self._limit else 0.0
        self._answered.extend([now - spared_s] * call.messages)

    def shift(self, by_s: float) -> None:
        """The clock was set, by so much: what is remembered is of the same moments."""
        self._answered = deque((at + by_s for at in self._answered), maxlen=self._limit)
        for call in self._under_way.values():
            call.left_at += by_s

    def drop(self, row_id: int) -> _UnderWay | None:
        """It is not under way any more, if it was."""
        call = self._under_way.pop(row_id, None)
        if call is not None:
            self._counted -= call.messages
        return call


def chat_limit(pace: Pace, chat_id: int) -> Rate | Window:
    """The limit of one chat: groups have negative ids."""
    return Rate(pace.private_per_s, pace.private_burst) if chat_id > 0 else Window(pace.group_per_minute, 60.0)


class FloodPauses:
    """The pauses that Telegram has asked for with 429 and `retry_after`.

    An answer does not say whether the chat or the bot as a whole was too fast. One chat's 429 is taken to be that
    chat's own; when several chats are under a pause at the same time, it is the bot as a whole.
    """

    CHATS_FOR_OVERALL = 3

    def __init__(self) -> None:
        self._until_by_chat: dict[int, float] = {}
        self.overall_until = 0.0

    def asked(self, chat_id: int, now: float, retry_after_s: float) -> None:
        """Telegram asked to wait before the next message to this chat."""
        self._until_by_chat = {chat: until for chat, until in self._until_by_chat.items() if until > now}
        self._until_by_chat[chat_id] = now + retry_after_s
        if len(self._until_by_chat) >= self.CHATS_FOR_OVERALL:
            self.overall_until = max(self.overall_until, now + retry_after_s)

    def chat_until(self, chat_id: int) -> float:
        """Until when this chat must wait."""
        return self._until_by_chat.get(chat_id, 0.0)

    def shift(self, by_s: float) -> None:
        """The clock was set, by so much: the pauses end at the same moments."""
        self._until_by_chat = {chat: until + by_s for chat, until in self._until_by_chat.items()}
        self.overall_until += by_s

    def active(self, now: float) -> Iterator[int]:
        """The chats that must wait."""
        return (chat for chat, until in self._until_by_chat.items() if until > now)


def backoff_s(tries: int, jitter: float, *, first_s: float = 0.5, most_s: float = 60.0) -> float:
    """How long to wait after `tries` failures: doubling, up to `most_s`, of which `jitter` (0 to 1) takes up to half.

    The jitter keeps many that failed together from coming back together.
    """
    whole = min(most_s, first_s * 2.0 ** min(tries - 1, 16))
    return whole * (1.0 - jitter / 2.0)
