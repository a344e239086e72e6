"""What all that is said of taking part in a conference has in common: names, states and days."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.center_details import shortened
from handlers.views.conference_names import conference_name, long_day, segments
from handlers.views.conference_times import days
from handlers.views.form_values import NOTHING
from handlers.views.locale import with_label
from handlers.views.message import Button
from storage.records.conferences import Conference
from storage.records.participations import Attendance, ParticipationDetails, ParticipationState

ANSWER_AT_MOST = 300


def heading(_: Translator, conference: Conference) -> Markup:
    """The conference and its days."""
    shown = days(_, conference.details.starts_on, conference.details.ends_on)
    return Markup("<b>{}</b>\n{}").format(conference_name(_, conference), shown)


def attendances(_: Translator) -> Mapping[str, str]:
    """The ways to take part."""
    return {Attendance.IN_PERSON: _.plain("In person"), Attendance.ONLINE: _.plain("Online")}


def states(_: Translator) -> Mapping[str, str]:
    """What came of answers."""
    return {
        ParticipationState.REGISTERED: _.plain("Registered"),
        ParticipationState.WAITING: _.plain("Waits for a place"),
        ParticipationState.OFFERED: _.plain("Is offered a place"),
        ParticipationState.LAPSED: _.plain("Offer of a place lapsed"),
        ParticipationState.WITHDRAWN: _.plain("Withdrawn"),
        ParticipationState.DECLINED: _.plain("Will not come"),
    }


def labels(_: Translator) -> Mapping[str, str]:
    """What each line of an answer is called."""
    return {
        "attendance": _.plain("Taking part"),
        "arrives_on": _.plain("Arrival"),
        "departs_on": _.plain("Departure"),
        "diet": _.plain("Does not eat or drink"),
        "accessibility": _.plain("Accessibility"),
        "visa_letter": _.plain("Visa letter"),
        "segment": _.plain("Segment"),
    }


def values(_: Translator, details: ParticipationDetails) -> Mapping[str, str]:
    """Each line of an answer."""
    stay = {"arrives_on": details.arrives_on, "departs_on": details.departs_on}
    return {
        "attendance": NOTHING if details.attendance is None else attendances(_)[details.attendance],
        **{name: NOTHING if when is None else long_day(_, when) for name, when in stay.items()},
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


def answer_is_kept(_: Translator) -> Markup:
    """For whoever has said that they come to a conference that was cancelled, or takes place after all."""
    return _("Your answer is kept.")


def told_if_after_all(_: Translator) -> Markup:
    """For whoever is told what becomes of a conference that was cancelled."""
    return _("If it takes place after all, also on other days, I will write to you here.")


def change_your_days(_: Translator) -> Markup:
    """For whoever wanted to arrive after the end, or leave before the beginning."""
    return _("The days of your arrival and departure do not go with this any more. Please change your answer.")


def show_button(label: str, conference_id: int) -> Button:
    """Leads to what the reader has answered."""
    return Button(label, f"part:show:{conference_id}")


def conference_button(_: Translator, conference: Conference) -> Button:
    """Leads to the conference."""
    return Button(conference_name(_, conference), f"conf:show:{conference.id}")
