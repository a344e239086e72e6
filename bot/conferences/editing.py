"""What is set for a conference is changed, by the Secretariat, and by its host what is the host's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.conferences import changes, waiting
from bot.conferences.conference_form import OF_THE_HOST, values_of
from bot.conferences.moving import NOTHING_STAYS, Outside, Stays, outside, stays, take_along
from bot.conferences.opening import StaleConferenceError, check_days, found
from bot.members.roles import NotAllowedError, Rights
from storage import audit, conferences
from storage.outbox import Post
from storage.records.conferences import Conference, ConferenceDetails, ConferenceState, NoteTopic
from storage.records.drafts import Answers
from storage.session import Transaction

PERSONAL = frozenset({"contact"})
"""Of what may be about a person, the audit log has only that it was changed."""


class NothingChangedError(Exception):
    """What was to be changed is so already."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A conference that was changed; whether what is planned in it moved along, and what is on other days now."""

    conference: Conference
    has_moved: bool
    outside: Outside
    stays: Stays = NOTHING_STAYS


async def edit(
    tx: Transaction, rights: Rights, conference_id: int, given: Answers, wanted: Answers, *, by: int, now: int
) -> Edited:
    """Change a conference from what somebody was `given` to what they `wanted`, as far as the two differ.

    Raises:
        NotAllowedError: they do not manage this conference, or not this of it.
        NoSuchConferenceError: there is none.
        NothingChangedError: there is nothing to change.
        StaleConferenceError: somebody else has changed the same since.
        DayError: its days cannot be so.
    """
    await rights.need_host(tx, by, conference_id)
    conference = await found(tx, conference_id)
    before, after = values_of(given), values_of(wanted)
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    if not changed:
        raise NothingChangedError
    if not changed.keys() <= set(OF_THE_HOST) and not await rights.is_staff(tx, by):
        raise NotAllowedError
    if any(getattr(conference.details, name) not in {before.get(name), value} for name, value in changed.items()):
        raise StaleConferenceError
    details = replace(conference.details, **changed)
    check_days(details, changed.keys(), now, before=conference.details)
    edited = await _change(tx, conference, details, changed, by=by, now=now)
    if not await rights.is_staff(tx, by):  # what stays is not a host's
        return edited
    return replace(edited, stays=await stays(tx, edited.conference, changed))


async def _change(
    tx: Transaction,
    conference: Conference,
    details: ConferenceDetails,
    changed: Mapping[str, Any],
    *,
    by: int,
    now: int,
) -> Edited:
    if not await conferences.change(tx, conference, details, now):
        raise StaleConferenceError
    await changes.conference_changed(tx, conference, now)
    await audit.add(
        tx, by, "conference.edit", f"conference:{conference.id}", now=now,
        before={name: _logged(name, getattr(conference.details, name)) for name in changed},
        after={name: _logged(name, value) for name, value in changed.items()},
    )  # fmt: skip
    has_moved = await take_along(tx, conference, details, now)
    after = await found(tx, conference.id)
    return Edited(after, has_moved, await outside(tx, after))


async def set_state(
    tx: Transaction, rights: Rights, conference_id: int, state: ConferenceState, *, by: int, now: int, post: Post
) -> bool:
    """Cancel a conference, or take that back; False if it was so already.

    Meanwhile nobody could accept a place that was offered to them: they have time for it again.

    Raises NotAllowedError (only the Secretariat does it) and NoSuchConferenceError.
    """
    await rights.need_staff(tx, by)
    before = await found(tx, conference_id)
    if not await conferences.set_state(tx, conference_id, state, now):
        return False
    await changes.conference_changed(tx, before, now)
    if state == ConferenceState.OPEN:
        await waiting.renew_offers(tx, conference_id, now, post)
    act = "conference.cancel" if state == ConferenceState.CANCELLED else "conference.restore"
    await audit.add(tx, by, act, f"conference:{conference_id}", now=now)
    return True


async def set_note(
    tx: Transaction,
    rights: Rights,
    conference_id: int,
    topic: NoteTopic,
    *,
    given: str | None,
    wanted: str | None,
    by: int,
    now: int,
) -> None:
    """Write a practical note in the place of the `given` one; with None, remove it.

    Raises NotAllowedError, NoSuchConferenceError, NothingChangedError, StaleConferenceError.
    """
    await rights.need_host(tx, by, conference_id)
    await found(tx, conference_id)
    present = (await conferences.notes(tx, conference_id)).get(topic)
    if wanted == present:
        raise NothingChangedError
    if present != given:
        raise StaleConferenceError
    await conferences.set_note(tx, conference_id, topic, wanted, now)
    await audit.add(tx, by, "conference.note", f"conference:{conference_id}", now=now, after={"note": topic})


def _logged(name: str, value: Any) -> Any:
    if name in PERSONAL and value is not None:
        return "…"
    if isinstance(value, tuple):
        return " ".join(value) or None
    return value.isoformat() if isinstance(value, date) else value
