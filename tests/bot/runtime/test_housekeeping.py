"""What is past its time is forgotten, what is not is kept, and the bot goes on as if nothing had been."""

from __future__ import annotations

from bot.announcements.content import Content
from bot.app import Running
from bot.conferences import changes as conference_changes
from bot.runtime.clock import MovableClock
from bot.runtime.housekeeping import AWAITED_KEPT_DAYS, BATCH, Retention, forget_old
from storage import announcements, changes, desk, inbox, outbox, people, requests
from storage.database import Database
from storage.records import Call, NewMessage, NewUpdate
from storage.records.members import Awaited
from storage.session import Transaction
from tests import conferences
from tests.announcements import composed
from tests.chat import People, until
from tests.conftest import StartBot
from tests.desk import answer, asked, running, says, secretariat
from tests.inbox import take_in

DAY_S = 24 * 3600.0
SECOND = "How is the budget of the association decided?"
NOTHING_OLD = 11
"""Floods, questions, letters, drafts, searches, awaited words, lists, changes told, empty announcements and two sorts
of marks are looked at once each."""
KEPT = Retention(messages_days=7, letters_days=730)


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
        await take_in(tx, [NewUpdate(number, 1, "{}") for number in range(first, first + count)], now)
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
    assert await forget_old(database, clock, KEPT) == 0
    clock.advance(2.5 * DAY_S)
    assert await forget_old(database, clock, KEPT) == 10
    assert await rows(database) == (20, 10)  # updates are known longer: Telegram may bring them again
    clock.advance(1 * DAY_S)
    assert await forget_old(database, clock, KEPT) == 10
    assert await rows(database) == (10, 10)


async def test_much_is_forgotten_in_batches(database: Database, clock: MovableClock) -> None:
    await handled(database, clock, 1, BATCH + 50)
    clock.advance(9 * DAY_S)
    before = database.writer.groups_committed
    assert await forget_old(database, clock, KEPT) == 2 * (BATCH + 49)  # the last place stays taken
    assert database.writer.groups_committed - before == 6 + NOTHING_OLD


async def test_what_waits_or_was_set_aside_is_never_forgotten(database: Database, clock: MovableClock) -> None:
    await database.write(lambda tx: take_in(tx, [NewUpdate(number, 1, "{}") for number in (1, 2, 3)], 1))
    await database.write(lambda tx: inbox.set_aside(tx, 1, "why", 1))

    async def say(tx: Transaction) -> None:
        outbox.add(tx, NewMessage(1, Call("sendMessage", {"text": "waits"})), 1)

    await database.write(say)
    clock.advance(1000 * DAY_S)
    assert await forget_old(database, clock, KEPT) == 0
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
    await forget_old(bot.database, clock, KEPT)
    assert (await phone.ask("/privacy"))["text"].startswith("What I keep about you")


async def test_old_questions_and_letters_go_but_not_while_somebody_waits(
    start_bot: StartBot, people: People, clock: MovableClock
) -> None:
    async with running(start_bot) as bot:
        office = await secretariat(bot, people)
        answered, copy = await asked(office, name="Delegate A")
        await answer(office, copy, "Nothing so far.")
        await says(answered, "Nothing so far.")
        waiting, _copy = await asked(office, SECOND, name="Delegate B")
        clock.advance(729 * DAY_S)
        await forget_old(bot.database, clock, KEPT)
        assert await kept(bot.database) == (2, 3)
        clock.advance(2 * DAY_S)
        await forget_old(bot.database, clock, KEPT)
        assert await kept(bot.database) == (1, 1)
        thread = await desk.thread_of(bot.database.reader, waiting.id)
        assert thread is not None
        assert thread.state == "waiting"
        await says(office.group, SECOND)
        reply = await answered.ask("/ask May I ask once more?")  # whose letters are gone
        assert "Your message has gone to the Secretariat." in reply["text"]
        await says(office.group, "May I ask once more?")


async def test_what_was_told_of_a_conference_is_forgotten_and_what_is_yet_to_be_told_is_not(
    database: Database, clock: MovableClock
) -> None:
    held = await conferences.opened(database, clock.now_us())
    meeting = await conferences.with_agm(database, held, clock.now_us())

    async def noted(tx: Transaction) -> None:
        await conference_changes.conference_changed(tx, held, clock.now_us())
        [change] = await changes.untold(tx, held.id)
        assert await changes.told(tx, change, "{}", clock.now_us())
        await conference_changes.agm_changed(tx, meeting, clock.now_us())

    await database.write(noted)
    for days, left in ((29, 2), (2, 1)):
        clock.advance(days * DAY_S)
        await forget_old(database, clock, KEPT)
        assert len(list(await database.reader._conn.execute_fetchall("SELECT id FROM conference_changes"))) == left
    assert [change.about for change in await changes.untold(database.reader, held.id)] == ["agm"]


async def kept(database: Database) -> tuple[int, int]:
    """How many questions and how many letters are kept."""
    (counts,) = await database.reader._conn.execute_fetchall(
        "SELECT (SELECT count(*) FROM open_questions), (SELECT count(*) FROM desk_letters)"
    )
    return counts[0], counts[1]


async def test_announcements_in_which_nothing_was_written_go_after_a_week(
    database: Database, clock: MovableClock
) -> None:
    async def begin(tx: Transaction) -> int:
        return await announcements.add(tx, made_by=1, now=clock.now_us())

    begun = await database.write(begin)
    written = await composed(database, {"en": Content("Something.")})
    clock.advance(6 * DAY_S)
    assert await forget_old(database, clock, KEPT) == 0
    clock.advance(2 * DAY_S)
    assert await forget_old(database, clock, KEPT) == 1
    assert await announcements.find(database.reader, begun) is None
    assert await announcements.find(database.reader, written) is not None


async def test_what_was_asked_and_never_answered_goes_in_every_chat(database: Database, clock: MovableClock) -> None:
    async def ask(tx: Transaction, person_id: int, chat_id: int) -> None:
        now = clock.now_us()
        met = people.meeting(tx.sql, person_id, language="en", guessed=True, reachable=True, now=now)
        await people.meet(tx, met)
        await requests.await_answer(tx, Awaited(person_id, chat_id, "remark", 1, None, now))

    await database.write(lambda tx: ask(tx, 7, 7))
    await database.write(lambda tx: ask(tx, 7, -5))
    clock.advance(DAY_S)
    await database.write(lambda tx: ask(tx, 8, -5))
    clock.advance((AWAITED_KEPT_DAYS - 0.5) * DAY_S)
    assert await forget_old(database, clock, KEPT) == 2
    awaited = [await requests.awaited(database.reader, person, chat) for person, chat in ((7, 7), (7, -5), (8, -5))]
    assert [one is not None for one in awaited] == [False, False, True]
