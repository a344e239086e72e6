"""What stands in a database that is backed up."""

from __future__ import annotations

from storage import outbox
from storage.database import Database
from storage.records import Call, MessageClass, NewMessage, Upload
from storage.session import Transaction


async def queued(database: Database, text: str, *, now: int = 1, upload: Upload | None = None) -> None:
    """A reply waits to be sent, with a file or without; `now` is in microseconds."""
    call = Call("sendDocument" if upload else "sendMessage", {"text": text}, upload)
    message = NewMessage(chat_id=5, message_class=MessageClass.REPLY, content=call)

    async def work(tx: Transaction) -> None:
        outbox.add(tx, message, now)

    await database.write(work)
