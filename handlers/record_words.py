"""What a member of the Secretariat writes next for a list or a record goes there."""

from __future__ import annotations

from telegram import Message as TelegramMessage

from bot.desk.threads import INTERNAL
from bot.members import words
from bot.members.centers import NoSuchCenterError, StaleCenterError
from bot.members.delegates import NoSuchDelegateError, StaleDelegateError
from bot.members.roles import NotAllowedError
from bot.members.words import AwaitedWords, Purpose
from handlers import curating, listings, merging, schedule
from handlers.record_cards import card
from handlers.turn import Turn
from handlers.views import curating as views
from handlers.views import records as record_views
from storage import drafts


async def takes(turn: Turn) -> bool:
    """What is written for the card of a Center or a person goes there."""
    message = turn.message
    if message is None or turn.incoming.edited_message is not None:
        return False
    awaited = await words.awaited(turn.tx, turn.person.id, turn.now)
    if awaited is None or awaited.chat_id != message.chat.id or not await _is_meant(turn, awaited, message):
        return False
    if not await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        await words.stop(turn.tx, turn.person.id)
        return False  # not any more: an ordinary message
    try:
        await _take(turn, awaited, message)
    except NotAllowedError:
        return False
    except (NoSuchCenterError, NoSuchDelegateError):
        await words.stop(turn.tx, turn.person.id)
        return False
    except (StaleCenterError, StaleDelegateError):
        await words.stop(turn.tx, turn.person.id)
        turn.say(record_views.changed(turn.t))
        turn.say(await card(turn, curating.key_of(awaited)))
    return True


async def _take(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> None:
    text = (message.text or "").strip()
    if awaited.purpose == Purpose.LETTER:
        await curating.take_letter(turn, awaited, message)
    elif not text:
        turn.say(views.words_only(turn.t), in_reply=True)
    elif awaited.purpose == Purpose.SEARCH:
        await listings.take_search(turn, awaited, text)
    elif awaited.purpose == Purpose.COUNTRY:
        await listings.take_country(turn, awaited, text)
    elif awaited.purpose == Purpose.MERGE:
        await merging.take_words(turn, awaited, text)
    elif awaited.purpose == Purpose.REMINDER:
        await schedule.take_words(turn, awaited, text)
    else:
        await curating.take_reason(turn, awaited, text)


async def _is_meant(turn: Turn, awaited: AwaitedWords, message: TelegramMessage) -> bool:
    """In a group, a reply to the question; in private, what is written next, unless a form has asked since."""
    replied = message.reply_to_message
    if not turn.is_private:
        is_reply = replied is not None and replied.message_id == awaited.prompt_id
        return is_reply and not (message.text or "").lstrip().startswith(INTERNAL)
    if replied is not None:
        return replied.message_id == awaited.prompt_id
    form = await drafts.active(turn.tx, turn.person.id)
    return form is None or form.touched_at < awaited.since
