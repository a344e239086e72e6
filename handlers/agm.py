"""The AGM of a conference: its screen, its documents, and what the Secretariat and the host change of it."""

from __future__ import annotations

from telegram import Update

from bot.conferences import agm as agms
from bot.conferences.agm import NoAgmError
from bot.conferences.agm_form import (
    AGM,
    AGM_DOCUMENT,
    AGM_ITEMS,
    AGM_PLACE,
    NOTICE_DAYS,
    answers_of_agm,
    items_of,
)
from bot.conferences.conference_form import DayFault
from bot.conferences.editing import NothingChangedError, StaleConferenceError
from bot.conferences.opening import DayError, NoSuchConferenceError, found
from bot.members.roles import NotAllowedError
from handlers import forms
from handlers.center import number_in
from handlers.conference import clocks
from handlers.conference_guard import conference_in, for_everybody, for_hosts
from handlers.staff import refuse_press
from handlers.turn import Conversation, Refused, Turn
from handlers.views import agm as views
from handlers.views import conference as conference_views
from handlers.views import conference_manage, staff
from handlers.views.agm import ShownAgm
from handlers.views.message import Message
from storage import agenda, conferences
from storage.records import Call, NewMessage
from storage.records.conferences import Planned
from storage.records.drafts import Draft


@for_everybody
async def show(_update: Update, turn: Turn) -> None:
    """The screen of the AGM."""
    turn.show(await card(turn, conference_in(turn)))


@for_everybody
async def send_document(_update: Update, turn: Turn) -> None:
    """A document of the AGM, for those who may attend; in private, wherever the button was."""
    number = conference_in(turn)
    document = await agms.document_of(turn.tx, number, number_in(turn, "document"))
    agm = await conferences.agm(turn.tx, number)
    if document is None or agm is None:
        turn.answer_press(conference_views.gone_toast(turn.t), alert=True)
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
    subject = str(conference.id)
    if agm is None:
        await turn.desk.rights.need_staff(turn.tx, turn.person.id)
        asked = [field.name for field in AGM.fields if field.name != "notice_days"]
        await forms.begin(turn, AGM.id, subject=subject, prefill={"notice_days": NOTICE_DAYS}, only=asked)
    elif is_staff:
        await forms.begin(turn, AGM.id, subject=subject, prefill=answers_of_agm(conference, agm))
    else:
        await forms.begin(turn, AGM_PLACE.id, subject=subject, prefill={"place": agm.place}, only=("place",))


@for_hosts
async def add_items(_update: Update, turn: Turn) -> None:
    """Asks for items at the end of the agenda."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    await forms.begin(turn, AGM_ITEMS.id, subject=f"{conference_in(turn)}:{views.ADD}")


@for_hosts
async def rewrite_items(_update: Update, turn: Turn) -> None:
    """Asks for the whole agenda."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    present = await conferences.agm_items(turn.tx, conference_in(turn))
    known = {"items": "\n".join(present) or None}
    await forms.begin(turn, AGM_ITEMS.id, subject=str(conference_in(turn)), prefill=known, only=("items",))


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
    turn.show(views.removing(turn.t, documents, f"agm:undoc:{number}", f"agm:show:{number}"))


@for_hosts
async def remove_document(_update: Update, turn: Turn) -> None:
    """Remove a document."""
    number, document = conference_in(turn), number_in(turn, "document")
    await _settled(
        turn,
        done=await agms.remove_document(turn.tx, turn.desk.rights, number, document, by=turn.person.id, now=turn.now),
    )


@for_hosts
async def ask_cancelling(_update: Update, turn: Turn) -> None:
    """The step before the AGM is cancelled."""
    await turn.desk.rights.need_staff(turn.tx, turn.person.id)
    turn.show(views.ask_cancelling(turn.t, await found(turn.tx, conference_in(turn))))


@for_hosts
async def cancel(_update: Update, turn: Turn) -> None:
    """Cancel the AGM."""
    await _set_state(turn, Planned.CANCELLED)


@for_hosts
async def restore(_update: Update, turn: Turn) -> None:
    """It takes place after all."""
    await _set_state(turn, Planned.PLANNED)


async def confirm(turn: Turn, draft: Draft) -> Message | Refused:
    """The form was confirmed in which the AGM, or its place, is set."""
    number, form = int(draft.subject), AGM if draft.form == AGM.id else AGM_PLACE
    given = draft.given if "day" in draft.given or form == AGM_PLACE else {}
    wanted = form.visible(draft).answers
    try:
        await agms.set_agm(turn.tx, turn.desk.rights, number, given, wanted, by=turn.person.id, now=turn.now)
    except DayError as error:
        return Refused(views.day_faults(turn.t)[DayFault(error.fault)], error.field)
    except (NothingChangedError, StaleConferenceError, NotAllowedError, NoSuchConferenceError, NoAgmError) as why:
        return await _not_saved(turn, number, why)
    return views.saved(turn.t, await card(turn, number))


async def confirm_items(turn: Turn, draft: Draft) -> Message:
    """Items of the agenda were written."""
    number = int(draft.subject.partition(":")[0])
    rights, items = turn.desk.rights, items_of(draft.answers.get("items"))
    try:
        if draft.subject.endswith(f":{views.ADD}"):
            await agms.add_items(turn.tx, rights, number, items, by=turn.person.id, now=turn.now)
        else:
            given = items_of(draft.given.get("items"))
            await agms.set_items(turn.tx, rights, number, given=given, wanted=items, by=turn.person.id, now=turn.now)
    except (NothingChangedError, StaleConferenceError, NotAllowedError, NoSuchConferenceError, NoAgmError) as why:
        return await _not_saved(turn, number, why)
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
        return await _not_saved(turn, number, why)
    return views.saved(turn.t, await card(turn, number))


async def card(turn: Turn, conference_id: int) -> Message:
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
    return views.card(turn.t, shown, await clocks(turn, conference))


async def _not_saved(turn: Turn, conference_id: int, why: Exception) -> Message:
    if isinstance(why, NothingChangedError):
        return views.unchanged(turn.t, await card(turn, conference_id))
    if isinstance(why, StaleConferenceError):
        return views.above(conference_manage.changed_meanwhile(turn.t), await card(turn, conference_id))
    return conference_manage.not_possible(turn.t)


async def _set_state(turn: Turn, state: Planned) -> None:
    try:
        done = await agms.set_state(
            turn.tx, turn.desk.rights, conference_in(turn), state, by=turn.person.id, now=turn.now
        )
    except NoAgmError:
        done = False
    await _settled(turn, done=done)


async def _settled(turn: Turn, *, done: bool) -> None:
    if not done:
        turn.answer_press(staff.out_of_date(turn.t), alert=True)
    turn.show(await card(turn, conference_in(turn)))


CONVERSATIONS = {
    AGM.id: Conversation(AGM, views.words, confirm),
    AGM_PLACE.id: Conversation(AGM_PLACE, views.words, confirm),
    AGM_ITEMS.id: Conversation(AGM_ITEMS, views.item_words, confirm_items),
    AGM_DOCUMENT.id: Conversation(AGM_DOCUMENT, views.document_words, confirm_document),
}
"""For `handlers.conversations`."""
