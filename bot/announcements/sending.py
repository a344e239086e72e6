"""An announcement is sent: begun, paused, resumed and stopped, and fed into the outbox a few thousand at a time.

Only what goes out within the next minutes stands in the outbox. So a pause takes hold at once, and neither memory nor
the outbox grows with the audience.
"""

from __future__ import annotations

from functools import partial

from bot.members.roles import Rights
from storage import announcement_recipients as recipients
from storage import announcements, audit
from storage.database import Database
from storage.records.announcements import AnnouncementState
from storage.records.durations import MINUTE_US
from storage.session import Transaction

WINDOW = 3_000
"""So many recipients of an announcement are in the outbox at a time: three seconds at the highest pace."""
BATCH = 100
"""So many are put into the outbox in one transaction, which takes a few milliseconds."""
PIECE = 400
"""So many people are looked at in one transaction, for the same reason."""
PIECES_AT_ONCE = 100
TAKEN_IN_AT_ONCE = 4_000
"""After so many recipients, those who are taken in are queued first: more than go out until the next look."""
JOINS_EVERY_US = MINUTE_US
JOINING_AT_MOST = 1_000
BOT = 0
RUNNING = (AnnouncementState.RUNNING,)


async def begin(tx: Transaction, rights: Rights, person_id: int, announcement: int, now: int) -> bool:
    """Send it, to everybody whom it is meant for; False if that was done already.

    Of many, only the first are taken in here, and the others as it is fed: nobody's transaction waits for long.

    Raises:
        NotAllowedError: only the Secretariat may.
    """
    await rights.need_staff(tx, person_id)
    return await _begin(tx, announcement=announcement, by=person_id, now=now)


async def pause(tx: Transaction, rights: Rights, person_id: int, announcement: int, now: int) -> bool:
    """Send it to nobody until it is resumed; False if it does not run. Raises NotAllowedError."""
    return await _turn(tx, rights, person_id, announcement, AnnouncementState.PAUSED, before=RUNNING, now=now)


async def resume(tx: Transaction, rights: Rights, person_id: int, announcement: int, now: int) -> bool:
    """Go on with it; False if it is not paused. Raises NotAllowedError."""
    paused = (AnnouncementState.PAUSED,)
    return await _turn(tx, rights, person_id, announcement, AnnouncementState.RUNNING, before=paused, now=now)


async def stop(tx: Transaction, rights: Rights, person_id: int, announcement: int, now: int) -> bool:
    """Send it to nobody any more; False if it neither runs, nor is paused, nor waits for its time.

    Raises:
        NotAllowedError: only the Secretariat may.
    """
    before = (AnnouncementState.RUNNING, AnnouncementState.PAUSED, AnnouncementState.SCHEDULED)
    stopped = await _turn(tx, rights, person_id, announcement, AnnouncementState.STOPPED, before=before, now=now)
    if stopped:
        await recipients.skip(tx, announcement)
    return stopped


async def feed(database: Database, now: int) -> int:
    """Begin what is due, take in who joined, queue what is next, end what is done; how much was queued.

    In short transactions, so that whoever writes meanwhile is answered at once.
    """
    await _begin_due(database, now)
    await _take_in(database)
    await _take_in_joined(database, now)
    fed = 0
    for announcement in await announcements.with_something_to_do(database.reader):
        fed += await _queue(database, announcement, now)
    for announcement in await announcements.finished(database.reader, now):
        end = partial(
            announcements.turn, announcement=announcement, state=AnnouncementState.ENDED, before=RUNNING, now=now
        )
        await database.write(end)
    return fed


async def _begin(tx: Transaction, *, announcement: int, by: int, now: int) -> bool:
    if not await announcements.start(tx, announcement, now):
        return False
    await recipients.take_in(tx, announcement, at_most=PIECE)
    await audit.add(tx, by, "announcement.begin", f"announcement:{announcement}", now=now)
    return True


async def _turn(
    tx: Transaction,
    rights: Rights,
    person_id: int,
    announcement: int,
    state: AnnouncementState,
    *,
    before: tuple[AnnouncementState, ...],
    now: int,
) -> bool:
    await rights.need_staff(tx, person_id)
    if not await announcements.turn(tx, announcement, state, before=before, now=now):
        return False
    await audit.add(tx, person_id, f"announcement.{_ACTS[state]}", f"announcement:{announcement}", now=now)
    return True


_ACTS = {
    AnnouncementState.PAUSED: "pause",
    AnnouncementState.RUNNING: "resume",
    AnnouncementState.STOPPED: "stop",
}


async def _begin_due(database: Database, now: int) -> None:
    for announcement in await announcements.due(database.reader, now):
        await database.write(partial(_begin, announcement=announcement, by=BOT, now=now))


async def _queue(database: Database, announcement: int, now: int) -> int:
    """Put as many into the outbox as there is room for; how many."""
    queued, room = 0, WINDOW - await recipients.under_way(database.reader, announcement)
    queue = partial(recipients.queue, announcement=announcement, at_most=BATCH, now=now)
    for _batch in range(room // BATCH):
        batch = await database.write(queue)
        queued += batch
        if batch < BATCH:
            break
    return queued


async def _take_in(database: Database) -> None:
    """More of those whom it was meant for when it began."""
    for announcement in await announcements.half_taken_in(database.reader):
        taken = 0
        for _piece in range(PIECES_AT_ONCE):
            more = await database.write(partial(recipients.take_in, announcement=announcement, at_most=PIECE))
            if more is None:
                break
            taken += more
            if taken >= TAKEN_IN_AT_ONCE:
                break


async def _take_in_joined(database: Database, now: int) -> None:
    """Whoever belongs to the audience by now. Looked for beside the transactions: it may take a second."""
    looked_before = now - JOINS_EVERY_US
    for announcement in await announcements.joinable(database.reader, now, looked_before=looked_before):
        people = await recipients.newcomers(database.counter, announcement, at_most=JOINING_AT_MOST)
        await database.write(partial(_add, announcement=announcement, people=people, now=now))


async def _add(tx: Transaction, *, announcement: int, people: list[int], now: int) -> None:
    await announcements.looked_for_joins(tx, announcement, now)
    await recipients.add(tx, announcement, people)
