"""What became of what somebody asked the Secretariat."""

from __future__ import annotations

from bot.locales.catalogues import Translator
from handlers.turn import LiveTopic, Turn
from handlers.views import live as views
from handlers.views.message import Message
from storage import asked_letters, desk, secretariat

MY_QUESTION = "my-question"
LOOKED_AT = 50
"""Of somebody's letters, the latest."""


async def my_question(turn: Turn, t: Translator) -> Message:
    """What became of what somebody asked the Secretariat; of nobody else's, and not before others."""
    if not turn.is_private:
        return views.told_in_private(t, turn.bot.username, f"topic_{MY_QUESTION}")
    thread = await desk.thread_of(turn.tx, turn.person.id)
    letters = [] if thread is None else await asked_letters.recent(turn.tx, thread.id, at_most=LOOKED_AT)
    if not letters:
        return views.no_question(t)
    has_group = await secretariat.bound(turn.tx) is not None
    return views.questions(t, letters, turn.desk.office, turn.now, is_seen=has_group)


TOPICS = (LiveTopic(MY_QUESTION, views.my_question_title, my_question),)
