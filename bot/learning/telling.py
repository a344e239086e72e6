"""Those who asked what is answered now are told, once each."""

from __future__ import annotations

from bot.desk import sending
from bot.learning.answers import find
from bot.members.roles import Rights
from storage import asked_letters, audit, desk, learned, questions
from storage.outbox import Post
from storage.records import FollowUp, MessageClass, NewMessage, Rendered
from storage.records.learned import LearnedPhrasing
from storage.session import Session, Transaction

TOLD = "learned_told"
"""Renderer."""
NOT_TOLD = "learned_not_told"
"""Follow-up."""


async def waiting(session: Session, answer_id: int) -> list[LearnedPhrasing]:
    """The questions whose askers would be told now."""
    return [
        phrasing
        for phrasing in await learned.phrasings(session, answer_id)
        if phrasing.is_same and phrasing.person_id is not None and phrasing.told_at is None
    ]


async def tell(tx: Transaction, rights: Rights, by: int, answer_id: int, *, now: int, post: Post) -> int:
    """Tell everyone who asked the same and was not told; their questions are answered. Returns how many people.

    The answer has to be published. Raises NotAllowedError, NoSuchAnswerError.
    """
    answer, _texts = await find(tx, rights, by, answer_id)
    told: set[int] = set()
    for phrasing in await waiting(tx, answer_id) if answer.state == "published" else ():
        if not await learned.told(tx, phrasing.id, now) or phrasing.person_id is None:
            continue
        if phrasing.asked is not None:
            await _settle(tx, by, phrasing.asked, phrasing.person_id, now=now, post=post)
        if phrasing.person_id not in told:  # somebody who asked twice is told once
            told.add(phrasing.person_id)
            args = {"answer": answer_id, "phrasing": phrasing.id}
            post(
                NewMessage(
                    phrasing.person_id,
                    Rendered(TOLD, args),
                    MessageClass.REMINDER,
                    on_failure=FollowUp(NOT_TOLD, args),
                )
            )
    if told:
        await audit.add(tx, by, "answer.tell", f"answer:{answer_id}", now=now, after={"people": len(told)})
    return len(told)


async def _settle(tx: Transaction, by: int, question_id: int, person_id: int, *, now: int, post: Post) -> None:
    """The question is answered; so is its thread at the desk if nothing else waits there."""
    await questions.settle_one(tx, question_id, now)
    question = await questions.by_id(tx, question_id)
    if question is not None and question.letter is not None:
        await asked_letters.answered_otherwise(tx, question.letter, now=now)
    thread = await desk.thread_of(tx, person_id)
    if thread is None or thread.state != "waiting" or await asked_letters.waiting(tx, thread.id):
        return
    await desk.settle(tx, thread.id, "answered", was="waiting", person_id=by, now=now)
    if thread.group_id is not None:
        sending.post_card_now(thread.group_id, thread.id, post)
