"""What comes of a conference from each Center: who of its delegates has answered, and whether it comes at all."""

from __future__ import annotations

from collections.abc import Mapping

from storage.participations import or_none
from storage.records.participations import Attendance, DelegateAnswer, ParticipationState
from storage.session import Query, Session, Transaction


async def of_center(
    session: Session, conference_id: int, center_id: int, *, at_most: int, skipped: int = 0
) -> list[DelegateAnswer]:
    """The delegates of a Center and what they have answered; those who have not, first."""
    rows = await session.all(
        session.sql.participations.of_center,
        conference=conference_id, center=center_id, at_most=at_most, skipped=skipped,
    )  # fmt: skip
    return [
        DelegateAnswer(
            row["id"], row["person_id"], f"{row['given_name']} {row['family_name']}",
            or_none(ParticipationState, row["state"]), or_none(Attendance, row["attendance"]),
        )
        for row in rows
    ]  # fmt: skip


async def counts_of_center(
    session: Session, conference_id: int, center_id: int
) -> Mapping[ParticipationState | None, int]:
    """How many delegates of a Center have answered so; None: not at all."""
    rows = await session.all(session.sql.participations.counts_of_center, conference=conference_id, center=center_id)
    return {or_none(ParticipationState, row["state"]): row["number"] for row in rows}


async def unanswered_of_center(session: Session, conference_id: int, center_id: int, *, but: int) -> list[int]:
    """The people of a Center who have not answered and can be reached, but for one."""
    rows = await session.all(
        session.sql.participations.unanswered_of_center, conference=conference_id, center=center_id, but=but
    )
    return [row["person_id"] for row in rows]


async def chase(tx: Transaction, conference_id: int, center_id: int, *, not_since: int, now: int) -> bool:
    """Note that those of a Center are reminded now; False if they were after `not_since`."""
    touched = await tx.run(
        tx.sql.participations.chase, conference=conference_id, center=center_id, not_since=not_since, now=now
    )
    return touched == 1


async def is_absent(session: Session, conference_id: int, center_id: int) -> bool:
    """Whether a Center has said that it does not come."""
    row = await session.one(session.sql.participations.absence, conference=conference_id, center=center_id)
    return row is not None


async def say_absent(tx: Transaction, conference_id: int, center_id: int, *, by: int, now: int) -> bool:
    """Note that a Center does not come; False if it has said so."""
    query = tx.sql.participations.say_absent
    return await tx.run(query, conference=conference_id, center=center_id, by=by, now=now) == 1


async def take_back_absence(tx: Transaction, conference_id: int, center_id: int) -> bool:
    """Note that a Center comes after all; False if it had not said anything else."""
    query = tx.sql.participations.take_back_absence
    return await tx.run(query, conference=conference_id, center=center_id) == 1


async def silent_centers(session: Session, conference_id: int, *, at_most: int, skipped: int = 0) -> list[int]:
    """Centers of which nobody has answered, by name; not those that have said that they do not come."""
    return await _centers(session, session.sql.participations.silent_centers, conference_id, at_most, skipped)


async def count_silent_centers(session: Session, conference_id: int) -> int:
    """How many those are."""
    number: int = await session.value(session.sql.participations.count_silent_centers, conference=conference_id)
    return number


async def absent_centers(session: Session, conference_id: int, *, at_most: int, skipped: int = 0) -> list[int]:
    """Centers that have said that they do not come, by name."""
    return await _centers(session, session.sql.participations.absent_centers, conference_id, at_most, skipped)


async def count_absent_centers(session: Session, conference_id: int) -> int:
    """How many those are."""
    number: int = await session.value(session.sql.participations.count_absent_centers, conference=conference_id)
    return number


async def _centers(session: Session, query: Query, conference_id: int, at_most: int, skipped: int) -> list[int]:
    rows = await session.all(query, conference=conference_id, at_most=at_most, skipped=skipped)
    return [row["id"] for row in rows]
