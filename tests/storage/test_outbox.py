"""The outbox: what is said leaves in the order in which it was said, and what became of it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from storage import outbox
from storage.database import Database
from storage.records import Call, FailedMessage, FollowUp, MessageClass, NewMessage, QueuedMessage, Rendered, Upload
from storage.session import Transaction


def text(chat_id: int, words: str, message_class: MessageClass = MessageClass.REPLY) -> NewMessage:
    return NewMessage(chat_id, Call("sendMessage", {"text": words}), message_class)


async def say(database: Database, *messages: NewMessage, now: int = 1) -> None:
    async def work(tx: Transaction) -> None:
        for message in messages:
            outbox.add(tx, message, now)

    await database.write(work)


async def mark(database: Database, how: Callable[[Transaction], Any]) -> None:
    async def work(tx: Transaction) -> None:
        how(tx)

    await database.write(work)


async def queued(
    database: Database, message_class: MessageClass = MessageClass.REPLY, *, after: int = 0
) -> list[QueuedMessage]:
    return await outbox.queued(database.reader, message_class, after=after, at_most=100)


async def test_messages_come_back_as_they_were_and_in_order(database: Database) -> None:
    late = NewMessage(5, Rendered("reminder", {"session": 3}), MessageClass.REMINDER, FollowUp("noted", {"a": "ü"}))
    await say(database, text(5, "one"), late, text(6, "half a pair: \ud83d"), text(5, "three"), now=9)
    replies = await queued(database)
    assert [(row.chat_id, row.content) for row in replies] == [
        (5, Call("sendMessage", {"text": "one"})),
        (6, Call("sendMessage", {"text": "half a pair: \ud83d"})),
        (5, Call("sendMessage", {"text": "three"})),
    ]
    assert [row.content for row in await queued(database, after=replies[1].id)] == [replies[2].content]
    (reminder,) = await queued(database, MessageClass.REMINDER)
    assert reminder == QueuedMessage(
        reminder.id, 5, MessageClass.REMINDER, late.content, late.follow_up,
        tries=0, parts_sent=0, not_before=0, queued_at=9,
    )  # fmt: skip
    assert await queued(database, MessageClass.ANNOUNCEMENT) == []


async def test_what_ended_is_queued_no_more(database: Database) -> None:
    await say(database, *(text(1, words) for words in ("sent", "failed", "aborted", "waits")))
    ids = [row.id for row in await queued(database)]
    await mark(database, lambda tx: outbox.sent(tx, ids[0], 77, 5))
    await mark(database, lambda tx: outbox.failed(tx, ids[1], "chat not found", 6))
    await mark(database, lambda tx: outbox.aborted(tx, ids[2], "no longer needed", 7))
    assert [row.id for row in await queued(database)] == [ids[3]]
    assert await outbox.counts(database.reader) == (1, 1)
    assert await outbox.list_failed(database.reader) == [FailedMessage(ids[1], 1, "sendMessage", "chat not found", 6)]


async def test_progress_and_retries_are_kept(database: Database) -> None:
    await say(database, text(1, "long"))
    (row,) = await queued(database)
    await mark(database, lambda tx: outbox.retry_later(tx, row.id, tries=3, not_before=50, failure="502"))
    (row,) = await queued(database)
    assert (row.tries, row.not_before, row.parts_sent) == (3, 50, 0)
    await mark(database, lambda tx: outbox.part_sent(tx, row.id, 2, 78))
    (row,) = await queued(database)
    assert (row.tries, row.parts_sent) == (0, 2)


async def test_a_chat_is_given_up_up_to_a_time(database: Database) -> None:
    await say(database, text(1, "old"), text(2, "another's"), now=10)
    await say(database, text(1, "new"), now=20)
    given_up = await database.write(lambda tx: outbox.abort_chat(tx, 1, "unreachable", queued_before=20, now=30))
    assert given_up == 1
    assert [row.content.params["text"] for row in await queued(database) if isinstance(row.content, Call)] == [
        "another's",
        "new",
    ]


async def test_a_file_is_named_until_its_message_is_out(database: Database) -> None:
    upload = Upload("photo", "0a1b", "statistics.png")
    message = NewMessage(1, upload.as_call({"caption": "ü"}))
    await say(database, message, text(2, "no file"), message)
    first, _, second = await queued(database)
    assert first.content == message.content == Call("sendPhoto", {"caption": "ü"}, upload)
    assert await outbox.queued_uploads(database.reader) == {"0a1b"}
    await mark(database, lambda tx: outbox.sent(tx, first.id, 1, 10))
    assert await outbox.is_upload_queued(database.reader, "0a1b")
    assert await database.write(lambda tx: outbox.uploads_of_chat(tx, 1, queued_before=20)) == ["0a1b"]
    await mark(database, lambda tx: outbox.failed(tx, second.id, "no", 10))
    assert not await outbox.is_upload_queued(database.reader, "0a1b")
    assert await outbox.queued_uploads(database.reader) == set()


async def test_a_chat_is_followed_where_it_moved(database: Database) -> None:
    await say(database, text(-1, "to the group"), text(2, "to somebody"))
    assert await database.write(lambda tx: outbox.move_chat(tx, -1, -1001)) == 1
    assert [row.chat_id for row in await queued(database)] == [-1001, 2]


async def test_the_oldest_reply_that_should_be_out(database: Database) -> None:
    assert await outbox.oldest_due_reply(database.reader, 100) is None
    await say(database, text(1, "no reply", MessageClass.REMINDER), now=5)
    assert await outbox.oldest_due_reply(database.reader, 100) is None
    await say(database, text(1, "a reply"), now=10)
    await say(database, text(1, "another"), now=20)
    assert await outbox.oldest_due_reply(database.reader, 100) == 10


async def test_a_reply_that_telegram_asked_to_wait_with_is_not_due_but_one_that_failed_is(database: Database) -> None:
    await say(database, text(1, "a reply"), now=10)
    (row,) = await queued(database)
    await mark(database, lambda tx: outbox.retry_later(tx, row.id, tries=0, not_before=500, failure="flood"))
    assert await outbox.oldest_due_reply(database.reader, 100) is None
    await mark(database, lambda tx: outbox.retry_later(tx, row.id, tries=4, not_before=500, failure="502"))
    assert await outbox.oldest_due_reply(database.reader, 100) == 10


async def test_only_what_ended_long_ago_is_forgotten(database: Database) -> None:
    await say(database, *(text(1, words) for words in ("old", "old too", "recent", "waits")))
    ids = [row.id for row in await queued(database)]
    await mark(database, lambda tx: outbox.sent(tx, ids[0], 1, 10))
    await mark(database, lambda tx: outbox.failed(tx, ids[1], "no", 10))
    await mark(database, lambda tx: outbox.sent(tx, ids[2], 1, 20))
    assert await database.write(lambda tx: outbox.forget_ended(tx, before=20, at_most=1)) == 1
    assert await database.write(lambda tx: outbox.forget_ended(tx, before=20, at_most=100)) == 1
    assert await database.write(lambda tx: outbox.forget_ended(tx, before=20, at_most=100)) == 0
    assert [row.id for row in await queued(database)] == ids[3:]


async def test_a_place_in_the_queue_is_never_given_twice(database: Database) -> None:
    await say(database, text(1, "old"))
    (row,) = await queued(database)
    await mark(database, lambda tx: outbox.sent(tx, row.id, 1, 10))
    await database.write(lambda tx: outbox.forget_ended(tx, before=1000, at_most=100))
    await say(database, text(1, "new"))
    assert len(await queued(database, after=row.id)) == 1  # the running bot looks behind the last that it saw
