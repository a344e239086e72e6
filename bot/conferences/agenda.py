"""The agenda is made by the Secretariat and by the host: sessions are added, changed, cancelled and restored."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from bot.conferences import changes, opening
from bot.conferences.agenda_entries import need_possible
from bot.members.editing import NothingChangedError
from bot.members.roles import Rights
from storage import agenda, audit
from storage.records.conferences import AgendaSession, Document, Planned, SessionDetails
from storage.session import Session, Transaction

UID_BYTES = 12


class NoSuchSessionError(Exception):
    """There is no such session, or no such document (any more)."""


class StaleSessionError(Exception):
    """It was changed since it was shown."""


async def find(session: Session, session_id: int) -> AgendaSession:
    """A session. Raises NoSuchSessionError."""
    found = await agenda.by_id(session, session_id)
    if found is None:
        raise NoSuchSessionError
    return found


async def for_editors(session: Session, rights: Rights, session_id: int, by: int) -> AgendaSession:
    """A session, for whoever may change it. Raises NoSuchSessionError, NotAllowedError."""
    found = await find(session, session_id)
    await rights.need_host(session, by, found.conference)
    return found


async def add(
    tx: Transaction,
    rights: Rights,
    conference_id: int,
    details: SessionDetails,
    *,
    by: int,
    now: int,
) -> AgendaSession:
    """Add a session.

    Raises:
        NotAllowedError, NoSuchConferenceError: it is not theirs to do, or there is no such conference.
        NotTakenError: a session cannot be so.
    """
    conference = await opening.found(tx, conference_id)
    await rights.need_host(tx, by, conference_id)
    need_possible(details, conference.details)
    number = await agenda.add(tx, conference_id, f"session-{secrets.token_hex(UID_BYTES)}", details, now)
    await audit.add(tx, by, "session.add", f"session:{number}", now=now, after={"conference": conference_id})
    return await find(tx, number)


async def change(
    tx: Transaction,
    rights: Rights,
    session_id: int,
    edition: int,
    details: SessionDetails,
    *,
    by: int,
    now: int,
    state: Planned | None = None,
) -> AgendaSession:
    """Change a session as it was shown in an `edition`.

    Raises:
        NotAllowedError, NoSuchSessionError: it is not theirs to change, or not there.
        NothingChangedError: it is so already.
        NotTakenError: a session cannot be so.
        StaleSessionError: it was changed since.
    """
    seen = await for_editors(tx, rights, session_id, by)
    if seen.edition != edition:
        raise StaleSessionError
    wanted = state or seen.state
    if seen.details == details and seen.state == wanted:
        raise NothingChangedError
    if seen.details != details:  # one that was there before the conference moved can still be cancelled
        need_possible(details, (await opening.found(tx, seen.conference)).details)
    if not await agenda.change(tx, seen, details, now, state=wanted):
        raise StaleSessionError
    await changes.session_changed(tx, seen, now)
    before, after = asdict(seen.details), asdict(details)
    names = [name for name in before if before[name] != after[name]]
    if names:
        await audit.add(tx, by, "session.edit", f"session:{session_id}", now=now, after={"fields": names})
    if wanted != seen.state:
        act = "session.cancel" if wanted == Planned.CANCELLED else "session.restore"
        await audit.add(tx, by, act, f"session:{session_id}", now=now)
    return await find(tx, session_id)


async def set_state(
    tx: Transaction, rights: Rights, session_id: int, edition: int, state: Planned, *, by: int, now: int
) -> AgendaSession:
    """Cancel a session, or take that back. Raises what `change` raises."""
    seen = await for_editors(tx, rights, session_id, by)
    return await change(tx, rights, session_id, edition, seen.details, by=by, now=now, state=state)


async def add_document(
    tx: Transaction, rights: Rights, session_id: int, *, title: str, file_id: str, by: int, now: int
) -> None:
    """Add a document to a session. Raises NotAllowedError, NoSuchSessionError."""
    seen = await for_editors(tx, rights, session_id, by)
    number = await agenda.add_document(tx, seen.conference, seen.id, title=title, file_id=file_id, now=now)
    await audit.add(tx, by, "session.document", f"session:{session_id}", now=now, after={"document": number})


async def remove_document(tx: Transaction, rights: Rights, document_id: int, *, by: int, now: int) -> Document:
    """Remove a document of a session. Raises NotAllowedError, NoSuchSessionError."""
    found = await agenda.document(tx, document_id)
    if found is None or found.session is None:
        raise NoSuchSessionError
    await rights.need_host(tx, by, found.conference)
    if not await agenda.remove_document(tx, document_id):
        raise NoSuchSessionError
    await audit.add(tx, by, "session.undocument", f"session:{found.session}", now=now, after={"document": document_id})
    return found
