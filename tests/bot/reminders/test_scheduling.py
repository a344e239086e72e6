"""How rungs are moved: later is later, also around midnight, and no further than makes sense."""

from __future__ import annotations

import pytest

from bot.members.roles import Rights
from bot.reminders import scheduling
from bot.reminders.ladder import ladder_of
from storage import reminders
from storage.database import Database
from storage.records.reminders import Anchor, NewRung
from storage.session import Transaction
from tests import conferences as example
from tests.desk import OWNER

NOW = 1_800_000_000_000_000
RIGHTS = Rights((OWNER,))


@pytest.mark.parametrize(
    ("anchor", "was", "by", "becomes"),
    [
        (Anchor.CONFERENCE, (7, 540), (1, 0), (8, 540)),
        (Anchor.CONFERENCE, (7, 540), (-7, 0), (1, 540)),
        (Anchor.CONFERENCE, (364, 540), (7, 0), (365, 540)),
        (Anchor.CONFERENCE, (7, 1380), (0, 60), (6, 0)),
        (Anchor.CONFERENCE, (7, 0), (0, -60), (8, 1380)),
        (Anchor.CONFERENCE, (1, 1380), (0, 60), (1, 1380)),
        (Anchor.CONFERENCE, (365, 0), (0, -60), (365, 0)),
        (Anchor.FEEDBACK, (1, 1380), (0, 60), (2, 0)),
        (Anchor.FEEDBACK, (2, 0), (0, -60), (1, 1380)),
        (Anchor.FEEDBACK, (1, 0), (0, -60), (1, 0)),
        (Anchor.FEEDBACK, (30, 540), (7, 0), (30, 540)),
        (Anchor.SESSION, (0, 15), (0, 60), (0, 75)),
        (Anchor.SESSION, (0, 15), (0, -60), (0, 5)),
        (Anchor.SESSION, (0, 1430), (0, 60), (0, 1440)),
    ],
)
async def test_by_days_and_by_minutes(
    database: Database, anchor: Anchor, was: tuple[int, int], by: tuple[int, int], becomes: tuple[int, int]
) -> None:
    held = await example.opened(database, NOW)

    async def work(tx: Transaction) -> None:
        [like] = [one for one in await ladder_of(tx, held.id) if one.anchor == anchor][-1:]
        number = await reminders.add_rung(tx, held.id, NewRung(anchor, *was, like.audience))
        days, minutes = by
        await scheduling.change(tx, RIGHTS, number, 0, days=days, minutes=minutes, by=OWNER, now=NOW)
        moved = await reminders.rung(tx, number)
        assert moved is not None
        assert (moved.days, moved.minutes) == becomes

    await database.write(work)


async def test_the_notice_keeps_its_days_and_its_day(database: Database) -> None:
    held = await example.opened(database, NOW)

    async def work(tx: Transaction) -> None:
        [notice] = [one for one in await ladder_of(tx, held.id) if one.is_formal]
        for edition in range(20):
            await scheduling.change(tx, RIGHTS, notice.id, edition, minutes=60, by=OWNER, now=NOW)
        moved = await reminders.rung(tx, notice.id)
        assert moved is not None
        assert (moved.days, moved.minutes) == (notice.days, 1435)
        with pytest.raises(scheduling.StaleRungError):
            await scheduling.remove(tx, RIGHTS, notice.id, moved.edition, by=OWNER, now=NOW)

    await database.write(work)
