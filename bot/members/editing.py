"""The details of a Center are changed by those who lead it: what is small at once, the rest with approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.members import centers as written
from bot.members import leading, requests
from bot.members.centers import StaleCenterError
from bot.members.registering import differences
from bot.members.roles import Rights
from storage import audit
from storage import requests as kept
from storage.outbox import Post
from storage.records.members import Center, CenterDetails, Change, Request, RequestKind
from storage.session import Session, Transaction

APPROVED = frozenset({"name", "kind", "focus", "country"})
"""What makes a Center the member that it is, and is counted: a change of it is the Secretariat's to approve."""
PERSONAL = frozenset({"email", "phone", "head_name", "head_title"})
"""Of what may be about a person, the audit log has only that it was changed."""


class NothingChangedError(Exception):
    """What was to be changed is so already."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of it: what applies from now on, and all that waits for approval in this Center.

    `is_new`: something waits that did not wait before. `is_withdrawn`: what waited does not any more.
    """

    center: Center
    applied: Mapping[str, Change]
    waiting: Mapping[str, Change]
    is_new: bool = False
    is_withdrawn: bool = False


async def as_asked(session: Session, center: Center) -> CenterDetails:
    """The details with what waits for approval: how those who lead the Center want it to be."""
    change = await kept.open_of_center(session, center.id, RequestKind.CHANGE)
    return center.details if change is None else requests.changed(center.details, change.changes)


async def edit(
    tx: Transaction,
    rights: Rights,
    center_id: int,
    given: CenterDetails,
    wanted: CenterDetails,
    *,
    by: int,
    now: int,
    post: Post,
) -> Edited:
    """Change a Center from what somebody was `given` to what they `wanted`, as far as the two differ.

    A Center has one change that waits for approval: what is changed later becomes a part of it. What the Secretariat
    changes applies at once.

    Raises:
        NotAllowedError, NoSuchCenterError, CenterNotActiveError: they cannot change this Center (now).
        NothingChangedError: there is nothing to change.
        StaleCenterError: somebody else has changed the same since.
    """
    center, part = await leading.need_leader(tx, rights, by, center_id)
    if not part.is_staff:
        await leading.need_active(tx, rights, by, center_id)
    change = await kept.open_of_center(tx, center_id, RequestKind.CHANGE)
    present = center.details if part.is_staff else await as_asked(tx, center)
    steps = differences(given, wanted)
    if not steps:
        raise NothingChangedError
    if any(getattr(present, name) not in {step.before, step.after} for name, step in steps.items()):
        raise StaleCenterError
    all_of_it = differences(center.details, requests.changed(present, steps))
    at_once = {name: one for name, one in all_of_it.items() if part.is_staff or name not in APPROVED}
    if part.is_staff:
        await _apply(tx, center, at_once, by, now)
        return Edited(center, at_once, {} if change is None else change.changes)
    waiting = {name: one for name, one in all_of_it.items() if name in APPROVED}
    await _ask(tx, rights, center, change, waiting, by=by, now=now, post=post)
    await _apply(tx, center, at_once, by, now)
    before = {} if change is None else dict(change.changes)
    return Edited(center, at_once, waiting, bool(waiting) and waiting != before, bool(before) and not waiting)


async def _ask(
    tx: Transaction,
    rights: Rights,
    center: Center,
    change: Request | None,
    waiting: Mapping[str, Change],
    *,
    by: int,
    now: int,
    post: Post,
) -> None:
    """Put to the Secretariat what is to be changed, in the one request that there is."""
    if change is None and waiting:
        await requests.put(tx, rights, RequestKind.CHANGE, by=by, center=center.id, changes=waiting, now=now, post=post)
    elif change is not None and not waiting:
        await requests.withdraw(tx, change, by=by, now=now, post=post)
    elif change is not None and waiting != dict(change.changes):
        await requests.put_again(tx, rights, change, by=by, changes=waiting, now=now, post=post)


async def _apply(tx: Transaction, center: Center, changes: Mapping[str, Change], by: int, now: int) -> None:
    if not changes:
        return
    await written.change(tx, center, requests.changed(center.details, changes), now)
    await audit.add(
        tx, by, "center.edit", f"center:{center.id}", now=now,
        before={name: _logged(name, change.before) for name, change in changes.items()},
        after={name: _logged(name, change.after) for name, change in changes.items()},
    )  # fmt: skip


def _logged(name: str, value: str | None) -> str | None:
    return "…" if value is not None and name in PERSONAL else value
