"""A Center to test with: its focal point, and delegates in it."""

from __future__ import annotations

from bot.members import centers, delegates
from bot.members.roles import Rights, Role
from storage import people, roles
from storage.database import Database
from storage.records import Name
from storage.records.members import CenterDetails, CenterKind, CenterState, DelegateDetails, DelegateState, Focus
from storage.session import Transaction

OWNER, FOCAL, STRANGER = 1, 2, 9
RIGHTS = Rights((OWNER,))
NOW = 1_000_000
DETAILS = CenterDetails(
    name="Center A",
    kind=CenterKind.TRAINING_CENTER,
    focus=Focus.MIXED,
    country="CH",
    city="Example City",
    email="office@a.example.org",
    head_name="Head A",
)


async def center_of(
    database: Database, focal_point: int | None = FOCAL, *, details: CenterDetails = DETAILS,
    state: CenterState = CenterState.APPROVED,
) -> int:  # fmt: skip
    """A Center; its number."""

    async def work(tx: Transaction) -> int:
        for person in (OWNER, FOCAL, STRANGER):
            await meet(tx, person)
        number = await centers.add(tx, details, state=state, by=focal_point, now=1)
        if focal_point is not None:
            await meet(tx, focal_point)
            await roles.give(tx, focal_point, Role.FOCAL_POINT, scope=str(number), given_by=OWNER, now=1)
        return number

    return await database.write(work)


async def delegate_in(
    database: Database, center: int, person: int | None, *, given: str = "Delegate", name: str = ""
) -> int:
    """A delegate; the number of the record. Without a person they are on the list alone."""

    async def work(tx: Transaction) -> int:
        if person is not None:
            await meet(tx, person)
        return await delegates.add(
            tx, DelegateDetails(given, name or f"D{person}"),
            person_id=person, center=center, state=DelegateState.ACTIVE, now=1,
        )  # fmt: skip

    return await database.write(work)


async def meet(tx: Transaction, person: int) -> None:
    await people.meet(
        tx,
        people.meeting(
            tx.sql, person, language="en", guessed=True, reachable=True, now=1, name=Name("Person", f"P{person}")
        ),
    )


async def leaders_of(database: Database, center: int) -> tuple[list[int], list[int]]:
    """The focal point, and the deputies."""
    focal_points = await roles.holders_of(database.reader, Role.FOCAL_POINT, str(center))
    deputies = await roles.holders_of(database.reader, Role.DEPUTY, str(center))
    return [one.person_id for one in focal_points], [one.person_id for one in deputies]
