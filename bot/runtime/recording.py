"""Records in the database what has happened outside of it and cannot be taken back."""

from __future__ import annotations

import math
import random
from collections.abc import Awaitable, Callable

import structlog

from bot.runtime.clock import Clock
from bot.runtime.pacing import backoff_s
from storage.database import Database
from storage.errors import StatementError, StorageError
from storage.session import Transaction
from storage.watch import WorkTimeoutError

log = structlog.stdlib.get_logger(__name__)

Recording = Callable[[Transaction], Awaitable[None]]


class Recorder:
    """Commits, however long that takes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._stopping = False
        self._jitter = random.Random()  # noqa: S311 - spreads retries; nothing secret

    def stop(self) -> None:
        """Do not wait any more for a storage that cannot record."""
        self._stopping = True

    async def record(self, recording: Recording, *, may_wait: bool = False, timeouts: float = math.inf) -> None:
        """Commit, in company if it `may_wait`; a full disk or a locked file is waited out.

        It may take too long up to `timeouts` times: each time, everybody else has waited for it.

        Raises:
            StatementError: what is to be recorded is at fault.
            WorkTimeoutError: it has taken too long that often.
        """
        tries = 0
        while True:
            try:
                await self._database.write(recording, may_wait=may_wait)
            except StatementError:
                raise
            except StorageError as error:
                tries += 1
                timeouts -= isinstance(error, WorkTimeoutError)
                if timeouts <= 0:
                    raise
                log.error("result_not_recorded", reason=str(error), tries=tries)
                if self._stopping:
                    return
                await self._clock.sleep(backoff_s(tries, self._jitter.random(), most_s=5.0))
            else:
                return
