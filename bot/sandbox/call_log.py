"""Every call that a bot made, for tests to count."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.wire import Json, iso

KEPT = 200_000


@dataclass(frozen=True, slots=True)
class LoggedCall:
    seq: int
    at: float
    bot_id: int
    method: str
    chat_id: int | str | None
    status: int
    is_done: bool
    """Whether the sandbox did what was asked, whatever became of the answer."""
    fault: str | None = None
    message_id: int | None = None
    is_silent: bool = False
    """Whether it was to make no sound."""

    def to_json(self) -> Json:
        call: Json = {
            "seq": self.seq,
            "at": iso(self.at),
            "bot_id": self.bot_id,
            "method": self.method,
            "chat_id": self.chat_id,
            "status": self.status,
            "done": self.is_done,
        }
        if self.fault is not None:
            call["fault"] = self.fault
        if self.message_id is not None:
            call["message_id"] = self.message_id
        if self.is_silent:
            call["silent"] = True
        return call


class CallLog:
    """The last calls, all but `getUpdates`."""

    def __init__(self, kept: int = KEPT) -> None:
        self._calls: deque[LoggedCall] = deque(maxlen=kept)
        self.last_seq = 0

    def add(
        self,
        *,
        at: float,
        bot_id: int,
        method: str,
        chat_id: int | str | None,
        status: int,
        is_done: bool,
        fault: str | None = None,
        message_id: int | None = None,
        is_silent: bool = False,
    ) -> None:
        self.last_seq += 1
        self._calls.append(
            LoggedCall(self.last_seq, at, bot_id, method, chat_id, status, is_done, fault, message_id, is_silent)
        )

    def after(self, seq: int) -> list[LoggedCall]:
        """The kept calls with a number above `seq`, oldest first."""
        missing = self.last_seq - max(seq, self.last_seq - len(self._calls))
        return list(islice(self._calls, len(self._calls) - missing, None)) if missing > 0 else []
