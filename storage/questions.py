"""Questions that the bot could not answer, kept for the Secretariat."""

from __future__ import annotations

from storage.records import OpenQuestion
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
    )


async def waiting(session: Session, *, at_most: int = 100) -> list[OpenQuestion]:
    """The questions that wait, oldest first."""
    return [OpenQuestion(**dict(row)) for row in await session.all(session.sql.questions.waiting, at_most=at_most)]


async def count(session: Session) -> int:
    """How many questions wait."""
    number: int = await session.value(session.sql.questions.count)
    return number
