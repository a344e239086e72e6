"""What a member of the Secretariat writes next for a list or a record goes there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from telegram import Message as TelegramMessage

from bot.members import words
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import NoSuchDelegateError, StaleDelegateError
from bot.members.roles import NotAllowedError
from bot.members.words import AwaitedWords, Purpose
from handlers import (
    announcement_correct,
    announcing_audience,
    announcing_compose,
    announcing_lists,
    curating,
    listings,
    merging,
    schedule,
)
from handlers.meant import is_meant, may_be_meant
from handlers.record_cards import card
from handlers.turn import Turn
from handlers.views import curating as views
from handlers.views import records as record_views
from handlers.views.request_reasons import only_in_reply


async def takes(turn: Turn) -> bool:
    """What is written for the card of a Center or a person goes there."""
    message = turn.message
    awaited = None if message is None else await _awaited(turn)
    if message is None or awaited is None:
        return False
    if not await is_meant(turn, awaited, message):
        return await _says_how(turn, awaited, message)
    is_over = announcing_compose.is_over(awaited, message)
    if is_over or not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        await words.stop(turn.tx, turn.person.id, turn.chat_id)
        return False  # not any more: an ordinary message
    try:
        await _take(turn, awaited, message)
    except NotAllowedError:
        return False
    except (NoSuchCenterError, NoSuchDelegateError):
        await words.stop(turn.tx, turn.person.id, turn.chat_id)
        turn.say(record_views.gone(turn.t), in_reply=True)
    except (StaleCenterError, StaleDelegateError):
        await words.stop(turn.tx, turn.person.id, turn.chat_id)
        turn.say(record_views.changed(turn.t))
        turn.say(await card(turn, curating.key_of(awaited)))
    return True


async def _awaited(turn: Turn) -> AwaitedWords | None:
    """What is awaited of whoever writes, in this chat."""
    if turn.incoming.edited_message is not None or not turn.person.is_awaited:
        return None
    return await words.awaited(turn.tx, turn.person.id, turn.chat_id, turn.now)


async def _take(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> None:
    text = (message.text or "").strip()
    if awaited.purpose in _WITH_FORMATTING:
        await _WITH_FORMATTING[awaited.purpose](turn, awaited, message)
    elif not text:
        listings.ask_again(turn, awaited, views.words_only(turn.t))
    else:
        await _IN_WORDS[awaited.purpose](turn, awaited, text)


_WITH_FORMATTING: Mapping[Purpose, Callable[[Turn, AwaitedWords, TelegramMessage], Awaitable[None]]] = {
    Purpose.LETTER: curating.take_letter,
    Purpose.CORRECTION: announcement_correct.take_words,
    Purpose.ANNOUNCEMENT: announcing_compose.take,
}
"""What is more than words."""
_IN_WORDS: Mapping[Purpose, Callable[[Turn, AwaitedWords, str], Awaitable[None]]] = {
    Purpose.SEARCH: listings.take_search,
    Purpose.COUNTRY: listings.take_country,
    Purpose.MERGE: merging.take_words,
    Purpose.REMINDER: schedule.take_words,
    Purpose.SUSPEND: curating.take_reason,
    Purpose.AUDIENCE_COUNTRY: announcing_audience.take_country,
    Purpose.ANNOUNCEMENT_SEARCH: announcing_lists.take_words,
}


async def _says_how(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> bool:
    """To words in a group that may be meant for what was asked, but reply to nothing; once."""
    if awaited.hinted or not await may_be_meant(turn, message, awaited.since):
        return False
    listings.ask_again(turn, replace(awaited, hinted=True), only_in_reply(turn.t))
    return True
