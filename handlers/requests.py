"""What is decided by a press: approve, decline, ask for a correction. The first decision counts."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any

from markupsafe import escape
from telegram import Update

from bot.members import reasons, requests, sending
from bot.members.centers import StaleCenterError
from bot.members.delegates import StaleDelegateError
from bot.members.reasons import Remark
from bot.members.requests import DecidedError, NoSuchRequestError
from bot.members.roles import NotAllowedError
from handlers.requests_delivery import as_card
from handlers.staff import refuse_press
from handlers.turn import Turn, match
from handlers.views import request_reasons as words
from handlers.views import requests as views
from handlers.views import staff, welcome
from handlers.views.message import Message
from storage import people
from storage.records.members import Request, RequestState

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]


def for_deciders(handler: Handler) -> Handler:
    """Presses by others are refused, and presses that come too late say so and show how it stands."""

    @wraps(handler)
    async def guarded(update: Update, turn: Turn) -> None:
        try:
            await handler(update, turn)
        except NotAllowedError:
            await refuse_press(turn, f"request:{number_in(turn)}", views.not_for_you_toast(turn.t))
        except NoSuchRequestError:
            await _no_such(turn)
        except DecidedError as too_late:
            await say_too_late(turn, too_late.request)
        except (StaleCenterError, StaleDelegateError):
            turn.answer_press(views.does_not_fit_toast(turn.t), alert=True)

    return guarded


@for_deciders
async def show(_update: Update, turn: Turn) -> None:
    """A request out of the list, with its card below."""
    request = await seen(turn)
    chat, message = turn.incoming.effective_chat, turn.message
    topic = message.message_thread_id if message is not None and message.is_topic_message else None
    sending.post_card(chat.id if chat else turn.person.id, request.id, turn.post, topic_id=topic)


@for_deciders
async def approve(_update: Update, turn: Turn) -> None:
    """Approve at once."""
    await _decide(turn, RequestState.APPROVED)


@for_deciders
async def decline_without(_update: Update, turn: Turn) -> None:
    """Decline without a reason."""
    request = await _decide(turn, RequestState.DECLINED)
    await reasons.ask_no_more(turn.tx, turn.person.id, request.id)
    turn.show(words.decided(turn.t, request))


@for_deciders
async def choose_fields(_update: Update, turn: Turn) -> None:
    """Tick what is to be corrected; what is ticked stands in the buttons, so that two can do it side by side."""
    request = await seen(turn)
    correct, mask = chosen(turn, request)
    remark = await _remark(turn, request)
    message = words.choose_fields(turn.t, await as_card(turn.tx, request), correct, mask, remark)
    if match(turn)["mask"] is None:
        turn.say(message)  # below the card, which stays as it is for the others
    else:
        turn.show(message)


@for_deciders
async def ask_correction(_update: Update, turn: Turn) -> None:
    """Ask for the correction of what is ticked, with the remark that was written before, if there is any."""
    request = await seen(turn)
    correct, mask = chosen(turn, request)
    remark = await _remark(turn, request)
    if match(turn)["by"] is not None and remark is None:
        turn.show(words.choose_fields(turn.t, await as_card(turn.tx, request), correct, mask))
        return
    request = await _decide(turn, RequestState.CORRECTION, correct, None if remark is None else remark.words)
    await reasons.ask_no_more(turn.tx, turn.person.id, request.id)
    if remark is not None:
        await reasons.ask_no_more(turn.tx, remark.person_id, request.id)
    turn.show(words.decided(turn.t, request))


async def _remark(turn: Turn, request: Request) -> Remark | None:
    """The remark that stands above the buttons; that there is none any more is said."""
    by = match(turn).groupdict().get("by")
    if by is None:
        return None
    remark, shown_under = await reasons.remark_of(turn.tx, int(by), turn.chat_id, request.id), turn.message
    written = None if shown_under is None else shown_under.reply_to_message
    if remark is None or (written is not None and written.message_id != remark.message_id):
        turn.answer_press(words.remark_gone_toast(turn.t), alert=True)
        return None
    return remark


async def seen(turn: Turn) -> Request:
    """The request that a button is about, for whoever may decide it, as they saw it.

    Raises NotAllowedError, NoSuchRequestError, and DecidedError if it does not wait any more as it did then.
    """
    request = await requests.find(turn.tx, number_in(turn))
    await requests.need_decider(turn.tx, turn.desk.rights, turn.person.id, request)
    edition = match(turn).groupdict().get("edition")
    if edition is not None and (not request.is_undecided or request.edition != int(edition)):
        raise DecidedError(request)
    return request


def chosen(turn: Turn, request: Request) -> tuple[tuple[str, ...], int]:
    """The fields that are ticked in the buttons, and the number that stands for them there.

    Raises NotAllowedError where nothing can be corrected.
    """
    names = requests.CORRECTABLE.get(request.kind)
    if names is None:
        raise NotAllowedError
    mask = int(match(turn)["mask"] or "0", 16) & ((1 << len(names)) - 1)
    return ticked(request, mask), mask


def ticked(request: Request, mask: int) -> tuple[str, ...]:
    """The fields that a number stands for."""
    return tuple(name for bit, name in enumerate(requests.CORRECTABLE.get(request.kind, ())) if mask >> bit & 1)


async def say_too_late(turn: Turn, request: Request) -> None:
    """Somebody was first: say who, and show how it stands where the button was. Their own second press is no alarm."""
    decider = None if request.decided_by is None else await people.find(turn.tx, request.decided_by)
    sentence = views.too_late(turn.t, request, decider, turn.desk.office.zone)
    message = turn.message
    if turn.incoming.callback_query is None:
        turn.say(Message(escape(sentence)), in_reply=True)
    else:
        turn.answer_press(sentence, alert=request.decided_by != turn.person.id)
        if message is not None:
            sending.post_card_now(message.chat.id, message.message_id, request.id, turn.post)


async def _decide(turn: Turn, verdict: RequestState, correct: Sequence[str] = (), reason: str | None = None) -> Request:
    request = await requests.decide(
        turn.tx, turn.desk.rights, number_in(turn), verdict,
        edition=int(match(turn)["edition"]), by=turn.person.id, correct=correct, reason=reason,
        now=turn.now, post=turn.post,
    )  # fmt: skip
    turn.answer_press(views.decided_toast(turn.t, request))
    return request


async def _no_such(turn: Turn) -> None:
    """Strangers do not learn what there is."""
    if await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
    else:
        await refuse_press(turn, f"request:{number_in(turn)}", staff.only_staff_toast(turn.t))


def number_in(turn: Turn) -> int:
    """The request that a button is about."""
    return int(match(turn)["request"])
