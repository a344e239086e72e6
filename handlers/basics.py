"""/start, /help, /privacy, /language, the menu, and whatever is not text."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.desk import threads
from bot.locales.catalogues import known_language
from handlers import desk, learning, staff
from handlers.answers import open_topic
from handlers.staff_menus import menu_for
from handlers.turn import Turn
from handlers.views import welcome
from handlers.views.learning import PLACE
from storage import learned, people


async def start(update: Update, turn: Turn) -> None:
    """/start, also with the payload of a deep link."""
    payload = turn.args[0] if turn.args else ""
    await people.end_writing(turn.tx, turn.person.id)
    await learned.end_edit(turn.tx, turn.person.id)
    if turn.is_private:
        await threads.deliver_again(turn.tx, turn.person.id, post=turn.post)
    if not turn.is_private:
        turn.say(welcome.help_text(turn.t, is_group=True, username=turn.bot.username))
    elif payload == "language":
        turn.say(welcome.languages(turn.t, turn.person.language))
    elif payload == "ask":
        await desk.begin(turn)
    elif payload == "staff":
        await staff.show(update, turn)
    elif payload.startswith(staff.LINK):
        await staff.accept(turn, payload.removeprefix(staff.LINK))
    elif not await _opens(turn, payload):
        turn.say(welcome.welcome(turn.t, turn.desk.library.menu(turn.person.language)))
        if await turn.desk.rights.is_staff(turn.tx, turn.person.id):
            await menu_for(turn)


async def _opens(turn: Turn, payload: str) -> bool:
    """Whether a link leads to a topic, or to one of the Secretariat's answers."""
    if payload.startswith(PLACE):
        return await learning.open_link(turn, payload.removeprefix(PLACE))
    return payload.startswith("topic_") and await open_topic(turn, payload.removeprefix("topic_"))


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
    turn.say(welcome.privacy(turn.t, messages_days=kept.messages_days, letters_days=kept.letters_days))


async def language(_update: Update, turn: Turn) -> None:
    """/language, and its button."""
    if turn.is_private:
        turn.say(welcome.languages(turn.t, turn.person.language))
    else:
        turn.say(welcome.language_in_private(turn.t, turn.bot.username))


async def choose_language(_update: Update, turn: Turn) -> None:
    """A language's button."""
    assert turn.matches  # noqa: S101 - this handler is routed by a pattern
    chosen = known_language(turn.matches[0]["language"])
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
        turn.say(welcome.text_only(turn.t))


async def outdated_button(_update: Update, turn: Turn) -> None:
    """A press on a button that means nothing (any more)."""
    turn.answer_press(welcome.outdated_button(turn.t), alert=True)
