"""Sessions of several days in one list: what is on now and next, and somebody's own programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from bot.conferences.clashes import overlapping
from bot.conferences.moments import local
from bot.locales.catalogues import Translator
from handlers.views.agenda_words import at_the_same_time, button, cancelled_notice, first_of, line, whose_times
from handlers.views.conference_times import Clocks, day_heading
from handlers.views.desk import private_button
from handlers.views.lists import PAGE, page_within, turning
from handlers.views.message import Button, Message, bold, column, italic
from handlers.views.welcome import paragraphs
from storage.records.conferences import AgendaSession, Conference

LINK = "programme_"
"""Before the number of a conference, in links that lead from a group to somebody's own programme."""
MINE = "mine"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is asked for: `what` its buttons call it, and a page of it."""

    conference: Conference
    sessions: Sequence[AgendaSession]
    what: str
    page: int

    @property
    def seen(self) -> Sequence[AgendaSession]:
        """What stands on its page, or on the nearest that there is."""
        first = page_within(self.page, len(self.sessions)) * PAGE
        return self.sessions[first : first + PAGE]


def on_now(_: Translator, shown: Listing, clocks: Clocks) -> Message:
    """What takes place at this moment."""
    if not shown.sessions:
        following = Button(_.plain("What is next"), f"agenda:next:{shown.conference.id}")
        return Message(_("Nothing takes place at this moment."), ((following,), (_agenda_button(_, shown.conference),)))
    return _listed(_, shown, _("This takes place now:"), clocks)


def up_next(_: Translator, shown: Listing, clocks: Clocks) -> Message:
    """What begins next."""
    if not shown.sessions:
        return Message(_("Nothing more is planned."), ((_agenda_button(_, shown.conference),),))
    return _listed(_, shown, _("This comes next:"), clocks)


def programme(_: Translator, shown: Listing, clocks: Clocks) -> Message:
    """What somebody has starred, with a warning where two are at the same time."""
    if not shown.sessions:
        return Message(
            _("You have starred nothing yet. Open a session of the agenda and press its star."),
            ((_agenda_button(_, shown.conference),),),
        )
    seen = {one.id for one in shown.seen}
    warnings = [
        at_the_same_time(_, first, second)
        for first, second in overlapping(shown.sessions)
        if first.id in seen or second.id in seen
    ]
    heading = bold(_("My programme"))
    page = page_within(shown.page, len(shown.sessions))
    return _listed(_, shown, heading, clocks, first_of(warnings), came_from=f"{MINE}:{page}")


def in_private(_: Translator, username: str, conference: Conference) -> Message:
    """In a group, nobody's programme is shown."""
    link = private_button(_, username, f"{LINK}{conference.id}")
    return Message(_("I show this in a private chat only."), ((link,),))


def _listed(
    _: Translator,
    shown: Listing,
    heading: Markup,
    clocks: Clocks,
    warnings: Sequence[Markup] = (),
    *,
    came_from: str = "",
) -> Message:
    """A page of sessions under their days."""
    conference, seen, count = shown.conference, shown.seen, len(shown.sessions)
    parts = [heading, *cancelled_notice(_, conference)]
    for day, those in groupby(seen, key=lambda one: local(one.starts_at, clocks.there).date()):
        parts += [italic(day_heading(_, day)), *(line(_, one, clocks) for one in those)]
    return Message(
        paragraphs(*parts, whose_times(_, clocks, seen[0].starts_at), *warnings),
        (
            *column([button(_, one, clocks, came_from) for one in seen]),
            *turning(_, f"{shown.what}:{conference.id}", page_within(shown.page, count), count),
            (_agenda_button(_, conference),),
        ),
    )


def _agenda_button(_: Translator, conference: Conference) -> Button:
    return Button(_.plain("Agenda"), f"agenda:show:{conference.id}")
