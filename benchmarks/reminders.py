"""How long it takes to queue 100,000 reminders that are due: `python -m benchmarks.reminders`.

Prints the seconds and how much the process grew, and the same for a loop in Python that looks at each person and
inserts row by row, in the same run on the same machine. The loop only writes the rows; it checks nothing.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import uvloop

from bot.reminders.queueing import queue_due
from storage import conferences
from storage.database import open_database
from storage.records.conferences import ConferenceDetails
from storage.records.durations import SECOND_US
from storage.session import Transaction

PEOPLE = 100_000
ZONES = ("Europe/Zurich", "Africa/Nairobi", "America/Lima", "Asia/Tokyo", "")
BEFORE, DUE = (int(datetime(2027, 4, 11, hour, tzinfo=UTC).timestamp()) * SECOND_US for hour in (0, 13))
"""Between them it is nine in the morning of the day before, and everybody is awake again."""


async def fill(tx: Transaction) -> None:
    """A conference, and as many who are registered for it."""
    details = ConferenceDetails("KE", date(2027, 4, 12), date(2027, 4, 15), "Africa/Nairobi")
    number = await conferences.add(tx, details, by=1, now=0)
    conn = tx._conn  # noqa: SLF001 - rows without what makes them
    await conn.execute(
        "INSERT INTO centers (id, state, name, sort_name, registered_at, changed_at) "
        "VALUES (1, 'approved', 'Center A', 'center a', 0, 0)"
    )
    numbers = range(1, PEOPLE + 1)
    await conn.executemany(
        "INSERT INTO people (id, language, first_name, first_seen_at) VALUES (?, 'en', '', 0)", ((n,) for n in numbers)
    )
    await conn.executemany(
        "INSERT INTO delegates (id, person_id, center, state, given_name, family_name, registered_at, changed_at, "
        "sort_name, time_zone) VALUES (?, ?, 1, 'active', '', '', 0, 0, '', ?)",
        ((n, n, ZONES[n % len(ZONES)] or None) for n in numbers),
    )
    await conn.executemany(
        "INSERT INTO participations (conference, delegate, state, attendance, answered_at, changed_at) "
        "VALUES (?, ?, 'registered', 'in_person', 0, 0)",
        ((number, n) for n in numbers),
    )


def loop(path: Path) -> int:
    """What one would write first: each person in turn."""
    connection = sqlite3.connect(path)
    people = connection.execute("SELECT person_id FROM delegates ORDER BY id").fetchall()
    for (person,) in people:
        cursor = connection.execute(
            "INSERT INTO reminders (rung, event, person_id, due_at, queued_at) VALUES (1, 'loop', ?, 0, 0)", (person,)
        )
        args = json.dumps({"reminder": cursor.lastrowid})
        connection.execute(
            "INSERT INTO outbox (chat_id, message_class, renderer, args, queued_at) VALUES (?, 1, 'reminder', ?, 0)",
            (person, args),
        )
    connection.commit()
    connection.close()
    return len(people)


async def measured(work: Callable[[], Awaitable[int]]) -> tuple[int, float, float]:
    """How many, in how many seconds, and by how many MB the process grew at most."""
    before, started = _peak_mb(), time.perf_counter()
    count = await work()
    return count, time.perf_counter() - started, _peak_mb() - before


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "bench.db", now_us=BEFORE) as database:
            await database.write(fill)
            await database.write(lambda tx: queue_due(tx, BEFORE))
            ours = await measured(lambda: database.write(lambda tx: queue_due(tx, DUE)))
            assert ours[0] == PEOPLE, ours  # noqa: S101
            theirs = await measured(lambda: asyncio.to_thread(loop, database.path))
    print(f"{'':16}{'reminders':>10}{'seconds':>10}{'grew by':>10}")
    for name, (count, seconds, grown_mb) in (("one statement", ours), ("a loop", theirs)):
        print(f"{name:16}{count:>10,}{seconds:>10.2f}{grown_mb:>7.0f} MB")
    print(f"{'ratio':16}{'':>10}{theirs[1] / ours[1]:>10.1f}")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    uvloop.run(main())
