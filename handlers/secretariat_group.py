"""/bind and /unbind, and what happens to the Secretariat's group."""

from __future__ import annotations

import structlog
from telegram import Chat, Update

from bot.desk import group
from bot.members.roles import NotAllowedError, refused
from handlers.owners import to_owners
from handlers.staff_menus import menu_of_group
from handlers.turn import Turn
from handlers.views import desk_staff as views
from handlers.views import pending
from storage import requests, shown_records
from storage.records import NewMessage

log = structlog.stdlib.get_logger(__name__)


async def bind(_update: Update, turn: Turn) -> None:
    """/bind, in the group."""
    chat = _group(turn)
    if chat is None:
        turn.say(views.bind_in_group(turn.t))
        return
    is_forum = bool(chat.is_forum)
    waiting: list[NewMessage] = []
    try:
        before = await group.bind(
            turn.tx, turn.desk.rights, chat.id, chat.title or "",
            is_forum=is_forum, by=turn.person.id, now=turn.now, post=waiting.append,
        )  # fmt: skip
    except NotAllowedError:
        await _refuse(turn, chat)
    except group.AlreadyBoundError:
        turn.say(views.bound(turn.t, is_forum=is_forum, again=True))
        menu_of_group(turn, chat.id, is_bound=True)
    else:
        turn.say(views.bound(turn.t, is_forum=is_forum, again=False))
        menu_of_group(turn, chat.id, is_bound=True)
        if before is not None:
            turn.tell(before.chat_id, views.moved_away(turn.translator(turn.desk.default_language)))
            menu_of_group(turn, before.chat_id, is_bound=False)
        for message in waiting:  # behind the greeting
            turn.post(message)
        await _tell_what_waits(turn, chat.id)


async def unbind(_update: Update, turn: Turn) -> None:
    """/unbind, in the group."""
    chat = _group(turn)
    if chat is None:
        turn.say(views.bind_in_group(turn.t))
        return
    try:
        await group.unbind(turn.tx, turn.desk.rights, chat.id, by=turn.person.id, now=turn.now)
    except NotAllowedError:
        await _refuse(turn, chat)
    except group.NotBoundError:
        turn.say(views.not_bound(turn.t))
    else:
        turn.say(views.unbound(turn.t))
        menu_of_group(turn, chat.id, is_bound=False)


async def left(turn: Turn, chat: Chat) -> None:
    """The bot is no longer in a group: if it was the Secretariat's, owners are told."""
    if await group.lose(turn.tx, chat.id, by=turn.person.id, now=turn.now):
        for message in await to_owners(turn.tx, turn.desk, lambda t: views.group_lost(t, chat.title or "")):
            turn.post(message)


async def became(turn: Turn, from_chat_id: int, to_chat_id: int) -> None:
    """A group became a supergroup: if it is the Secretariat's, the desk follows."""
    if await group.follow(turn.tx, from_chat_id, to_chat_id, by=turn.person.id, now=turn.now, post=turn.post):
        menu_of_group(turn, to_chat_id, is_bound=True)
        await requests.forget_cards(turn.tx, from_chat_id)
        await shown_records.forget_chat(turn.tx, from_chat_id)
        await _tell_what_waits(turn, to_chat_id)


async def _tell_what_waits(turn: Turn, chat_id: int) -> None:
    """What waits for a decision was shown elsewhere, or to nobody."""
    count = await requests.count_waiting(turn.tx)
    if count:
        turn.tell(chat_id, pending.waits(turn.translator(turn.desk.default_language), count))


async def _refuse(turn: Turn, chat: Chat) -> None:
    await refused(turn.tx, turn.person.id, f"chat:{chat.id}", turn.now)
    log.warning("refused", person_id=turn.person.id, what="bind")
    turn.say(views.owners_only(turn.t))


def _group(turn: Turn) -> Chat | None:
    return None if turn.is_private else turn.incoming.effective_chat
