"""Making an agenda: its sessions for those who keep it, and the words of its forms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.conferences.agenda_entries import Reason
from bot.conferences.clashes import Clash
from bot.conferences.moments import local
from bot.conferences.session_form import SESSION
from bot.locales.catalogues import LANGUAGES, Translator
from handlers.views.agenda_session import MANAGED, add_button
from handlers.views.agenda_words import button, cancelled_notice, clash_lines, fields, line, whose_times
from handlers.views.conference_names import conference_name, segments
from handlers.views.conference_times import Clocks, day_heading
from handlers.views.forms import FieldWords, FormWords
from handlers.views.lists import PAGE, page_within, turning
from handlers.views.message import Button, Message, column, italic
from handlers.views.welcome import paragraphs
from storage.records.conferences import AgendaSession, Conference
from storage.records.drafts import Draft


def manage(
    _: Translator,
    conference: Conference,
    sessions: Sequence[AgendaSession],
    clashes: Sequence[Clash],
    clocks: Clocks,
    *,
    page: int,
) -> Message:
    """The sessions by day, and what does not go together."""
    page, count = page_within(page, len(sessions)), len(sessions)
    seen = sessions[page * PAGE : (page + 1) * PAGE]
    parts = [
        Markup("<b>{}</b>\n{}").format(conference_name(_, conference), _.plain("Agenda")),
        *cancelled_notice(_, conference),
    ]
    if not sessions:
        parts.append(_("{conference} has no agenda yet.", conference=conference_name(_, conference)))
    for day, those in groupby(seen, key=lambda one: local(one.starts_at, clocks.there).date()):
        parts += [italic(day_heading(_, day)), *(line(_, one, clocks) for one in those)]
    times = [whose_times(_, clocks, seen[0].starts_at)] if seen else []
    return Message(
        paragraphs(*parts, *times, *clash_lines(_, clashes)),
        (
            (add_button(_, conference.id),),
            (Button(_.plain("Read in a file"), f"agenda:import:{conference.id}"),),
            *column([button(_, one, clocks, f"{MANAGED}:{page}") for one in seen]),
            *turning(_, f"agenda:manage:{conference.id}", page, count),
            (Button(_.plain("Back"), f"conf:manage:{conference.id}"),),
        ),
    )


def words(_: Translator, draft: Draft) -> FormWords:
    """Of the form in which a session is added or changed."""
    called = fields(_)
    options = {"segment": segments(_), "language": LANGUAGES}
    expected = {"speakers": _("One item per line.")}
    return FormWords(
        title=_.plain("Changing a session") if draft.given.get("title") else _.plain("Adding a session"),
        confirm=_.plain("Save"),
        fields={
            field.name: FieldWords(
                called[field.name], Markup("{}").format(called[field.name]), expected.get(field.name),
                options.get(field.name, {}),
            )
            for field in SESSION.fields
        },
        problems={reason: fault(_, reason) for reason in (Reason.OTHER_DAY, Reason.ENDS_FIRST)},
        intro=_("Press the line that you want to change, then save. It applies at once.")
        if draft.given.get("title")
        else _("Times are those of the conference’s time zone."),
    )  # fmt: skip


def fault(_: Translator, reason: Reason) -> Markup:
    """Why a session cannot be so; what else there can be is refused in the form already."""
    if reason == Reason.OTHER_DAY:
        return _("This is not a day of the conference.")
    return _("It has to end after it begins.")
