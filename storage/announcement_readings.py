"""What people do with an announcement that reached them, who is asked again, and how its words are to be corrected."""

from __future__ import annotations

from dataclasses import dataclass

from storage.session import Session, Transaction


@dataclass(frozen=True, slots=True)
class Chase:
    """Those who have not read an announcement are to be asked again at a time, and then every few days.

    `only_centers`: only people of Centers of which nobody has. `by` is None once that person was erased.
    """

    at: int
    every_days: int
    by: int | None
    only_centers: bool


@dataclass(frozen=True, slots=True)
class DueChase:
    """It is time to ask those again who have not read an announcement."""

    announcement: int
    chase: Chase


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to replace a text that was sent, as JSON; `accepted_at` is when Telegram took its preview.

    `confirmed_by` is who has confirmed it, where a second person has to.
    """

    content: str
    accepted_at: int | None
    confirmed_by: int | None


async def read(tx: Transaction, announcement: int, person_id: int, now: int) -> bool:
    """Note that somebody has read it, and what it chases or is chased by; False if that was known."""
    return await tx.run(tx.sql.announcement_readings.read, announcement=announcement, person_id=person_id, now=now) > 0


async def is_recipient(session: Session, announcement: int, person_id: int) -> bool:
    """Whether an announcement was for somebody."""
    found = await session.value(
        session.sql.announcement_readings.is_recipient, announcement=announcement, person_id=person_id
    )
    return found is not None


async def at_message(session: Session, person_id: int, message_id: int) -> int | None:
    """The announcement that a message in somebody's private chat is (a part of)."""
    number: int | None = await session.value(
        session.sql.announcement_readings.at_message, person_id=person_id, pattern=f"% {message_id} %"
    )
    return number


async def count_unread(session: Session, announcement: int, *, only_centers: bool = False) -> int:
    """How many have it, can be written to, and have not said that they have read it.

    `only_centers`: of those, whoever belongs to a Center of which nobody has.
    """
    number: int = await session.value(
        session.sql.announcement_readings.count_unread, announcement=announcement, only_centers=int(only_centers)
    )
    return number


async def only_silent(tx: Transaction, announcement: int) -> None:
    """A chase goes to Centers of which nobody has read what it chases, and to nobody else."""
    await tx.run(tx.sql.announcement_readings.only_silent, id=announcement)


async def set_chase(tx: Transaction, announcement: int, chase: Chase | None, *, was: int | None) -> bool:
    """When those who have not read it are asked again, and how often; False if the time is not as it `was`."""
    return (
        await tx.run(
            tx.sql.announcement_readings.set_chase,
            id=announcement,
            was=was or 0,
            every_days=None if chase is None else chase.every_days,
            chase_at=None if chase is None else chase.at,
            chase_by=None if chase is None else chase.by,
            only_centers=int(chase is not None and chase.only_centers),
        )
        == 1
    )


async def chased(session: Session, announcement: int) -> int:
    """How often those who have not read it were asked again."""
    number: int | None = await session.value(session.sql.announcement_readings.chased, id=announcement)
    return number or 0


async def count_chase(tx: Transaction, announcement: int, *, was: int) -> bool:
    """Note that they are asked again; False if that was done meanwhile."""
    return await tx.run(tx.sql.announcement_readings.count_chase, id=announcement, was=was) == 1


async def due_chases(session: Session, now: int, *, at_most: int) -> list[DueChase]:
    """Whom it is time to ask again."""
    rows = await session.all(session.sql.announcement_readings.due_chases, now=now, at_most=at_most)
    return [
        DueChase(
            row["id"], Chase(row["chase_at"], row["chase_every_days"], row["chase_by"], bool(row["chase_centers"]))
        )
        for row in rows
    ]


async def chase_next(tx: Transaction, due: DueChase, chase_at: int | None) -> bool:
    """When it is time next; False if somebody else has seen to it."""
    return (
        await tx.run(tx.sql.announcement_readings.chase_next, id=due.announcement, was=due.chase.at, chase_at=chase_at)
        == 1
    )


async def chase_wanted(session: Session, announcement: int) -> tuple[str, int] | None:
    """What one member of the Secretariat has confirmed and a second is to, and who that was; None if nothing waits."""
    row = await session.one(session.sql.announcement_readings.chase_wanted, id=announcement)
    return None if row is None else (row["chase_wanted"], row["chase_wanted_by"])


async def want_chase(tx: Transaction, announcement: int, wanted: str | None, *, by: int | None) -> None:
    """Somebody has confirmed this, and somebody else is to; of nothing: nothing waits any more."""
    await tx.run(tx.sql.announcement_readings.want_chase, id=announcement, wanted=wanted, by=by)


async def chases(session: Session, announcement: int) -> list[int]:
    """The announcements by which those who have not read it were asked again."""
    return [row["id"] for row in await session.all(session.sql.announcement_readings.chases, id=announcement)]


async def correct_chase(tx: Transaction, chase: int, announcement: int, language: str) -> None:
    """A chase says in a language what it chases says."""
    await tx.run(tx.sql.announcement_readings.correct_chase, chase=chase, announcement=announcement, language=language)


async def propose(tx: Transaction, announcement: int, language: str, correction: str) -> bool:
    """Keep what is to replace a text; False if it has none in this language."""
    return (
        await tx.run(
            tx.sql.announcement_readings.propose, announcement=announcement, language=language, correction=correction
        )
        == 1
    )


async def correction(session: Session, announcement: int, language: str) -> Correction | None:
    """What is to replace a text; None if nothing is."""
    row = await session.one(session.sql.announcement_readings.correction, announcement=announcement, language=language)
    if row is None or row["correction"] is None:
        return None
    return Correction(row["correction"], row["correction_accepted_at"], row["correction_confirmed_by"])


async def accept_correction(tx: Transaction, announcement: int, language: str, content: str, now: int) -> bool:
    """Telegram has taken this; False if it is another by now."""
    return await tx.run(
        tx.sql.announcement_readings.accept_correction,
        announcement=announcement, language=language, correction=content, now=now,
    ) == 1  # fmt: skip


async def confirm_correction(tx: Transaction, announcement: int, language: str, *, by: int) -> bool:
    """Somebody has confirmed it, and somebody else is to; False if that is so, or Telegram has not taken it."""
    return await tx.run(
        tx.sql.announcement_readings.confirm_correction, announcement=announcement, language=language, by=by
    ) == 1  # fmt: skip


async def take_correction(tx: Transaction, announcement: int, language: str) -> bool:
    """It is the text from now on; False if there is none, or Telegram has not taken it."""
    return await tx.run(tx.sql.announcement_readings.take_correction, announcement=announcement, language=language) == 1
