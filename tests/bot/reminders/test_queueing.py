"""What is due is looked for from where it was looked for last."""

from __future__ import annotations

import pytest

from bot.reminders.queueing import queue_due
from storage import reminders
from storage.database import Database
from storage.records.durations import DAY_US, MINUTE_US

NOW = 1_800_000_000_000_000


async def looked_until(database: Database, *moments: int) -> int | None:
    """After a look at each of these moments."""
    for moment in moments:
        await database.write(lambda tx: queue_due(tx, moment))  # noqa: B023 - it is awaited here
    return await reminders.looked_until(database.reader)


async def test_it_goes_on_from_the_last_look_and_never_back(database: Database) -> None:
    assert await looked_until(database, NOW, NOW + DAY_US) == NOW + DAY_US
    assert await looked_until(database, NOW + DAY_US // 2) == NOW + DAY_US


@pytest.mark.parametrize("days", [2, 400])
async def test_a_clock_that_was_ahead_does_not_end_the_reminders(database: Database, days: int) -> None:
    assert await looked_until(database, NOW, NOW + days * DAY_US) == NOW + days * DAY_US
    assert await looked_until(database, NOW + MINUTE_US) == NOW + MINUTE_US
