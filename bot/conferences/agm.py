"""The AGM of a conference: set and changed by the Secretariat, and its place by the host."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time

from bot.conferences import changes, moments
from bot.conferences.agm_form import AGM, agm_of, answers_of_agm
from bot.conferences.conference_form import DayFault
from bot.conferences.editing import NothingChangedError
from bot.conferences.opening import DayError, StaleConferenceError, found
from bot.members.roles import NotAllowedError, Rights
from storage import agenda, audit, conferences
from storage.records.conferences import Agm, Conference, Document, Planned
from storage.records.drafts import Answers
from storage.session import Session, Transaction

OF_THE_HOST = frozenset({"place"})
TIMES = frozenset({"day", "begins", "ends"})


class NoAgmError(Exception):
    """The conference has no AGM."""


async def agm_of_conference(session: Session, conference_id: int) -> Agm:
    """The AGM of a conference. Raises NoAgmError."""
    agm = await conferences.agm(session, conference_id)
    if agm is None:
        raise NoAgmError(conference_id)
    return agm


async def set_agm(
    tx: Transaction, rights: Rights, conference_id: int, given: Answers, wanted: Answers, *, by: int, now: int
) -> None:
    """Set the AGM, or change it from what somebody was `given` to what they `wanted`.

    Raises:
        NotAllowedError: they do not manage this conference, or not this of it.
        NoSuchConferenceError, NoAgmError: there is none.
        NothingChangedError, StaleConferenceError: it is so already; somebody else has changed the same since.
        DayError: it would be on another day than the conference, or end before it begins.
    """
    await rights.need_host(tx, by, conference_id)
    conference = await found(tx, conference_id)
    changed = {field.name for field in AGM.fields if wanted.get(field.name) != given.get(field.name)}
    if not changed <= OF_THE_HOST and not await rights.is_staff(tx, by):
        raise NotAllowedError
    present = await conferences.agm(tx, conference_id)
    if present is None:
        await _add(tx, conference, wanted, by=by, now=now)
        return
    kept = answers_of_agm(conference, present)
    if any(kept[name] not in {given.get(name), wanted.get(name)} for name in changed):
        raise StaleConferenceError
    after = {name: wanted.get(name) for name in sorted(changed) if wanted.get(name) != kept[name]}
    if not after:
        raise NothingChangedError
    await _change(tx, present, _changed(conference, present, {**kept, **after}, after.keys(), now), now)
    await audit.add(
        tx, by, "agm.edit", f"conference:{conference_id}", now=now,
        before={name: kept[name] for name in after}, after=after,
    )  # fmt: skip


async def set_state(tx: Transaction, rights: Rights, conference_id: int, state: Planned, *, by: int, now: int) -> bool:
    """Cancel the AGM, or take that back; False if it was so already. Raises NotAllowedError, NoAgmError."""
    await rights.need_staff(tx, by)
    before = await agm_of_conference(tx, conference_id)
    if before.state == state:
        return False
    await _change(tx, before, replace(before, state=state), now)
    act = "agm.cancel" if state == Planned.CANCELLED else "agm.restore"
    await audit.add(tx, by, act, f"conference:{conference_id}", now=now)
    return True


async def add_document(
    tx: Transaction, rights: Rights, conference_id: int, *, title: str, file_id: str, by: int, now: int
) -> int:
    """Keep a document of the AGM; its id. Raises NotAllowedError, NoAgmError."""
    await rights.need_staff(tx, by)
    await agm_of_conference(tx, conference_id)
    number = await agenda.add_document(tx, conference_id, None, title=title, file_id=file_id, now=now)
    await audit.add(tx, by, "agm.document", f"conference:{conference_id}", now=now, after={"added": number})
    return number


async def remove_document(
    tx: Transaction, rights: Rights, conference_id: int, document_id: int, *, by: int, now: int
) -> bool:
    """Remove a document of the AGM; False if there is none (any more). Raises NotAllowedError."""
    await rights.need_staff(tx, by)
    if await document_of(tx, conference_id, document_id) is None:
        return False
    removed = await agenda.remove_document(tx, document_id)
    await audit.add(tx, by, "agm.document", f"conference:{conference_id}", now=now, before={"removed": document_id})
    return removed


async def document_of(session: Session, conference_id: int, document_id: int) -> Document | None:
    """A document of the AGM, if it is one."""
    found_one = await agenda.document(session, document_id)
    is_one = found_one is not None and found_one.conference == conference_id and found_one.session is None
    return found_one if is_one else None


async def may_attend(session: Session, rights: Rights, agm: Agm, person_id: int) -> bool:
    """Whether somebody is entitled to attend the AGM and gets its documents: so do those who manage it."""
    if await rights.hosts(session, person_id, agm.conference) or await rights.is_staff(session, person_id):
        return True
    return await conferences.is_entitled(session, agm.conference, person_id)


async def _add(tx: Transaction, conference: Conference, wanted: Answers, *, by: int, now: int) -> None:
    if "day" not in wanted:
        raise NoAgmError(conference.id)
    _check(conference, wanted)
    if not await conferences.add_agm(tx, agm_of(conference, wanted, now), now):
        raise StaleConferenceError
    await audit.add(tx, by, "agm.set", f"conference:{conference.id}", now=now, after=dict(wanted))


def _changed(conference: Conference, present: Agm, answers: Answers, changed: Collection[str], now: int) -> Agm:
    """The AGM as the answers have it; its times stay as they are where none of them is changed."""
    agm = replace(agm_of(conference, answers, now), state=present.state, edition=present.edition)
    if not TIMES.intersection(changed):
        return replace(agm, starts_at=present.starts_at, ends_at=present.ends_at)
    _check(conference, answers)
    return agm


async def _change(tx: Transaction, before: Agm, after: Agm, now: int) -> None:
    if not await conferences.change_agm(tx, after, now):
        raise StaleConferenceError
    await changes.agm_changed(tx, before, now)


def _check(conference: Conference, answers: Answers) -> None:
    begins, ends = (time.fromisoformat(answers[name]) for name in ("begins", "ends"))
    day = date.fromisoformat(answers["day"])
    if not conference.details.starts_on <= day <= conference.details.ends_on:
        raise DayError("day", DayFault.OTHER_DAY)
    starts_at, ends_at = moments.span_us(day, begins, ends, conference.details.time_zone)
    if not moments.can_be(begins, ends) or ends_at <= starts_at:
        raise DayError("ends", DayFault.BEFORE_THE_FIRST)
