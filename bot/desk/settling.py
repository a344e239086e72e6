"""Which of a person's letters an answer answers, and how long their conversation waits.

An answer in reply to a letter is to that letter; any other is to all that waited when it was written. Who wrote it
may say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import sending
from bot.desk.hours import Office
from bot.members.roles import Rights
from storage import asked_letters, audit, desk
from storage.outbox import Post
from storage.records.desk import AskedLetter, Letter, Thread
from storage.session import Transaction


class ChangedMeanwhileError(Exception):
    """The conversation is no longer as whoever asked for this saw it."""


def is_doubtful(waited: Sequence[AskedLetter], last: Letter | None) -> bool:
    """Whether staff should see what an answer counts for: several letters waited, or had been written to already.

    `last` is the latest of the Secretariat's before.
    """
    albums = {one.album or one.id for one in waited}
    return len(albums) > 1 or (bool(waited) and last is not None and last.id > waited[0].id)


async def settle(
    tx: Transaction, office: Office, thread: Thread, answer: Letter, to: Letter | None, *, now: int
) -> bool:
    """Note what an answer of the Secretariat's is to; whether it was to a question that the bot could not answer.

    `to` is the letter that it is in reply to; without one it is to all that waits, or that was closed last.
    """
    if to is None:
        closed_at = thread.settled_at if thread.state == "closed" else None
        await asked_letters.answer_all(tx, thread.id, answer=answer.id, closed_at=closed_at, now=now)
    else:
        await asked_letters.answer_one(tx, thread.id, to.id, answer=answer.id, now=now)
    was_question = await asked_letters.questions_answered(tx, answer.id, now=now) > 0
    state = await _follow(tx, office, thread, answer.author_id, now=now)
    what, states = f"thread:{thread.id}", _states(thread, state, answer)
    await audit.add(tx, answer.author_id, "desk.answer", what, now=now, **states)
    return was_question


async def settle_nothing(tx: Transaction, thread: Thread, letter: Letter, *, now: int) -> None:
    """Note a letter of the Secretariat's that is no answer: whoever waits goes on waiting."""
    state = "waiting" if thread.state == "waiting" else "answered"
    if state == "answered":
        await desk.settle(tx, thread.id, state, was=thread.state, person_id=letter.author_id, now=now)
    what, states = f"thread:{thread.id}", _states(thread, state, letter)
    await audit.add(tx, letter.author_id, "desk.write", what, now=now, **states)


async def _follow(tx: Transaction, office: Office, thread: Thread, by: int, *, now: int) -> str:
    """Let a conversation wait as long as something in it does; its state."""
    waiting = await asked_letters.waiting(tx, thread.id)
    if not waiting:
        await desk.settle(tx, thread.id, "answered", was=thread.state, person_id=by, now=now)
        return "answered"
    since = waiting[0].written_at
    if thread.state != "waiting" or since != thread.waiting_since:
        alarm_at = office.alarm_at(since)
        if alarm_at is not None and alarm_at <= now:  # whoever answered something has just seen it
            alarm_at = office.alarm_at(now)
        await desk.wait_since(tx, thread.id, since, alarm_at=alarm_at)
    return "waiting"


async def count(
    tx: Transaction,
    rights: Rights,
    office: Office,
    answer_id: int,
    letter_id: int | None,
    *,
    is_answered: bool,
    by: int,
    now: int,
    post: Post,
) -> None:
    """Say that an answer was to a letter, or (None) to all that waited when it was written; or that it was not.

    Raises:
        NotAllowedError: they are not of the Secretariat.
        ChangedMeanwhileError: it is so already, or the letter has got another answer.
    """
    await rights.need_staff(tx, by)
    answer = await desk.letter(tx, answer_id)
    thread = None if answer is None else await desk.thread(tx, answer.thread_id)
    if answer is None or thread is None or answer.direction != "to_person":
        raise ChangedMeanwhileError
    if not is_answered:
        is_done = letter_id is not None and await asked_letters.not_answered(tx, letter_id, answer=answer.id)
    elif letter_id is None:
        is_done = await asked_letters.answer_all(tx, thread.id, answer=answer.id, closed_at=None, now=now)
    else:
        is_done = await asked_letters.answer_one(tx, thread.id, letter_id, answer=answer.id, now=now)
    if not is_done:
        raise ChangedMeanwhileError
    await asked_letters.questions_answered(tx, answer.id, now=now)
    state = await _follow(tx, office, thread, by, now=now)
    act = "desk.answer" if is_answered else "desk.unanswer"
    await audit.add(tx, by, act, f"thread:{thread.id}", now=now, **_states(thread, state, answer))
    if thread.group_id is not None:
        sending.post_card_now(thread.group_id, thread.id, post)


def _states(thread: Thread, state: str, letter: Letter) -> dict[str, dict[str, object]]:
    return {"before": {"state": thread.state}, "after": {"state": state, "letter": letter.id}}
