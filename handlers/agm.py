"""The AGM of a conference: its screen, its documents, and what the Secretariat and the host change of it."""

from __future__ import annotations

from telegram import Update

from bot.conferences import agm as agms
from bot.conferences import cancelling
from bot.conferences.agm import NoAgmError
from bot.conferences.agm_form import (
    AGM,
    AGM_DOCUMENT,
    AGM_PLACE,
    NOTICE_DAYS,
    answers_of_agm,
)
from bot.conferences.conference_form import DayFault
from bot.conferences.editing import NothingChangedError
from bot.conferences.opening import DayError, NoSuchConferenceError, StaleConferenceError, found
from bot.conferences.participation_form import context_of
from bot.members.roles import NotAllowedError
from handlers import forms, lately
from handlers.center import number_in
from handlers.conference import clocks
from handlers.conference_guard import conference_in, for_everybody, for_hosts, is_cancelling, page_in
from handlers.staff import refuse_press
from handlers.turn import Conversation, Refused, Turn
from handlers.views import agm as views
from handlers.views import cancelling as before
from handlers.views import conference_manage, out_of_date
from handlers.views.agm import ShownAgm
from handlers.views.message import Message
from storage import agenda, conferences
from storage.records import Call, NewMessage
from storage.records.conferences import Planned
from storage.records.drafts import Draft


@for_everybody
async def show(_update: Update, turn: Turn) -> None:
    """The screen of the AGM."""
    number = conference_in(turn)
    lately.told_of(turn, "agm-details", await found(turn.tx, number))
    turn.show(await card(turn, number, page_in(turn)))


@for_everybody
async def send_document(_update: Update, turn: Turn) -> None:
    """A document of the AGM, for those who may attend; in private, wherever the button was."""
    number = conference_in(turn)
    document = await agms.document_of(turn.tx, number, number_in(turn, "document"))
    agm = await conferences.agm(turn.tx, number)
    if document is None or agm is None:
        turn.answer_press(out_of_date.gone_toast(turn.t), alert=True)
    elif not await agms.may_attend(turn.tx, turn.desk.rights, agm, turn.person.id):
        await refuse_press(turn, f"conference:{number}", views.not_entitled_toast(turn.t))
    else:
        call = Call("sendDocument", {"document": document.file_id, "caption": document.title})
        turn.post(NewMessage(turn.person.id, call))


@for_hosts
async def edit(_update: Update, turn: Turn) -> None:
    """The form in which the AGM is set or changed; for a host, its place."""
    conference = await found(turn.tx, conference_in(turn))
    agm = await conferences.agm(turn.tx, conference.id)
    is_staff = await turn.desk.rights.is_staff(turn.tx, turn.person.id)
    subject, context = str(conference.id), context_of(conference, 0 if agm is None else agm.edition)
    if agm is None:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
        known, asked = {"notice_days": NOTICE_DAYS}, [one.name for one in AGM.fields if one.name != "notice_days"]
        await forms.begin(turn, AGM.id, subject=subject, prefill=known, only=asked, context=context)
    elif is_staff:
        await forms.begin(turn, AGM.id, subject=subject, prefill=answers_of_agm(conference, agm), context=context)
    else:
        await forms.begin(turn, AGM_PLACE.id, subject=subject, prefill={"place": agm.place}, only=("place",))


@for_hosts
async def add_document(_update: Update, turn: Turn) -> None:
    """Asks for a document."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    await forms.begin(turn, AGM_DOCUMENT.id, subject=str(conference_in(turn)))


@for_hosts
async def show_documents(_update: Update, turn: Turn) -> None:
    """The documents, to remove one."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    conference = await found(turn.tx, conference_in(turn))
    documents, number = await agenda.documents_of_agm(turn.tx, conference.id), conference.id
    leads_to = (f"agm:undoc:{number}", f"agm:show:{number}")
    turn.show(views.removing(turn.t, documents, *leads_to, here=f"agm:docs:{number}", page=page_in(turn)))


@for_hosts
async def remove_document(_update: Update, turn: Turn) -> None:
    """Remove a document."""
    number, document = conference_in(turn), number_in(turn, "document")
    await _settled(
        turn,
        done=await agms.remove_document(turn.tx, turn.desk.rights, number, document, by=turn.person.id, now=turn.now),
    )


