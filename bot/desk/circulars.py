"""Letters that the Secretariat writes first: to one person, or to all who lead a Center."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import sending, threads
from bot.members.roles import Rights
from storage import audit, desk
from storage.outbox import Post
from storage.records import Written
from storage.session import Transaction


class OnlyWordsError(Exception):
    """Several people are written to in words alone."""


async def write(
    tx: Transaction,
    rights: Rights,
    person_ids: Sequence[int],
    author_id: int,
    written: Written,
    *,
    now: int,
    post: Post,
) -> int:
    """Write to people, whoever wrote last; to how many it goes. Their group sees it where they have a place in it.

    Raises:
        NotAllowedError: whoever wrote is not of the Secretariat.
        OnlyWordsError: it is no text, and for several.
    """
    await rights.need_staff(tx, author_id)
    if len(person_ids) > 1 and written.content != "text":
        raise OnlyWordsError
    first: int | None = None
    for person_id in person_ids:
        await desk.begin_thread(tx, person_id, now)
        thread = await desk.thread_of(tx, person_id)
        if thread is None:
            continue
        if first is None:
            letter = await threads.from_staff(tx, rights, thread, author_id, written, now=now, post=post)
            first = None if letter is None else letter.id
        else:
            letter = await desk.letter(tx, await desk.add_same(tx, first, thread.id, person_id))
            if letter is not None:
                sending.to_person(thread, letter, follows_album=False, post=post)
                await desk.settle(tx, thread.id, "answered", was=thread.state, person_id=author_id, now=now)
                await audit.add(
                    tx, author_id, "desk.answer", f"thread:{thread.id}", now=now,
                    before={"state": thread.state}, after={"state": "answered", "letter": letter.id},
                )  # fmt: skip
        if letter is not None and thread.group_id is not None:
            sending.post_note(thread.group_id, thread.id, "written", post, letter_id=letter.id)
    return 0 if first is None else len(person_ids)
