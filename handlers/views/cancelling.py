"""The step before something is cancelled, or takes place after all: it says who is told."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.conferences.cancelling import Told
from bot.locales.catalogues import Translator
from handlers.views.conference_names import conference_name
from handlers.views.form_values import isolated
from handlers.views.locale import in_a_row
from handlers.views.message import Button, Message
from handlers.views.numbers import number
from handlers.views.welcome import paragraphs
from storage.records.conferences import AgendaSession, Conference

CANCEL, RESTORE = "cancel", "restore"
CANCELLED, RESTORED = "cancelled", "restored"
"""What buttons ask whether to do, and do."""


def of_conference(_: Translator, conference: Conference, told: Told) -> Message:
    """Before a conference is cancelled, or takes place after all."""
    readers = _(
        "All delegates of approved Centers, those who lead them, the hosts and everybody who takes part are told, at "
        "the earliest in five minutes. If you take it back before, nobody is told."
    )
    name, its = conference_name(_, conference), conference.id
    asked = _("Cancel “{name}”?", name=name) if conference.is_on else _after_all(_, name)
    told_of = _told(_, told, readers, conference)
    return _step(_, asked, told_of, "conf", str(its), f"conf:manage:{its}", is_on=conference.is_on)


def of_agm(_: Translator, conference: Conference, told: Told, *, is_on: bool) -> Message:
    """Before an AGM is cancelled, or takes place after all."""
    readers = _(
        "Those who may attend are told, at the earliest in five minutes. If you take it back before, nobody is told."
    )
    asked = _("Cancel the AGM?") if is_on else _("Does the AGM take place after all?")
    its = conference.id
    return _step(_, asked, _told(_, told, readers, conference), "agm", str(its), f"agm:show:{its}", is_on=is_on)


def of_session(
    _: Translator, conference: Conference, shown: AgendaSession, told: Told, readers: int, came_from: str
) -> Message:
    """Before a session is cancelled, or takes place after all; so many `readers` have it in their programme."""
    title, tail = isolated(shown.title), f":{came_from}" if came_from else ""
    asked = _("Cancel “{name}”?", name=title) if shown.is_on else _after_all(_, title)
    count = number(_, readers)
    who = _.n(
        "{shown} person who has it in their programme is told, at the earliest in five minutes.",
        "{shown} people who have it in their programme are told, at the earliest in five minutes.",
        readers,
        shown=count,
    )
    who = in_a_row(_, who, _("If you take it back before, nobody is told."))
    told_of = _told(_, told, who if readers else _("Nobody has it in their programme, so nobody is told."), conference)
    which, back = f"{shown.id}:{shown.edition}{tail}", f"agenda:session:{shown.id}{tail}"
    return _step(_, asked, told_of, "agenda", which, back, is_on=shown.is_on)


def _after_all(_: Translator, name: str) -> Markup:
    return _("Does “{name}” take place after all?", name=name)


def _told(_: Translator, told: Told, readers: Markup, conference: Conference) -> Markup:
    said: Mapping[Told, Markup] = {
        Told.YES: readers,
        Told.OVER: _("It is over, so nobody is told."),
        Told.UNDONE: _("Nobody has been told of the last change yet, so nobody is told of this one."),
        Told.OFF: _(
            "The {conference} is cancelled, so nobody is told of this for now.",
            conference=conference_name(_, conference),
        ),
    }
    return said[told]


def _step(_: Translator, asked: Markup, told: Markup, what: str, which: str, back: str, *, is_on: bool) -> Message:
    label, act = (
        (_.plain("Yes, cancel it"), CANCELLED) if is_on else (_.plain("Yes, it takes place"), RESTORED)
    )  # fmt: skip
    yes, no = Button(label, f"{what}:{act}:{which}"), Button(_.plain("No"), back)
    return Message(paragraphs(asked, told), ((yes, no),))
