"""Questions that the bot could not answer, kept for the Secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Row

from storage.records import Gist, OpenQuestion
from storage.session import Session, Transaction

QUESTION_AT_MOST = 4_096
"""Characters of a question that are kept: as many as a message of Telegram's has."""


async def keep(
    tx: Transaction,
    *,
    person_id: int,
    chat_id: int,
    message_id: int,
    language: str,
    question: str,
    hint: str | None,
    now: int,
    gist: Gist | None = None,
) -> None:
    """Keep a question until the Secretariat has answered it; the same message again replaces it."""
    await tx.run(
        tx.sql.questions.keep,
        person_id=person_id,
        chat_id=chat_id,
        message_id=message_id,
        language=language,
        question=question[:QUESTION_AT_MOST].encode(errors="replace").decode(),
        hint=hint,
        asked_at=now,
        **(gist.as_columns() if gist else {"gist_words": None, "gist_vector": None, "gist_engine": None}),
    )


async def waiting(session: Session, *, at_most: int = 100) -> list[OpenQuestion]:
    """The questions that wait, oldest first."""
    return _questions(await session.all(session.sql.questions.waiting, at_most=at_most))


async def at(session: Session, chat_id: int, message_id: int) -> OpenQuestion | None:
    """The question that a message was, if it was kept."""
    row = await session.one(session.sql.questions.at, chat_id=chat_id, message_id=message_id)
    return None if row is None else _question(row)


async def latest(session: Session, person_id: int, chat_id: int, *, after: int) -> OpenQuestion | None:
    """The last question that somebody asked there since a time and that has not gone to the desk."""
    row = await session.one(session.sql.questions.latest, person_id=person_id, chat_id=chat_id, after=after)
    return None if row is None else _question(row)


async def went_to_desk(tx: Transaction, chat_id: int, message_id: int, letter_id: int) -> None:
    """Note which letter a question has become."""
    await tx.run(tx.sql.questions.went_to_desk, chat_id=chat_id, message_id=message_id, letter=letter_id)


async def close(tx: Transaction, person_id: int, *, now: int) -> None:
    """A person's questions at the desk are closed."""
    await tx.run(tx.sql.questions.close, person_id=person_id, now=now)


async def by_id(session: Session, question_id: int) -> OpenQuestion | None:
    """A question."""
    row = await session.one(session.sql.questions.by_id, id=question_id)
    return None if row is None else _question(row)


async def answered_by(session: Session, letter_id: int) -> list[OpenQuestion]:
    """The questions that a letter of the Secretariat's answered."""
    return _questions(await session.all(session.sql.questions.answered_by, letter=letter_id))


async def unanswered(session: Session, *, after: int, at_most: int) -> list[OpenQuestion]:
    """What nobody has answered since a time, newest first: also what was never sent to the desk, or closed there."""
    return _questions(await session.all(session.sql.questions.unanswered, after=after, at_most=at_most))


async def settle_one(tx: Transaction, question_id: int, now: int) -> bool:
    """A question is answered, by an answer for everyone; False if it was answered before."""
    return await tx.run(tx.sql.questions.settle_one, id=question_id, now=now) == 1


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete what was asked before a time, except where it still waits at the desk; returns how many rows."""
    return await tx.run(tx.sql.questions.forget_old, before=before, at_most=at_most)


async def count(session: Session) -> int:
    """How many questions wait."""
    number: int = await session.value(session.sql.questions.count)
    return number


def _questions(rows: Sequence[Row]) -> list[OpenQuestion]:
    return [_question(row) for row in rows]


def _question(row: Row) -> OpenQuestion:
    fields = dict(row)
    return OpenQuestion(gist=Gist.from_columns(fields), **fields)
