"""Reminders as people read them: what it is and when, what they still have to do, and the buttons that do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup, escape

from bot.conferences.moments import end_of_day_us
from bot.locales.catalogues import Translator
from bot.places.zones import Zones
from bot.reminders.telling import Telling
from handlers.views.conference_names import conference_name
from handlers.views.conference_times import Clocks, moment
from handlers.views.desk import FEEDBACK
from handlers.views.locale import day_in_words, with_label
from handlers.views.message import Button, Message, bold, column
from handlers.views.welcome import menu_button, paragraphs
from storage.records.conferences import Conference
from storage.records.durations import MINUTE_US
from storage.records.participations import Attendance
from storage.records.reminders import Anchor


def reminder(_: Translator, told: Telling, zones: Zones) -> Message:
    """What somebody is reminded of."""
    own = told.words.get(_.language)
    parts = [bold(conference_name(_, told.conference))]
    parts += [escape(own)] if own else [*_opening(_, told)]
    clocks = Clocks(zones, told.conference.details.time_zone, told.standing.time_zone)
    if facts := [*_facts(_, told, clocks)]:
        parts.append(Markup("\n").join(facts))
    if still := [*_still_to_do(_, told)]:
        parts.append(Markup("\n").join([_("<b>Still to do</b>"), *(Markup("• {}").format(one) for one in still)]))
    return Message(paragraphs(*parts), column([*_buttons(_, told), Button(_.plain("Reminders"), "reminders:show")]))


def is_it_feedback(_: Translator, conference: Conference, others: Sequence[Button]) -> Message:
    """Whether what was written is the feedback that was asked for; `others` are what else it may be about."""
    asked = _("Is this your feedback? Then I will send it to the Secretariat.")
    send = Button(_.plain("Yes, send it"), "feedback:send")
    return Message(paragraphs(bold(conference_name(_, conference)), asked), column([send, *others, menu_button(_)]))


def _opening(_: Translator, told: Telling) -> Iterator[Markup]:
    details = told.conference.details
    match told.rung.anchor:
        case Anchor.CONFERENCE:
            yield _("It begins on {day}.", day=_day(_, details.starts_on))
        case Anchor.REGISTRATION if details.register_by:
            yield _("Registration ends on {day}.", day=_day(_, details.register_by))
        case Anchor.PAPERS if details.papers_by:
            yield _("Papers and sessions are taken until {day}.", day=_day(_, details.papers_by))
        case Anchor.VISA if details.visa_by:
            yield _visa(_, details.visa_by)
        case Anchor.HOTEL if details.hotel_by:
            yield _hotel(_, details.hotel_by)
        case Anchor.AGM if told.rung.is_formal:
            yield _("<b>Notice of the Annual General Meeting</b>")
            yield _("The button leads to its agenda and its documents.")
        case Anchor.AGM:
            yield _("The Annual General Meeting is coming.")
        case Anchor.SESSION:
            yield _("A session that you have starred is about to begin.")
        case Anchor.FEEDBACK:
            yield _("Thank you for taking part. Please tell the Secretariat what was good, and what could be better.")


def _facts(_: Translator, told: Telling, clocks: Clocks) -> Iterator[Markup]:
    """What it is about, when and where."""
    details = told.conference.details
    last = {
        Anchor.REGISTRATION: details.register_by,
        Anchor.PAPERS: details.papers_by,
        Anchor.VISA: details.visa_by,
        Anchor.HOTEL: details.hotel_by,
    }.get(told.rung.anchor)
    if told.rung.anchor == Anchor.SESSION and told.session is not None:
        yield bold(told.session.title)
        yield with_label(_, _("When"), moment(_, told.session.starts_at, clocks))
        if told.session.room:
            yield with_label(_, _("Room"), told.session.room)
    elif told.rung.anchor == Anchor.AGM and told.agm is not None:
        yield with_label(_, _("When"), moment(_, told.agm.starts_at, clocks))
        if told.agm.place:
            yield with_label(_, _("Place"), told.agm.place)
        if told.agm.online_link:
            yield with_label(_, _.plain("Online"), told.agm.online_link)
    elif last is not None and clocks.differ(end := end_of_day_us(last, details.time_zone)):
        yield with_label(_, _("Until"), moment(_, end - MINUTE_US, clocks))


def _still_to_do(_: Translator, told: Telling) -> Iterator[Markup]:
    """Only what this person has to do, and can do yet."""
    standing, details, anchor = told.standing, told.conference.details, told.rung.anchor
    if anchor == Anchor.FEEDBACK:
        return
    if told.can_register:
        for center in standing.unanswered:
            yield _("{center} has not said yet who comes.", center=center.name)
        if standing.has_draft:
            yield _("Your registration is not finished.")
        elif told.has_to_answer:
            yield _("You have not said yet whether you come.")
    if standing.wants_visa_letter and details.visa_by and details.visa_by >= told.today and anchor != Anchor.VISA:
        yield _visa(_, details.visa_by)
    is_coming = standing.attendance == Attendance.IN_PERSON and standing.is_registered
    if is_coming and details.hotel_by and details.hotel_by >= told.today and anchor != Anchor.HOTEL:
        yield _hotel(_, details.hotel_by)


def _buttons(_: Translator, told: Telling) -> Iterator[Button]:
    number, standing, anchor = told.conference.id, told.standing, told.rung.anchor
    if anchor == Anchor.FEEDBACK:
        yield Button(_.plain("Write feedback"), FEEDBACK)
        return
    if anchor == Anchor.AGM:
        yield Button(_.plain("Agenda and documents"), f"agm:show:{number}")
    if told.can_register:
        for center in standing.unanswered:
            yield Button(_.plain("Answer for {center}", center=center.name), f"part:center:{number}:{center.id}")
        if standing.has_draft or told.has_to_answer:  # whose answer is another by now goes on with the form
            where = "show" if standing.answer is None else "change"
            yield Button(_.plain("Register"), f"part:{where}:{number}")
    if anchor in {Anchor.VISA, Anchor.HOTEL, Anchor.PAPERS}:
        yield Button(_.plain("My registration"), f"part:show:{number}")
    if anchor in {Anchor.CONFERENCE, Anchor.SESSION}:
        yield Button(_.plain("My programme"), f"programme:show:{number}")
    if anchor not in {Anchor.SESSION, Anchor.AGM}:
        yield Button(_.plain("The conference"), f"conf:show:{number}")


def _visa(_: Translator, day: date) -> Markup:
    return _("Visa requests are taken until {day}.", day=_day(_, day))


def _hotel(_: Translator, day: date) -> Markup:
    return _("Hotel rooms can be booked until {day}.", day=_day(_, day))


def _day(_: Translator, day: date) -> str:
    return day_in_words(_, day)
