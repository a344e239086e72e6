"""A session of the agenda on its own."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.locales.catalogues import Translator
from handlers.views.agenda_words import LABEL_AT_MOST, fields
from handlers.views.center_details import shortened
from handlers.views.conference_names import segments
from handlers.views.conference_times import Clocks, span
from handlers.views.form_values import isolated
from handlers.views.locale import language_name, with_label
from handlers.views.message import Button, Message, column, pairs
from handlers.views.welcome import paragraphs
from storage.records.conferences import AgendaSession, Document


def session(
    _: Translator,
    shown: AgendaSession,
    documents: Sequence[Document],
    clocks: Clocks,
    *,
    is_starred: bool,
    is_editor: bool,
    news: Sequence[Markup] = (),
) -> Message:
    """All that is known of a session, and what can be done with it."""
    heading = Markup("<b>{}</b>").format(isolated(shown.title))
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
    return Message(
        paragraphs(*news, heading, Markup("\n").join(lines), *about),
        (
            (_star(_, shown, is_starred=is_starred),),
            *column([Button(shortened(one.title, LABEL_AT_MOST), f"agenda:file:{one.id}") for one in documents]),
            *(_editing(_, shown, has_documents=bool(documents)) if is_editor else ()),
            (Button(_.plain("Agenda"), f"agenda:show:{shown.conference}"),),
        ),
    )


def _star(_: Translator, shown: AgendaSession, *, is_starred: bool) -> Button:
    if is_starred:
        return Button(_.plain("Remove from my programme"), f"agenda:unstar:{shown.id}")
    return Button(_.plain("☆ Add to my programme"), f"agenda:star:{shown.id}")


def _editing(_: Translator, shown: AgendaSession, *, has_documents: bool) -> tuple[tuple[Button, ...], ...]:
    which = f"{shown.conference}:{shown.id}"
    rows = [
        Button(_.plain("Change it"), f"agenda:edit:{which}"),
        Button(_.plain("Add a document"), f"agenda:doc:{which}"),
    ]
    rows += [Button(_.plain("Remove a document"), f"agenda:docs:{which}")] * has_documents
    rows.append(
        Button(_.plain("Cancel the session"), f"agenda:cancel:{shown.id}:{shown.edition}")
        if shown.is_on
        else Button(_.plain("It takes place after all"), f"agenda:restore:{shown.id}:{shown.edition}")
    )
    return pairs(rows)


def starred_toast(_: Translator) -> str:
    """The star is set."""
    return _.plain("This is in your programme now.")


def unstarred_toast(_: Translator) -> str:
    """The star is gone."""
    return _.plain("This is not in your programme any more.")


def gone_toast(_: Translator) -> str:
    """What a button was about is not there any more."""
    return _.plain("This is not there any more.")
