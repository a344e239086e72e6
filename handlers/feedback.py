"""Feedback on a conference: what is written after it was asked for, in reply or without pressing "Write feedback"."""

from __future__ import annotations

from telegram import Update

from bot.desk import threads
from bot.knowledge.deciding import Finding
from bot.knowledge.words import says_enough
from handlers import desk, topics
from handlers.desk_words import written_in
from handlers.form_answers import says_question
from handlers.turn import Turn
from handlers.views import answers, reminders
from storage import conferences
from storage import desk as letters
from storage import reminders as asked_for
from storage.records.conferences import Conference
from storage.records.durations import DAY_US

ASKED_US = 3 * DAY_US
"""For so long after the request, what is no question may be meant for it."""
SURE = 0.6
"""How sure it must be what a sentence is about that is read as a question without being one."""


async def takes(turn: Turn) -> bool:
    """Ask whether what somebody writes is the feedback that was asked for, where it may be; False if not."""
    message, finding = turn.message, turn.worked_out
    if message is None or message.text is None or not turn.is_private or turn.incoming.edited_message is not None:
        return False
    if not isinstance(finding, Finding) or not _may_be_feedback(message.text, finding):
        return False
    conference = await _asked_of(turn)
    if conference is None:
        return False
    t = turn.translator(finding.language or turn.person.language)
    near = finding.candidates if finding.topic is None else (finding.topic, *finding.candidates)
    turn.say(reminders.is_it_feedback(t, conference, await topics.buttons(turn, near, t)), in_reply=True)
    return True


async def send(_update: Update, turn: Turn) -> None:
    """It is: it goes to the Secretariat, once."""
    meant = turn.message.reply_to_message if turn.message else None
    written = None if meant is None else written_in(meant)
    if written is None or turn.message is None or not turn.is_private:
        turn.show(answers.ask_again(turn.t))
        return
    turn.call(turn.chat_id, "editMessageReplyMarkup", {"message_id": turn.message.message_id})
    await desk.send(turn, written)


def _may_be_feedback(text: str, finding: Finding) -> bool:
    is_read = finding.wish is not None or finding.follows is not None or finding.confidence >= SURE
    return says_enough(text) and not says_question(text) and not is_read


async def _asked_of(turn: Turn) -> Conference | None:
    """The conference on which somebody was asked for feedback; None if they were not, or have written since."""
    asked = await asked_for.feedback_asked(turn.tx, turn.person.id, since=turn.now - ASKED_US)
    if asked is None:
        return None
    thread = await letters.thread_of(turn.tx, turn.person.id)
    last = None if thread is None else await letters.last_letter(turn.tx, thread.id, threads.TO_STAFF)
    if last is not None and last.written_at >= asked.at:
        return None
    return await conferences.by_id(turn.tx, asked.conference)
