"""Reading an agenda in: the file is awaited, what would happen is shown, and all of it is done, or nothing.

Only which file it was is kept between being shown and being confirmed: it is read again then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conferences import agenda_import, changes
from bot.conferences.agenda_entries import Entry, Refused
from bot.conferences.agenda_import import AgendaPlan, Effect
from bot.conferences.opening import found
from bot.members.roles import Rights
from storage import about, agenda, audit, plain_json, requests
from storage.errors import StatementError
from storage.records.durations import DAY_US
from storage.records.members import Awaited
from storage.session import Session, Transaction

AGENDA = "agenda"
"""What is awaited, in `answers_awaited`."""
LASTS_US = DAY_US
"""What is sent a day later is an ordinary file."""


class NotAwaitedError(Exception):
    """No agenda of theirs waits to be confirmed, or another one does."""


class OtherPlanError(Exception):
    """Something else would happen than what was shown."""

    def __init__(self, plan: AgendaPlan) -> None:
        super().__init__()
        self.plan = plan


@dataclass(frozen=True, slots=True)
class AwaitedAgenda:
    """For which conference an agenda is awaited; `file_id` is that of the file that was shown, if one was."""

    conference: int
    file_id: str | None


@dataclass(frozen=True, slots=True)
class ReadAgenda:
    """What a file says. `file_id` is Telegram's."""

    conference: int
    file_id: str
    lines: tuple[Entry | Refused, ...]


async def expect(tx: Transaction, rights: Rights, conference_id: int, *, by: int, now: int) -> None:
    """The file that somebody sends next in private is an agenda. Raises NotAllowedError, NoSuchConferenceError."""
    await found(tx, conference_id)
    await rights.need_host(tx, by, conference_id)
    await requests.await_answer(tx, Awaited(by, by, AGENDA, conference_id, None, now))


async def awaited(session: Session, by: int, now: int) -> AwaitedAgenda | None:
    """The agenda that is awaited of somebody in private; None if there is none."""
    row = await requests.awaited(session, by, by)
    if row is None or row.what != AGENDA or now - row.since > LASTS_US:
        return None
    return AwaitedAgenda(row.about, plain_json.read(row.details)["file_id"] if row.details else None)


async def expect_no_more(tx: Transaction, by: int, chat_id: int) -> bool:
    """What somebody sends in a chat is an ordinary file; False if it was before."""
    row = await requests.awaited(tx, by, chat_id)
    return row is not None and row.what == AGENDA and await requests.stop_awaiting(tx, by, chat_id)


async def show(tx: Transaction, rights: Rights, read: ReadAgenda, *, by: int, now: int) -> AgendaPlan:
    """What would happen; the file waits to be confirmed. Raises NotAllowedError."""
    await rights.need_host(tx, by, read.conference)
    details = plain_json.written({"file_id": read.file_id})
    await requests.await_answer(tx, Awaited(by, by, AGENDA, read.conference, details, now))
    return await _plan(tx, read.conference, read.lines)


async def read_in(tx: Transaction, rights: Rights, read: ReadAgenda, edition: str, *, by: int, now: int) -> AgendaPlan:
    """Do what was shown in an `edition`.

    Raises:
        NotAllowedError: it is not theirs to do.
        NotAwaitedError: it was done, left, or another file is awaited.
        OtherPlanError: the agenda was changed since.
    """
    await rights.need_host(tx, by, read.conference)
    if await awaited(tx, by, now) != AwaitedAgenda(read.conference, read.file_id):
        raise NotAwaitedError
    plan = await _plan(tx, read.conference, read.lines)
    if plan.edition != edition:
        raise OtherPlanError(plan)
    if plan.changes_nothing or not await requests.stop_awaiting(tx, by, by):
        raise NotAwaitedError
    await _apply(tx, read.conference, plan, now)
    numbers = {effect.value: plan.count(effect) for effect in Effect} | {"refused": len(plan.refused)}
    await audit.add(tx, by, "session.import", f"conference:{read.conference}", now=now, after=numbers)
    return plan


async def _plan(session: Session, conference_id: int, lines: Sequence[Entry | Refused]) -> AgendaPlan:
    conference, owner = await found(session, conference_id), await about.owner(session)
    return agenda_import.plan(
        lines, await agenda.of_conference(session, conference_id),
        time_zone=conference.details.time_zone, bot_name=owner[1] if owner else "",
    )  # fmt: skip


async def _apply(tx: Transaction, conference_id: int, plan: AgendaPlan, now: int) -> None:
    """In a few statements, however many sessions there are. They were read in this transaction."""
    added = [agenda.NewSession(step.uid, step.details) for step in plan.steps if step.effect == Effect.ADDED]
    changed = [
        agenda.ChangedSession(step.seen, step.details, step.state)
        for step in plan.steps
        if step.effect == Effect.CHANGED and step.seen is not None
    ]
    kept = await agenda.add_many(tx, conference_id, added, now) + await agenda.change_many(tx, changed, now)
    if kept < len(added) + len(changed):
        raise StatementError("Somebody else wrote at the same time.")
    await changes.sessions_changed(tx, conference_id, [one.seen for one in changed], now)
