"""What is wanted of the bot itself, and what is said to its answers."""

from __future__ import annotations

from bot.knowledge.deciding import Finding
from bot.locales.catalogues import Translator
from handlers import lately
from handlers.turn import Turn
from handlers.views import wishes
from handlers.views.message import Message
from storage import questions


async def hint(turn: Turn, finding: Finding, t: Translator) -> Message:
    """Where it is done; nothing is done by itself, and nothing sent."""
    asked = await _last_question(turn) if finding.wish == "misunderstood" else None
    told = turn.desk.library.shelf(t.language).topics.get(lately.topic(turn) or "")
    return wishes.hint(
        t,
        finding,
        speaks=turn.person.language,
        group_of="" if turn.is_private else turn.bot.username,
        source=told.source if told is not None else "",
        asked=asked,
    )


async def _last_question(turn: Turn) -> tuple[str, int] | None:
    """What the person asked last, kept as one without an answer: it can be sent with one press."""
    chat, asked = turn.incoming.effective_chat, lately.asked(turn)
    if asked is None or chat is None:
        return None
    await questions.keep(
        turn.tx, person_id=turn.person.id, chat_id=chat.id, message_id=asked.message_id, language=turn.person.language,
        question=asked.question, hint=None, now=turn.now, gist=asked.gist,
    )  # fmt: skip
    return asked.question, asked.message_id
