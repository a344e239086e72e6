"""What is changed of a conference, its AGM or a session: noted with each change, and told when no more follow.

What it was when it was told last is kept. So what is changed twice is told once, and what is changed back is told to
nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date

from storage import changes
from storage.records.conferences import (
    AgendaSession,
    Agm,
    ChangeAbout,
    Conference,
    ConferenceDetails,
    ConferenceState,
    Entitled,
    NotedChange,
    Planned,
    Segment,
)
from storage.session import Transaction


async def conference_changed(tx: Transaction, before: Conference, now: int) -> None:
    """Note that a conference is not any more as it was `before`; in the transaction that changes it."""
    await changes.note(tx, before.id, ChangeAbout.CONFERENCE, as_json(before), now=now)


async def agm_changed(tx: Transaction, before: Agm, now: int) -> None:
    """Note that an AGM is not any more as it was `before`; in the transaction that changes it."""
    await changes.note(tx, before.conference, ChangeAbout.AGM, as_json(before), now=now)


async def session_changed(tx: Transaction, before: AgendaSession, now: int) -> None:
    """Note that a session is not any more as it was `before`; in the transaction that changes it."""
    await changes.note(tx, before.conference, ChangeAbout.SESSION, as_json(before), now=now, session=before.id)


async def sessions_changed(tx: Transaction, conference_id: int, before: Iterable[AgendaSession], now: int) -> None:
    """As `session_changed`, for many sessions of a conference."""
    await changes.note_sessions(tx, conference_id, {one.id: as_json(one) for one in before}, now)


def conference_before(change: NotedChange) -> Conference:
    """What a conference was when it was told last."""
    return conference_of(change.before)


def agm_before(change: NotedChange) -> Agm:
    """What an AGM was when it was told last."""
    return agm_of(change.before)


def session_before(change: NotedChange) -> AgendaSession:
    """What a session was when it was told last."""
    return session_of(change.before)


def conference_of(noted: str) -> Conference:
    """A conference as it was noted; who opened it is not."""
    values = json.loads(noted)
    details = ConferenceDetails.of_texts(values["details"])
    return Conference(**{**values, "details": details, "state": ConferenceState(values["state"])})


def agm_of(noted: str) -> Agm:
    """An AGM as it was noted."""
    values = json.loads(noted)
    return Agm(**{**values, "state": Planned(values["state"]), "entitled": Entitled(values["entitled"])})


def session_of(noted: str) -> AgendaSession:
    """A session as it was noted."""
    values = json.loads(noted)
    return AgendaSession(**{**values, "state": Planned(values["state"]), "segment": Segment(values["segment"])})


def as_json(what: Conference | Agm | AgendaSession) -> str:
    """What is noted, without who opened a conference: notes are kept when a person is forgotten."""
    noted = replace(what, opened_by=None) if isinstance(what, Conference) else what
    return json.dumps(asdict(noted), ensure_ascii=False, default=date.isoformat)
