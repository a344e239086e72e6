"""Everything that the bot says of what was changed of a conference."""

from __future__ import annotations

from bot.app import Running
from bot.runtime.clock import MovableClock
from storage.records.conferences import ConferenceState, Entitled, Planned
from tests import conferences, newsmaking, records
from tests.chat import People


async def converse_about_changes(bot: Running, people: People, clock: MovableClock) -> None:
    """A conference, its AGM and a session: set otherwise, cancelled, and back."""
    phone = await people.person("⟦Delegate A⟧")
    await phone.ask("/start")
    center = await records.center(bot, name="⟦Center T⟧")
    await records.person(bot, center, writes=phone, given_name="⟦Delegate⟧", family_name="⟦A⟧", time_zone=None)
    held = await conferences.opened(bot.database, bot.now_us(), city="⟦C⟧", venue="⟦H⟧", online_link="⟦O⟧")
    await conferences.with_agm(
        bot.database, held, bot.now_us(), place="⟦P⟧", online_link="⟦N⟧", entitled=Entitled.EVERYONE
    )
    number = await conferences.with_session(bot.database, held, bot.now_us(), "⟦Session T⟧", room="⟦R⟧")
    await newsmaking.starred(bot, phone, number)
    last = held.details.register_by
    await newsmaking.conference_changed(
        bot, held.id, ends_on=held.details.starts_on, register_by=None, papers_by=last, visa_by=last, hotel_by=last,
        venue="⟦V⟧", online_link=None, time_zone="Europe/Zurich",
    )  # fmt: skip
    await newsmaking.agm_changed(bot, held.id, place=None, online_link="⟦L⟧", starts_at=conferences.at(
        held, held.details.starts_on, 9
    ))  # fmt: skip
    await newsmaking.session_changed(bot, number, room=None, title="⟦Session U⟧", state=Planned.CANCELLED)
    await newsmaking.settled(bot, clock)
    await phone.ask("/calendar")
    for state in (ConferenceState.CANCELLED, ConferenceState.OPEN):
        await newsmaking.conference_is(bot, held.id, state)
        await newsmaking.settled(bot, clock)
    await newsmaking.conference_is(bot, held.id, ConferenceState.CANCELLED)
