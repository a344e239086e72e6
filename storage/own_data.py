"""What is kept about one person, to be given to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storage import erasing, plain_json
from storage.session import Query, Session

Rows = list[dict[str, Any]]


async def of_person(session: Session, person_id: int) -> Mapping[str, Rows]:
    """Every row of theirs, by what it is; what the columns mean stands in the migrations."""
    sql = session.sql.own_data
    queries: Mapping[str, Query] = {
        "person": sql.person,
        "centers_registered": sql.centers_registered,
        "roles": sql.roles,
        "role_links": sql.role_links,
        "requests": sql.requests,
        "decisions": sql.decisions,
        "answer_awaited": sql.answer_awaited,
        "invitations": sql.invitations,
        "handovers": sql.handovers,
        "questions": sql.questions,
        "thread": sql.thread,
        "letters": sql.letters,
        "letters_written": sql.letters_written,
        "threads_seen_to": sql.threads_seen_to,
        "marks": sql.marks,
        "phrasings": sql.phrasings,
        "answers_written": sql.answers_written,
        "answer_edited": sql.answer_edited,
        "lists_read": sql.lists_read,
        "searches": sql.searches,
        "pauses": sql.pauses,
        "conferences_opened": sql.conferences_opened,
        "center_absences": sql.center_absences,
        "session_stars": sql.session_stars,
        "reminders": sql.reminders,
        "reminder_wishes": sql.reminder_wishes,
        "announcements_made": sql.announcements_made,
        "corrections_confirmed": sql.corrections_confirmed,
        "group_bound": sql.group_bound,
        "announcements_got": sql.announcements_got,
        "announcement_wishes": sql.announcement_wishes,
        "waiting_messages": sql.waiting_messages,
    }
    found = {what: await _rows(session, query, person_id=person_id) for what, query in queries.items()}
    records = await erasing.records(session, person_id)  # also those that were merged into theirs
    of_records: Mapping[str, Query] = {
        "delegate": sql.delegate,
        "participations": sql.participations,
        "requests_about": sql.requests_about,
        "invitations_for": sql.invitations_for,
    }
    for what, query in of_records.items():
        rows = [await _rows(session, query, delegate=number, person_id=person_id) for number in records]
        found[what] = [row for some in rows for row in some]
    found["acts"] = await _acts(session, person_id, records)
    return found


async def _acts(session: Session, person_id: int, records: Sequence[int]) -> Rows:
    """Each once, with what it said where it is of them."""
    found: dict[int, dict[str, Any]] = {}
    for thing in (f"person:{person_id}", *(f"delegate:{number}" for number in records)):
        for row in await _rows(session, session.sql.own_data.acts, person_id=person_id, thing=thing):
            if row["id"] not in found or row["object"] == thing:
                found[row["id"]] = row
    return [_told(found[number]) for number in sorted(found)]


def _told(act: dict[str, Any]) -> dict[str, Any]:
    said = {name: plain_json.read(act[name]) for name in ("before", "after") if act[name] is not None}
    return {name: act[name] for name in ("at", "act", "object")} | said


async def _rows(session: Session, query: Query, **params: object) -> Rows:
    return [dict(row) for row in await session.all(query, **params)]
