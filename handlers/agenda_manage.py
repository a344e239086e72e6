"""The Secretariat and the host make the agenda: its sessions, and the documents of these."""

from __future__ import annotations

from telegram import Update

from bot.conferences import agenda as sessions
from bot.conferences.agenda import NoSuchSessionError, StaleSessionError
from bot.conferences.agenda_entries import NotTakenError, Reason
from bot.conferences.clashes import clashes
from bot.conferences.opening import NoSuchConferenceError, found
from bot.conferences.participation_form import EDITION, context_of
from bot.conferences.session_form import ASKED, SESSION, SESSION_DOCUMENT, answers_of, details_of
from bot.members.editing import NothingChangedError
from bot.members.roles import NotAllowedError
from handlers import agenda_session, forms
from handlers.agenda import on_agenda
from handlers.center import number_in
from handlers.conference import clocks
from handlers.conference_guard import conference_in, for_hosts, page_in
from handlers.turn import Conversation, Refused, Turn
from handlers.views import agenda_manage as views
from handlers.views import agm as agm_views
from handlers.views import conference_manage
from handlers.views.message import Message
from storage import agenda
from storage.records.conferences import AgendaSession
from storage.records.drafts import Draft


@for_hosts
@on_agenda
async def manage(_update: Update, turn: Turn) -> None:
    """The agenda, for those who make it."""
    conference = await found(turn.tx, conference_in(turn))
    planned = await agenda.of_conference(turn.tx, conference.id)
    shown = views.manage(
        turn.t, conference, planned, clashes(planned), await clocks(turn, conference), page=page_in(turn)
    )
    turn.show(shown)


@for_hosts
@on_agenda
async def add(_update: Update, turn: Turn) -> None:
    """The form in which a session is added."""
    conference = await found(turn.tx, conference_in(turn))
    known = {field.name: None for field in SESSION.fields if field.name not in ASKED}
    context = context_of(conference, 0)
    await forms.begin(turn, SESSION.id, subject=f"{conference.id}:", prefill=known, only=ASKED, context=context)


@for_hosts
@on_agenda
async def edit(_update: Update, turn: Turn) -> None:
    """The form in which a session is changed, at its summary."""
    seen = await _session_in(turn)
    conference = await found(turn.tx, seen.conference)
    await forms.begin(
        turn, SESSION.id, subject=f"{conference.id}:{seen.id}",
        prefill=answers_of(conference, seen), context=context_of(conference, seen.edition),
    )  # fmt: skip


@for_hosts
@on_agenda
async def add_document(_update: Update, turn: Turn) -> None:
    """Asks for a document."""
    seen = await _session_in(turn)
    await forms.begin(turn, SESSION_DOCUMENT.id, subject=str(seen.id))


@for_hosts
@on_agenda
async def show_documents(_update: Update, turn: Turn) -> None:
    """The documents, to remove one."""
    seen = await _session_in(turn)
    documents = await agenda.documents_of_session(turn.tx, seen.id)
    leads_to = (f"agenda:undoc:{seen.conference}", f"agenda:session:{seen.id}:{agenda_session.MADE}")
    here = f"agenda:docs:{seen.conference}:{seen.id}"
    turn.show(agm_views.removing(turn.t, documents, *leads_to, here=here, page=page_in(turn)))


@for_hosts
@on_agenda
async def remove_document(_update: Update, turn: Turn) -> None:
    """Remove a document."""
    removed = await sessions.remove_document(
        turn.tx, turn.desk.rights, number_in(turn, "document"), by=turn.person.id, now=turn.now
    )
    if removed.session is not None:
        turn.show(await _screen(turn, removed.session))


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed in which a session is added, or changed."""
    number, _colon, session = draft.subject.partition(":")
    try:
        kept = await _save(turn, draft, int(number), int(session) if session else None)
    except NothingChangedError:
        return agm_views.unchanged(turn.t, await _screen(turn, int(session)))
    except StaleSessionError:
        changed = conference_manage.changed_meanwhile(turn.t)
        return agm_views.above(changed, await _screen(turn, int(session)))
    except (NotAllowedError, NoSuchConferenceError, NoSuchSessionError):
        return conference_manage.not_possible(turn.t)
    except NotTakenError as why:
        ends = "last_day" if draft.answers.get("last_day") else "ends"
        return Refused(views.fault(turn.t, why.reason), "day" if why.reason == Reason.OTHER_DAY else ends)
    return agm_views.saved(turn.t, await agenda_session.screen(turn, kept, agenda_session.MADE))


async def confirm_document(turn: Turn, draft: Draft) -> Message:
    """A document was sent."""
    number = int(draft.subject)
    try:
        await sessions.add_document(
            turn.tx, turn.desk.rights, number, title=draft.answers["title"],
            file_id=draft.answers["file"]["file_id"], by=turn.person.id, now=turn.now,
        )  # fmt: skip
    except (NotAllowedError, NoSuchSessionError):
        return conference_manage.not_possible(turn.t)
    return agm_views.saved(turn.t, await _screen(turn, number))


async def _save(turn: Turn, draft: Draft, conference_id: int, session_id: int | None) -> AgendaSession:
    rights, by = turn.desk.rights, turn.person.id
    conference, answers = await found(turn.tx, conference_id), SESSION.visible(draft).answers
    if session_id is None:
        details = details_of(conference, answers, None)
        return await sessions.add(turn.tx, rights, conference_id, details, by=by, now=turn.now)
    seen = await sessions.for_editors(turn.tx, rights, session_id, by)
    details, edition = details_of(conference, answers, seen), int(draft.context[EDITION])
    return await sessions.change(turn.tx, rights, session_id, edition, details, by=by, now=turn.now)


async def _session_in(turn: Turn) -> AgendaSession:
    """The session that a button is about, if it is theirs to change."""
    return await sessions.for_editors(turn.tx, turn.desk.rights, number_in(turn, "session"), turn.person.id)


async def _screen(turn: Turn, session_id: int) -> Message:
    return await agenda_session.screen(turn, await sessions.find(turn.tx, session_id), agenda_session.MADE)


CONVERSATIONS = {
    SESSION.id: Conversation(SESSION, views.words, confirm),
    SESSION_DOCUMENT.id: Conversation(SESSION_DOCUMENT, agm_views.document_words, confirm_document),
}
"""For `handlers.conversations`."""
