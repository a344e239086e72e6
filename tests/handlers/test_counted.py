"""What counts everybody is counted on a connection for which no message waits."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app import Running
from bot.members.audit_search import AuditChoice
from bot.members.export_choice import ExportChoice
from bot.reminders.ladder import ladder_of
from handlers.counted_delivery import SCREENS
from handlers.views import audit_state as log_state
from handlers.views import export_state
from storage import outbox
from storage.records import NewMessage, Rendered
from storage.records.durations import SECOND_US
from storage.records.reminders import Anchor
from storage.session import Transaction, load_sql
from tests import reminding
from tests.chat import People, Phone, until
from tests.counted import Counted
from tests.office import now_reads
from tests.records import center

SQL = load_sql()
COUNTING = (
    SQL.audit.count, SQL.centers.count, SQL.delegates.count, SQL.participations.count_absent_centers,
    SQL.participations.count_erased, SQL.participations.count_silent_centers, SQL.participations.numbers,
    SQL.reminders.how_many, SQL.reminders.outcomes,
)  # fmt: skip
"""What reads everybody."""
SCREENS_SEEN = {
    "/schedule": "Papers: 14 days before – 1 person",
    "schedule:show:{conference}": "Papers: 14 days before – 1 person",
    "schedule:rung:{rung}": "As things stand: 1 person",
    "schedule:ask:{rung}": "it means: 1 person",
    "part:all:{conference}": "Registered: 1",
    "part:silent:{conference}:0": "Center B",
    "/audit": "Audit log, 0 entries",
    f"audit:show:{log_state.packed(AuditChoice())}": "Audit log, 0 entries",
    "/export": "2 Centers\n1 delegate or guest",
    f"export:show:{export_state.packed(ExportChoice())}": "2 Centers\n1 delegate or guest",
}
"""What is written or pressed, and what is read then that was counted."""


@pytest.mark.parametrize(("asked", "words"), SCREENS_SEEN.items(), ids=list(SCREENS_SEEN))
async def test_messages_wait_for_no_counting(
    bot: Running, people: People, owner: Phone, asked: str, words: str
) -> None:
    number = await reminding.conference(bot.database, datetime.fromtimestamp(bot.now_us() / SECOND_US, UTC).year + 1)
    await reminding.registered(bot, people, number)
    await center(bot, name="Center B")
    menu = await owner.ask("/schedule")
    rung = await reminding.rung_of(bot, number, Anchor.CONFERENCE, 7)
    writer: Any = Counted(bot.database.writer._conn)
    bot.database.writer._conn = writer
    if asked.startswith("/"):
        shown = await owner.ask(asked)
        assert words in shown["text"]
    else:
        await owner.press(menu, asked.format(conference=number, rung=rung.id), forged=True)
        await now_reads(owner, menu, words)
    assert writer.statements
    assert {one.sql for one in COUNTING} & set(writer.statements) == set()


@pytest.mark.parametrize("screen", SCREENS)
async def test_who_may_not_see_it_any_more_is_shown_nothing(bot: Running, people: People, screen: str) -> None:
    number = await reminding.conference(bot.database, 2030)
    stranger = await people.person()
    await stranger.ask("/start")
    args = {"by": stranger.id, "place": {}, "conference": number, "rung": 1, "which": "silent", "page": 0}
    args |= {"choice": "", "older": None, "username": "example"}

    async def queue(tx: Transaction) -> None:
        await ladder_of(tx, number)
        outbox.add(tx, NewMessage(stranger.id, Rendered(screen, args)), bot.now_us())

    seen = len(await stranger.from_bot())
    await bot.database.write(queue)
    bot.wake_delivery()

    async def is_dropped() -> bool:
        rows = await bot.database.reader.all(SimpleNamespace(sql="SELECT failure FROM outbox WHERE state = 'aborted'"))
        return [row["failure"] for row in rows] == ["no longer needed"]

    await until(is_dropped)
    assert len(await stranger.from_bot()) == seen
