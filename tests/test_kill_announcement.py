"""An announcement to 2,000 people, paused, killed three times, resumed, corrected, recalled: a copy each.

But for at most the sends that were in flight at a kill, whose results nobody could record any more.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bot.announcements import correcting, recalling, sending
from bot.announcements.audience import Audience
from bot.announcements.content import Content
from bot.runtime.clock import Clock
from bot.sandbox.server import Sandbox
from storage import announcements, outbox
from storage.database import Database, open_database
from storage.records.announcements import AnnouncementState, Outcome
from storage.session import Transaction
from tests.announcements import RIGHTS, composed, found
from tests.chat import People, until
from tests.desk import OWNER
from tests.killed_announcement import by_outcome, copies, is_settled, killed_at, members, settled
from tests.processes import PATIENCE_S, BotProcess, bot_process

MEMBERS = 2_000
LEFT_OUT = 50
"""Members who read another language: they are not of the segment."""
KILLS = 3
IN_FLIGHT = 10
SEED = 20261126
PACED = {"UNIGO_DELIVERY__PER_SECOND": "250", "UNIGO_DELIVERY__IN_FLIGHT": str(IN_FLIGHT)}


@pytest.mark.timeout(300)
async def test_kills_while_an_announcement_runs(
    sandbox: Sandbox, people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, clock = random.Random(SEED), Clock()
    in_flight: list[int] = []
    async with open_database(tmp_path / "bot.db", now_us=1) as database:

        async def killed(process: BotProcess, sent: int) -> None:
            await killed_at(process, database, number, sent)
            recorded = (await by_outcome(database, number))[Outcome.SENT]
            in_flight.append(await settled(people) - sum(in_flight) - recorded)

        numbers = await members(people, database, MEMBERS, french=LEFT_OUT)
        meant = numbers[: MEMBERS - LEFT_OUT]
        number = await composed(database, {"en": Content("On Friday")}, audience=Audience(language=("en",)))
        assert await database.write(lambda tx: sending.begin(tx, RIGHTS, OWNER, number, clock.now_us()))
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await killed(process, chance.randint(200, 500))
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await killed(process, chance.randint(700, 1_000))
            assert await database.write(lambda tx: sending.pause(tx, RIGHTS, OWNER, number, clock.now_us()))
        before = await settled(people)
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await until(lambda: is_empty(database), within_s=PATIENCE_S)
            assert await settled(people) == before
            assert (await found(database, number)).state == AnnouncementState.PAUSED
            assert await database.write(lambda tx: sending.resume(tx, RIGHTS, OWNER, number, clock.now_us()))
            await killed(process, chance.randint(1_300, 1_700))
        async with bot_process(sandbox.base_url, tmp_path, **PACED) as process:
            await is_settled(database, number)
            assert await by_outcome(database, number) == {Outcome.SENT: len(meant)}
            got = await copies(people)
            assert set(got) == set(meant)

            async def correct(tx: Transaction) -> int:
                await announcements.set_text(tx, number, "en", Content("On Monday").as_json())
                return await correcting.begin(tx, RIGHTS, OWNER, number, "en", now=clock.now_us())

            assert await database.write(correct) == len(meant)
            await is_settled(database, number)
            edited = Counter(int(call["chat_id"]) for call in await people.calls("editMessageText") if call["done"])
            assert edited == dict.fromkeys(meant, 1)
            assert await database.write(lambda tx: recalling.begin(tx, RIGHTS, OWNER, number, clock.now_us()))
            await is_settled(database, number)
            assert await by_outcome(database, number) == {Outcome.RECALLED: len(meant)}
            assert await process.stop() == 0
    repeated = got.total() - len(meant)
    with capsys.disabled():
        print(f"\n{len(meant)} recipients, in flight at each of {KILLS} kills {in_flight}, sent twice {repeated}")
    assert repeated <= sum(in_flight)
    assert max(in_flight) <= IN_FLIGHT


async def is_empty(database: Database) -> bool:
    """Nothing waits in the outbox."""
    return (await outbox.counts(database.reader))[0] == 0
