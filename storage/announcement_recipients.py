"""Whom an announcement goes to: taken in at once, put into the outbox batch by batch, and what became of it there.

A row of the outbox belongs to one batch. Where the recipient is in another by now, or in none, that row is out of
date, so that nothing is sent twice however often it is paused, resumed or interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from storage import plain_json
from storage.records.announcements import AnnouncementState, Errand, Outcome, Recipient, Todo
from storage.session import Session, Transaction

RENDERER = "announcement"
SENT = "announcement_sent"
FAILED = "announcement_failed"
ERRANDS_AT_MOST = 16
"""In one query."""


async def take_in(tx: Transaction, announcement: int, *, at_most: int) -> int | None:
    """Whom it is meant for among the next people is to get it, by one statement; how many they are.

    None once everybody has been looked at.
    """
    queries = tx.sql.announcement_recipients
    after = await tx.value(queries.taken_in, announcement=announcement)
    if after is None:
        return None
    piece = await tx.one(queries.piece, after=after, at_most=at_most)
    if piece is None:
        raise AssertionError("An aggregate always has a row.")
    is_last = piece["how_many"] < at_most
    taken = 0
    if piece["last"] is not None:
        taken = await tx.run(queries.take_in, announcement=announcement, after=after, last=piece["last"])
    await tx.run(queries.set_taken_in, announcement=announcement, taken_in=None if is_last else piece["last"])
    return taken


async def newcomers(session: Session, announcement: int, *, at_most: int) -> list[int]:
    """People whom it is meant for by now and who are not among its recipients."""
    rows = await session.all(session.sql.announcement_recipients.newcomers, announcement=announcement, at_most=at_most)
    return [row["person_id"] for row in rows]


async def add(tx: Transaction, announcement: int, people: Iterable[int]) -> int:
    """These are to get it too, as long as it runs; how many of them were not yet."""
    rows = ({"announcement": announcement, "person_id": person} for person in people)
    return await tx.run_many(tx.sql.announcement_recipients.add, rows)


async def under_way(session: Session, announcement: int) -> int:
    """How many the outbox has."""
    number: int = await session.value(session.sql.announcement_recipients.under_way, announcement=announcement)
    return number


async def queue(tx: Transaction, announcement: int, *, at_most: int, now: int) -> int:
    """Put what is to be done at some recipients into the outbox, as a batch; at how many."""
    queries = tx.sql.announcement_recipients
    row = await tx.one(queries.next_batch, announcement=announcement)
    if row is None:
        return 0
    batch, is_running = row["batches"], row["state"] == AnnouncementState.RUNNING
    await tx.run(queries.mark, announcement=announcement, batch=batch, is_running=int(is_running), at_most=at_most)
    return await tx.run(
        queries.post,
        announcement=announcement, batch=batch, args=plain_json.written({"announcement": announcement, "batch": batch}),
        renderer=RENDERER, follow_up=SENT, on_failure=FAILED, paid=row["is_paid"], now=now,
    )  # fmt: skip


async def find(session: Session, announcement: int, person_id: int) -> Recipient | None:
    """A recipient."""
    row = await session.one(
        session.sql.announcement_recipients.recipient, announcement=announcement, person_id=person_id
    )
    return None if row is None else _recipient(dict(row))


async def errands(session: Session, announcement: int, people: Sequence[int]) -> dict[int, Errand]:
    """What is to be done at recipients, at most sixteen, and how things stand, in one look; others are left out."""
    asked: dict[str, int | None] = {f"p{number}": None for number in range(ERRANDS_AT_MOST)}
    asked |= {f"p{number}": person for number, person in enumerate(people)}
    rows = await session.all(session.sql.announcement_recipients.errands, announcement=announcement, **asked)
    return {row["person_id"]: _errand(dict(row)) for row in rows}


def _errand(fields: dict[str, Any]) -> Errand:
    return Errand(
        state=AnnouncementState(fields.pop("announcement_state")),
        text_edition=fields.pop("text_edition_now"),
        is_official=bool(fields.pop("is_official")),
        is_paid=bool(fields.pop("is_paid")),
        reads=fields.pop("reads"),
        recipient=_recipient(fields),
    )


async def put_back(tx: Transaction, recipient: Recipient, *, is_over: bool) -> bool:
    """It was not sent: it goes into the outbox anew, or not at all if `is_over`; False if it is in another batch."""
    touched = await tx.run(
        tx.sql.announcement_recipients.put_back,
        announcement=recipient.announcement, person_id=recipient.person_id, batch=recipient.batch, is_over=int(is_over),
    )  # fmt: skip
    return touched == 1


async def skip(tx: Transaction, announcement: int) -> int:
    """Nobody gets it any more; how many would have. What the outbox has of it is put back as it comes up."""
    return await tx.run(tx.sql.announcement_recipients.skip, announcement=announcement)


def part_sent(tx: Transaction, recipient: Recipient, messages: Sequence[int], *, now: int) -> None:
    """These messages were sent to somebody, and others are to follow."""
    tx.run_later(tx.sql.announcement_recipients.part_sent, **_of(recipient), messages=_ids(messages), now=now)


def sent(
    tx: Transaction, recipient: Recipient, messages: Sequence[int], *, language: str, text_edition: int, now: int
) -> None:
    """Somebody has it, as these messages. What was corrected or recalled since it was rendered is still to be done."""
    tx.run_later(
        tx.sql.announcement_recipients.sent,
        **_of(recipient), messages=_ids(messages), language=language, text_edition=text_edition, now=now,
    )  # fmt: skip


def done(
    tx: Transaction,
    recipient: Recipient,
    state: Outcome,
    *,
    text_edition: int | None = None,
    failure: str | None = None,
) -> None:
    """What was to be done is done, or given up, and this became of it."""
    tx.run_later(
        tx.sql.announcement_recipients.done,
        **_of(recipient), todo=recipient.todo, state=state, text_edition=text_edition, failure=failure,
    )  # fmt: skip


async def correct(tx: Transaction, announcement: int, language: str) -> int:
    """Whoever has it in this language is to see the correction; how many."""
    return await tx.run(tx.sql.announcement_recipients.correct, announcement=announcement, language=language)


async def recall(tx: Transaction, announcement: int, *, sent_after: int) -> int:
    """It is to be deleted wherever it is; where it was not sent after a time it stays. At how many it was."""
    return await tx.run(tx.sql.announcement_recipients.recall, announcement=announcement, sent_after=sent_after)


def _recipient(fields: dict[str, Any]) -> Recipient:
    messages = tuple(int(message) for message in (fields["messages"] or "").split())
    todo = None if fields["todo"] is None else Todo(fields["todo"])
    return Recipient(**{**fields, "state": Outcome(fields["state"]), "todo": todo, "messages": messages})


def _of(recipient: Recipient) -> dict[str, int | None]:
    return {"announcement": recipient.announcement, "person_id": recipient.person_id, "batch": recipient.batch}


def _ids(messages: Sequence[int]) -> str:
    return " ".join(str(message) for message in messages)
