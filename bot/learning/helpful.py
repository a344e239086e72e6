"""Whether an answer helped: asked now and then, not after each answer."""

from __future__ import annotations

from storage import marks
from storage.records import Gist, Person
from storage.records.durations import DAY_US
from storage.records.learned import Mark
from storage.session import Session, Transaction

ASKED_FROM = 3
"""Answers since somebody was last asked: who gets one answer and goes is left in peace."""
NOT_WITHIN_US = 14 * DAY_US


class NotAskedError(Exception):
    """This person was not asked whether this answer helped, or so long ago that it is forgotten."""


class SaidBeforeError(Exception):
    """They have said it."""


def is_due(person: Person, *, now: int) -> bool:
    """Whether to ask somebody, who is given an answer, about this one. If not, it is to be counted."""
    return person.answers_given + 1 >= ASKED_FROM and (person.asked_helpful_at or 0) <= now - NOT_WITHIN_US


def count(tx: Transaction, person: Person) -> None:
    """Somebody is given an answer that they are not asked about."""
    marks.answered(tx, person.id)


async def ask(
    tx: Transaction, person_id: int, chat_id: int, message_id: int,
    *, language: str, question: str, topic: str, gist: Gist | None, now: int,
) -> None:  # fmt: skip
    """Somebody is asked whether the answer to this question helped; `topic` is what was answered."""
    await marks.ask(
        tx, person_id, chat_id, message_id, language=language, question=question, topic=topic, gist=gist, now=now
    )


async def say(tx: Transaction, person_id: int, chat_id: int, message_id: int, *, helpful: bool, now: int) -> Mark:
    """Keep what they say of it; the first word counts. Raises NotAskedError, SaidBeforeError."""
    mark = await asked_about(tx, person_id, chat_id, message_id)
    if mark.helpful is not None:
        raise SaidBeforeError
    await marks.mark(tx, person_id, chat_id, message_id, helpful=helpful, now=now)
    return mark


async def asked_about(session: Session, person_id: int, chat_id: int, message_id: int) -> Mark:
    """What somebody was asked. Raises NotAskedError."""
    mark = await marks.at(session, chat_id, message_id)
    if mark is None or mark.person_id != person_id:
        raise NotAskedError
    return mark
