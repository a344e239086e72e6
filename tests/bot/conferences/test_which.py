"""Which conference a question means, and which have ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.conferences import moments, which
from bot.conferences.asking import Asked
from bot.conferences.occasions import Order
from storage import conferences
from storage.database import Database
from storage.records.conferences import Conference, ConferenceState
from storage.records.durations import DAY_US
from storage.session import Transaction
from tests.conferences import ZONE, opened

DAYS = {"long over": -800, "over": -400, "called off": -30, "next": 100, "off too": 130, "after next": 500}
NOW = moments.end_of_day_us(date(2027, 5, 3), ZONE)


async def known(database: Database) -> dict[str, Conference]:
    """Conferences before and after now, each of one day, by what they are."""
    today = moments.today(ZONE, NOW)
    days = {name: today + timedelta(days=days) for name, days in DAYS.items()}
    found = {name: await opened(database, NOW, starts_on=day, ends_on=day) for name, day in days.items()}

    async def cancel(tx: Transaction) -> None:
        for name in ("called off", "off too"):
            assert await conferences.set_state(tx, found[name].id, ConferenceState.CANCELLED, NOW)

    await database.write(cancel)
    return found


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (Asked(), "next"),
        (Asked(order=Order.FIRST), None),
        (Asked(order=Order.LAST), "over"),
        (Asked(order=Order.AFTER_NEXT), "after next"),
        (Asked(year=2026), "over"),
        (Asked(year=2027), "next"),
        (Asked(year=2028), "after next"),
        (Asked(year=2030), None),
    ],
)
async def test_what_a_question_means(database: Database, asked: Asked, name: str | None) -> None:
    found = await known(database)
    meant = await which.meant(database.reader, asked, NOW)
    assert (None if meant is None else meant.id) == (None if name is None else found[name].id)


async def test_one_that_was_cancelled_is_meant_only_where_none_takes_place(database: Database) -> None:
    found = await known(database)

    async def cancel(tx: Transaction) -> None:
        assert await conferences.set_state(tx, found["next"].id, ConferenceState.CANCELLED, NOW)
        assert await conferences.set_state(tx, found["after next"].id, ConferenceState.CANCELLED, NOW)

    await database.write(cancel)
    meant = await which.meant(database.reader, Asked(), NOW)
    assert meant is not None
    assert meant.id == found["next"].id


async def test_which_are_over(database: Database) -> None:
    found = await known(database)
    over = await which.past(database.reader, NOW, at_most=2)
    assert [one.id for one in over] == [found["called off"].id, found["over"].id]


@pytest.mark.parametrize(("days_ago", "has_ended"), [(31, True), (29, False), (401, True)])
async def test_whether_one_has_ended_since(database: Database, days_ago: int, *, has_ended: bool) -> None:
    await known(database)
    assert await which.ended_since(database.reader, NOW - days_ago * DAY_US, NOW) is has_ended
