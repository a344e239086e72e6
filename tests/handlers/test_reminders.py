"""Reminders as people get them: who, when, what is in them, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.desk.threads import TO_STAFF
from bot.reminders import queueing
from bot.runtime.clock import MovableClock
from storage import desk as letters
from storage.database import Database
from storage.records.reminders import Anchor
from storage.session import Transaction
from tests import reminding
from tests.chat import People, buttons, until
from tests.conftest import StartBot
from tests.desk import running, says, shown
from tests.records import center, lead
from tests.reminding import MOVED_S, UPDATE, Year, count_of, how_many, reminded, reminders_of, rung_of, states, to


async def test_a_center_that_has_not_answered(coming: Year) -> None:
    focal, member = await coming.people.person(), await coming.delegate(state=None)
    await focal.ask("/start")
    own = await center(coming.bot, name="Center B")
    await lead(coming.bot, focal, own)
    coming.to(4, 10, 9)
    text = (await reminded(focal, "Registration ends on"))["text"]
    assert text == (
        f"Annual Conference {coming.year}\n\nRegistration ends on 10 May {coming.year}.\n\n"
        "Still to do\n• Center B has not said yet who comes."
    )
    assert f"part:center:{coming.conference}:{own}" in buttons(await reminded(focal, "")).values()
    assert await reminders_of(member) == []
    await reminding.insert(
        coming.bot.database, "center_absences", conference=coming.conference, center=own, said_by=focal.id, said_at=0
    )
    coming.to(4, 27, 9)
    await coming.is_looked_at()
    assert len(await reminders_of(focal)) == 1


async def test_a_form_that_was_begun(coming: Year) -> None:
    phone = await coming.delegate(state=None)
    await reminding.began(coming.bot.database, coming.conference, phone.id, at_us=coming.bot.now_us())
    coming.to(5, 3, 9)
    message = await reminded(phone, "Your registration is not finished.")
    assert buttons(message)["Register"] == f"part:show:{coming.conference}"


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
async def test_a_form_that_was_begun_after_another_answer(coming: Year, state: str) -> None:
    phone, changed, left = [await coming.delegate(state=given) for given in (state, "registered", state)]
    database, now = coming.bot.database, coming.bot.now_us()
    for one in (phone, changed, left):
        await reminding.began(database, coming.conference, one.id, at_us=now)
    changed_at = UPDATE.format(f"changed_at = {now + 1}")
    await reminding.execute(database, changed_at, left.id, 0)  # begun before that, so it was left for good
    coming.to(5, 3, 9)
    message = await reminded(phone, "Your registration is not finished.")
    assert buttons(message)["Register"] == f"part:change:{coming.conference}"
    await coming.is_looked_at()
    assert [await reminders_of(one) for one in (changed, left)] == [[], []]
    await phone.press(message, buttons(message)["Register"])
    assert "Taking part in the conference" in (await says(phone, "On which day do you arrive?"))["text"]


async def test_deadlines_go_to_those_whom_they_concern(coming: Year) -> None:
    visa, online, far = await coming.delegate(), await coming.delegate(), await coming.delegate("America/Lima")
    database = coming.bot.database
    await reminding.execute(database, UPDATE.format("visa_letter = 1"), visa.id, far.id)
    await reminding.execute(database, UPDATE.format("attendance = 'online'"), online.id, 0)
    coming.to(3, 27, 9)
    assert "Papers and sessions are taken until" in (await reminded(online, "Papers"))["text"]
    coming.to(4, 17, 9)
    assert "Hotel rooms can be booked until" in (await reminded(visa, "Visa requests are taken until"))["text"]
    coming.to(4, 17, 15, 1)  # at nine in Nairobi it is one at night in Lima; by now it is seven
    assert "Until: 1 May, 23:59 (Nairobi), 15:59 your time" in (await reminded(far, "Until"))["text"]
    coming.to(5, 6, 9)
    await reminded(visa, "Hotel rooms")
    await coming.is_looked_at()
    assert [text for text in await reminders_of(online) if "Hotel" in text or "Visa" in text] == []


async def test_a_starred_session(coming: Year) -> None:
    phone, other, database = await coming.delegate("Europe/Zurich"), await coming.delegate(), coming.bot.database
    first = await reminding.session(database, coming.conference, "Session A", coming.at(6, 14, 10))
    second = await reminding.session(database, coming.conference, "Session B", coming.at(6, 14, 11))
    for one in (first, second):
        await reminding.star(database, one, phone.id)
    await reminding.execute(database, "UPDATE agenda_sessions SET state = 'cancelled' WHERE id = ?", second)
    coming.to(6, 14, 9, 45)
    text = (await reminded(phone, "Session A"))["text"]
    assert "When: 14 Jun, 10:00 (Nairobi), 09:00 your time\nRoom: Room A" in text
    coming.to(6, 14, 10, 50)
    await coming.is_looked_at()
    assert [text for text in await reminders_of(phone) if "Session B" in text] == []
    assert [text for text in await reminders_of(other) if "Session" in text] == []


async def test_what_waits_for_the_morning_holds_up_nothing_that_cannot(coming: Year) -> None:
    phone, database = await coming.delegate(), coming.bot.database
    await reminding.star(
        database, await reminding.session(database, coming.conference, "Session A", coming.at(6, 14, 6)), phone.id
    )
    coming.to(6, 13, 23)
    await reminding.agm(database, coming.conference, coming.at(6, 15, 14))  # whose notice is owed, though late
    await coming.is_looked_at()
    assert ("agm 30", "waiting") in await states(database, phone.id)
    coming.to(6, 14, 5, 45)
    await reminded(phone, "Session A")
    assert [text for text in await reminders_of(phone) if "Notice" in text] == []
    coming.to(6, 14, 7)
    await reminded(phone, "Notice")
    await coming.is_looked_at()
    assert await how_many(phone, "Notice") == 1


async def test_the_conference_and_after_it(coming: Year) -> None:
    phone, gone = await coming.delegate(), await coming.delegate(state="withdrawn")
    coming.to(6, 13, 9)
    message = await reminded(phone, "It begins on 14 June")
    assert buttons(message)["My programme"] == f"programme:show:{coming.conference}"
    coming.to(6, 18, 10)
    assert buttons(await reminded(phone, "Thank you for taking part."))["Write feedback"] == "desk:feedback"
    await coming.is_looked_at()
    assert await reminders_of(gone) == []


async def test_feedback_that_is_written_without_the_button(coming: Year) -> None:
    phone = await coming.delegate()
    coming.to(6, 18, 10)
    await reminded(phone, "Thank you for taking part.")
    asked = await phone.ask("The workshops were excellent, but the rooms were too small.")
    assert asked["text"] == (
        f"Annual Conference {coming.year}\n\nIs this your feedback? Then I will send it to the Secretariat."
    )
    assert (await phone.ask("When was it founded?"))["text"] != asked["text"]
    await phone.press(asked, buttons(asked)["Yes, send it"])
    await says(phone, "Your message is kept for the Secretariat")
    await shown(phone, lambda one: one["message_id"] == asked["message_id"] and not buttons(one))
    thread = await letters.thread_of(coming.bot.database.reader, phone.id)
    assert thread is not None
    sent = await letters.last_letter(coming.bot.database.reader, thread.id, TO_STAFF)
    assert sent is not None
    assert (sent.plain, sent.is_question) == ("The workshops were excellent, but the rooms were too small.", False)
    assert (await phone.ask("The food was late and there was hardly any bread."))["text"] != asked["text"]


async def test_feedback_that_replies_to_the_request(coming: Year) -> None:
    phone = await coming.delegate()
    coming.to(6, 18, 10)
    request = await reminded(phone, "Thank you for taking part.")
    coming.to(6, 30, 10)
    told = await phone.ask("Was there no more time for questions?", reply_to_message_id=request["message_id"])
    assert told["text"].startswith("Your message is kept for the Secretariat")


async def test_what_does_not_concern_anybody_any_more_is_dropped(coming: Year) -> None:
    """Between queueing and delivery, somebody withdraws, and somebody mutes."""
    first, second, third = [await coming.delegate() for _ in range(3)]
    fault = await coming.people.fault("500", method="sendMessage", probability=1)
    coming.to(6, 7, 9)
    database = coming.bot.database
    for phone in (first, second, third):
        await until(lambda: states(database, phone.id))  # noqa: B023
    await until(lambda: _tried(database))
    await reminding.execute(database, UPDATE.format("state = 'withdrawn'"), first.id, 0)
    await reminding.insert(database, "reminder_wishes", person_id=second.id, muted="conference")
    await coming.people.delete(f"/faults/{fault}")
    coming.clock.advance(600)
    await reminded(third, "It begins on")
    await coming.is_looked_at()
    for phone, ended in ((first, "dropped"), (second, "dropped"), (third, "sent")):
        assert dict(await states(database, phone.id))["conference 7"] == ended, await states(database, phone.id)
    assert (await reminders_of(first), await reminders_of(second)) == ([], [])


async def _tried(database: Database) -> bool:
    """Whether the sends that are to fail have failed."""
    rows = await database.reader._conn.execute_fetchall("SELECT 1 FROM outbox WHERE state = 'queued' AND tries > 0")
    return len(list(rows)) == 3


async def test_a_conference_that_is_cancelled_or_moved(coming: Year) -> None:
    phone, database = await coming.delegate(), coming.bot.database
    coming.to(6, 7, 9)
    await reminded(phone, "14 June")
    await reminding.change(
        database, coming.conference, starts_on=date(coming.year, 7, 14), ends_on=date(coming.year, 7, 15)
    )
    coming.to(6, 14, 9, 1)
    await reminded(phone, "14 July")
    await reminding.cancel(database, coming.conference)
    coming.to(7, 13, 9)
    await coming.is_looked_at()
    assert len(await reminders_of(phone)) == 2


async def test_after_a_while_down(start_bot: StartBot, people: People, clock: MovableClock) -> None:
    """What still matters is sent late and once; what no longer does, is missed."""
    year = reminding.begin(clock)
    async with running(start_bot) as bot:
        number = await reminding.conference(bot.database, year)
        here = Year(bot, people, clock, year, number)
        phone = await here.delegate()
        await here.is_looked_at()
    to(clock, year, 6, 10, 12)
    async with running(start_bot) as bot:
        clock.advance(MOVED_S)
        await reminded(phone, "It begins on")
        await Year(bot, people, clock, year, number).is_looked_at()
        assert dict(await states(bot.database, phone.id)) == {
            "papers 14": "missed", "hotel 14": "missed", "conference 30": "missed", "conference 7": "sent",
        }  # fmt: skip
        rung = await rung_of(bot, number, Anchor.CONFERENCE, 30)

        async def send_now(tx: Transaction) -> int:
            return await queueing.send_now(tx, rung, bot.now_us())

        assert await bot.database.write(send_now) == 1  # who missed it has not had it
        await count_of(phone, "It begins on", 2)
    async with running(start_bot) as bot:
        await Year(bot, people, clock, year, number).is_looked_at()
        assert len(await reminders_of(phone)) == 2


async def test_in_the_readers_language_at_that_moment(coming: Year) -> None:
    phone = await coming.delegate()
    menu = await phone.ask("/language")
    await phone.press(menu, "language:fr")
    coming.to(6, 7, 9)
    await reminded(phone, "14 juin")
