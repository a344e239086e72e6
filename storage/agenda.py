"""The agenda of a conference: its sessions, who has starred them, and their documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Row

from storage.records.conferences import AgendaSession, Document, Planned, Segment, SessionDetails
from storage.session import Session, Transaction


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session as it is to be."""

    uid: str
    details: SessionDetails


@dataclass(frozen=True, slots=True)
class ChangedSession:
    """A session as it was read, and as it is to be."""

    seen: AgendaSession
    details: SessionDetails
    state: Planned


async def add(tx: Transaction, conference_id: int, uid: str, details: SessionDetails, now: int) -> int:
    """Keep a new session; its id."""
    found: int = await tx.value(tx.sql.agenda.add, conference=conference_id, uid=uid, now=now, **asdict(details))
    return found


async def by_id(session: Session, session_id: int) -> AgendaSession | None:
    """The session, also one that was cancelled."""
    row = await session.one(session.sql.agenda.by_id, id=session_id)
    return None if row is None else _session(row)


async def of_conference(session: Session, conference_id: int) -> list[AgendaSession]:
    """All sessions, also those that were cancelled, in the order in which they begin."""
    return [_session(row) for row in await session.all(session.sql.agenda.of_conference, conference=conference_id)]


async def starred_by(session: Session, person_id: int, conference_id: int) -> list[AgendaSession]:
    """The sessions that somebody has starred, also those that were cancelled, in the order in which they begin."""
    rows = await session.all(session.sql.agenda.starred_by, person=person_id, conference=conference_id)
    return [_session(row) for row in rows]


async def change(
    tx: Transaction, seen: AgendaSession, details: SessionDetails, now: int, *, state: Planned | None = None
) -> bool:
    """Change a session; False if it was changed since it was read."""
    touched = await tx.run(
        tx.sql.agenda.change,
        id=seen.id, edition=seen.edition, state=state or seen.state, now=now, **asdict(details),
    )  # fmt: skip
    return touched == 1


async def add_many(tx: Transaction, conference_id: int, sessions: Sequence[NewSession], now: int) -> int:
    """Keep new sessions; how many of them the conference did not have."""
    rows = ({"conference": conference_id, "uid": one.uid, "now": now, **asdict(one.details)} for one in sessions)
    return await tx.run_many(tx.sql.agenda.add_many, rows)


async def change_many(tx: Transaction, sessions: Sequence[ChangedSession], now: int) -> int:
    """Change sessions; how many of them were not changed since they were read."""
    rows = (
        {"id": one.seen.id, "edition": one.seen.edition, "state": one.state, "now": now, **asdict(one.details)}
        for one in sessions
    )
    return await tx.run_many(tx.sql.agenda.change_many, rows)


async def star(tx: Transaction, session_id: int, person_id: int, now: int) -> bool:
    """Star a session; False if it was so already."""
    return await tx.run(tx.sql.agenda.star, session=session_id, person=person_id, now=now) == 1


async def unstar(tx: Transaction, session_id: int, person_id: int) -> bool:
    """Take the star away; False if there was none."""
    return await tx.run(tx.sql.agenda.unstar, session=session_id, person=person_id) == 1


async def count_starred(session: Session, session_id: int) -> int:
    """How many of those who can be written to have starred a session."""
    found: int = await session.value(session.sql.agenda.count_starred, session=session_id)
    return found


async def is_starred(session: Session, session_id: int, person_id: int) -> bool:
    """Whether somebody has starred a session."""
    return bool(await session.value(session.sql.agenda.is_starred, session=session_id, person=person_id))


async def add_document(
    tx: Transaction, conference_id: int, session_id: int | None, *, title: str, file_id: str, now: int
) -> int:
    """Keep a document for a session or, without one, for the AGM; its id."""
    number: int = await tx.value(
        tx.sql.agenda.add_document,
        conference=conference_id, session=session_id, title=title, file_id=file_id, now=now,
    )  # fmt: skip
    return number


async def remove_document(tx: Transaction, document_id: int) -> bool:
    """Remove a document; False if it was removed before."""
    return await tx.run(tx.sql.agenda.remove_document, id=document_id) == 1


async def document(session: Session, document_id: int) -> Document | None:
    """A document."""
    row = await session.one(session.sql.agenda.document, id=document_id)
    return None if row is None else Document(**dict(row))


async def documents_of_session(session: Session, session_id: int) -> list[Document]:
    """The documents of a session, in the order in which they were added."""
    rows = await session.all(session.sql.agenda.documents_of_session, session=session_id)
    return [Document(**dict(row)) for row in rows]


async def documents_of_agm(session: Session, conference_id: int) -> list[Document]:
    """The documents of an AGM, in the order in which they were added."""
    rows = await session.all(session.sql.agenda.documents_of_agm, conference=conference_id)
    return [Document(**dict(row)) for row in rows]


def _session(row: Row) -> AgendaSession:
    return AgendaSession(**{**dict(row), "state": Planned(row["state"]), "segment": Segment(row["segment"])})
