"""What the database knows of itself."""

from __future__ import annotations

from storage.errors import ForeignDatabaseError
from storage.session import Session, Transaction

_BACKUPS_TOLD = "backups_told_at"


async def belong_to(tx: Transaction, bot_id: int, username: str) -> None:
    """Tie the database to one bot: another's updates have other numbers, and would be taken for known ones.

    Raises:
        ForeignDatabaseError: it is tied to another bot already.
    """
    owner = await tx.value(tx.sql.about.get, name="bot_id")
    if owner is not None and owner != str(bot_id):
        name = await tx.value(tx.sql.about.get, name="bot_username")
        raise ForeignDatabaseError(
            f"This database belongs to @{name}, but the token is @{username}'s. "
            "Set `database.path` to another file, or use the token of that bot."
        )
    await tx.run(tx.sql.about.put, name="bot_id", value=str(bot_id))
    await tx.run(tx.sql.about.put, name="bot_username", value=username)


async def owner(session: Session) -> tuple[int, str] | None:
    """The id and the user name of the bot that the database belongs to; None before its first start."""
    number = await session.value(session.sql.about.get, name="bot_id")
    name = await session.value(session.sql.about.get, name="bot_username")
    return None if number is None else (int(number), name)


async def backups_told_at(session: Session) -> int | None:
    """When the owners were told last that no backup is made, in microseconds since 1970; None: all is well again."""
    told = await session.value(session.sql.about.get, name=_BACKUPS_TOLD)
    return None if told is None else int(told)


async def note_backups_told(tx: Transaction, now: int | None) -> None:
    """The owners are told that no backup is made, at `now` in microseconds; with None, that all is well again."""
    if now is None:
        await tx.run(tx.sql.about.remove, name=_BACKUPS_TOLD)
    else:
        await tx.run(tx.sql.about.put, name=_BACKUPS_TOLD, value=str(now))
