"""Doing what a plan says: all of it in one transaction, or nothing (docs/decisions/0011)."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass

from bot.members import centers, delegates
from bot.members.importing.plan import Plan
from bot.members.importing.planning import edition
from bot.members.roles import Rights
from storage import audit
from storage.records.members import Center, Delegate
from storage.session import Transaction


class StalePlanError(Exception):
    """The database has changed since the dry run: what it told no longer holds."""


@dataclass(frozen=True, slots=True)
class ReadyPlan:
    """A plan with all that can be worked out before the transaction."""

    plan: Plan
    new_centers: tuple[centers.Prepared, ...]
    filled_centers: tuple[tuple[Center, centers.Prepared], ...]
    new_delegates: tuple[delegates.Prepared, ...]
    filled_delegates: tuple[tuple[Delegate, delegates.Prepared], ...]


async def make_ready(plan: Plan) -> ReadyPlan:
    """Work out what is kept beside the details, off the event loop: a second or two for a large list."""
    return await asyncio.to_thread(_ready, plan)


async def apply(tx: Transaction, rights: Rights, by: int, ready: ReadyPlan, *, now: int) -> None:
    """Do it: Centers are approved from now on, delegates active, and none of them belongs to a person yet.

    Raises:
        NotAllowedError: only the Secretariat reads lists in.
        StalePlanError: the database is not as it was at the dry run; nothing is done.
    """
    await rights.need_staff(tx, by)
    plan = ready.plan
    if await edition(tx) != plan.edition:
        raise StalePlanError
    center_ids = await centers.add_many(tx, ready.new_centers, now=now)
    await centers.change_many(tx, ready.filled_centers, now)
    new = [
        (prepared, one.center_id if one.new_center is None else center_ids[one.new_center])
        for prepared, one in zip(ready.new_delegates, plan.new_delegates, strict=True)
    ]
    await delegates.add_many(tx, new, now=now)
    await delegates.change_many(tx, ready.filled_delegates, now)
    after = {"fingerprint": plan.fingerprint, **asdict(plan.counts)}
    await audit.add(tx, by, "database.import", "database", now=now, after=after)


def _ready(plan: Plan) -> ReadyPlan:
    return ReadyPlan(
        plan,
        tuple(centers.prepare(details) for details in plan.new_centers),
        tuple((center, centers.prepare(details)) for center, details in plan.filled_centers),
        tuple(delegates.prepare(one.details) for one in plan.new_delegates),
        tuple((known, delegates.prepare(details)) for known, details in plan.filled_delegates),
    )
