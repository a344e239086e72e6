"""Forms: how other handlers begin them, and the way of a message to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telegram import Update

from bot.forms import engine
from bot.forms.texts import Text
from bot.knowledge.deciding import Finding
from handlers import answers, form_answers, form_steps, form_written
from handlers.form_content import Content, content_of
from handlers.form_steps import Filling, StaleStepError
from handlers.turn import Desk, Turn
from handlers.views import form_offers
from handlers.views.message import Message
from storage import drafts, people
from storage.records.drafts import Answers, Draft, Json
from storage.records.durations import DAY_US

LINK = "form_"
"""Before the id of a form in a deep link."""
NOTHING: Mapping[str, Json] = {}
RESTS_AFTER_US = DAY_US
"""Who writes after so long may have forgotten that there is a form, and is asked first."""


async def begin(
    turn: Turn,
    form: str,
    *,
    subject: str = "",
    context: Mapping[str, Json] = NOTHING,
    prefill: Answers = NOTHING,
    only: Sequence[str] = (),
) -> None:
    """Begin a form, or offer to go on with it where it was begun before; in a group, lead to the private chat.

    `prefill` are answers that are known: they are not asked for, except those in `only`, which then are all that is
    asked for. With everything known, it begins with the summary.
    """
    if not turn.is_private:
        turn.say(form_offers.in_private(turn.t, turn.bot.username, f"{LINK}{form}"))
        return
    known = turn.desk.conversations[form].form
    new = Draft(
        0, turn.person.id, form, subject, known.version, turn.now,
        answers=dict(prefill), given=dict(prefill), context=dict(context), only=tuple(only),
    )  # fmt: skip
    before = await form_steps.of_form(turn, form, subject)
    if before is not None and before.draft.only == new.only and before.draft.answers != before.draft.given:
        form_steps.strip(turn, before.draft)
        answers = {**new.given, **_typed(before.draft)}  # what was known may be something else by now
        resting = before.draft._replace(answers=answers, given=new.given, context=new.context, state="paused")
        offer(turn, await form_steps.step(turn, before, resting))
        return
    if before is not None:
        form_steps.strip(turn, before.draft)
        await drafts.end(turn.tx, before.draft.id)
    await _begin(turn, engine.begun(known, new))


def _typed(draft: Draft) -> Answers:
    """The answers that are the person's own."""
    return {
        name: answer for name, answer in draft.answers.items() if name not in draft.given or draft.given[name] != answer
    }


async def _begin(turn: Turn, draft: Draft) -> None:
    """Ask for the first answer; whatever else is being filled in rests."""
    await form_steps.listen(turn)
    other = await form_steps.pause(turn)
    kept = await drafts.begin(turn.tx, draft)
    if kept is None:
        raise StaleStepError
    filling = Filling(turn.desk.conversations[draft.form], kept)
    intro = filling.shown(turn).words.intro
    news = [] if other is None else [form_offers.paused_meanwhile(turn.t, other.shown(turn).words.title)]
    form_steps.put(turn, filling, news=[*news, *([] if intro is None else [intro])])


async def open_link(turn: Turn, payload: str) -> bool:
    """Begin the form that a deep link leads to; False if it leads to none."""
    conversation = turn.desk.conversations.get(payload.removeprefix(LINK)) if payload.startswith(LINK) else None
    if conversation is None or conversation.open is None:
        return False
    await conversation.open(turn)
    return True


async def pause(turn: Turn) -> None:
    """Whatever is being filled in rests: what is written next is for the bot."""
    await form_steps.pause(turn)


async def resume_offer(turn: Turn, *, even_put_off: bool = False) -> bool:
    """Offer to go on with what was paused last; False if there is nothing.

    Who has said "Not now" to a form is not asked again behind each other form, but when they look `even_put_off`.
    """
    filling = await form_steps.resting(turn, even_put_off=even_put_off)
    if filling is not None:
        offer(turn, filling)
    return filling is not None


async def offer_begun(turn: Turn, form: str, besides: Message) -> bool:
    """Offer to go on with a form, and `besides` below; False if it was not begun, or nothing of it was answered."""
    filling = await form_steps.of_form(turn, form, "")
    if filling is None or filling.draft.answers == filling.draft.given:
        return False
    form_steps.strip(turn, filling.draft)
    resting = await form_steps.step(turn, filling, filling.draft._replace(state="paused"))
    form_steps.ask(turn, resting, form_offers.offer_besides(turn.t, resting.shown(turn), besides))
    return True


