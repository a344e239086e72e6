"""Whether an answer helped: the buttons under it, and the way to the Secretariat where it did not."""

from __future__ import annotations

from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update

from bot.knowledge.deciding import Finding
from bot.learning import helpful
from bot.locales.catalogues import Translator
from handlers import desk
from handlers.turn import Turn, match
from handlers.views import helpful as views
from handlers.views import welcome
from handlers.views.message import Message
from storage import questions
from storage.records.learned import Mark

ASKED_ABOUT = frozenset({"answer", "live", "learned"})
"""Kinds of findings."""


async def with_question(turn: Turn, finding: Finding, question: str, answer: Message, t: Translator) -> Message:
    """The answer to a question, with the question whether it helped if it is time for that."""
    message = turn.message
    if message is None or not turn.is_private or finding.kind not in ASKED_ABOUT or finding.topic is None:
        return answer
    if turn.incoming.edited_message is not None:
        return answer
    if not helpful.is_due(turn.person, now=turn.now):
        helpful.count(turn.tx, turn.person)
        return answer
    await helpful.ask(
        turn.tx, turn.person.id, message.chat.id, message.message_id, language=turn.person.language,
        question=question, topic=finding.topic, gist=finding.gist, now=turn.now,
    )  # fmt: skip
    return views.with_question(t, answer, message.message_id)


async def say(_update: Update, turn: Turn) -> None:
    """It helped, or it did not."""
    did = match(turn)["said"] == "yes"
    chat_id, message_id = _asked(turn)
    try:
        await helpful.say(turn.tx, turn.person.id, chat_id, message_id, helpful=did, now=turn.now)
    except helpful.NotAskedError:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
        return
    except helpful.SaidBeforeError:
        _take_buttons(turn)
        return
    turn.desk.metrics.helpful.labels("yes" if did else "no").inc()
    turn.answer_press(views.thanks(turn.t) if did else "")
    _take_buttons(turn)
    if not did:
        turn.say(views.offer(turn.t, message_id))


async def send(_update: Update, turn: Turn) -> None:
    """Send the question whose answer did not help to the Secretariat."""
    try:
        mark = await helpful.asked_about(turn.tx, turn.person.id, *_asked(turn))
    except helpful.NotAskedError:
        turn.answer_press(welcome.outdated_button(turn.t), alert=True)
    else:
        await _keep(turn, mark)
        await desk.send_question(turn, mark.chat_id, mark.message_id, mark.question)


async def _keep(turn: Turn, mark: Mark) -> None:
    await questions.keep(
        turn.tx, person_id=mark.person_id, chat_id=mark.chat_id, message_id=mark.message_id, language=mark.language,
        question=mark.question, hint=None, now=turn.now, gist=mark.gist,
    )  # fmt: skip


def _take_buttons(turn: Turn) -> None:
    """Leave the other buttons of the answer where they are."""
    message = turn.message
    if message is None or message.reply_markup is None:
        return
    rows = [[button.to_dict() for button in row] for row in message.reply_markup.inline_keyboard]
    left = [row for row in rows if not any(str(one.get("callback_data", "")).startswith("helpful:") for one in row)]
    if left != rows:
        params: dict[str, Any] = {"message_id": message.message_id, "reply_markup": {"inline_keyboard": left}}
        turn.call(message.chat.id, "editMessageReplyMarkup", params)


def _asked(turn: Turn) -> tuple[int, int]:
    message: TelegramMessage | None = turn.message
    chat_id = message.chat.id if message else turn.person.id
    return chat_id, int(match(turn)["message"])
