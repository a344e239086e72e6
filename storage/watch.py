"""Ends work that takes so long that it would hold up everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from storage.errors import StorageError


class WorkTimeoutError(StorageError):
    """A piece of work took so long that it would have held up everybody; it was taken back.

    That may be its own fault, or the machine stood still.
    """


class Watch:
    """Watches pieces of work that run one after the other in one task; `with` it, each of them.

    It does what `asyncio.timeout` around each would do, with one timer for a whole group: to set one is much of what a
    small piece costs.
    """

    def __init__(self) -> None:
        self._task: asyncio.Task[object] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._most_s = 0.0
        self._began_at: float | None = None
        self._cancels_before: int | None = None
        """How often somebody else had cancelled the task when a piece was interrupted; None: it was not."""

    @contextmanager
    def over_a_group(self, most_s: float) -> Iterator[None]:
        """No piece of a group may take longer than that."""
        self._task, self._most_s = asyncio.current_task(), most_s
        self._set_timer(most_s)
        try:
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def __enter__(self) -> None:
        self._began_at = asyncio.get_running_loop().time()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Raises WorkTimeoutError if the piece took too long and was interrupted by that."""
        self._began_at = None
        if self._cancels_before is None or self._task is None:
            return
        before, self._cancels_before = self._cancels_before, None
        if self._task.uncancel() <= before and kind is asyncio.CancelledError:
            raise WorkTimeoutError(f"Taken back after {self._most_s:.0f} seconds.") from error

    def _set_timer(self, after_s: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(after_s, self._look)

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        left_s = self._most_s if self._began_at is None else self._began_at + self._most_s - now
        if left_s <= 0 and self._task is not None and self._cancels_before is None:
            self._cancels_before = self._task.cancelling()
            self._task.cancel()
        self._set_timer(left_s if left_s > 0 else self._most_s)
