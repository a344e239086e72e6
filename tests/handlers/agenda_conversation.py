"""Everything that the bot says of the agenda of a conference."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage import agenda
from storage.records.conferences import Segment
from storage.records.durations import SECOND_US
from storage.session import Transaction
from tests import conferences, records
from tests.chat import People, Phone
from tests.desk import OWNER

MORE = 19


async def converse_about_agenda(bot: Running, people: People, clock: MovableClock) -> None:
    """Before there is a conference and an agenda, its days and filters, stars, and what becomes of a session."""
    phone, owner = await people.person("⟦Delegate A⟧"), Phone(people, OWNER, OWNER)
    await phone.ask("/agenda")
    held = await conferences.opened(bot.database, bot.now_us())
    for command in ("/agenda", "/now", "/next", "/programme"):
        await phone.ask(command)
    await records.person(bot, None, writes=phone, given_name="⟦Delegate⟧", family_name="⟦A⟧", time_zone="Asia/Tokyo")
    numbers = [
        await conferences.with_session(
            bot.database, held, bot.now_us(), f"⟦Session {place}⟧", room="⟦R⟧", chair="⟦C⟧", speakers="⟦S⟧",
            description="⟦D⟧", segment=tuple(Segment)[place % 3],
        )
        for place in range(MORE)
    ]  # fmt: skip
    first = await phone.ask("/agenda")
    day = f"{held.details.starts_on:%Y%m%d}"
    for data in (
        f"agenda:pick:segment:{held.id}:{day}:-:-:0",
        f"agenda:pick:room:{held.id}:{day}:-:-:0",
        f"agenda:at:{held.id}:{day}:-:{'0' * 6}:1",
        f"agenda:at:{held.id}:{day}:{Segment.POLICE}:-:0",
        f"agenda:session:{numbers[0]}",
        f"agenda:star:{numbers[0]}",
        f"agenda:unstar:{numbers[0]}",
        "agenda:session:999999",
    ):
        await phone.press(first, data, forged=True)
    shown = await owner.ask("/agenda")
    await owner.press(shown, f"agenda:cancel:{numbers[0]}:0", forged=True)
    await bot.database.write(lambda tx: _star(tx, numbers, phone.id, bot.now_us()))
    await phone.ask("/programme")
    await bot.database.write(lambda tx: _star(tx, numbers[:1], owner.id, bot.now_us()))
    for data in (
        f"agenda:cancel:{numbers[0]}:0", f"agenda:cancelled:{numbers[0]}:0", f"agenda:cancelled:{numbers[0]}:0",
        f"agenda:restore:{numbers[0]}:1", f"agenda:restored:{numbers[0]}:1",
    ):  # fmt: skip
        await owner.press(shown, data, forged=True)
    await phone.ask("/next")
    begins = conferences.at(held, held.details.starts_on, 9)
    clock.advance((begins - bot.now_us()) / SECOND_US + 60)
    await phone.ask("/now")


async def _star(tx: Transaction, numbers: list[int], person_id: int, now: int) -> None:
    for number in numbers:
        await agenda.star(tx, number, person_id, now)
