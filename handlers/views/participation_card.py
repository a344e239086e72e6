"""What somebody asks the Secretariat for after the last day to change it themselves."""

from __future__ import annotations

from datetime import tzinfo

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.center_details import NAME_AT_MOST, shortened
from handlers.views.conference_names import conference_name
from handlers.views.message import Button, Message, bold
from handlers.views.participation_words import labels, values
from handlers.views.times import moment
from handlers.views.welcome import paragraphs
from storage.records import Name
from storage.records.conferences import Conference
from storage.records.members import Delegate
from storage.records.participations import Participation


def card(_: Translator, conference: Conference, found: Participation, delegate: Delegate) -> Message:
    """The request, with what decides it."""
    about = f"{found.id}:{found.asked_at}"
    buttons = (
        Button(_.plain("Approve"), f"part:approve:{about}"),
        Button(_.plain("Decline"), f"part:refuse:{about}"),
    )
    return Message(what(_, conference, found, delegate), (buttons,), shows=(delegate.id,))


def decided(_: Translator, name: Name, person_id: int, *, approves: bool, at: int, zone: tzinfo) -> Markup:
    """By whom and when; below what was asked for."""
    who, when = shortened(name.full or str(person_id), NAME_AT_MOST), moment(_, at, zone)
    if approves:
        return _("✓ Approved by {name}, {when}", name=who, when=when)
    return _("Declined by {name}, {when}", name=who, when=when)


def settled(text: Markup, line: Markup) -> Message:
    """The card once it is decided."""
    return Message(paragraphs(text, line))


def what(_: Translator, conference: Conference, found: Participation, delegate: Delegate) -> Markup:
    """What is asked for, and by whom."""
    name = bold(shortened(delegate.details.full_name, NAME_AT_MOST))
    of = conference_name(_, conference)
    if found.asked is None or found.asked.attendance is None:
        return _("{name} asks to be withdrawn from the {conference}.", name=name, conference=of)
    called, before, after = labels(_), values(_, found.details), values(_, found.asked)
    changes = [
        Markup("• {}: {} → {}").format(called[key], before[key], after[key])
        for key in called
        if before[key] != after[key]
    ]
    asks = _("{name} asks for a change in the {conference}:", name=name, conference=of)
    return Markup("\n").join([asks, *changes])


def not_open_toast(_: Translator) -> str:
    """A press on a card that is not open any more."""
    return _.plain("This is decided, or something else is asked for by now.")


def not_open(_: Translator) -> Message:
    """In the place of such a card: nothing can be decided with it."""
    return Message(_("This is decided, or something else is asked for by now."))
