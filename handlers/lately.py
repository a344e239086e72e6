"""What was told last in a chat, for the question that follows on it."""

from __future__ import annotations

from telegram import Message as TelegramMessage
from telegram import Update

from bot.conferences.asking import Asked
from bot.knowledge.deciding import Finding
from bot.knowledge.following import AskedHere, Where
from bot.knowledge.subjects import SESSION
from handlers.turn import Desk, Turn
from storage.records.conferences import AgendaSession, Conference

_ANSWERED = frozenset({"answer", "live", "learned", "unsure"})
"""Kinds of findings after which somebody may say that they have asked something else."""


def follow_up(update: Update, desk: Desk, question: str, language: str) -> Finding | None:
    """What a question is about that follows on what was told here before; None if it does not."""
    where = _where(update)
    return None if where is None else desk.lately.follow_up(where, question, language, desk.clock.now_us(), desk.live)


def told(turn: Turn, finding: Finding, question: str = "") -> None:
    """What a question was found to be about was told, or nothing was; `question` is what was asked in words."""
    where, message = _where(turn.incoming), turn.message
    if where is not None:
        is_asked = question and finding.kind in _ANSWERED and message is not None
        asked = AskedHere(turn.person.id, message.message_id, question, finding.gist) if is_asked and message else None
        turn.desk.lately.note(where, finding, turn.now, asked)


def topic(turn: Turn) -> str | None:
    """What was told here last."""
    where = _where(turn.incoming)
    return None if where is None else turn.desk.lately.topic(where, turn.now)


def asked(turn: Turn) -> AskedHere | None:
    """What this person asked here last, if it was answered and nobody has asked since."""
    where = _where(turn.incoming)
    return None if where is None else turn.desk.lately.asked(where, turn.person.id, turn.now)


def told_of(turn: Turn, topic: str, conference: Conference) -> None:
    """A screen was shown that tells of a conference what `topic` would."""
    told(turn, Finding("live", topic, (), 1.0, looked_up=Asked(year=conference.year)))


def told_of_session(turn: Turn, session: AgendaSession) -> None:
    """A session of the agenda was shown."""
    told(turn, Finding("live", SESSION, (), 1.0, looked_up=session.id))


def _where(update: Update) -> Where | None:
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return None
    in_topic = isinstance(message, TelegramMessage) and message.is_topic_message
    return chat.id, (message.message_thread_id or 0) if in_topic and isinstance(message, TelegramMessage) else 0