@for_hosts
async def ask_state(_update: Update, turn: Turn) -> None:
    """The step before the AGM is cancelled, or takes place after all."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    conference = await found(turn.tx, conference_in(turn))
    agm = await conferences.agm(turn.tx, conference.id)
    if agm is None or agm.is_on != is_cancelling(turn):
        await _settled(turn, done=False)
        return
    told = await cancelling.of_agm(turn.tx, conference, agm, turn.now)
    turn.show(before.of_agm(turn.t, conference, told, is_on=agm.is_on))


@for_hosts
async def set_state(_update: Update, turn: Turn) -> None:
    """Cancel the AGM, or take that back."""
    rights, number = turn.desk.rights, conference_in(turn)
    state = Planned.CANCELLED if is_cancelling(turn) else Planned.PLANNED
    try:
        done = await agms.set_state(turn.tx, rights, number, state, by=turn.person.id, now=turn.now)
    except NoAgmError:
        done = False
    await _settled(turn, done=done)


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed in which the AGM, or its place, is set."""
    number, form = int(draft.subject), AGM if draft.form == AGM.id else AGM_PLACE
    rights, wanted = turn.desk.rights, form.visible(draft).answers
    try:
        await agms.set_agm(turn.tx, rights, number, draft.given, wanted, by=turn.person.id, now=turn.now)
    except DayError as error:
        return Refused(views.day_faults(turn.t)[DayFault(error.fault)], error.field)
    except (NothingChangedError, StaleConferenceError, NotAllowedError, NoSuchConferenceError, NoAgmError) as why:
        return await not_saved(turn, number, why)
    return views.saved(turn.t, await card(turn, number))


async def confirm_document(turn: Turn, draft: Draft) -> Message:
    """A document was sent."""
    number, file = int(draft.subject), draft.answers["file"]
    try:
        await agms.add_document(
            turn.tx, turn.desk.rights, number,
            title=draft.answers["title"], file_id=file["file_id"], by=turn.person.id, now=turn.now,
        )  # fmt: skip
    except (NotAllowedError, NoSuchConferenceError, NoAgmError) as why:
        return await not_saved(turn, number, why)
    return views.saved(turn.t, await card(turn, number))


async def card(turn: Turn, conference_id: int, page: int = 0) -> Message:
    """The AGM as whoever's turn it is sees it. Raises NoSuchConferenceError."""
    conference = await found(turn.tx, conference_id)
    agm = await conferences.agm(turn.tx, conference_id)
    rights, by = turn.desk.rights, turn.person.id
    shown = ShownAgm(
        conference, agm, await conferences.agm_items(turn.tx, conference_id),
        tuple(await agenda.documents_of_agm(turn.tx, conference_id)),
        is_staff=turn.is_private and await rights.is_staff(turn.tx, by),
        is_host=turn.is_private and await rights.hosts(turn.tx, by, conference_id),
        may_attend=agm is not None and turn.is_private and await agms.may_attend(turn.tx, rights, agm, by),
    )  # fmt: skip
    return views.card(turn.t, shown, await clocks(turn, conference), page=page)


async def not_saved(turn: Turn, conference_id: int, why: Exception) -> Message:
    """Why what was confirmed is not done, with the AGM as it is."""
    if isinstance(why, NothingChangedError):
        return views.unchanged(turn.t, await card(turn, conference_id))
    if isinstance(why, StaleConferenceError):
        return views.above(conference_manage.changed_meanwhile(turn.t), await card(turn, conference_id))
    return conference_manage.not_possible(turn.t)


async def _settled(turn: Turn, *, done: bool) -> None:
    if not done:
        turn.answer_press(out_of_date.changed_toast(turn.t), alert=True)
    turn.show(await card(turn, conference_in(turn)))


CONVERSATIONS = {
    AGM.id: Conversation(AGM, views.words, confirm),
    AGM_PLACE.id: Conversation(AGM_PLACE, views.words, confirm),
    AGM_DOCUMENT.id: Conversation(AGM_DOCUMENT, views.document_words, confirm_document),
}
"""For `handlers.conversations`."""
