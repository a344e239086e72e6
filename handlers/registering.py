"""/register: what can be registered, and how a Center is, from its form to the Secretariat."""

from __future__ import annotations

from telegram import Update

from bot.forms import engine
from bot.members import registering
from bot.members.center_form import CENTER, details_of
from bot.members.duplicates import likely_same
from bot.members.registering import HasCenterError
from handlers import forms
from handlers.registered import correct
from handlers.turn import Desk, Kept, Refused, Turn, match
from handlers.views import registering as views
from handlers.views import welcome
from handlers.views.message import Message
from storage import drafts
from storage.records.drafts import Draft
from storage.records.members import Center


async def show(_update: Update, turn: Turn) -> None:
    """/register, and its button: what can be registered, or gone on with."""
    if not turn.is_private:
        turn.say(views.in_private(turn.t, turn.bot.username))
        return
    has = await registering.own(turn.tx, turn.person.id)
    if has is not None or not await forms.offer_begun(turn, CENTER.id, views.others(turn.t)):
        turn.say(views.choice(turn.t, has))


async def begin_center(_update: Update, turn: Turn) -> None:
    """The button that begins the form of a Center."""
    await open_center(turn)


async def open_center(turn: Turn) -> None:
    """Begin the form of a Center, or lead to the Center that somebody has."""
    has = await registering.own(turn.tx, turn.person.id)
    if has is not None:
        turn.say(views.has_one(turn.t, has))
    else:
        await forms.begin(turn, CENTER.id)


async def find_likely(desk: Desk, draft: Draft) -> tuple[Center, ...]:
    """Before a form is taken: which Centers may be the same as a new one."""
    if draft.subject or not engine.is_complete(CENTER, draft):
        return ()
    return await likely_same(desk.shelf.reader, details_of(draft.answers))


async def confirm(turn: Turn, draft: Draft) -> Message | Refused | Kept:
    """The form was confirmed: look for the Center among those that there are, or send it to the Secretariat."""
    if draft.subject:
        return await correct(turn, draft)
    likely: tuple[Center, ...] = turn.worked_out or ()
    if likely:
        return Kept(views.is_it_one_of_these(turn.t, likely, draft.id, draft.revision))
    return await _register(turn, draft)


async def none_of_these(_update: Update, turn: Turn) -> None:
    """The Center is none of those that there are: now it is registered, once, however often this is pressed."""
    found = match(turn)
    draft = await drafts.at(turn.tx, int(found["draft"]), turn.person.id)
    if draft is None or draft.form != CENTER.id or draft.subject:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    if draft.revision != int(found["revision"]) or not engine.is_complete(CENTER, draft):
        turn.answer_press(views.changed_since_toast(turn.t), alert=True)
        await forms.go_on(turn, CENTER.id)
    elif await drafts.end(turn.tx, draft.id):
        turn.show(await _register(turn, draft))
        await forms.resume_offer(turn)


async def change_answers(_update: Update, turn: Turn) -> None:
    """Back to the summary."""
    if not await forms.go_on(turn, CENTER.id):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)


async def _register(turn: Turn, draft: Draft) -> Message:
    try:
        request = await registering.register(
            turn.tx, turn.desk.rights, details_of(CENTER.visible(draft).answers),
            by=turn.person.id, now=turn.now, post=turn.post,
        )  # fmt: skip
        _request, center = await registering.find_mine(turn.tx, request.id, turn.person.id)
    except HasCenterError as has:
        return views.has_one(turn.t, has.own)
    return views.sent(turn.t, request, center, turn.desk.office, turn.now)
