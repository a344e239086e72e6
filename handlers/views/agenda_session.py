"""A session of the agenda on its own."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conferences.agenda_view import Look
from bot.conferences.clashes import Clash
from bot.conferences.moments import local
from bot.locales.catalogues import Translator
from handlers.views.agenda import tail
from handlers.views.agenda_words import LABEL_AT_MOST, cancelled_notice, clash_lines, fields
from handlers.views.center_details import shortened
from handlers.views.conference_names import segments
from handlers.views.conference_times import Clocks, span
from handlers.views.form_values import isolated
from handlers.views.lists import of_page, page_within, turning_by
from handlers.views.locale import language_name, with_label
from handlers.views.message import Button, Message, bold, column, pairs
from handlers.views.programme import MINE
from handlers.views.welcome import paragraphs
from storage.records.conferences import AgendaSession, Conference, Document

MANAGED = "manage"
LINK = "session_"
"""Before the number of a session in a deep link."""


def session(
    _: Translator,
    conference: Conference,
    shown: AgendaSession,
    documents: Sequence[Document],
    clocks: Clocks,
    *,
    is_starred: bool,
    is_editor: bool,
    clashes: Sequence[Clash] = (),
    came_from: str = "",
    page: int = 0,
) -> Message:
    """All that is known of a session, and what can be done with it; a page of its documents.

    `came_from` is where it was opened, as buttons carry it: a choice of the agenda, or a page of one's programme or of
    those who make the agenda, who see there what it clashes with.
    """
    heading = bold(isolated(shown.title))
    if not shown.is_on:
        heading = Markup("{}\n{}").format(heading, _("Cancelled"))
    called = fields(_)
    lines = [Markup("{}").format(span(_, shown.starts_at, shown.ends_at, clocks))]
    lines.append(with_label(_, called["segment"], segments(_)[shown.segment]))
    told = {
        "room": shown.room,
        "speakers": None if shown.speakers is None else ", ".join(shown.speakers.splitlines()),
        "chair": shown.chair,
        "language": None if shown.language is None else language_name(_, shown.language),
    }
    lines += [with_label(_, called[name], isolated(value)) for name, value in told.items() if value]
    about = [Markup("{}").format(isolated(shown.description))] if shown.description else []
    seen, here = of_page(documents, page), _to(f"agenda:session:{shown.id}", came_from)
    return Message(
        paragraphs(
            heading, *cancelled_notice(_, conference), Markup("\n").join(lines), *about, *clash_lines(_, clashes)
        ),
        (
            (_star(_, shown, came_from, is_starred=is_starred),),
            *column([Button(shortened(one.title, LABEL_AT_MOST), f"agenda:file:{one.id}") for one in seen]),
            *turning_by(_, lambda to: f"{here}:p{to}", page_within(page, len(documents)), len(documents)),
            *(_editing(_, shown, came_from, has_documents=bool(documents)) if is_editor else ()),
            *_back(_, shown, clocks, came_from, is_editor=is_editor),
            *(((add_button(_, conference.id),),) if is_editor and is_managed(came_from) else ()),
        ),
    )


def add_button(_: Translator, conference_id: int) -> Button:
    """Leads to the form in which a session is added."""
    return Button(_.plain("Add a session"), f"agenda:add:{conference_id}")


def is_managed(came_from: str) -> bool:
    """Whether a session was opened by those who make the agenda, while they did."""
    return came_from.startswith(MANAGED)


def _star(_: Translator, shown: AgendaSession, came_from: str, *, is_starred: bool) -> Button:
    if is_starred:
        return Button(_.plain("Remove from my programme"), _to(f"agenda:unstar:{shown.id}", came_from))
    return Button(_.plain("☆ Add to my programme"), _to(f"agenda:star:{shown.id}", came_from))


def _back(
    _: Translator, shown: AgendaSession, clocks: Clocks, came_from: str, *, is_editor: bool
) -> tuple[tuple[Button, ...], ...]:
    """To where it was opened; for those who make the agenda, also to where they do."""
    place, _colon, page = came_from.partition(":")
    managing = Button(_.plain("Manage"), _to(f"agenda:manage:{shown.conference}", page if place == MANAGED else ""))
    if place == MINE:
        back = Button(_.plain("My programme"), f"programme:show:{shown.conference}:{page}")
    else:
        day = Look(local(shown.starts_at, clocks.there).date())
        seen = came_from if came_from and place != MANAGED else tail(day)
        back = Button(_.plain("Agenda"), f"agenda:at:{shown.conference}:{seen}")
    return ((back, managing) if is_editor else (back,),)


def _to(data: str, came_from: str) -> str:
    return f"{data}:{came_from}" if came_from else data


def _editing(
    _: Translator, shown: AgendaSession, came_from: str, *, has_documents: bool
) -> tuple[tuple[Button, ...], ...]:
    which = f"{shown.conference}:{shown.id}"
    rows = [
        Button(_.plain("Change it"), f"agenda:edit:{which}"),
        Button(_.plain("Add a document"), f"agenda:doc:{which}"),
    ]
    rows += [Button(_.plain("Remove a document"), f"agenda:docs:{which}")] * has_documents
    rows.append(
        Button(_.plain("Cancel the session"), _to(f"agenda:cancel:{shown.id}:{shown.edition}", came_from))
        if shown.is_on
        else Button(_.plain("It takes place after all"), _to(f"agenda:restore:{shown.id}:{shown.edition}", came_from))
    )
    return pairs(rows)


def starred_toast(_: Translator) -> str:
    """The star is set."""
    return _.plain("This is in your programme now.")


def unstarred_toast(_: Translator) -> str:
    """The star is gone."""
    return _.plain("This is not in your programme any more.")
