"""Which messages have shown whose record, so that they can be replaced when that person is erased.

A message stays here when it shows something else: it most likely leads back to where the record is named.
"""

from __future__ import annotations

from storage.session import Transaction


def shows(tx: Transaction, chat_id: int, message_id: int, delegate_id: int) -> None:
    """Note, with the commit, that a message is about to show a record."""
    tx.run_later(tx.sql.shown_records.add, chat_id=chat_id, message_id=message_id, delegate=delegate_id)


async def add(tx: Transaction, chat_id: int, message_id: int, delegate_id: int) -> bool:
    """Note that a new message shows a record; False if the record is gone."""
    query = tx.sql.shown_records.add
    return await tx.run(query, chat_id=chat_id, message_id=message_id, delegate=delegate_id) == 1


async def forget_chat(tx: Transaction, chat_id: int) -> None:
    """The messages of a chat can be reached no longer."""
    await tx.run(tx.sql.shown_records.forget_chat, chat_id=chat_id)
