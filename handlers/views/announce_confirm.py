"""An announcement is confirmed: what that comes to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bot.announcements.composed import Composed
from bot.announcements.confirming import Lack
from bot.announcements.limits import Limits
from bot.announcements.reaching import Reach
from bot.forms.places import Places
from bot.locales.catalogues import Translator
from bot.places.zones import Zones
from handlers.views import announce, announce_audience
from handlers.views.announce_options import cost, takes
from handlers.views.conference_times import Clocks, moment
from handlers.views.form_values import isolated
from handlers.views.message import Button, Message
from handlers.views.staff import who
from handlers.views.welcome import paragraphs
from storage.records import Person
from storage.records.announcements import Announcement, AnnouncementState


@dataclass(frozen=True, slots=True)
class Coming:
    """What is about to be sent, whom it comes to, and what that is told with."""

    shown: Composed
    reach: Reach
    limits: Limits
    places: Places


def ask(_: Translator, coming: Coming) -> Message:
    """The step before it is sent."""
    one = coming.shown.announcement
    parts = [_("<b>Send this announcement?</b>"), *_comes_to(_, coming)]
    if coming.limits.needs_second(coming.reach.people):
        parts.append(_("Because it goes to so many, a second member of the Secretariat has to confirm it as well."))
    yes = Button(_.plain("Yes, send it"), f"ann:send:{one.id}:{one.edition}")
    return Message(paragraphs(*parts), ((yes,), (announce_audience.back(_, one.id),)))


def confirmed(_: Translator, stands: Announcement, zones: Zones) -> Message:
    """What became of it when it was confirmed."""
    number = stands.id
    lists = (Button(_.plain("All announcements"), "ann:list"),)
    if stands.state == AnnouncementState.WAITING:
        text = _(
            "It is not sent yet. I have asked the other members of the Secretariat: one of them has to confirm it."
        )
        return Message(text, (lists,))
    if stands.state == AnnouncementState.SCHEDULED and stands.send_at is not None:
        when = moment(_, stands.send_at, Clocks(zones, stands.time_zone or "UTC"))
        text = _("It is confirmed, and goes out at this time: {when}.", when=when)
        return Message(text, ((Button(_.plain("Take it back"), f"ann:back:{number}"),), lists))
    text = _("It is confirmed, and goes out now.")
    return Message(text, ((Button(_.plain("Progress"), f"ann:board:{number}"),), lists))


def ask_second(_: Translator, coming: Coming, first: Person) -> Message:
    """For the others: one of them has to confirm it as well."""
    one = coming.shown.announcement
    about = f"{one.id}:{one.edition}"
    parts = [
        _("<b>{name} wants to send this announcement.</b>", name=isolated(who(first.name, first.id))),
        *_comes_to(_, coming),
        _("It is sent when a second member of the Secretariat confirms it."),
    ]
    return Message(
        paragraphs(*parts),
        (
            (Button(_.plain("Yes, send it"), f"ann:second:{about}"),),
            (Button(_.plain("It has to be changed first"), f"ann:return:{about}"),),
            (Button(_.plain("Show"), f"ann:all:{one.id}"),),
        ),
    )


def told(_: Translator, stands: Announcement, second: Person, zones: Zones) -> Message:
    """For whoever confirmed it first: what the second did."""
    name = isolated(who(second.name, second.id))
    if stands.state == AnnouncementState.DRAFT:
        text = _("{name} wants this announcement to be changed before it is sent: “{heading}”.", name=name,
                 heading=isolated(stands.heading))  # fmt: skip
        return Message(text, ((Button(_.plain("Show"), f"ann:show:{stands.id}"),),))
    then = confirmed(_, stands, zones)
    heading = _("{name} has confirmed your announcement “{heading}”.", name=name, heading=isolated(stands.heading))
    return Message(paragraphs(heading, then.text), then.buttons)


def nobody_else(_: Translator) -> Message:
    """There is no second member who could confirm."""
    return Message(_("There is no other member of the Secretariat whom I can reach. /staff shows who there is."))


def look_first(_: Translator) -> Message:
    """Something of it has changed since it was shown."""
    return Message(_("Something has changed, so please look at it first: this is what people will see."))


def not_ready_toast(_: Translator, lack: Lack) -> str:
    """Why it cannot be sent yet."""
    match lack:
        case Lack.NO_TEXT:
            return _.plain("It says nothing yet.")
        case Lack.NOBODY:
            return _.plain("Nobody belongs to this audience, as things stand.")
        case _too_late:
            return _.plain("The time at which it was to be sent is past. Please choose another.")


def same_person_toast(_: Translator) -> str:
    """Whoever confirmed it first."""
    return _.plain("Somebody else has to confirm it: you have already.")


def discarded(_: Translator) -> Message:
    """It is thrown away."""
    return Message(_("It is thrown away."), ((Button(_.plain("All announcements"), "ann:list"),),))


def _comes_to(_: Translator, coming: Coming) -> list[Markup]:
    one, reach, places = coming.shown.announcement, coming.reach, coming.places
    parts = announce.summary(_, coming.shown, reach, places.countries, places.zones)
    messages = reach.people * coming.shown.messages
    lines = [_("It takes about {time}.", time=takes(_, coming.limits.takes_s(messages, is_paid=one.is_paid)))]
    if one.is_paid:
        lines.append(_("It costs at most {stars}.", stars=cost(_, messages)))
    parts.append(Markup("\n").join(lines))
    if reach.centers:
        parts.append(announce_audience.unreachable(_, reach))
    return parts
