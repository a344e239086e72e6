"""What the desk looks after from time to time: who waits for too long, and whether its group is still there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.desk import group as groups
from handlers.desk_staff import as_card
from handlers.owners import to_owners
from handlers.turn import Desk
from handlers.views import desk_staff as views
from storage import desk, outbox, secretariat
from storage.database import Database
from storage.outbox import Post
from storage.records import Call, NewMessage
from storage.records.audit import THE_BOT
from storage.session import Transaction

LOOK_EVERY_S = 60.0


def watching(database: Database, desk_at_hand: Desk, wake: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """A job that looks after the desk; `wake` is called when it has queued something."""

    async def work(tx: Transaction) -> int:
        messages: list[NewMessage] = []
        await look(tx, desk_at_hand, messages.append)
        for message in messages:
            outbox.add(tx, message, desk_at_hand.clock.now_us())
        return len(messages)

    async def look_after_desk() -> None:
        if await database.write(work):
            wake()

    return look_after_desk


async def look(tx: Transaction, desk_at_hand: Desk, post: Post) -> None:
    """Tell the group who has waited for too long, each named once in their wait; within office hours."""
    now = desk_at_hand.clock.now_us()
    group = await secretariat.bound(tx)
    if group is not None and await secretariat.is_lost(tx):
        if await groups.lose(tx, group.chat_id, by=THE_BOT, now=now):
            for message in await to_owners(tx, desk_at_hand, lambda t: views.group_lost(t, group.title)):
                post(message)
        return
    if group is None or not desk_at_hand.office.is_open(now):
        return
    late = await desk.ring(tx, now)
    if late:
        _ = desk_at_hand.catalogues.translator(desk_at_hand.default_language)
        cards = [await as_card(tx, thread) for thread in late]
        # Whoever has waited as long as they have has waited too long as well, and was named before.
        count = await desk.count_waiting_since(tx, late[-1].waiting_since)
        text = views.alarm(_, cards, count, await desk.count_waiting(tx), group, now)
        post(NewMessage(group.chat_id, Call("sendMessage", text.as_params())))
