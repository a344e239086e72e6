"""Who is told that somebody has joined a Center, left it, or left it alone."""

from __future__ import annotations

from collections.abc import Callable

from bot.locales.catalogues import Translator
from bot.members import sending
from bot.members.joining import Joined
from handlers.turn import Turn
from handlers.views import center as center_views
from handlers.views import joining as views
from handlers.views import me_changes
from handlers.views.message import Message
from storage import people
from storage.records.members import Center, Delegate

Worded = Callable[[Translator], Message]


async def tell(turn: Turn, done: Joined) -> None:
    """Somebody has joined: tell those who lead the Center, those of the one before, and whoever was replaced."""
    await _leaders(turn, done.center, lambda t: views.has_joined(t, done.delegate, done.center, done.replaced))
    was_in = done.was_in
    if was_in is not None:
        await _leaders(turn, was_in, lambda t: views.has_left(t, done.delegate, was_in))
    if done.replaced is not None and done.replaced.person_id is not None:
        await _one(turn, done.replaced.person_id, lambda t: views.replaced(t, done.center))


async def tell_left(turn: Turn, delegate: Delegate, center: Center) -> None:
    """Somebody has left: tell those who lead the Center."""
    await _leaders(turn, center, lambda t: views.has_left(t, delegate, center))


async def tell_alone(turn: Turn, center: Center, person: str | None) -> None:
    """A Center has no focal point any more, since a person has left: tell the Secretariat, and the deputies."""
    link = center_views.link(turn.bot.username, center.id)
    for chat_id in await sending.of_secretariat(turn.tx, turn.desk.rights):
        await _one(turn, chat_id, lambda t: me_changes.without_focal_point(t, center, person, link))
    await _leaders(turn, center, lambda t: me_changes.without_focal_point(t, center, person, None))


async def _leaders(turn: Turn, center: Center, worded: Worded) -> None:
    for person_id in await sending.leaders(turn.tx, center.id):
        if person_id != turn.person.id:
            await _one(turn, person_id, worded)


async def _one(turn: Turn, chat_id: int, worded: Worded) -> None:
    """In the reader's language, in a group that of the house."""
    person = await people.find(turn.tx, chat_id) if chat_id > 0 else None
    language = turn.desk.default_language if person is None else person.language
    turn.tell(chat_id, worded(turn.translator(language)))
