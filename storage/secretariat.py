"""The group in which the Secretariat works: one, or none."""

from __future__ import annotations

from storage.records import SecretariatGroup
from storage.session import Session, Transaction


async def bound(session: Session) -> SecretariatGroup | None:
    """The group that is bound now."""
    row = await session.one(session.sql.secretariat.bound)
    if row is None:
        return None
    return SecretariatGroup(
        row["chat_id"],
        row["title"],
        is_forum=bool(row["is_forum"]),
        uses_topics=bool(row["uses_topics"]),
        bound_by=row["bound_by"],
        bound_at=row["bound_at"],
    )


async def bind(tx: Transaction, chat_id: int, title: str, *, is_forum: bool, bound_by: int, now: int) -> None:
    """Bind a group, in the place of any other."""
    await tx.run(
        tx.sql.secretariat.bind,
        chat_id=chat_id,
        title=title.encode(errors="replace").decode(),
        is_forum=int(is_forum),
        bound_by=bound_by,
        bound_at=now,
    )


async def unbind(tx: Transaction, chat_id: int) -> bool:
    """Let a group go; False if it was not the one."""
    return await tx.run(tx.sql.secretariat.unbind, chat_id=chat_id) == 1


async def became(tx: Transaction, from_chat_id: int, to_chat_id: int) -> bool:
    """Follow the group to the supergroup that it became; False if it was not the one."""
    return await tx.run(tx.sql.secretariat.became, from_chat_id=from_chat_id, to_chat_id=to_chat_id) == 1


async def topics_switched(tx: Transaction, chat_id: int, *, is_forum: bool) -> bool:
    """Note whether the group has topics; False if that was known."""
    return await tx.run(tx.sql.secretariat.topics_switched, chat_id=chat_id, is_forum=int(is_forum)) == 1


async def topics_refused(tx: Transaction, chat_id: int) -> bool:
    """Note that the bot may not make topics there; False if that was known."""
    return await tx.run(tx.sql.secretariat.topics_refused, chat_id=chat_id) == 1


async def is_lost(session: Session) -> bool:
    """Whether the bot was refused in the group that is bound: it is no longer there."""
    return await session.value(session.sql.secretariat.is_lost) is not None
