"""What things of the audit log are called, and where they are seen."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.locales.catalogues import Translator
from bot.members.audit_search import Called
from handlers.views import conference, curating, learning, schedule
from handlers.views.agenda_session import LINK as SESSION
from handlers.views.announce_lists import LINK as ANNOUNCEMENT
from handlers.views.center_details import shortened
from handlers.views.conference_names import conference_name
from handlers.views.times import day
from storage.records.announcements import Announcement
from storage.records.conferences import AgendaSession, Conference
from storage.records.reminders import Rung

NAME_AT_MOST = 60
_LINKS: Mapping[str, str] = {
    "announcement": ANNOUNCEMENT,
    "answer": learning.PLACE,
    "center": f"{curating.LINK}c",
    "conference": conference.LINK,
    "delegate": f"{curating.LINK}d",
    "session": SESSION,
}
"""What stands before their numbers in a deep link."""


def linked(_: Translator, thing: str, names: Mapping[str, Called], username: str) -> Markup:
    """What something was done to, with the link that opens it where there is one."""
    name = named(_, thing, names)
    kind, _colon, number = thing.partition(":")
    if thing not in names or kind not in _LINKS:
        return Markup("{}").format(name)
    return Markup('<a href="https://t.me/{}?start={}{}">{}</a>').format(username, _LINKS[kind], number, name)


def named(_: Translator, thing: str, names: Mapping[str, Called]) -> str:
    """What something was done to: by its name, or what it is and its number, or that it is gone."""
    if thing in names:
        return shortened(_name(_, names[thing]), NAME_AT_MOST)
    kind, _colon, digits = thing.partition(":")
    if not digits:
        return _places(_).get(kind, shortened(thing, NAME_AT_MOST))
    if kind in {"person", "delegate"} and digits.startswith("-"):
        return _.plain("somebody who was erased")
    return _numbered(_, digits).get(kind, _.plain("no longer there"))


def _name(_: Translator, called: Called) -> str:
    match called:
        case Announcement():
            when = day(_, called.started_at or called.send_at or called.made_at)
            return f"{when} · {called.heading or '–'}"
        case Conference():
            return conference_name(_, called)
        case AgendaSession():
            return called.title
        case Rung():
            return schedule.name(_, called)
        case str():
            return called


def _numbered(_: Translator, digits: str) -> Mapping[str, str]:
    return {
        "center": _.plain("Center no. {number}", number=digits),
        "delegate": _.plain("Person no. {number}", number=digits),
        "person": _.plain("Telegram’s no. {number}", number=digits),
        "thread": _.plain("Conversation no. {number}", number=digits),
        "answer": _.plain("Answer no. {number}", number=digits),
        "link": _.plain("Link no. {number}", number=digits),
        "request": _.plain("Request no. {number}", number=digits),
        "handover": _.plain("Offer of a role no. {number}", number=digits),
        "import": _.plain("List no. {number}", number=digits),
        "chat": _.plain("Group no. {number}", number=digits),
    }


def _places(_: Translator) -> Mapping[str, str]:
    """What somebody without the right to it wanted to see or do."""
    return {
        "agenda": _.plain("Agenda"),
        "announcement": _.plain("Announcements"),
        "audit": _.plain("Audit log"),
        "conference": _.plain("Conferences"),
        "export": _.plain("Export of the database"),
        "gaps": _.plain("What was asked and not answered"),
        "learned": _.plain("Answers for everyone"),
        "link.make": _.plain("Links to roles"),
        "list": _.plain("People and Centers"),
        "participation": _.plain("Taking part"),
        "pending": _.plain("What waits for a decision"),
        "request": _.plain("What waits for a decision"),
        "schedule": _.plain("Reminders"),
        "staff": _.plain("Who has which role"),
    }
