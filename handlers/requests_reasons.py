"""Reasons and remarks: asked for by a press, and written next by whoever pressed."""

from __future__ import annotations

import re
from dataclasses import replace

from telegram import Message as TelegramMessage
from telegram import Update

from bot.desk.threads import INTERNAL
from bot.members import reasons, requests
from bot.members.reasons import AwaitedReason, ReasonTooLongError, Remark
from bot.members.requests import DecidedError, NoSuchRequestError
from bot.members.roles import NotAllowedError
from bot.members.sending import PROMPT_MADE
from handlers import announcing
from handlers.meant import is_meant, may_be_meant
from handlers.requests import chosen, for_deciders, number_in, say_too_late, seen, ticked
from handlers.requests_delivery import as_card
from handlers.turn import Turn
from handlers.views import records
from handlers.views import request_reasons as views
from handlers.views.message import Message
from storage.records import FollowUp
from storage.records.members import Request, RequestState

_STOPS = re.compile(r"request:stop:(?P<request>\d+)$")
"""What a button under a question for words has."""
_TICKS = re.compile(r"request:(?P<act>fields|correct):(?P<request>\d+):(?P<edition>\d+):(?P<mask>[0-9a-f]+)(:\d+)?$")
"""What those have under what is to be ticked."""


@for_deciders
async def decline(_update: Update, turn: Turn) -> None:
    """The button after which the reason is written."""
    request = await seen(turn)
    reason = await _ask(turn, request)
    shown = await as_card(turn.tx, request)
    _prompt(turn, reason, views.ask_reason(turn.t, shown, in_group=not turn.is_private))


@for_deciders
async def remark(_update: Update, turn: Turn) -> None:
    """The button after which a remark on a correction is written."""
    request = await seen(turn)
    correct, mask = chosen(turn, request)
    reason = await _ask(turn, request, correct)
    shown = await as_card(turn.tx, request)
    _prompt(turn, reason, views.ask_remark(turn.t, shown, correct, mask, in_group=not turn.is_private))


@for_deciders
async def stop(_update: Update, turn: Turn) -> None:
    """Nothing is decided, after all; whoever presses, only their own words are awaited no longer."""
    request = await requests.find(turn.tx, number_in(turn))
    await requests.need_decider(turn.tx, turn.desk.rights, turn.person.id, request)
    await reasons.stop(turn.tx, turn.person.id, turn.chat_id)
    turn.show(views.not_decided(turn.t, await as_card(turn.tx, request)))


async def _ask(turn: Turn, request: Request, correct: tuple[str, ...] = ()) -> AwaitedReason:
    by = turn.person.id
    await announcing.no_writing(turn)  # what was announced last counts
    return await reasons.ask(
        turn.tx, turn.desk.rights, request, by=by, chat_id=turn.chat_id, correct=correct, now=turn.now
    )


def _prompt(turn: Turn, reason: AwaitedReason, message: Message) -> None:
    turn.say(message, follow_up=FollowUp(PROMPT_MADE, reason.as_args()))


async def takes(turn: Turn) -> bool:
    """Take the words for a decision, if that is what a message is."""
    message = turn.message
    if message is None or turn.incoming.edited_message is not None:
        return False
    by, is_awaited = turn.person.id, turn.person.is_awaited
    reason = await reasons.awaited(turn.tx, by, turn.chat_id, turn.now) if is_awaited else None
    if reason is None or not await is_meant(turn, reason, message):
        return (
            await _keeps_remark(turn, message)
            or await _says_what_became_of_it(turn, message)
            or (reason is not None and await _says_how(turn, reason, message))
        )
    words = (message.text or "").strip()
    if not words:
        _ask_again(turn, reason, views.words_only(turn.t))
        return True
    try:
        request = await reasons.give(turn.tx, turn.desk.rights, reason, words, now=turn.now, post=turn.post)
    except ReasonTooLongError:
        _ask_again(turn, reason, views.too_long(turn.t))
    except DecidedError as too_late:
        await say_too_late(turn, too_late.request)
    except NoSuchRequestError:
        turn.say(records.gone(turn.t), in_reply=True)
    except NotAllowedError:
        return False  # they are not of the Secretariat any more: an ordinary message
    else:
        turn.say(views.decided(turn.t, request), in_reply=True)
    return True


async def _keeps_remark(turn: Turn, message: TelegramMessage) -> bool:
    """Words in reply to what is to be ticked go along once that is sent: whoever writes them may not have done yet."""
    ticks = [found for data in _buttons_replied_to(turn, message) if (found := _TICKS.match(data))]
    if not any(found["act"] == "fields" for found in ticks) or message.reply_to_message is None:
        return False
    words = (message.text or "").strip()
    if not words:
        turn.say(views.words_only(turn.t), in_reply=True)
        return True
    try:
        request = await requests.find(turn.tx, int(ticks[0]["request"]))
        remark = Remark(turn.person.id, turn.chat_id, request.id, message.message_id, words)
        await reasons.keep_remark(
            turn.tx, turn.desk.rights, request, remark, edition=int(ticks[0]["edition"]), now=turn.now
        )
    except ReasonTooLongError:
        turn.say(views.too_long(turn.t), in_reply=True)
    except DecidedError as too_late:
        await say_too_late(turn, too_late.request)
    except (NotAllowedError, NoSuchRequestError):
        return False
    else:
        turn.call(message.chat.id, "editMessageReplyMarkup", {"message_id": message.reply_to_message.message_id})
        mask = next((int(found["mask"], 16) for found in ticks if found["act"] == "correct"), 0)
        correct = ticked(request, mask)
        turn.say(views.choose_fields(turn.t, await as_card(turn.tx, request), correct, mask, remark), in_reply=True)
    return True


def _ask_again(turn: Turn, reason: AwaitedReason, message: Message) -> None:
    """What was written does not do; what is written in reply to this counts as well."""
    turn.say(message, in_reply=True, follow_up=FollowUp(PROMPT_MADE, reason.as_args()))


async def _says_how(turn: Turn, reason: AwaitedReason, message: TelegramMessage) -> bool:
    """To words in a group that may be meant for the decision, but reply to nothing; once."""
    if reason.hinted or not await may_be_meant(turn, message, reason.since):
        return False
    _ask_again(turn, replace(reason, hinted=True), views.only_in_reply(turn.t))
    return True


async def _says_what_became_of_it(turn: Turn, message: TelegramMessage) -> bool:
    """To words under a question that waits for somebody else's, or for none any more; else they would seem to count."""
    found = next((stop for data in _buttons_replied_to(turn, message) if (stop := _STOPS.match(data))), None)
    if found is None:
        return False
    try:
        request = await requests.find(turn.tx, int(found["request"]))
        await requests.need_decider(turn.tx, turn.desk.rights, turn.person.id, request)
    except (NotAllowedError, NoSuchRequestError):
        request = None
    if request is None or request.state == RequestState.OPEN:
        turn.say(views.not_awaited(turn.t), in_reply=True)
    elif request.decided_by == turn.person.id:
        turn.say(views.sent_already(turn.t), in_reply=True)
    else:
        await say_too_late(turn, request)
    return True


def _buttons_replied_to(turn: Turn, message: TelegramMessage) -> list[str]:
    """What the buttons have that stand under the bot's message which this one replies to, unless among staff."""
    replied = message.reply_to_message
    if replied is None or replied.reply_markup is None or (message.text or "").lstrip().startswith(INTERNAL):
        return []
    if replied.from_user is None or replied.from_user.id != turn.bot.id:
        return []
    return [str(button.callback_data) for row in replied.reply_markup.inline_keyboard for button in row]