async def go_on(turn: Turn, form: str, subject: str = "") -> bool:
    """Show where the person is in a form; False if they have not begun it."""
    filling = await form_steps.of_form(turn, form, subject)
    if filling is None:
        return False
    if filling.draft.state != "active":
        await form_steps.pause(turn)
        filling = await form_steps.step(turn, filling, filling.draft._replace(state="active"))
    form_answers.again(turn, filling)
    return True


def offer(turn: Turn, filling: Filling, *, content: Content = None, is_kept: bool = False) -> None:
    """Offer to go on. `content` is what has just been sent, `is_kept` whether that may be the answer."""
    is_lost = content is not None and not isinstance(content, str)
    form_steps.ask(
        turn,
        filling,
        form_offers.offer(turn.t, filling.shown(turn), is_kept=is_kept, asks_for_it_again=is_lost),
    )


async def ask_whether_to_keep(turn: Turn) -> bool:
    """/cancel while a form is filled in; False if there is none."""
    filling = await form_steps.active(turn)
    if filling is None:
        return False
    form_steps.strip(turn, filling.draft)
    form_steps.ask(turn, filling, form_offers.stop(turn.t, filling.shown(turn)))
    return True


async def look(update: Update, desk: Desk) -> Finding | Draft | None:
    """Work out what is asked, unless it is the answer to a free text: that is taken as it stands, and at once.

    Then it is the draft, which so need not be read in the transaction.
    """
    message, user = update.effective_message, update.effective_user
    is_asked = message is None or message.text is None or form_answers.says_question(message.text)
    if not is_asked and user is not None and (draft := await _asks_for_text(user.id, desk)) is not None:
        return draft
    return await answers.find(update, desk)


async def _asks_for_text(person_id: int, desk: Desk) -> Draft | None:
    """The draft, if what somebody writes now answers a question of it for which anything may be written."""
    draft = await drafts.active(desk.shelf.reader, person_id)
    conversation = desk.conversations.get(draft.form) if draft else None
    if draft is None or conversation is None:
        return None
    field = engine.present(conversation.form, draft)
    return draft if field is not None and isinstance(field.kind, Text) else None


async def _active(turn: Turn) -> Filling | None:
    """What the person is filling in: the draft that was looked at before the transaction, if it is still as it was."""
    seen = turn.worked_out
    if isinstance(seen, Draft) and drafts.mark_of(seen) == turn.person.filling_in:
        return await form_steps.filling_of(turn, seen)
    return await form_steps.active(turn)


async def takes(turn: Turn) -> bool:
    """What is written while a form is filled in is the answer to its question."""
    message = turn.message
    if message is None or not turn.is_private:
        return False
    if turn.incoming.edited_message is not None:
        return await form_answers.edited(turn, content_of(message), message.message_id)
    filling = await _active(turn) if turn.person.filling_in else None
    if filling is None:
        return False
    album = message.media_group_id
    if album is not None and not await people.begin_album(turn.tx, turn.person.id, album):
        return True  # the first of its pictures was replied to
    content = content_of(message)
    if turn.now - filling.draft.touched_at > RESTS_AFTER_US:
        await _after_a_rest(turn, filling, content, message.message_id)
    elif filling.is_changed:
        form_answers.again(turn, filling)  # what was written answers another question
    elif not await form_written.takes(turn, filling, content, message.message_id):
        await form_answers.take(turn, filling, content, message.message_id)
    return True


async def _after_a_rest(turn: Turn, filling: Filling, content: Content, message_id: int) -> None:
    """Ask first whether to go on; what was written is the answer then, unless it was a question."""
    field = engine.present(filling.form, filling.draft)
    outcome = None if field is None else form_answers.outcome_of(turn, filling, field, content)
    form_steps.strip(turn, filling.draft)
    if await form_answers.answers_question(turn, field, content, outcome):
        offer(turn, filling)
        return
    is_kept = field is not None and isinstance(content, str)
    if is_kept:
        await form_answers.keep_typed(turn, filling, content, message_id)
    offer(turn, filling, content=content, is_kept=is_kept)
