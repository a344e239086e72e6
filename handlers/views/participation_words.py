"""What all that is said of taking part in a conference has in common: names, states and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.center_details import focuses, shortened
from handlers.views.form_values import NOTHING
from handlers.views.locale import locale_of, with_label
from handlers.views.message import Button
from storage.records.conferences import Attendance, Conference, ParticipationDetails, ParticipationState, Segment
from storage.records.members import Focus

ANSWER_AT_MOST = 300


def name_of(_: Translator, conference: Conference) -> str:
    """A conference, in a sentence and on a button."""
    return _.plain("Annual Conference {year}", year=conference.year)


def day(_: Translator, when: date) -> str:
    """A day: "12 March 2027"."""
    return format_date(when, "long", locale=locale_of(_))


def heading(_: Translator, conference: Conference) -> Markup:
    """The conference and its days."""
    details = conference.details
    days = Markup("{} – {}").format(day(_, details.starts_on), day(_, details.ends_on))
    return Markup("<b>{}</b>\n{}").format(name_of(_, conference), days)


def attendances(_: Translator) -> Mapping[str, str]:
    """The ways to take part."""
    return {Attendance.IN_PERSON: _.plain("In person"), Attendance.ONLINE: _.plain("Online")}


def segments(_: Translator) -> Mapping[str, str]:
    """The parts of the agenda."""
    called = focuses(_)
    return {
        Segment.PLENARY: _.plain("Plenary"),
        Segment.MILITARY: called[Focus.MILITARY],
        Segment.CIVILIAN: called[Focus.CIVILIAN],
        Segment.POLICE: called[Focus.POLICE],
    }


def states(_: Translator) -> Mapping[str, str]:
    """What came of answers."""
    return {
        ParticipationState.REGISTERED: _.plain("Registered"),
        ParticipationState.WAITING: _.plain("Waits for a place"),
        ParticipationState.OFFERED: _.plain("Is offered a place"),
        ParticipationState.WITHDRAWN: _.plain("Withdrawn"),
        ParticipationState.DECLINED: _.plain("Will not come"),
    }


def labels(_: Translator) -> Mapping[str, str]:
    """What each line of an answer is called."""
    return {
        "attendance": _.plain("Taking part"),
        "arrives_on": _.plain("Arrival"),
        "departs_on": _.plain("Departure"),
        "diet": _.plain("Diet"),
        "accessibility": _.plain("Accessibility"),
        "visa_letter": _.plain("Visa letter"),
        "segment": _.plain("Segment"),
    }


def values(_: Translator, details: ParticipationDetails) -> Mapping[str, str]:
    """Each line of an answer."""
    days = {"arrives_on": details.arrives_on, "departs_on": details.departs_on}
    return {
        "attendance": NOTHING if details.attendance is None else attendances(_)[details.attendance],
        **{name: NOTHING if when is None else day(_, when) for name, when in days.items()},
        "diet": shortened(details.diet, ANSWER_AT_MOST) if details.diet else NOTHING,
        "accessibility": shortened(details.accessibility, ANSWER_AT_MOST) if details.accessibility else NOTHING,
        "visa_letter": _.plain("Yes") if details.visa_letter else _.plain("No"),
        "segment": NOTHING if details.segment is None else segments(_)[details.segment],
    }


def lines(_: Translator, details: ParticipationDetails) -> list[Markup]:
    """An answer, line by line, without what was not said."""
    called, said = labels(_), values(_, details)
    is_in_person = details.attendance == Attendance.IN_PERSON
    return [
        with_label(_, called[name], said[name])
        for name in called
        if said[name] != NOTHING and (name != "visa_letter" or is_in_person)
    ]


def show_button(label: str, conference_id: int) -> Button:
    """Leads to what the reader has answered."""
    return Button(label, f"part:show:{conference_id}")


def conference_button(_: Translator, conference: Conference) -> Button:
    """Leads to the conference."""
    return Button(name_of(_, conference), f"conf:show:{conference.id}")


def out_of_date_toast(_: Translator) -> str:
    """What a button was about has changed meanwhile."""
    return _.plain("This has changed meanwhile. You see how it stands now.")
