"""Announcements: what they say, how far they have come, and those that were sent before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from storage import plain_json
from storage.records.announcements import (
    Action,
    Announcement,
    AnnouncementButton,
    AnnouncementState,
    AnnouncementText,
    Outcome,
    Tally,
)
from storage.records.durations import DAY_US
from storage.session import Session, Transaction

PAST = (
    AnnouncementState.SCHEDULED,
    AnnouncementState.RUNNING,
    AnnouncementState.PAUSED,
    AnnouncementState.ENDED,
    AnnouncementState.STOPPED,
)
"""What was confirmed."""
PLANNED = (AnnouncementState.SCHEDULED, AnnouncementState.WAITING)
"""What is to go out, at its time or as soon as a second member confirms it."""
_CHOICES = ("who", "focus", "kind", "country", "region", "language", "takes_part")
_ONES = ("conference", "session", "unread")
_LAST = 2**62


async def add(tx: Transaction, *, made_by: int, now: int) -> int:
    """A new draft; its number, which no other had or will have."""
    number: int = await tx.value(tx.sql.announcements.add, made_by=made_by, now=now)
    return number


async def find(session: Session, announcement: int) -> Announcement | None:
    """An announcement."""
    row = await session.one(session.sql.announcements.announcement, id=announcement)
    return None if row is None else _announcement(row)


async def change(tx: Transaction, changed: Announcement) -> bool:
    """Keep what it has become, also whom it is for; False if it was changed since `changed.edition`."""
    audience = plain_json.read(changed.audience)
    touched = await tx.run(
        tx.sql.announcements.change,
        id=changed.id,
        state=changed.state,
        is_official=int(changed.is_official),
        is_paid=int(changed.is_paid),
        audience=changed.audience,
        heading=changed.heading,
        confirmed_by=changed.confirmed_by,
        seconded_by=changed.seconded_by,
        send_at=changed.send_at,
        time_zone=changed.time_zone,
        joins_until=changed.joins_until,
        chases=changed.chases,
        edition=changed.edition,
        **{f"for_{name}": _pattern(audience.get(name, ())) for name in _CHOICES},
        **{f"for_{name}": audience.get(name) or 0 for name in _ONES},
    )
    return touched == 1


async def delete_draft(tx: Transaction, announcement: int) -> bool:
    """Delete one that was not sent; False if it was, or is gone."""
    return await tx.run(tx.sql.announcements.delete_draft, id=announcement) == 1


async def forget_empty(tx: Transaction, *, before: int, at_most: int) -> int:
    """Delete up to `at_most` drafts that were begun before a time and have no text yet; returns how many."""
    return await tx.run(tx.sql.announcements.forget_empty, before=before, at_most=at_most)


async def set_sought(tx: Transaction, announcement: int, words: str) -> None:
    """By which words it is found: all of its own, without accents and capitals."""
    await tx.run(tx.sql.announcements.set_sought, id=announcement, sought=words)


async def texts(session: Session, announcement: int) -> list[AnnouncementText]:
    """What it says, by language."""
    rows = await session.all(session.sql.announcements.texts, id=announcement)
    return [AnnouncementText(**dict(row)) for row in rows]


async def set_text(tx: Transaction, announcement: int, language: str, content: str) -> None:
    """What it says in a language, as JSON; Telegram has to take it (anew)."""
    await tx.run(tx.sql.announcements.set_text, id=announcement, language=language, content=content)


async def remove_text(tx: Transaction, announcement: int, language: str) -> bool:
    """It says nothing in this language any more; False if it did not."""
    return await tx.run(tx.sql.announcements.remove_text, id=announcement, language=language) == 1


async def accept_text(tx: Transaction, announcement: int, language: str, now: int) -> bool:
    """Telegram has taken what it says in this language; False if it says nothing there."""
    return await tx.run(tx.sql.announcements.accept_text, id=announcement, language=language, now=now) == 1


async def buttons(session: Session, announcement: int) -> list[AnnouncementButton]:
    """The buttons under it, in their order."""
    rows = await session.all(session.sql.announcements.buttons, id=announcement)
    return [AnnouncementButton(Action(row["action"]), row["label"], row["url"]) for row in rows]


async def set_buttons(tx: Transaction, announcement: int, under_it: Sequence[AnnouncementButton]) -> None:
    """These buttons are under it."""
    await tx.run(tx.sql.announcements.remove_buttons, id=announcement)
    rows = (
        {"id": announcement, "place": place, "action": one.action, "label": one.label, "url": one.url}
        for place, one in enumerate(under_it)
    )
    await tx.run_many(tx.sql.announcements.add_button, rows)


async def list_page(
    session: Session,
    *,
    words: str = "",
    after: int | None = None,
    at_most: int,
    states: Sequence[AnnouncementState] = PAST,
) -> list[Announcement]:
    """Those in such a state, latest first, behind `after`; `words`, in the form of `set_sought`, are in all of them."""
    literal = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = await session.all(
        session.sql.announcements.page,
        states=_pattern(states), after=_LAST if after is None else after, pattern=f"%{literal}%", at_most=at_most,
    )  # fmt: skip
    return [_announcement(row) for row in rows]


async def count_planned(session: Session) -> int:
    """How many are to go out and have not begun to."""
    number: int = await session.value(session.sql.announcements.count_planned, states=_pattern(PLANNED))
    return number


async def tally(session: Session, announcement: int) -> Tally:
    """What became of it at how many, and how many are still to be done."""
    rows = await session.all(session.sql.announcements.tally, id=announcement)
    return Tally(
        {Outcome(row["state"]): row["how_many"] for row in rows},
        left=await session.value(session.sql.announcements.left, id=announcement),
        read=sum(row["has_read"] for row in rows),
    )


async def start(tx: Transaction, announcement: int, now: int) -> bool:
    """It runs from now on; False if it does already, or did."""
    return await tx.run(tx.sql.announcements.start, id=announcement, now=now) == 1


async def turn(
    tx: Transaction, announcement: int, state: AnnouncementState, *, before: Sequence[AnnouncementState], now: int
) -> bool:
    """It is in another state from now on; False if it was in none of those `before`."""
    return await tx.run(tx.sql.announcements.turn, id=announcement, state=state, before=_pattern(before), now=now) == 1


async def pause_running(tx: Transaction) -> list[int]:
    """All that run are paused from now on; which they were."""
    return [row["id"] for row in await tx.all(tx.sql.announcements.pause_running)]


async def unschedule_due(tx: Transaction, now: int) -> list[int]:
    """All whose time to begin has come are drafts again; which they were."""
    return [row["id"] for row in await tx.all(tx.sql.announcements.unschedule_due, now=now)]


async def put_off_chases(tx: Transaction, now: int) -> None:
    """Whom it was time to ask again whether they have read something is asked the next time, not now."""
    await tx.run(tx.sql.announcements.put_off_chases, now=now, day=DAY_US)


async def finished(session: Session, now: int) -> list[int]:
    """Those that run, with nothing left to do, and that nobody gets any more who joins."""
    return [row["id"] for row in await session.all(session.sql.announcements.finished, now=now)]


async def correct(tx: Transaction, announcement: int) -> bool:
    """What it says was corrected; False if it was not sent, or recalled."""
    return await tx.value(tx.sql.announcements.correct, id=announcement) is not None


async def recall(tx: Transaction, announcement: int, now: int) -> bool:
    """It is recalled, and sent to nobody any more; False if it is already, or was not sent."""
    return await tx.run(tx.sql.announcements.recall, id=announcement, now=now) == 1


async def due(session: Session, now: int) -> list[int]:
    """Those whose time to be sent has come."""
    return [row["id"] for row in await session.all(session.sql.announcements.due, now=now)]


async def with_something_to_do(session: Session) -> list[int]:
    """Those of which something can go into the outbox."""
    return [row["id"] for row in await session.all(session.sql.announcements.with_something_to_do)]


async def half_taken_in(session: Session) -> list[int]:
    """Those of which not everybody was looked at yet whom they may be meant for."""
    return [row["id"] for row in await session.all(session.sql.announcements.half_taken_in)]


async def joinable(session: Session, now: int, *, looked_before: int) -> list[int]:
    """Those that people get who join later, where nobody has looked for them since a time."""
    rows = await session.all(session.sql.announcements.joinable, now=now, looked_before=looked_before)
    return [row["id"] for row in rows]


async def looked_for_joins(tx: Transaction, announcement: int, now: int) -> None:
    """Note that those who joined later were looked for."""
    await tx.run(tx.sql.announcements.looked_for_joins, id=announcement, now=now)


def _pattern(choices: Iterable[str]) -> str:
    joined = " ".join(choices)
    return f" {joined} " if joined else ""


def _announcement(row: Row) -> Announcement:
    fields = dict(row)
    for name in ("is_official", "is_paid"):
        fields[name] = bool(fields[name])
    return Announcement(**{**fields, "state": AnnouncementState(fields["state"])})
