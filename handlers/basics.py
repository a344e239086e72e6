"""/start, /help, /privacy, /language, the menu, and whatever is not text."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from telegram import Update

from bot.desk import threads
from bot.locales.catalogues import known_language
from bot.members import sending
from bot.runtime.housekeeping import DRAFTS_KEPT_DAYS, IMPORTS_KEPT_DAYS, SEARCHES_KEPT_DAYS
from handlers import (
    agenda_session,
    announcing,
    announcing_lists,
    center,
    conference,
    desk,
    directory,
    forms,
    importing,
    joining,
    learning,
    me,
    programme,
    records,
    registering,
    reminders,
    staff,
)
from handlers.answers import open_topic
from handlers.record_cards import KEY
from handlers.staff_menus import menu_for
from handlers.turn import Turn, match
from handlers.views import importing as importing_views
from handlers.views import joining as joining_views
from handlers.views import me as me_views
from handlers.views import registering as registering_views
from handlers.views import reminder_wishes, welcome
from handlers.views.curating import LINK as RECORD
from handlers.views.directory import LINK as DIRECTORY
from handlers.views.joining import LINK
from handlers.views.learning import PLACE
from storage import people, requests

Handler = Callable[[Update, Turn], Coroutine[Any, Any, None]]

LEADS_HERE = frozenset({"", "group"})
"""What the payload of /start is where nothing else is wanted: typed, and the button in groups."""


async def start(update: Update, turn: Turn) -> None:
    """/start, also with the payload of a deep link."""
    payload = turn.args[0] if turn.args else ""
    await announcing.no_writing(turn)
    await requests.stop_awaiting(turn.tx, turn.person.id, turn.chat_id)
    if turn.is_private:
        await threads.deliver_again(turn.tx, turn.person.id, post=turn.post)
        await sending.tell_again(turn.tx, turn.person.id, turn.post)
    if await forms.open_link(turn, payload):
        return
    if not turn.is_private:
        turn.say(welcome.help_text(turn.t, is_group=True, username=turn.bot.username))
    elif payload in FROM_GROUPS:
        await FROM_GROUPS[payload](update, turn)
    elif not await _opens(turn, payload):
        await forms.pause(turn)
        is_dead = payload not in LEADS_HERE
        turn.say(welcome.welcome(turn.t, turn.desk.library.menu(turn.person.language), is_dead_link=is_dead))
        if await turn.desk.rights.is_staff(turn.tx, turn.person.id):
            await menu_for(turn)
        await forms.resume_offer(turn, even_put_off=True)


async def _opens(turn: Turn, payload: str) -> bool:
    """Whether a link leads anywhere, such as to a role, into a Center, to a conference, a record or a topic."""
    if payload.startswith(staff.LINK):
        await staff.accept(turn, payload.removeprefix(staff.LINK))
        return True
    if payload.startswith(LINK):
        await joining.open_link(turn, payload.removeprefix(LINK))
        return True
    for opens in (
        center.open_link, conference.open_link, programme.open_link, agenda_session.open_link,
        announcing_lists.open_link, _opens_record,
    ):  # fmt: skip
        if await opens(turn, payload):
            return True
    if payload.startswith(PLACE):
        return await learning.open_link(turn, payload.removeprefix(PLACE))
    return payload.startswith("topic_") and await open_topic(turn, payload.removeprefix("topic_"))


async def _opens_record(turn: Turn, payload: str) -> bool:
    """Whether a link leads to the directory, or for the Secretariat to a record."""
    if payload.partition("_")[0] == DIRECTORY:
        return await directory.open_link(turn, payload)
    is_record = re.fullmatch(f"{RECORD}{KEY}", payload) is not None
    return is_record and await records.open_link(turn, payload.removeprefix(RECORD))


async def menu(_update: Update, turn: Turn) -> None:
    """The button that leads to all topics."""
    turn.say(welcome.menu(turn.t, turn.desk.library.menu(turn.person.language)))


async def help_(_update: Update, turn: Turn) -> None:
    """/help, and its button."""
    turn.say(
        welcome.help_text(
            turn.t,
            is_group=not turn.is_private,
            username=turn.bot.username,
            is_staff=await turn.desk.rights.is_staff(turn.tx, turn.person.id),
        )
    )


async def privacy(_update: Update, turn: Turn) -> None:
    """/privacy."""
    kept = turn.desk.retention
    turn.say(
        welcome.privacy(
            turn.t,
            messages_days=kept.messages_days,
            letters_days=kept.letters_days,
            drafts_days=DRAFTS_KEPT_DAYS,
            searches_days=SEARCHES_KEPT_DAYS,
            imports_days=IMPORTS_KEPT_DAYS,
        )
    )


async def language(_update: Update, turn: Turn) -> None:
    """/language, and its button."""
    if turn.is_private:
        turn.say(welcome.languages(turn.t, turn.person.language))
    else:
        turn.say(welcome.language_in_private(turn.t, turn.bot.username))


FROM_GROUPS: Mapping[str, Handler] = MappingProxyType(
    {
        "language": language,
        "ask": desk.write,
        "staff": staff.show,
        "import": importing.show,
        "announce": announcing_lists.command,
        registering_views.PAYLOAD: registering.show,
        joining_views.PAYLOAD: joining.show,
        me_views.PAYLOAD: me.show,
        reminder_wishes.PAYLOAD: reminders.command,
    }
)
"""What leads from a group into the private chat, by the payload of its link."""


async def choose_language(_update: Update, turn: Turn) -> None:
    """A language's button."""
    chosen = known_language(match(turn)["language"])
    if chosen is None:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    await people.choose_language(turn.tx, turn.person.id, chosen)
    catalogues = turn.desk.catalogues
    turn.show(
        welcome.language_chosen(catalogues.translator(chosen), chosen, is_translated=chosen in catalogues.translated)
    )
    if await turn.desk.rights.is_staff(turn.tx, turn.person.id):
        await menu_for(turn, replace(turn.person, language=chosen))


async def unknown_command(_update: Update, turn: Turn) -> None:
    """A command that there is not."""
    if turn.is_private:
        turn.say(welcome.unknown_command(turn.t))
    else:  # there, a question needs a mention
        turn.say(welcome.help_text(turn.t, is_group=True, username=turn.bot.username))


async def not_text(_update: Update, turn: Turn) -> None:
    """A photo, a sticker, a voice message and the like; of an album, the first is replied to.

    A changed one is not: a live location changes every few seconds.
    """
    if turn.incoming.edited_message is not None:
        return
    album = turn.message.media_group_id if turn.message else None
    if album is None or await people.begin_album(turn.tx, turn.person.id, album):
        if importing.looks_like_list(turn.message) and await turn.desk.rights.is_staff(turn.tx, turn.person.id):
            turn.say(importing_views.offer(turn.t), in_reply=True)
        else:
            turn.say(welcome.text_only(turn.t))


async def outdated_button(_update: Update, turn: Turn) -> None:
    """A press on a button that means nothing (any more)."""
    turn.answer_press(welcome.outdated_button(turn.t), alert=True)
