"""What became of what somebody asked the Secretariat."""

from __future__ import annotations

from bot.desk import threads
from bot.locales.catalogues import Translator
from handlers.turn import LiveTopic, Turn
from handlers.views import live as views
from handlers.views.message import Message
from storage import desk, secretariat

MY_QUESTION = "my-question"


async def my_question(turn: Turn, t: Translator) -> Message:
    """What became of what somebody asked the Secretariat; of nobody else's, and not before others."""
    if not turn.is_private:
        return views.told_in_private(t, turn.bot.username, f"topic_{MY_QUESTION}")
    thread = await desk.thread_of(turn.tx, turn.person.id)
    last = None if thread is None else await desk.last_letter(turn.tx, thread.id, threads.TO_STAFF)
    if thread is None or last is None:
        return views.no_question(t)
    has_group = await secretariat.bound(turn.tx) is not None
    return views.question(t, thread, last.plain, turn.desk.office, turn.now, is_seen=has_group)


TOPICS = (LiveTopic(MY_QUESTION, views.my_question_title, my_question),)
