"""Opening a conference, and what the Secretariat and its host change of it."""

from __future__ import annotations

from telegram import Update

from bot.conferences import cancelling, editing, moments, opening
from bot.conferences.conference_form import (
    ASKED,
    CONFERENCE,
    HOSTED,
    NOTE,
    TODAY,
    DayFault,
    answers_of,
    details_of,
)
from bot.conferences.editing import NothingChangedError
from bot.conferences.opening import DayError, NoSuchConferenceError, StaleConferenceError, found
from bot.forms.form import Form
from bot.members.roles import NotAllowedError
from handlers import forms
from handlers.conference import card, today_at
from handlers.conference_guard import conference_in, for_hosts, is_cancelling
from handlers.staff import refuse_press
from handlers.turn import Conversation, Refused, Turn, match
from handlers.views import cancelling as before
from handlers.views import conference_manage as views
from handlers.views import out_of_date, staff
from handlers.views.message import Message
from storage import conferences
from storage.records.conferences import ConferenceState, NoteTopic
from storage.records.drafts import Draft


async def open_form(_update: Update, turn: Turn) -> None:
    """The button by which the Secretariat opens a conference."""
    try:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    except NotAllowedError:
        await refuse_press(turn, "conference", staff.only_staff_toast(turn.t))
        return
    known = {field.name: None for field in CONFERENCE.fields if field.name not in ASKED}
    today = moments.today("UTC", turn.now).isoformat()
    await forms.begin(turn, CONFERENCE.id, prefill=known, only=ASKED, context={TODAY: today})


@for_hosts
async def manage(_update: Update, turn: Turn) -> None:
    """What can be done with a conference."""
    await _show_manage(turn)


@for_hosts
async def edit(_update: Update, turn: Turn) -> None:
    """The form in which a conference is changed, at its summary; for a host with what is the host's."""
    conference = await found(turn.tx, conference_in(turn))
    form = CONFERENCE if await turn.desk.rights.is_staff(turn.tx, turn.person.id) else HOSTED
    known = {name: value for name, value in answers_of(conference.details).items() if form.field(name) is not None}
    context = {TODAY: today_at(turn, conference).isoformat()}
    await forms.begin(turn, form.id, subject=str(conference.id), prefill=known, context=context)


@for_hosts
async def show_notes(_update: Update, turn: Turn) -> None:
    """The practical notes."""
    conference = await found(turn.tx, conference_in(turn))
    noted = await conferences.notes(turn.tx, conference.id)
    turn.show(views.note_list(turn.t, conference, noted.keys()))


@for_hosts
async def write_note(_update: Update, turn: Turn) -> None:
    """Asks for a practical note."""
    conference = await found(turn.tx, conference_in(turn))
    topic = NoteTopic(match(turn)["topic"])
    present = (await conferences.notes(turn.tx, conference.id)).get(topic)
    await forms.begin(
        turn, NOTE.id, subject=f"{conference.id}:{topic}", prefill={"content": present}, only=("content",)
    )


@for_hosts
async def ask_state(_update: Update, turn: Turn) -> None:
    """The step before a conference is cancelled, or takes place after all."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    conference = await found(turn.tx, conference_in(turn))
    if conference.is_on != is_cancelling(turn):
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
        await _show_manage(turn)
        return
    told = await cancelling.of_conference(turn.tx, conference, turn.now)
    turn.show(before.of_conference(turn.t, conference, told))


@for_hosts
async def set_state(_update: Update, turn: Turn) -> None:
    """Cancel a conference, or take that back."""
    rights, number = turn.desk.rights, conference_in(turn)
    state = ConferenceState.CANCELLED if is_cancelling(turn) else ConferenceState.OPEN
    by = turn.person.id
    if not await editing.set_state(turn.tx, rights, number, state, by=by, now=turn.now, post=turn.post):
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    await _show_manage(turn)


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed in which a conference is opened, or changed."""
    if draft.subject:
        return await _confirm_edit(turn, draft, CONFERENCE)
    details = details_of(CONFERENCE.visible(draft).answers)
    try:
        opened = await opening.open_conference(turn.tx, turn.desk.rights, details, by=turn.person.id, now=turn.now)
    except NotAllowedError:
        return views.not_possible(turn.t)
    except DayError as error:
        return _wrong_day(turn, error)
    is_over = moments.is_over(opened.conference, turn.now)
    return views.opened(turn.t, await card(turn, opened.conference), opened, is_over=is_over)


async def confirm_hosted(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed in which a host changes what is the host's."""
    return await _confirm_edit(turn, draft, HOSTED)


async def confirm_note(turn: Turn, draft: Draft) -> Message:
    """A practical note was written, or left empty."""
    number, _colon, topic = draft.subject.partition(":")
    try:
        await editing.set_note(
            turn.tx, turn.desk.rights, int(number), NoteTopic(topic),
            given=draft.given.get("content"), wanted=draft.answers.get("content"), by=turn.person.id, now=turn.now,
        )  # fmt: skip
    except NothingChangedError:
        return views.unchanged(turn.t, await _card(turn, int(number)), int(number))
    except StaleConferenceError:
        return views.stale(turn.t, await _card(turn, int(number)), int(number))
    except (NotAllowedError, NoSuchConferenceError):
        return views.not_possible(turn.t)
    return views.saved(turn.t, await _card(turn, int(number)), int(number))


async def _confirm_edit(turn: Turn, draft: Draft, form: Form) -> Message | Refused:
    number = int(draft.subject)
    try:
        edited = await editing.edit(
            turn.tx, turn.desk.rights, number, draft.given, form.visible(draft).answers,
            by=turn.person.id, now=turn.now,
        )  # fmt: skip
    except NothingChangedError:
        return views.unchanged(turn.t, await _card(turn, number), number)
    except StaleConferenceError:
        return views.stale(turn.t, await _card(turn, number), number)
    except (NotAllowedError, NoSuchConferenceError):
        return views.not_possible(turn.t)
    except DayError as error:
        return _wrong_day(turn, error)
    return views.changed(turn.t, await card(turn, edited.conference), edited)


async def _show_manage(turn: Turn) -> None:
    conference = await found(turn.tx, conference_in(turn))
    is_staff = await turn.desk.rights.is_staff(turn.tx, turn.person.id)
    turn.show(views.manage(turn.t, conference, is_staff=is_staff))


async def _card(turn: Turn, conference_id: int) -> Message:
    return await card(turn, await found(turn.tx, conference_id))


def _wrong_day(turn: Turn, error: DayError) -> Refused:
    return Refused(views.faults(turn.t)[DayFault(error.fault)], error.field)


CONVERSATIONS = {
    CONFERENCE.id: Conversation(CONFERENCE, views.words, confirm),
    HOSTED.id: Conversation(HOSTED, views.words, confirm_hosted),
    NOTE.id: Conversation(NOTE, views.note_words, confirm_note),
}
"""For `handlers.conversations`."""
