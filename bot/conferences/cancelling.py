"""Whether anybody is told when something is cancelled, or takes place after all."""

from __future__ import annotations

from enum import StrEnum

from bot.conferences import moments
from bot.conferences.changes import agm_before, conference_before, session_before
from storage import changes
from storage.records.conferences import AgendaSession, Agm, ChangeAbout, Conference
from storage.session import Session


class Told(StrEnum):
    """Whether those whom it concerns are told, or why nobody is."""

    YES = "yes"
    OVER = "over"
    UNDONE = "undone"
    """It goes back to what they were told last."""
    OFF = "off"
    """Its conference is cancelled."""


async def of_conference(session: Session, conference: Conference, now: int) -> Told:
    """Whether anybody is told when a conference is cancelled, or takes place after all."""
    if moments.is_over(conference, now):
        return Told.OVER
    for change in await changes.untold(session, conference.id):
        if change.about == ChangeAbout.CONFERENCE and conference_before(change).state != conference.state:
            return Told.UNDONE
    return Told.YES


async def of_agm(session: Session, conference: Conference, agm: Agm, now: int) -> Told:
    """Whether anybody is told when an AGM is cancelled, or takes place after all."""
    for change in await changes.untold(session, conference.id):
        if change.about == ChangeAbout.AGM and agm_before(change).state != agm.state:
            return Told.UNDONE
    return _of_planned(conference, agm, now)


async def of_session(session: Session, conference: Conference, planned: AgendaSession, now: int) -> Told:
    """Whether anybody is told when a session is cancelled, or takes place after all."""
    for change in await changes.untold(session, conference.id):
        if change.session == planned.id and session_before(change).state != planned.state:
            return Told.UNDONE
    return _of_planned(conference, planned, now)


def _of_planned(conference: Conference, planned: Agm | AgendaSession, now: int) -> Told:
    if planned.ends_at <= now:
        return Told.OVER
    return Told.YES if conference.is_on else Told.OFF
