"""Messages that are queued for people, and what has come of them."""

from __future__ import annotations

from typing import Any

from bot.app import Running
from storage import outbox
from storage.records import Call, NewMessage
from storage.session import Transaction
from tests.chat import Phone


def text(chat_id: int, words: str, **more: Any) -> NewMessage:
    """A text for a chat; `more` goes to the message."""
    return NewMessage(chat_id, Call("sendMessage", {"text": words}), **more)


async def queue(bot: Running, *messages: NewMessage) -> None:
    """Let them wait to be sent, in one transaction, and have the delivery look."""
    now = bot.now_us()

    async def work(tx: Transaction) -> None:
        for message in messages:
            outbox.add(tx, message, now)

    await bot.database.write(work)
    bot.wake_delivery()


async def has_texts(phone: Phone, *texts: str) -> bool:
    """Whether these have come after the welcome, and nothing else."""
    return tuple((await phone.from_bot())[1:]) == texts


async def nothing_queued(bot: Running) -> bool:
    """Whether it is recorded of all messages what became of them."""
    return (await outbox.counts(bot.database.reader))[0] == 0
