"""The calendar file: what stands in it, and what comes with it."""

from __future__ import annotations

from bot.conferences.calendar_file import CalendarWords
from bot.locales.catalogues import Translator
from bot.places.countries import Countries
from handlers.views.conference import show_button
from handlers.views.conference_names import conference_name
from handlers.views.message import Button, Message
from storage.records.conferences import Conference


def words(_: Translator, conference: Conference, countries: Countries) -> CalendarWords:
    """What is called how in the file."""
    details = conference.details
    country = countries.name_of(details.host_country, _.language)
    return CalendarWords(
        conference=conference_name(_, conference),
        agm=_.plain("Annual General Meeting"),
        place=country if details.city is None else f"{details.city}, {country}",
    )


def filename(conference: Conference) -> str:
    """What the file is called."""
    return f"unigo-conference-{conference.year}.ics"


def caption(_: Translator, conference: Conference) -> Message:
    """Comes with the file."""
    return Message(
        _(
            "{conference} for your calendar. When something changes, get a new file: your calendar updates what it "
            "has.",
            conference=conference_name(_, conference),
        ),
        (
            (Button(_.plain("My programme"), f"programme:show:{conference.id}"),),
            (show_button(_, conference.id),),
        ),
    )
