"""The Secretariat's group: how it is bound, followed and let go."""

from __future__ import annotations

from bot.desk import sending
from bot.members.roles import Rights
from storage import audit, desk, people, secretariat
from storage.outbox import Post
from storage.records import SecretariatGroup
from storage.records.desk import Letter
from storage.session import Transaction


class AlreadyBoundError(Exception):
    """It is this very group that is bound."""


class NotBoundError(Exception):
    """This group is not the one that is bound."""


async def bind(
    tx: Transaction, rights: Rights, chat_id: int, title: str, *, is_forum: bool, by: int, now: int, post: Post
) -> SecretariatGroup | None:
    """Make a group the Secretariat's; what waits goes there. The group that it was before, if there was one.

    Raises:
        NotAllowedError: only owners may.
        AlreadyBoundError: it is already; its topics are tried anew.
    """
    rights.need_owner(by)
    before = await secretariat.bound(tx)
    await people.meet_group(tx, chat_id, title, now)
    await secretariat.bind(tx, chat_id, title, is_forum=is_forum, bound_by=by, now=now)
    group = SecretariatGroup(chat_id, title, is_forum=is_forum, uses_topics=is_forum, bound_by=by, bound_at=now)
    if before is not None and before.chat_id == chat_id:
        raise AlreadyBoundError
    await audit.add(tx, by, "group.bind", f"chat:{chat_id}", now=now, before=_as_json(before), after=_as_json(group))
    await _carry(tx, group, await desk.unsent(tx, chat_id), now=now, post=post)
    return before


async def unbind(tx: Transaction, rights: Rights, chat_id: int, *, by: int, now: int) -> None:
    """Let the group go; what people write waits for another.

    Raises:
        NotAllowedError: only owners may.
        NotBoundError: it is not this one.
    """
    rights.need_owner(by)
    if not await lose(tx, chat_id, by=by, now=now):
        raise NotBoundError


async def lose(tx: Transaction, chat_id: int, *, by: int, now: int) -> bool:
    """The bot is in the group no longer; False if it was not the Secretariat's."""
    before = await secretariat.bound(tx)
    if before is None or before.chat_id != chat_id or not await secretariat.unbind(tx, chat_id):
        return False
    await audit.add(tx, by, "group.unbind", f"chat:{chat_id}", now=now, before=_as_json(before))
    return True


async def follow(tx: Transaction, from_chat_id: int, to_chat_id: int, *, by: int, now: int, post: Post) -> bool:
    """The group became a supergroup: what waits is shown there anew, where it can be replied to.

    What was queued for the old one follows by itself. False if it was not the Secretariat's.
    """
    if not await secretariat.became(tx, from_chat_id, to_chat_id):
        return False
    await audit.add(
        tx, by, "group.migrate", f"chat:{to_chat_id}", now=now,
        before={"chat_id": from_chat_id}, after={"chat_id": to_chat_id},
    )  # fmt: skip
    group = await secretariat.bound(tx)
    if group is not None:
        await _carry(tx, group, await desk.sent_to(tx, from_chat_id), now=now, post=post)
    return True


async def _carry(tx: Transaction, group: SecretariatGroup, letters: list[Letter], *, now: int, post: Post) -> None:
    shown: set[int] = set()
    for letter in letters:
        thread = await desk.thread(tx, letter.thread_id)
        if thread is not None:
            new_wait = letter.thread_id not in shown
            await sending.to_group(tx, group, thread, letter, new_wait=new_wait, now=now, post=post)
            shown.add(letter.thread_id)


def _as_json(group: SecretariatGroup | None) -> dict[str, object] | None:
    return None if group is None else {"chat_id": group.chat_id, "title": group.title, "is_forum": group.is_forum}
