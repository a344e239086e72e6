"""/join, links into Centers, and the forms of delegates and guests, from the first press to the last."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.conferences import which
from bot.forms import engine
from bot.forms.form import Form
from bot.forms.texts import tidy
from bot.members import joining, seeking
from bot.members.delegate_form import DELEGATE, GUEST, answers_of, consent_of, details_of
from bot.members.invitations import InvitationError
from bot.members.joining import Applicant, Asked, CenterNotOpenError, Joined
from bot.members.standing import StandingError, standing
from handlers import announcing, forms, joining_news, me
from handlers.form_answers import says_question
from handlers.turn import Kept, Refused, Turn, match
from handlers.views import joining as views
from handlers.views import welcome
from handlers.views.center_details import name_of
from handlers.views.delegate_form import CENTER_NAME, INVITATION
from handlers.views.message import Message
from storage import drafts
from storage.records.drafts import Answers, Draft, Json
from storage.records.members import Center, CenterState, Delegate

CENTER = "center"
"""The Center that is to be joined, in the draft's context."""


async def show(_update: Update, turn: Turn) -> None:
    """/join, and the button that looks for one's Center."""
    await seek(turn)


async def seek(turn: Turn) -> None:
    """The name of a Center is what comes next, unless they cannot join one now."""
    if not turn.is_private:
        turn.say(views.in_private(turn.t, turn.bot.username))
        return
    own = await standing(turn.tx, turn.person.id)
    try:
        own.need_free()
    except StandingError as why:
        turn.say(views.not_now(turn.t, why))
        return
    await announcing.only_this(turn)
    await seeking.begin(turn.tx, turn.person.id, turn.now)
    turn.say(views.which_center(turn.t, [led.center for led in own.led if led.center.state == CenterState.APPROVED]))


async def open_link(turn: Turn, token: str) -> None:
    """A link into a Center was opened."""
    try:
        offer = await joining.offered(turn.tx, token, turn.person.id, turn.now)
    except InvitationError as why:
        turn.say(views.link_refused(turn.t, why))
    except StandingError as why:
        turn.say(views.not_now(turn.t, why))
    else:  # its button has the link in it, which is kept nowhere
        turn.tell(turn.person.id, views.invitation(turn.t, offer, token))


async def use_link(_update: Update, turn: Turn) -> None:
    """The button under what a link offers."""
    try:
        offer = await joining.offered(turn.tx, match(turn)["token"], turn.person.id, turn.now)
    except InvitationError as why:
        turn.say(views.link_refused(turn.t, why))
    except StandingError as why:
        turn.say(views.not_now(turn.t, why))
    else:
        known = offer.own.delegate or offer.record
        await _begin(turn, DELEGATE, known, offer.center, {INVITATION: offer.invitation.id})


async def choose(_update: Update, turn: Turn) -> None:
    """The button of a Center that somebody wants to join."""
    try:
        center = await joining.open_center(turn.tx, int(match(turn)["center"]))
        own = await standing(turn.tx, turn.person.id)
        own.need_not_in(center.id)
        own.need_free()
    except (CenterNotOpenError, StandingError) as why:
        turn.say(views.not_now(turn.t, why))
    else:
        await _begin(turn, DELEGATE, own.delegate, center, {})


async def begin_guest(_update: Update, turn: Turn) -> None:
    """The button that begins the form of a guest."""
    await open_guest(turn)


async def open_guest(turn: Turn) -> None:
    """Begin the form of a guest, unless they are somebody already."""
    own = await standing(turn.tx, turn.person.id)
    try:
        own.need_free()
    except StandingError as why:
        turn.say(views.not_now(turn.t, why))
    else:
        await _begin(turn, GUEST, own.delegate, None, {})


