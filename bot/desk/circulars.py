"""Letters that the Secretariat writes first: to one person, or to all who lead a Center."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import sending, threads
from bot.desk.hours import Office
from bot.members.roles import Rights
from storage import desk
from storage.outbox import Post
from storage.records.desk import Written
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
    office: Office,
    now: int,
    post: Post,
) -> int:
    """Write to people, whoever wrote last; to how many it goes. Their group sees it where they have a place in it.

    What goes to several answers nobody: those of them who wait for an answer go on waiting.

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
            is_answer = len(person_ids) == 1
            letter = await threads.from_staff(
                tx, rights, thread, author_id, written, office=office, now=now, post=post, is_answer=is_answer
            )
            first = None if letter is None else letter.id
        else:
            letter = await threads.same_from_staff(tx, thread, first, now=now, post=post)
        if letter is not None and thread.group_id is not None:
            sending.post_note(thread.group_id, thread.id, "written", post, letter_id=letter.id)
    return 0 if first is None else len(person_ids)
