"""Questions about the next conference, its AGM, and past ones, answered from what the Secretariat has entered.

Where nothing has been entered, each says so by None: then the question is one that nobody can answer yet.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from types import MappingProxyType

from markupsafe import Markup

from bot.conferences import asking, moments, own_answer, waiting, which
from bot.conferences.asking import Asked
from bot.conferences.own_answer import ParticipationError
from bot.locales.catalogues import Translator
from handlers.conference import clocks, today_at
from handlers.participation import zone_of
from handlers.turn import Desk, LiveTopic, Turn
from handlers.views import live_conference as views
from handlers.views.message import Message
from handlers.views.participation import standing
from storage import agenda, conferences
from storage.records.conferences import Conference, Planned

Answer = Callable[[Turn, Translator], Awaitable[Message | None]]
OfOne = Callable[[Turn, Translator, Conference], Awaitable[Message | None]]
PAST_AT_MOST = 5


def of_the_next(answer: OfOne) -> Answer:
    """An answer about the conference of the year that is named, or that is under way or comes next; None without.

    Of one that was cancelled it says no more than that.
    """

    @wraps(answer)
    async def answered(turn: Turn, t: Translator) -> Message | None:
        conference = await which.meant(turn.tx, _asked(turn), turn.now)
        if conference is None:
            return await _instead(turn, t, answer)
        if conference.is_on:
            return await answer(turn, t, conference)
        return views.cancelled(t, conference, is_next=_asked(turn).year is None)

    return answered


@of_the_next
async def dates(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """When it is."""
    return views.dates(t, conference, turn.desk.places.countries)


@of_the_next
async def place(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """Where it is, and whether one can follow it online."""
    return views.place(t, conference, turn.desk.places.countries)


@of_the_next
async def host(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """Who hosts it."""
    return views.host(t, conference, turn.desk.places.countries)


@of_the_next
async def theme(_turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """What it is about."""
    return None if conference.details.theme is None else views.theme(t, conference)


@of_the_next
async def practical(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """The note that was asked for, or those that there are."""
    noted = await conferences.notes(turn.tx, conference.id)
    asked, today = _asked(turn), today_at(turn, conference)
    if asked.is_own:
        return None  # the Secretariat knows how it stands, and nobody else
    if asked.note is not None:
        return views.note(t, conference, asked.note, noted.get(asked.note), today)
    return views.practical(t, conference, noted, today)


@of_the_next
async def programme(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """For whom there are sessions."""
    sessions = await agenda.of_conference(turn.tx, conference.id)
    planned = [one for one in sessions if one.state == Planned.PLANNED]
    return views.programme(t, conference, planned) if planned else None


@of_the_next
async def registration(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """How it stands with whoever asks; until when one registers, and for how many there is room."""
    is_full, own = await waiting.is_full(turn.tx, conference), await _own_answer(turn, t, conference)
    is_in_time = own_answer.is_in_time(conference, turn.now)
    return views.registration(t, conference, is_in_time=is_in_time, is_full=is_full, own=own)


async def _own_answer(turn: Turn, t: Translator, conference: Conference) -> Markup | None:
    """What whoever asks has answered to it; others in a group need not know."""
    if not turn.is_private:
        return None
    try:
        shown = await own_answer.mine(turn.tx, conference.id, turn.person.id, turn.now)
    except ParticipationError:
        return None
    answer = shown.participation
    zone = zone_of(shown.delegate, conference, turn.desk.places.zones)
    return None if answer is None else standing(t, shown, answer, zone)


@of_the_next
async def agm(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """When and where the AGM is, who may attend, and what is on its agenda."""
    meeting = await conferences.agm(turn.tx, conference.id)
    if meeting is None:
        return None
    items = await conferences.agm_items(turn.tx, conference.id)
    return views.agm(t, conference, meeting, items, await clocks(turn, conference))


@of_the_next
async def agm_briefly(turn: Turn, t: Translator, conference: Conference) -> Message | None:
    """As `agm`, without what is on its agenda; as long as it is not entered, when the conference with it is."""
    meeting = await conferences.agm(turn.tx, conference.id)
    if meeting is None:
        return views.dates(t, conference, turn.desk.places.countries)
    return views.agm(t, conference, meeting, (), await clocks(turn, conference))


async def past(turn: Turn, t: Translator) -> Message | None:
    """The conferences that are over."""
    over = await which.past(turn.tx, turn.now, at_most=PAST_AT_MOST)
    return views.past(t, over, turn.desk.places.countries) if over else None


async def look_up(desk: Desk, question: str) -> Asked:
    """What the question names."""
    return asking.asked_in(question, moments.today("UTC", desk.clock.now_us()).year)


async def _instead(turn: Turn, t: Translator, answer: OfOne) -> Message | None:
    """That of a year to come nothing is entered, and what is known of the next conference; None of other years."""
    year = _asked(turn).year
    if year is None or year < moments.today("UTC", turn.now).year:
        return None
    following = await which.next_conference(turn.tx, turn.now)
    told = None if following is None else await answer(turn, t, following)
    return None if told is None else views.of_the_next_instead(t, year, told)


def _asked(turn: Turn) -> Asked:
    return turn.looked_up if isinstance(turn.looked_up, Asked) else Asked()


OF_THE_NEXT: Mapping[str, Answer] = MappingProxyType(
    {
        "agm": agm_briefly,
        "annual-conference": dates,
        "conference-agenda": programme,
        "conference-host": host,
    }
)
"""By topics of what conferences are in general: what is told of the next one with it."""

TOPICS = (
    LiveTopic("conference-date", views.date_title, dates, look_up),
    LiveTopic("conference-place", views.place_title, place, look_up),
    LiveTopic("conference-host-next", views.host_title, host, look_up),
    LiveTopic("conference-theme", views.theme_title, theme, look_up),
    LiveTopic("conference-practical", views.practical_title, practical, look_up),
    LiveTopic("conference-programme", views.programme_title, programme, look_up),
    LiveTopic("conference-registration", views.registration_title, registration, look_up),
    LiveTopic("agm-details", views.agm_title, agm, look_up),
    LiveTopic("past-conferences", views.past_title, past),
)
