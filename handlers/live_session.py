"""What is asked of a session of the agenda that was shown just before: it is shown again."""

from __future__ import annotations

from bot.knowledge.subjects import SESSION
from bot.locales.catalogues import Translator
from handlers.agenda_session import screen
from handlers.turn import LiveTopic, Turn
from handlers.views import live_conference as views
from handlers.views.message import Message
from storage import agenda


async def session(turn: Turn, t: Translator) -> Message:
    """The session that was looked up; it may have been removed since."""
    number = turn.looked_up
    shown = await agenda.by_id(turn.tx, number) if isinstance(number, int) else None
    return views.session_gone(t) if shown is None else await screen(turn, shown)


TOPICS = (LiveTopic(SESSION, views.session_title, session),)