async def confirm(turn: Turn, draft: Draft) -> Message | Refused | Kept:
    """The form of a delegate was confirmed: of a new one, or of one who changes what they said."""
    if draft.subject:
        return await me.confirm_change(turn, draft)
    invitation = draft.context.get(INVITATION)
    if invitation is None:
        return await _ask(turn, draft)
    try:
        done = await joining.join(
            turn.tx, int(invitation), _applicant(draft.answers), by=turn.person.id, now=turn.now, post=turn.post
        )
    except InvitationError as why:
        return Kept(views.link_lost(turn.t, why, str(draft.context.get(CENTER_NAME, "")), draft.id, draft.revision))
    except StandingError as why:
        return views.not_now(turn.t, why)
    await joining_news.tell(turn, done)
    return views.joined(turn.t, done, await which.open_to_register(turn.tx, turn.now))


async def confirm_guest(turn: Turn, draft: Draft) -> Message | Refused | Kept:
    """The form of a guest was confirmed: of a new one, or of one who changes or corrects what they said."""
    if draft.subject:
        return await me.confirm_change(turn, draft)
    try:
        request = await joining.ask_as_guest(
            turn.tx, turn.desk.rights, _applicant(draft.answers), by=turn.person.id, now=turn.now, post=turn.post
        )
    except StandingError as why:
        return views.not_now(turn.t, why)
    return views.asked(turn.t, request, turn.desk.office, turn.now)


async def ask_instead(_update: Update, turn: Turn) -> None:
    """The link does not work any more: ask to join, with the answers that are there."""
    found = match(turn)
    draft = await drafts.at(turn.tx, int(found["draft"]), turn.person.id)
    if draft is None or draft.form != DELEGATE.id or draft.subject:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
    elif draft.revision != int(found["revision"]) or not engine.is_complete(DELEGATE, draft):
        await forms.go_on(turn, DELEGATE.id)
    else:
        said = await _ask(turn, DELEGATE.visible(draft))
        if isinstance(said, Kept):
            turn.show(said.message)
            return
        await drafts.end(turn.tx, draft.id)
        turn.show(said)
        await forms.resume_offer(turn)


async def _ask(turn: Turn, draft: Draft) -> Message | Kept:
    """Ask to join; where the Center cannot be joined, the answers stay for another one."""
    try:
        done = await joining.ask(
            turn.tx, turn.desk.rights, int(draft.context.get(CENTER, 0)), _applicant(draft.answers),
            by=turn.person.id, now=turn.now, post=turn.post,
        )  # fmt: skip
    except CenterNotOpenError as why:
        return Kept(views.not_now(turn.t, why))
    except StandingError as why:
        return views.not_now(turn.t, why)
    match done:
        case Joined():
            await joining_news.tell(turn, done)
            return views.joined(turn.t, done, await which.open_to_register(turn.tx, turn.now))
        case Asked():
            return views.asked(turn.t, done, turn.desk.office, turn.now)


async def _begin(
    turn: Turn, form: Form, known: Delegate | None, center: Center | None, more: Mapping[str, Json]
) -> None:
    """Begin a form with what is known: what Telegram shows is asked for again, what was registered is not."""
    context: dict[str, Json] = dict(more)
    if center is not None:
        context |= {CENTER: center.id, CENTER_NAME: name_of(center), "country": center.details.country}
    if known is not None:
        await forms.begin(turn, form.id, context=context, prefill=answers_of(known.details, form))
        return
    every = tuple(field.name for field in form.fields)
    await forms.begin(turn, form.id, context=context, prefill=_from_telegram(turn), only=every)


def _from_telegram(turn: Turn) -> Answers:
    name = turn.person.name
    named = {"given_name": tidy(name.first), "family_name": tidy(name.last or "")}
    return {field: text for field, text in named.items() if text}


def _applicant(answers: Answers) -> Applicant:
    return Applicant(details_of(answers), consent_of(answers))


async def takes(turn: Turn) -> bool:
    """Look for the Center that was written; False if none is sought, or it was a question."""
    message = turn.message
    if message is None or not message.text or not turn.is_private or turn.incoming.edited_message is not None:
        return False
    if not turn.person.is_awaited or not await seeking.is_sought(turn.tx, turn.person.id, turn.now):
        return False
    found = await seeking.found(turn.tx, message.text)
    if not found and says_question(message.text):
        return False
    turn.say(views.found(turn.t, found) if found else views.nothing_found(turn.t, message.text))
    return True
