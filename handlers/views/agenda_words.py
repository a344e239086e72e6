"""What the agenda and its parts are called, and a session in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.conferences.clashes import Clash
from bot.locales.catalogues import Translator
from handlers.views.center_details import shortened
from handlers.views.conference import was_cancelled
from handlers.views.conference_names import segments
from handlers.views.conference_times import Clocks, hours
from handlers.views.locale import listed, with_label
from handlers.views.message import Button, bold
from storage.records.conferences import AgendaSession, Conference

TITLE_AT_MOST = 120
ROOM_AT_MOST = 60
LABEL_AT_MOST = 40
LINES_AT_MOST = 5
"""Of what is pointed out about an agenda."""


def fields(_: Translator) -> Mapping[str, str]:
    """What is set for a session."""
    return {
        "title": _.plain("Title"),
        "segment": _.plain("Segment"),
        "day": _.plain("Day"),
        "begins": _.plain("Begins"),
        "ends": _.plain("Ends"),
        "last_day": _.plain("Last day"),
        "room": _.plain("Room"),
        "speakers": _.plain("Speakers"),
        "chair": _.plain("Chair"),
        "description": _.plain("Description"),
        "language": _.plain("Language"),
    }


def line(_: Translator, session: AgendaSession, clocks: Clocks) -> Markup:
    """A session in two lines, under the heading of its day."""
    when = hours(_, session.starts_at, session.ends_at, clocks.there)
    if clocks.own is not None and clocks.differ(session.starts_at):
        when = f"{when} ({hours(_, session.starts_at, session.ends_at, clocks.own)})"
    title = bold(shortened(session.title, TITLE_AT_MOST))
    more = [segments(_)[session.segment]]
    if session.room:
        more.insert(0, shortened(session.room, ROOM_AT_MOST))
    if not session.is_on:
        title, more = Markup("<s>{}</s>").format(title), [_.plain("Cancelled"), *more]
    return Markup("{} {}\n{}").format(when, title, " · ".join(more))


def button(_: Translator, session: AgendaSession, clocks: Clocks, came_from: str = "") -> Button:
    """Leads to a session; `came_from` leads back to where it stood, as `handlers.views.agenda_session` has it."""
    starts = hours(_, session.starts_at, session.ends_at, clocks.there).partition("–")[0]
    data = ":".join(filter(None, (f"agenda:session:{session.id}", came_from)))
    return Button(f"{starts} {shortened(session.title, LABEL_AT_MOST)}", data)


def whose_times(_: Translator, clocks: Clocks, at_us: int) -> Markup:
    """In which zone the times of a list are."""
    city = clocks.zones.name_of(clocks.there, _.language)
    if clocks.differ(at_us):
        return _("Times of {city}; your own in brackets.", city=city)
    return _("Times of {city}.", city=city)


def cancelled_notice(_: Translator, conference: Conference) -> list[Markup]:
    """A paragraph for what is planned in a conference that was cancelled; else nothing."""
    return [] if conference.is_on else [was_cancelled(_, conference)]


def at_the_same_time(_: Translator, first: AgendaSession, second: AgendaSession) -> Markup:
    """Two sessions of which one can be in one only."""
    return _("At the same time: “{first}” and “{second}”.", first=_name(first), second=_name(second))


def clash_lines(_: Translator, clashes: Sequence[Clash]) -> list[Markup]:
    """Who and what would have to be in two sessions at the same time, in a paragraph; nothing if there are none."""
    return first_of([_clash(_, clash) for clash in clashes])


def first_of(lines: list[Markup]) -> list[Markup]:
    """The first of the lines in a paragraph; nothing if there are none."""
    more = [Markup("…")] if len(lines) > LINES_AT_MOST else []
    return [Markup("\n").join([*lines[:LINES_AT_MOST], *more])] if lines else []


def _clash(_: Translator, clash: Clash) -> Markup:
    shared = [*([clash.room] if clash.room else []), *clash.people]
    names = shortened(listed(_, shared), LABEL_AT_MOST)
    return with_label(_, names, at_the_same_time(_, clash.first, clash.second))


def _name(session: AgendaSession) -> str:
    return shortened(session.title, LABEL_AT_MOST)
