"""The outbox: what is to be said is committed with the change that it tells of, and delivered after."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Row
from typing import TypeAlias, cast

from storage import plain_json
from storage.records import Call, FailedMessage, FollowUp, MessageClass, NewMessage, QueuedMessage, Rendered, Upload
from storage.session import Session, Transaction

Post: TypeAlias = Callable[[NewMessage], None]
"""Queues a message in the transaction that is under way."""


def add(tx: Transaction, message: NewMessage, now: int) -> None:
    """Queue a message, with the commit. Messages to one chat are delivered in the order of their adding."""
    content, follow_up, on_failure = message.content, message.follow_up, message.on_failure
    call = content if isinstance(content, Call) else None
    rendered = content if isinstance(content, Rendered) else None
    upload = call.upload if call else None
    tx.run_later(
        tx.sql.outbox.add,
        chat_id=message.chat_id,
        message_class=int(message.message_class),
        method=call.method if call else None,
        params=plain_json.written(call.params) if call else None,
        upload_kind=upload.kind if upload else None,
        upload_spooled=upload.spooled if upload else None,
        upload_filename=upload.filename if upload else None,
        renderer=rendered.renderer if rendered else None,
        args=plain_json.written(rendered.args) if rendered else None,
        follow_up=follow_up.name if follow_up else None,
        follow_up_args=plain_json.written(follow_up.args) if follow_up else None,
        on_failure=on_failure.name if on_failure else None,
        on_failure_args=plain_json.written(on_failure.args) if on_failure else None,
        not_before=message.not_before,
        paid=int(message.is_paid),
        queued_at=now,
    )


def added(tx: Transaction) -> set[MessageClass]:
    """Of which classes messages were added in a transaction that is under way."""
    return {MessageClass(cast("int", row["message_class"])) for query, row in tx.later if query is tx.sql.outbox.add}


async def queued(session: Session, message_class: MessageClass, *, after: int, at_most: int) -> list[QueuedMessage]:
    """The next messages of a class to deliver, behind `after` (an id)."""
    rows = await session.all(session.sql.outbox.queued, message_class=int(message_class), after=after, at_most=at_most)
    return [_queued(row) for row in rows]


async def queued_in_chat(
    session: Session, chat_id: int, message_class: MessageClass, *, after: int, up_to: int, at_most: int
) -> list[QueuedMessage]:
    """The next messages of a class for a chat, with ids behind `after`, up to and with `up_to`."""
    rows = await session.all(
        session.sql.outbox.queued_in_chat,
        chat_id=chat_id, message_class=int(message_class), after=after, up_to=up_to, at_most=at_most,
    )  # fmt: skip
    return [_queued(row) for row in rows]


def _queued(row: Row) -> QueuedMessage:
    return QueuedMessage(
        id=row["id"],
        chat_id=row["chat_id"],
        message_class=MessageClass(row["message_class"]),
        content=(
            Call(row["method"], plain_json.read(row["params"]), _upload(row))
            if row["method"] is not None
            else Rendered(row["renderer"], plain_json.read(row["args"]))
        ),
        follow_up=_follow_up(row["follow_up"], row["follow_up_args"]),
        on_failure=_follow_up(row["on_failure"], row["on_failure_args"]),
        tries=row["tries"],
        parts_sent=row["parts_sent"],
        not_before=row["not_before"],
        queued_at=row["queued_at"],
        is_paid=bool(row["paid"]),
    )


def sent(tx: Transaction, message_id: int, telegram_message_id: int | None, now: int) -> None:
    """Record that a message was delivered, and as which message of its chat."""
    _end(tx, message_id, "sent", sent_as=telegram_message_id, now=now)


def failed(tx: Transaction, message_id: int, failure: str, now: int) -> None:
    """Record that a message was given up, and why."""
    _end(tx, message_id, "failed", failure=failure, now=now)


def aborted(tx: Transaction, message_id: int, reason: str, now: int) -> None:
    """Record that a message is no longer needed, and why."""
    _end(tx, message_id, "aborted", failure=reason, now=now)


def _end(
    tx: Transaction, message_id: int, state: str, *, now: int, sent_as: int | None = None, failure: str | None = None
) -> None:
    tx.run_later(
        tx.sql.outbox.ended,
        id=message_id,
        state=state,
        message_id=sent_as,
        failure=failure,
        ended_at=now,
    )


def part_sent(tx: Transaction, message_id: int, parts_sent: int, telegram_message_id: int | None) -> None:
    """Record how far a message of several parts has come."""
    tx.run_later(tx.sql.outbox.part_sent, id=message_id, parts_sent=parts_sent, message_id=telegram_message_id)


def retry_later(tx: Transaction, message_id: int, *, tries: int, not_before: int, failure: str) -> None:
    """Record that a delivery failed for now, and when it may be tried again."""
    tx.run_later(tx.sql.outbox.retry_later, id=message_id, tries=tries, not_before=not_before, failure=failure)


async def failures_of_chat(tx: Transaction, chat_id: int, *, queued_before: int, but: int) -> list[FollowUp]:
    """What is to run when all that has waited for a chat since before a time is given up; `but` is left out."""
    rows = await tx.all(tx.sql.outbox.failures_of_chat, chat_id=chat_id, queued_before=queued_before, but=but)
    return [FollowUp(row["on_failure"], plain_json.read(row["on_failure_args"])) for row in rows]


async def abort_chat(tx: Transaction, chat_id: int, reason: str, *, queued_before: int, now: int) -> int:
    """Give up what has waited for a chat since before a time; returns how much that was."""
    return await tx.run(
        tx.sql.outbox.abort_chat, chat_id=chat_id, failure=reason, queued_before=queued_before, ended_at=now
    )


async def uploads_of_chat(tx: Transaction, chat_id: int, *, queued_before: int) -> list[str]:
    """Which files in the spool wait for a chat since before a time, by their names there."""
    rows = await tx.all(tx.sql.outbox.uploads_of_chat, chat_id=chat_id, queued_before=queued_before)
    return [row["upload_spooled"] for row in rows]


async def is_upload_queued(session: Session, spooled: str) -> bool:
    """Whether a message that is yet to be delivered names this file in the spool."""
    return await session.value(session.sql.outbox.is_upload_queued, upload_spooled=spooled) is not None


async def queued_uploads(session: Session) -> set[str]:
    """All files in the spool that messages yet to be delivered name."""
    return {row["upload_spooled"] for row in await session.all(session.sql.outbox.queued_uploads)}


async def move_chat(tx: Transaction, from_chat_id: int, to_chat_id: int) -> int:
    """Send what waits for a chat to the one that it became; returns how much that was."""
    return await tx.run(tx.sql.outbox.move_chat, from_chat_id=from_chat_id, to_chat_id=to_chat_id)


async def counts(session: Session) -> tuple[int, int]:
    """How many messages wait, and how many were given up."""
    row = await session.one(session.sql.outbox.counts)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return row["queued"], row["failed"]


async def replies_to(session: Session, chat_id: int) -> int:
    """How many replies wait for a chat."""
    count: int = await session.value(session.sql.outbox.replies_to, chat_id=chat_id)
    return count


async def oldest_due_reply(session: Session, now: int) -> int | None:
    """Since when the oldest reply waits that should be out: it may go now, or was tried and failed."""
    when: int | None = await session.value(session.sql.outbox.oldest_reply, now=now)
    return when


async def list_failed(session: Session, *, at_most: int = 100) -> list[FailedMessage]:
    """The messages that were given up, latest first."""
    rows = await session.all(session.sql.outbox.list_failed, at_most=at_most)
    return [
        FailedMessage(row["id"], row["chat_id"], row["method"] or row["renderer"], row["failure"], row["ended_at"])
        for row in rows
    ]


async def waiting(session: Session) -> tuple[int, int | None]:
    """How many messages wait that are no announcements, and since when the oldest does."""
    row = await session.one(session.sql.outbox.queued_since)
    assert row is not None  # noqa: S101 - a query of counts always has a row
    return row["messages"], row["since"]


async def drop_queued(tx: Transaction, reason: str, *, now: int) -> int:
    """Give up all that waits and is no announcement; returns how much that was. Nothing follows from it."""
    return await tx.run(tx.sql.outbox.drop_queued, failure=reason, ended_at=now)


async def forget_ended(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete up to `at_most` messages that ended before a time; returns how many."""
    return await tx.run(tx.sql.outbox.forget_ended, before=before, at_most=at_most)


def _follow_up(name: str | None, args: str | None) -> FollowUp | None:
    return None if name is None else FollowUp(name, plain_json.read(args or "{}"))


def _upload(row: Row) -> Upload | None:
    if row["upload_kind"] is None:
        return None
    return Upload(row["upload_kind"], row["upload_spooled"], row["upload_filename"])
