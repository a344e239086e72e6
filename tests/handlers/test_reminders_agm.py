"""Reminders of the AGM: its notice, who is entitled to it, and what becomes of them when it is moved."""

from __future__ import annotations

from bot.app import Running
from storage import people
from storage.records.conferences import Entitled
from tests import reminding
from tests.chat import Phone, buttons, until
from tests.records import center, lead, person
from tests.reminding import UPDATE, Year, count_of, how_many, reminded, reminders_of, states

AGM = "Annual General Meeting"


async def test_the_agm_and_its_notice(coming: Year) -> None:
    declined, other = await coming.delegate(state="declined"), await coming.delegate()
    database = coming.bot.database
    await reminding.agm(database, coming.conference, coming.at(6, 15, 14))
    await reminding.insert(database, "reminder_wishes", person_id=declined.id, muted="agm conference")
    await reminding.execute(database, "UPDATE agms SET online_link = 'https://agm.example'")
    coming.to(5, 25, 9)
    message = await reminded(declined, "Notice of the Annual General Meeting")
    assert "When: 15 Jun, 14:00 (Nairobi)\nPlace: Hall A\nOnline: https://agm.example" in message["text"]
    assert buttons(message)["Agenda and documents"] == f"agm:show:{coming.conference}"
    coming.to(6, 8, 9)
    await reminded(other, "The Annual General Meeting is coming.")
    coming.to(6, 15, 12)
    await count_of(other, "is coming", 2)
    await coming.is_looked_at()
    assert len(await reminders_of(declined)) == 1


async def test_who_is_entitled(coming: Year) -> None:
    focal, member, guest = await coming.people.person(), await coming.delegate(), await coming.people.person()
    for phone in (focal, guest):
        await phone.ask("/start")
    await lead(coming.bot, focal, await center(coming.bot))
    await person(coming.bot, None, writes=guest)
    await reminding.agm(coming.bot.database, coming.conference, coming.at(6, 15, 14), Entitled.FOCAL_POINTS)
    coming.to(5, 25, 9)
    await reminded(focal, "Notice")
    await coming.is_looked_at()
    assert [text for text in await reminders_of(member) + await reminders_of(guest) if "Notice" in text] == []
    await reminding.agm(coming.bot.database, coming.conference, coming.at(6, 15, 14), Entitled.EVERYONE)
    coming.to(5, 26, 9)  # who is entitled only now has a right to the notice, too
    await reminded(guest, "Notice")
    await reminded(member, "Notice")


async def test_an_agm_that_is_moved(coming: Year) -> None:
    phone, database = await coming.delegate(), coming.bot.database
    await reminding.agm(database, coming.conference, coming.at(6, 15, 14))
    coming.to(6, 8, 9)
    await reminded(phone, "is coming")
    await reminding.agm(database, coming.conference, coming.at(6, 16, 14))
    coming.to(6, 9, 9, 1)
    await count_of(phone, "is coming", 2)
    coming.to(6, 9, 12)
    await coming.is_looked_at()
    assert await how_many(phone, "is coming") == 2
    assert await how_many(phone, "Notice") == 1


async def test_an_agm_that_takes_place_after_all(coming: Year) -> None:
    """Its notice was no longer needed while it was cancelled; it is owed again."""
    phone, database = await coming.delegate(), coming.bot.database
    coming.to(6, 13, 23)
    await reminding.agm(database, coming.conference, coming.at(6, 15, 14))
    await coming.is_looked_at()
    await reminding.execute(database, "UPDATE agms SET state = 'cancelled'")
    coming.to(6, 14, 7)
    await coming.is_looked_at()
    assert ("agm 30", "dropped") in await states(database, phone.id)
    await reminding.execute(database, "UPDATE agms SET state = 'planned'")
    coming.to(6, 14, 8)
    await reminded(phone, "Notice")
    await coming.is_looked_at()
    assert await how_many(phone, "Notice") == 1


async def test_whoever_could_not_be_told_of_the_agm_is_told_when_they_can_be(coming: Year) -> None:
    """Telegram's refusal is the first that the bot hears of their having blocked it."""
    phone, database = await coming.delegate(), coming.bot.database
    await reminding.agm(database, coming.conference, coming.at(6, 15, 14))
    await coming.people.post(f"/persons/{phone.id}/block", {"blocked": True})
    await until(lambda: is_unreachable(coming.bot, phone))
    await reminding.execute(database, "UPDATE people SET unreachable_since = NULL")
    coming.to(5, 25, 9)
    await until(lambda: is_unreachable(coming.bot, phone))
    await coming.is_looked_at()
    assert ("agm 30", "failed") in await states(database, phone.id)
    await coming.people.post(f"/persons/{phone.id}/block", {"blocked": False})
    await phone.ask("/start")
    coming.to(5, 26, 9)
    await reminded(phone, "Notice")
    await coming.is_looked_at()
    assert await how_many(phone, "Notice") == 1


async def is_unreachable(bot: Running, phone: Phone) -> bool:
    """Whether the bot knows that it cannot write to somebody."""
    found = await people.find(bot.database.reader, phone.id)
    return found is not None and found.unreachable_since is not None


async def test_who_is_there_is_reminded_by_the_clock_of_the_place(coming: Year) -> None:
    """At nine in Nairobi it is one at night in Lima: whoever is at home there sleeps, and nobody who has arrived."""
    here, later, online = [await coming.delegate("America/Lima") for _ in range(3)]
    database = coming.bot.database
    await reminding.agm(database, coming.conference, coming.at(6, 16, 14))
    await reminding.execute(database, UPDATE.format(f"arrives_on = '{coming.year}-06-14'"), here.id, 0)
    await reminding.execute(database, UPDATE.format(f"arrives_on = '{coming.year}-06-16'"), later.id, 0)
    await reminding.execute(database, UPDATE.format("attendance = 'online'"), online.id, 0)
    coming.to(6, 14, 16)
    for phone in (here, later, online):
        await count_of(phone, AGM, 2)  # the notice, and of the reminders the last
    coming.to(6, 15, 9)
    await count_of(here, AGM, 3)
    await coming.is_looked_at()
    assert [await how_many(phone, AGM) for phone in (here, later, online)] == [3, 2, 2]
    coming.to(6, 15, 15, 1)
    for phone in (later, online):
        await count_of(phone, AGM, 3)
    assert await how_many(here, AGM) == 3
