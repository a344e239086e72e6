"""Whether answers helped, as people say when they are asked."""

from __future__ import annotations

from sqlite3 import Row

from storage.records import Gist
from storage.records.learned import Mark
from storage.session import Session, Transaction


def answered(tx: Transaction, person_id: int) -> None:
    """Somebody was given an answer; it is counted with the commit."""
    tx.run_later(tx.sql.marks.answered, person_id=person_id)


async def ask(
    tx: Transaction, person_id: int, chat_id: int, message_id: int,
    *, language: str, question: str, topic: str, gist: Gist | None, now: int,
) -> None:  # fmt: skip
    """Note that somebody is asked whether the answer to this question helped."""
    await tx.run(tx.sql.marks.asked_now, person_id=person_id, now=now)
    await tx.run(
        tx.sql.marks.ask,
        person_id=person_id, chat_id=chat_id, message_id=message_id, language=language,
        question=question.encode(errors="replace").decode(), topic=topic, now=now,
        **(gist.as_columns() if gist else {"gist_words": None, "gist_vector": None, "gist_engine": None}),
    )  # fmt: skip


async def mark(tx: Transaction, person_id: int, chat_id: int, message_id: int, *, helpful: bool, now: int) -> bool:
    """Keep what they say; False if they were not asked about this question."""
    touched = await tx.run(
        tx.sql.marks.mark, person_id=person_id, chat_id=chat_id, message_id=message_id, helpful=int(helpful), now=now
    )
    return touched == 1


async def at(session: Session, chat_id: int, message_id: int) -> Mark | None:
    """The mark of a question."""
    row = await session.one(session.sql.marks.at, chat_id=chat_id, message_id=message_id)
    return None if row is None else _mark(row)


async def by_id(session: Session, mark_id: int) -> Mark | None:
    """A mark."""
    row = await session.one(session.sql.marks.by_id, id=mark_id)
    return None if row is None else _mark(row)


async def unhelpful(session: Session, *, after: int, at_most: int) -> list[Mark]:
    """What did not help since a time, newest first."""
    return [_mark(row) for row in await session.all(session.sql.marks.unhelpful, after=after, at_most=at_most)]


async def forget_unsaid(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete what nobody answered; returns how many rows."""
    return await tx.run(tx.sql.marks.forget_unsaid, before=before, at_most=at_most)


async def forget_old(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete marks of questions from before a time; returns how many rows."""
    return await tx.run(tx.sql.marks.forget_old, before=before, at_most=at_most)


def _mark(row: Row) -> Mark:
    fields = dict(row)
    helpful = fields.pop("helpful")
    return Mark(gist=Gist.from_columns(fields), helpful=None if helpful is None else bool(helpful), **fields)
