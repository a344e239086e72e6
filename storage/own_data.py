"""What is kept about one person, to be given to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.session import Query, Session

Rows = list[dict[str, Any]]


async def of_person(session: Session, person_id: int) -> Mapping[str, Rows]:
    """Every row of theirs, by what it is; what the columns mean stands in the migrations."""
    sql = session.sql.own_data
    queries: Mapping[str, Query] = {
        "person": sql.person,
        "delegate": sql.delegate,
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
        "marks": sql.marks,
        "phrasings": sql.phrasings,
        "answers_written": sql.answers_written,
        "answer_edited": sql.answer_edited,
        "lists_read": sql.lists_read,
        "searches": sql.searches,
        "pauses": sql.pauses,
        "conferences_opened": sql.conferences_opened,
        "participations": sql.participations,
        "center_absences": sql.center_absences,
        "session_stars": sql.session_stars,
        "reminders": sql.reminders,
        "reminder_wishes": sql.reminder_wishes,
        "announcements_made": sql.announcements_made,
        "announcements_got": sql.announcements_got,
        "announcement_wishes": sql.announcement_wishes,
        "waiting_messages": sql.waiting_messages,
    }
    found = {what: await _rows(session, query, person_id=person_id) for what, query in queries.items()}
    found["acts"] = await _rows(session, sql.acts, person_id=person_id, as_object=f"person:{person_id}")
    return found


async def _rows(session: Session, query: Query, **params: object) -> Rows:
    return [dict(row) for row in await session.all(query, **params)]
