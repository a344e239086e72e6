"""The dry run: what reading a list in would do, without doing it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from bot.members import naming
from bot.members.importing.fields import Target
from bot.members.importing.known import KnownCenter, KnownCenters, KnownPeople, KnownPerson
from bot.members.importing.mapping import ColumnMapping
from bot.members.importing.plan import Effect, Part, Plan, PlannedDelegate, Reason, Record, Refused, RowPlan
from bot.members.importing.raw import Row
from bot.members.importing.reading import Sheet
from bot.members.importing.values import NAME_AT_MOST, Entry, ReadingOf, Values
from bot.members.roles import Rights
from storage import centers, delegates
from storage.records.members import CenterDetails, CenterState, DelegateDetails, DelegateState
from storage.session import Session

PIECE = 250
"""Rows between two reports of progress."""
RECORDS_READ = 1_000
FINGERPRINT_LETTERS = 16
Progress = Callable[[int, int], Awaitable[None]]
"""Is told how many rows are done, of how many."""
_GONE_CENTERS = frozenset({CenterState.DECLINED, CenterState.MERGED})
_GONE_DELEGATES = frozenset({DelegateState.DECLINED, DelegateState.MERGED})

Details = TypeVar("Details", CenterDetails, DelegateDetails)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A sheet, and which of its columns is which field."""

    sheet: Sheet
    mapping: ColumnMapping


async def dry_run(
    session: Session,
    rights: Rights,
    by: int,
    mapped: Sequence[Mapped],
    *,
    reading: ReadingOf,
    progress: Progress | None = None,
) -> Plan:
    """Find out what becomes of each row. The same file, mapping and database give the same plan.

    Takes seconds, off the event loop: not in a transaction.

    Raises:
        NotAllowedError: only the Secretariat reads lists in.
    """
    await rights.need_staff(session, by)
    at_edition = await edition(session)
    planner = await _planner(session, reading)
    # Lists of Centers alone first: what they tell of a Center is known when its people come.
    ordered = sorted(mapped, key=lambda one: one.mapping.names_people)
    rows = [(one, row) for one in ordered for row in one.sheet.rows]
    for start in range(0, len(rows), PIECE):
        if progress is not None:
            await progress(start, len(rows))
        await asyncio.to_thread(planner.take, rows[start : start + PIECE])
    if progress is not None:
        await progress(len(rows), len(rows))
    return await asyncio.to_thread(planner.plan, _fingerprint(ordered, at_edition), at_edition)


async def edition(session: Session) -> str:
    """Another text as soon as any Center or delegate is added, changed or erased."""
    return f"{await centers.edition_of_all(session)}/{await delegates.edition_of_all(session)}"


async def _planner(session: Session, reading: ReadingOf) -> _Planner:
    planner = _Planner(reading)
    by_id: dict[int, KnownCenter] = {}
    last = 0
    while piece := await centers.after(session, last, at_most=RECORDS_READ):
        last = piece[-1].id
        there = [center for center in piece if center.state not in _GONE_CENTERS]
        known = await asyncio.to_thread(
            lambda those: [planner.centers.add(center.details, existing=center) for center in those], there
        )
        by_id |= {center.id: one for center, one in zip(there, known, strict=True)}
    last = 0
    while people := await delegates.after(session, last, at_most=RECORDS_READ):
        last = people[-1].id
        for person in people:
            if person.state not in _GONE_DELEGATES:
                center = None if person.center is None else by_id.get(person.center)
                planner.people.add(person.details, center, existing=person)
    return planner


