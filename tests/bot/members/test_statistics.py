"""The association in numbers, and as a picture."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from bot.members import centers, delegates
from bot.members.chart import HEIGHT, WIDTH, chart
from bot.members.roles import NotAllowedError, Rights
from bot.members.statistics import Month, Share, Statistics, by_month, statistics
from storage import people
from storage.database import Database
from storage.records.durations import SECOND_US
from storage.records.members import CenterDetails, CenterKind, CenterState, DelegateDetails, DelegateState, Focus
from storage.session import Transaction

RIGHTS = Rights(frozenset({1}))


def us(year: int, month: int, day: int = 15) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * SECOND_US


NOW = us(2027, 3)


async def fill(tx: Transaction) -> None:
    await people.meet(tx, people.meeting(tx.sql, 7, language="en", guessed=True, reachable=True, now=1))
    for name, country, kind, focus, at in (
        ("A", "KE", CenterKind.UNIVERSITY, Focus.POLICE, us(2025, 1)),
        ("B", "KE", CenterKind.AGENCY, Focus.POLICE, us(2026, 12)),
        ("C", "CH", None, None, us(2027, 3)),
        ("D", None, None, Focus.MIXED, us(2027, 3)),
    ):
        details = CenterDetails(f"Center {name}", country=country, kind=kind, focus=focus)
        await centers.add(tx, details, state=CenterState.APPROVED, by=None, now=at)
    await centers.add(tx, CenterDetails("Center E"), state=CenterState.PENDING, by=None, now=NOW)
    for number, (person, center, state) in enumerate(
        ((7, 1, DelegateState.ACTIVE), (None, None, DelegateState.ACTIVE), (None, 1, DelegateState.PENDING))
    ):
        await delegates.add(
            tx, DelegateDetails("Delegate", str(number)), person_id=person, center=center, state=state,
            is_guest=center is None, now=us(2027, 2),
        )  # fmt: skip


async def test_numbers_count_what_is_there(database: Database) -> None:
    await database.write(fill)
    found = await statistics(database.reader, RIGHTS, 1, NOW)
    assert (found.centers, found.pending_centers, found.countries) == (4, 1, 2)
    assert found.by_region == (Share("africa", 2), Share("europe", 1), Share(None, 1))
    assert found.by_focus == (Share("police", 2), Share("mixed", 1), Share(None, 1))
    assert found.by_kind == (Share("agency", 1), Share("university", 1), Share(None, 2))
    assert found.top_countries == (Share("KE", 2), Share("CH", 1))
    assert (found.delegates, found.guests, found.linked, found.pending_delegates) == (1, 1, 1, 1)
    assert [month.total for month in found.centers_by_month] == [1] * 8 + [2, 2, 2, 4]
    assert found.delegates_by_month[-2:] == (Month(2027, 2, 2, 2), Month(2027, 3, 0, 2))


async def test_an_empty_database_has_numbers_and_a_picture(database: Database) -> None:
    found = await statistics(database.reader, RIGHTS, 1, NOW)
    assert (found.centers, found.delegates, found.guests) == (0, 0, 0)
    assert {month.total for month in found.centers_by_month} == {0}
    assert Image.open(BytesIO((await chart(found)).png)).size == (WIDTH, HEIGHT)


async def test_numbers_are_for_the_secretariat(database: Database) -> None:
    with pytest.raises(NotAllowedError):
        await statistics(database.reader, RIGHTS, 2, NOW)


def test_months_are_those_of_utc_and_have_no_gaps() -> None:
    last_moment = us(2027, 3, 1) - 1
    months = by_month([last_moment, us(2027, 3, 1), us(2020, 1), us(2027, 4)], NOW)
    assert [(month.year, month.month) for month in months] == [
        *((2026, month) for month in range(4, 13)),
        *((2027, month) for month in range(1, 4)),
    ]
    assert months[-2:] == (Month(2027, 2, 1, 2), Month(2027, 3, 1, 3))


REGIONS = (("africa", 24), ("europe", 19), ("asia", 12), ("americas", 8), ("oceania", 1))
FOCUSES = (("mixed", 30), ("military", 20), ("police", 9), ("civilian", 5), (None, 0))


def example(*, scale: int = 1) -> Statistics:
    months = tuple(Month(2026 + (m > 9) * 1, (m + 2) % 12 + 1, 3, 20 + 3 * m * scale) for m in range(12))
    return Statistics(
        centers=64, pending_centers=2, countries=30,
        by_region=tuple(Share(of, number * scale) for of, number in REGIONS),
        by_focus=tuple(Share(of, number * scale) for of, number in FOCUSES),
        by_kind=(), top_countries=(), delegates=200, guests=10, linked=50, pending_delegates=1, waiting=3,
        centers_by_month=months,
        delegates_by_month=tuple(Month(month.year, month.month, 9, month.total * 3) for month in months),
    )  # fmt: skip


@pytest.mark.parametrize("scale", [1, 100_000])
async def test_a_picture_has_a_bar_for_each_number(scale: int) -> None:
    drawn = await chart(example(scale=scale))
    assert [(key.number, key.share.of) for key in (*drawn.regions, *drawn.focuses)] == list(
        enumerate([of for of, _ in (*REGIONS, *FOCUSES)], 1)
    )
    image = Image.open(BytesIO(drawn.png)).convert("RGB")
    assert (image.format, image.size) == (None, (WIDTH, HEIGHT))
    blue = [y for y in range(HEIGHT) if image.getpixel((140, y)) == (0x2A, 0x78, 0xB8)]
    assert len([y for y in blue if y - 1 not in blue]) >= 5
    assert len(drawn.png) < 100_000
