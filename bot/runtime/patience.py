"""How often a message is tried again: until the fault seems to be its own, or a day has passed."""

from __future__ import annotations

from storage.records import QueuedMessage
from storage.records.durations import DAY_US

TRIES_AT_MOST = 8
GIVE_UP_AFTER_US = DAY_US
OFFLINE_AFTER = 3
"""Failures in a row to reach the server after which everything waits, not only the message concerned."""


class Patience:
    """Remembers what was sent and what failed, as far as that tells whose fault a failure is."""

    def __init__(self) -> None:
        self._successes = 0
        self._unreached = 0
        self._successes_before: dict[int, int] = {}
        """By row: how many sends of others had succeeded when it failed last."""

    def succeeded(self) -> None:
        """Telegram has taken a message."""
        self._successes += 1
        self._unreached = 0

    def unreached(self) -> int:
        """The server was not reached once more; how often too many in a row that is by now."""
        self._unreached += 1
        return max(0, self._unreached - OFFLINE_AFTER + 1)

    def is_over(self, row: QueuedMessage, now: int) -> bool:
        """Whether a row that has failed now is not to be tried again."""
        others_succeeded = self._successes > self._successes_before.get(row.id, self._successes)
        self._successes_before[row.id] = self._successes
        return row.tries + 1 >= TRIES_AT_MOST and (others_succeeded or now - row.queued_at > GIVE_UP_AFTER_US)

    def forget(self, row: QueuedMessage) -> None:
        """A row is out of the queue."""
        self._successes_before.pop(row.id, None)