class _Planner:
    """Takes rows one after the other; each may meet what those before it bring."""

    def __init__(self, reading: ReadingOf) -> None:
        self.centers = KnownCenters()
        self.people = KnownPeople()
        self._values = Values(reading)
        self._rows: list[RowPlan] = []

    def take(self, rows: Sequence[tuple[Mapped, Row]]) -> None:
        for mapped, row in rows:
            cells = mapped.mapping.values(row.cells)
            entry = self._values.entry(cells)
            plan = self._planned(entry, row.number)
            left_out = tuple(one.target for one in entry.left_out)
            self._rows.append(replace(plan, sheet=mapped.sheet.name, name=_name(cells), left_out=left_out))

    def plan(self, fingerprint: str, at_edition: str) -> Plan:
        new_centers = [one for one in self.centers.all if one.existing is None]
        places = {id(one): place for place, one in enumerate(new_centers)}
        return Plan(
            fingerprint=fingerprint,
            edition=at_edition,
            rows=tuple(self._rows),
            new_centers=tuple(one.details for one in new_centers),
            filled_centers=tuple(
                (one.existing, one.details)
                for one in self.centers.all
                if one.existing is not None and one.details != one.existing.details
            ),
            new_delegates=tuple(_planned_delegate(one, places) for one in self.people.all if one.existing is None),
            filled_delegates=tuple(
                (one.existing, one.details)
                for one in self.people.all
                if one.existing is not None and one.details != one.existing.details
            ),
        )

    def _planned(self, entry: Entry, number: int) -> RowPlan:
        if entry.fault is not None:
            return RowPlan("", number, "", refused=Refused(Reason(entry.fault)))
        center, refused = self._center_of(entry.center)
        person = None
        if refused is None and entry.delegate is not None:
            person, refused = self._person_of(entry.delegate, center, is_in_center=entry.center is not None)
        if refused is not None:
            return RowPlan("", number, "", refused=refused)
        center_part = delegate_part = None
        if entry.center is not None:
            center, center_part = self._keep_center(center, entry.center, number)
        if entry.delegate is not None:
            delegate_part = self._keep_person(person, entry.delegate, center, number)
        return RowPlan("", number, "", center_part, delegate_part)

    def _center_of(self, details: CenterDetails | None) -> tuple[KnownCenter | None, Refused | None]:
        match = None if details is None else self.centers.find(details)
        if match is None:
            return None, None
        known = match.center
        if not match.is_sure:
            return None, Refused(Reason.MAYBE_SAME_CENTER, _record(known))
        if known.existing is not None and known.existing.state != CenterState.APPROVED:
            return None, Refused(Reason.CENTER_NOT_APPROVED, _record(known))
        return known, None

    def _person_of(
        self, details: DelegateDetails, center: KnownCenter | None, *, is_in_center: bool
    ) -> tuple[KnownPerson | None, Refused | None]:
        match = self.people.find(details, center)
        if match is None:
            return None, None
        known = match.person
        if match.has_their_email:
            return None, Refused(Reason.EMAIL_OF_ANOTHER, _record(known))
        if not match.is_sure:
            return None, Refused(Reason.MAYBE_SAME_PERSON, _record(known))
        if known.existing is not None and known.existing.state != DelegateState.ACTIVE:
            return None, Refused(Reason.NOT_ACTIVE, _record(known))
        if is_in_center and known.center is not center:
            return None, Refused(Reason.OTHER_CENTER, _record(known))
        return known, None

    def _keep_center(self, known: KnownCenter | None, details: CenterDetails, number: int) -> tuple[KnownCenter, Part]:
        if known is None:
            known = self.centers.add(details, row=number)
            return known, Part(Effect.CREATED, _record(known))
        whole, filled, differing = together(known.details, details)
        if filled:
            self.centers.change(known, whole)
        return known, Part(Effect.FILLED if filled else Effect.UNCHANGED, _record(known), filled, differing)

    def _keep_person(
        self, known: KnownPerson | None, details: DelegateDetails, center: KnownCenter | None, number: int
    ) -> Part:
        if known is None:
            return Part(Effect.CREATED, _record(self.people.add(details, center, row=number)))
        whole, filled, differing = together(known.details, details)
        if filled:
            self.people.change(known, whole)
        return Part(Effect.FILLED if filled else Effect.UNCHANGED, _record(known), filled, differing)


def together(known: Details, told: Details) -> tuple[Details, tuple[str, ...], tuple[str, ...]]:
    """What is known, with its gaps filled by what is told; the fields that were filled; and those that differ."""
    filled, differing = {}, []
    for field in fields(known):
        is_, tells = getattr(known, field.name), getattr(told, field.name)
        if tells and not is_:
            filled[field.name] = tells
        elif tells and tells != is_ and naming.fold(str(tells)) != naming.fold(str(is_)):
            differing.append(field.name)
    return replace(known, **filled), tuple(filled), tuple(differing)


def _name(cells: Mapping[Target, str]) -> str:
    """What a row calls the person or, where it has none, the Center; also where nothing of it is taken."""
    persons = " ".join(cells[one] for one in (Target.GIVEN_NAME, Target.FAMILY_NAME) if cells.get(one))
    found = persons or cells.get(Target.FULL_NAME) or cells.get(Target.CENTER_NAME) or ""
    return found[:NAME_AT_MOST]


def _planned_delegate(known: KnownPerson, places: dict[int, int]) -> PlannedDelegate:
    center = known.center
    if center is None:
        return PlannedDelegate(known.details)
    if center.existing is not None:
        return PlannedDelegate(known.details, center_id=center.existing.id)
    return PlannedDelegate(known.details, new_center=places[id(center)])


def _record(known: KnownCenter | KnownPerson) -> Record:
    return Record(None if known.existing is None else known.existing.id, known.row)


def _fingerprint(mapped: Sequence[Mapped], at_edition: str) -> str:
    whole = hashlib.sha256(at_edition.encode())
    for one in mapped:
        whole.update(repr((one.sheet.name, one.mapping.as_text(), one.sheet.rows)).encode(errors="surrogatepass"))
    return whole.hexdigest()[:FINGERPRINT_LETTERS]
