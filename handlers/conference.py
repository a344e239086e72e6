"""/conference and /conferences: what is known of a conference, for everybody."""

from __future__ import annotations

from datetime import date

from telegram import Update

from bot.conferences import moments, waiting, which
from bot.conferences.opening import NoSuchConferenceError, found
from bot.places.zones import Zones
from handlers import lately
from handlers.center import is_number, number_in
from handlers.conference_guard import conference_in, for_everybody
from handlers.turn import Turn, match
from handlers.views import conference as views
from handlers.views import out_of_date
from handlers.views.conference_times import Clocks
from handlers.views.lists import PAGE, page_within
from handlers.views.message import Message
from storage import conferences, delegates
from storage.records.conferences import Conference, NoteTopic
from storage.session import Session


async def show_next(_update: Update, turn: Turn) -> None:
    """/conference: the one that is under way or comes next."""
    conference = await which.next_or_cancelled(turn.tx, turn.now)
    if conference is not None and conference.is_on:
        turn.say(await _told(turn, conference))
        return
    is_staff = turn.is_private and await turn.desk.rights.is_staff(turn.tx, turn.person.id)
    turn.say(views.none(turn.t, conference, is_staff=is_staff, has_others=await conferences.count(turn.tx) > 0))


async def show_all(_update: Update, turn: Turn) -> None:
    """/conferences: all of them, the latest first."""
    turn.say(await _all(turn, 0))


@for_everybody
async def show(_update: Update, turn: Turn) -> None:
    """The screen of a conference."""
    turn.show(await _told(turn, await found(turn.tx, conference_in(turn))))


async def show_page(_update: Update, turn: Turn) -> None:
    """A page of all conferences."""
    turn.show(await _all(turn, number_in(turn, "page")))


@for_everybody
async def show_note(_update: Update, turn: Turn) -> None:
    """A practical note."""
    conference = await found(turn.tx, conference_in(turn))
    topic = NoteTopic(match(turn)["topic"])
    content = (await conferences.notes(turn.tx, conference.id)).get(topic)
    if content is None:
        turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)
        turn.show(await card(turn, conference))
    else:
        turn.show(views.note(turn.t, conference, topic, content))


async def open_link(turn: Turn, payload: str) -> bool:
    """A link that leads here from a group; False if it is none, or there is no such conference."""
    number = payload.removeprefix(views.LINK)
    if not payload.startswith(views.LINK) or not is_number(number):
        return False
    try:
        turn.say(await _told(turn, await found(turn.tx, int(number))))
    except NoSuchConferenceError:
        return False
    return True


async def card(turn: Turn, conference: Conference) -> Message:
    """A conference as whoever's turn it is sees it."""
    agm, today = await conferences.agm(turn.tx, conference.id), today_at(turn, conference)
    is_ahead = conference.is_on and today <= conference.details.ends_on
    is_full = is_ahead and await waiting.is_full(turn.tx, conference)
    return views.card(
        turn.t, conference, turn.desk.places.countries,
        noted=(await conferences.notes(turn.tx, conference.id)).keys(),
        today=today, is_full=is_full, has_agm=agm is not None, is_manager=await manages(turn, conference.id),
    )  # fmt: skip


async def _told(turn: Turn, conference: Conference) -> Message:
    lately.told_of(turn, "annual-conference", conference)
    return await card(turn, conference)


async def manages(turn: Turn, conference_id: int) -> bool:
    """Whether somebody is of the Secretariat or a host of the conference, and alone with the bot."""
    return turn.is_private and await turn.desk.rights.manages(turn.tx, turn.person.id, conference_id)


async def clocks(turn: Turn, conference: Conference) -> Clocks:
    """The time zones in which a conference's times are read here: its own and, in private, the reader's."""
    zones = turn.desk.places.zones
    if not turn.is_private:
        return Clocks(zones, conference.details.time_zone)
    return await clocks_for(turn.tx, zones, conference, turn.person.id)


async def clocks_for(session: Session, zones: Zones, conference: Conference, person_id: int) -> Clocks:
    """The conference's time zone and that of whoever reads it."""
    record = await delegates.of_person(session, person_id)
    own = None if record is None else record.details.time_zone
    return Clocks(zones, conference.details.time_zone, own if own and zones.is_known(own) else None)


def today_at(turn: Turn, conference: Conference) -> date:
    """Which day it is where a conference takes place."""
    return moments.today(conference.details.time_zone, turn.now)


async def _all(turn: Turn, page: int) -> Message:
    count = await conferences.count(turn.tx)
    page = page_within(page, count)
    listed = await conferences.latest(turn.tx, at_most=PAGE, skipped=page * PAGE)
    is_staff = turn.is_private and await turn.desk.rights.is_staff(turn.tx, turn.person.id)
    countries = turn.desk.places.countries
    return views.all_of_them(turn.t, listed, countries, page=page, count=count, is_staff=is_staff)
