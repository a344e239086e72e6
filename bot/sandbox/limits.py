"""Telegram's limits on sending, for tests that want them. Off unless asked for."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.sandbox.wire import Json

SECOND = 1.0
MINUTE = 60.0
PAID_PER_S = 1_000
"""So many a second are allowed of what is paid for, beside the limit of everything else."""


@dataclass(slots=True)
class _Window:
    """At most `allowed` sends in any `length_s` seconds."""

    allowed: int
    length_s: float
    times: deque[float] = field(default_factory=deque)

    def wait_s(self, now: float, count: int) -> float:
        """Seconds until `count` more sends are allowed; 0 if they are now."""
        times = self.times
        while times and times[0] <= now - self.length_s:
            times.popleft()
        too_many = len(times) + count - max(self.allowed, count)
        return times[too_many - 1] + self.length_s - now if too_many > 0 else 0.0

    def count(self, now: float, count: int) -> None:
        self.times.extend([now] * count)


@dataclass(slots=True)
class _Limits:
    """The windows of one bot."""

    overall: _Window | None
    paid: _Window | None
    chats: dict[int, _Window] = field(default_factory=dict)


class SendLimits:
    """Sliding windows over what each bot sends: overall, to a private chat, to a group."""

    def __init__(self) -> None:
        self.configure({})

    def configure(self, wanted: Json) -> None:
        """Set the limits; what is absent or 0 is not limited. Raises ValueError or TypeError."""
        overall_per_s = int(wanted.get("overall_per_s") or 0)
        chat_per_s = float(wanted.get("chat_per_s") or 0)
        group_per_minute = int(wanted.get("group_per_minute") or 0)
        if not min(overall_per_s, chat_per_s, group_per_minute) >= 0:
            raise ValueError("A limit is not negative.")
        self._overall_per_s = overall_per_s
        self._chat_per_s = chat_per_s
        self._group_per_minute = group_per_minute
        self._bots: dict[int, _Limits] = defaultdict(self._new_bot)

    @property
    def are_on(self) -> bool:
        return bool(self._overall_per_s or self._chat_per_s or self._group_per_minute)

    def to_json(self) -> Json:
        return {
            "overall_per_s": self._overall_per_s,
            "chat_per_s": self._chat_per_s,
            "group_per_minute": self._group_per_minute,
        }

    def retry_after_s(self, bot_id: int, chat_id: int, now: float, count: int = 1, *, is_paid: bool = False) -> int:
        """Count `count` messages to the chat, or say in how many whole seconds to come again.

        A refused send is not counted.
        """
        limits = self._bots[bot_id]
        chat = limits.chats.get(chat_id)
        if chat is None and (chat := self._new_chat(chat_id)) is not None:
            limits.chats[chat_id] = chat
        overall = limits.paid if is_paid else limits.overall
        windows = [window for window in (overall, chat) if window is not None]
        wait_s = max((window.wait_s(now, count) for window in windows), default=0.0)
        if wait_s > 0:
            return max(1, math.ceil(wait_s))
        for window in windows:
            window.count(now, count)
        return 0

    def _new_bot(self) -> _Limits:
        if not self._overall_per_s:
            return _Limits(None, None)
        return _Limits(_Window(self._overall_per_s, SECOND), _Window(PAID_PER_S, SECOND))

    def _new_chat(self, chat_id: int) -> _Window | None:
        if chat_id < 0:
            return _Window(self._group_per_minute, MINUTE) if self._group_per_minute else None
        if not self._chat_per_s:
            return None
        if self._chat_per_s >= 1:
            return _Window(int(self._chat_per_s), SECOND)
        return _Window(1, 1 / self._chat_per_s)
