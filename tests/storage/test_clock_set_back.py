"""What was noted by a clock that was ahead, and is set back, holds up nothing until that time."""

from __future__ import annotations

from bot.announcements.content import Content
from storage import announcements, changes
from storage.database import Database
from storage.records.announcements import AnnouncementState
from storage.records.conferences import ChangeAbout
from storage.records.durations import DAY_US, MINUTE_US
from storage.session import Transaction
from tests.announcements import composed
from tests.reminding import conference

NOW = 1_800_000_000_000_000
SETTLES_US = 5 * MINUTE_US


async def test_what_is_changed_of_a_conference_is_told(database: Database) -> None:
    number = await conference(database, 2027)

    async def settled(*changed_at: int) -> list[int]:
        async def work(tx: Transaction) -> list[int]:
            for about, at in zip(ChangeAbout, changed_at, strict=False):
                await changes.note(tx, number, about, "{}", now=at, session=1 if about == ChangeAbout.SESSION else None)
            return await changes.settled(tx, NOW, after_us=SETTLES_US)

        return await database.write(work)

    assert await settled(NOW - SETTLES_US) == [number]
    assert await settled(NOW - SETTLES_US, NOW + DAY_US) == [number]
    assert await settled(NOW - SETTLES_US + 1, NOW + DAY_US) == [], "there may be more"


async def test_those_who_join_are_looked_for(database: Database) -> None:
    number = await composed(
        database, {"en": Content("Welcome")}, state=AnnouncementState.RUNNING, joins_until=NOW + 30 * DAY_US
    )

    async def joinable(looked_at: int) -> list[int]:
        await database.write(lambda tx: announcements.looked_for_joins(tx, number, looked_at))
        return await announcements.joinable(database.reader, NOW, looked_before=NOW - MINUTE_US)

    assert [await joinable(at) for at in (NOW - MINUTE_US, NOW, NOW + DAY_US)] == [[number], [], [number]]
