"""What became of each letter that people wrote to the Secretariat; the questions that they were follow them."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Row

from storage.records.desk import AskedLetter
from storage.session import Session, Transaction


async def waiting(session: Session, thread_id: int) -> list[AskedLetter]:
    """What waits for an answer, in order."""
    return _letters(await session.all(session.sql.asked_letters.waiting, thread_id=thread_id))


async def recent(session: Session, thread_id: int, *, at_most: int) -> list[AskedLetter]:
    """The last that a person wrote, whatever became of it, in order."""
    rows = await session.all(session.sql.asked_letters.recent, thread_id=thread_id, at_most=at_most)
    return _letters(rows)[::-1]


async def around(session: Session, thread_id: int, answer: int) -> list[AskedLetter]:
    """What an answer is the answer to, and what waited when it was written and still does, in order."""
    return _letters(await session.all(session.sql.asked_letters.around, thread_id=thread_id, answer=answer))


async def answer_one(tx: Transaction, thread_id: int, letter_id: int, *, answer: int, now: int) -> bool:
    """An answer is to this letter, with the album that it is of; False if that was answered, or is not before it."""
    sql = tx.sql.asked_letters
    return await tx.run(sql.answer_one, thread_id=thread_id, id=letter_id, answer=answer, now=now) > 0


async def answer_all(tx: Transaction, thread_id: int, *, answer: int, closed_at: int | None, now: int) -> bool:
    """An answer is to all that waited before it, and what was closed at a time; False if there is nothing."""
    sql = tx.sql.asked_letters
    return await tx.run(sql.answer_all, thread_id=thread_id, answer=answer, closed_at=closed_at, now=now) > 0


async def answered_otherwise(tx: Transaction, letter_id: int, *, now: int) -> None:
    """A letter is answered by an answer for everyone."""
    await tx.run(tx.sql.asked_letters.answered_otherwise, id=letter_id, now=now)


async def not_answered(tx: Transaction, letter_id: int, *, answer: int) -> bool:
    """An answer was not to this letter, which waits again, as does its question; False if it was not anyway."""
    sql = tx.sql.asked_letters
    if not await tx.run(sql.not_answered, id=letter_id, answer=answer):
        return False
    await tx.run(sql.questions_not_answered, answer=answer)
    return True


async def close(tx: Transaction, thread_id: int, *, now: int) -> None:
    """Nothing of this conversation waits any more."""
    await tx.run(tx.sql.asked_letters.close, thread_id=thread_id, now=now)


async def reopen(tx: Transaction, thread_id: int, *, closed_at: int) -> None:
    """What was closed then waits again, and the questions that it was."""
    sql = tx.sql.asked_letters
    await tx.run(sql.reopen, thread_id=thread_id, closed_at=closed_at)
    await tx.run(sql.questions_reopened, thread_id=thread_id)


async def questions_answered(tx: Transaction, answer: int, *, now: int) -> int:
    """The questions that an answer's letters were are answered; returns how many that is."""
    return await tx.run(tx.sql.asked_letters.questions_answered, answer=answer, now=now)


def _letters(rows: Sequence[Row]) -> list[AskedLetter]:
    return [AskedLetter(**{**dict(row), "is_question": bool(row["is_question"])}) for row in rows]
