"""What is past its time is forgotten, what is not is kept, and the bot goes on as if nothing had been."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from bot.runtime.housekeeping import BATCH, forget_old
from storage import inbox, outbox
from storage.database import Database
from storage.records import Call, NewMessage, NewUpdate
from storage.session import Transaction
from tests.chat import People, until

DAY_S = 24 * 3600.0


async def rows(database: Database) -> tuple[int, int]:
    """How many updates and how many messages are kept."""
    (counts,) = await database.reader._conn.execute_fetchall(
        "SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM outbox)"
    )
    return counts[0], counts[1]


async def handled(database: Database, clock: MovableClock, first: int, count: int) -> None:
    """So many updates that were handled and answered just now."""
    now = clock.now_us()

    async def work(tx: Transaction) -> None:
        await inbox.add(tx, [NewUpdate(number, 1, "{}") for number in range(first, first + count)], now)
        for message in range(first, first + count):
            outbox.add(tx, NewMessage(1, Call("sendMessage", {"text": str(message)})), now)

    async def end(tx: Transaction) -> None:
        for number in range(first, first + count):
            inbox.done(tx, number, now)
            outbox.sent(tx, number, number, now)

    await database.write(work)
    await database.write(end)


async def test_what_is_old_is_forgotten_and_what_is_recent_is_kept(database: Database, clock: MovableClock) -> None:
    await handled(database, clock, 1, 10)
    clock.advance(5 * DAY_S)
    await handled(database, clock, 11, 10)
    assert await forget_old(database, clock, messages_kept_days=7) == 0
    clock.advance(2.5 * DAY_S)
    assert await forget_old(database, clock, messages_kept_days=7) == 10
    assert await rows(database) == (20, 10)  # updates are known longer: Telegram may bring them again
    clock.advance(1 * DAY_S)
    assert await forget_old(database, clock, messages_kept_days=7) == 10
    assert await rows(database) == (10, 10)


async def test_much_is_forgotten_in_batches(database: Database, clock: MovableClock) -> None:
    await handled(database, clock, 1, BATCH + 50)
    clock.advance(9 * DAY_S)
    before = database.writer.groups_committed
    assert await forget_old(database, clock, messages_kept_days=7) == 2 * (BATCH + 49)  # the last place stays taken
    assert database.writer.groups_committed - before == 6


async def test_what_waits_or_was_set_aside_is_never_forgotten(database: Database, clock: MovableClock) -> None:
    await database.write(lambda tx: inbox.add(tx, [NewUpdate(number, 1, "{}") for number in (1, 2, 3)], 1))
    await database.write(lambda tx: inbox.set_aside(tx, 1, "why", 1))

    async def say(tx: Transaction) -> None:
        outbox.add(tx, NewMessage(1, Call("sendMessage", {"text": "waits"})), 1)

    await database.write(say)
    clock.advance(1000 * DAY_S)
    assert await forget_old(database, clock, messages_kept_days=7) == 0
    assert await rows(database) == (3, 1)


async def test_the_bot_still_hears_and_speaks_after_all_was_forgotten(
    bot: Running, people: People, clock: MovableClock
) -> None:
    phone = await people.person()
    for _ in range(3):
        await phone.ask("/help")

    async def all_sent() -> bool:
        return await outbox.counts(bot.database.reader) == (0, 0)

    await until(all_sent)
    clock.advance(9 * DAY_S)
    await forget_old(bot.database, clock, messages_kept_days=7)
    assert (await phone.ask("/privacy"))["text"].startswith("What I keep about you")
