"""Sessions that are at the same time: in the same room, with the same speaker, or both starred by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.forms.choices import folded
from storage.records.conferences import AgendaSession


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions at the same time that share a room, or people who speak or chair."""

    first: AgendaSession
    second: AgendaSession
    room: str | None
    people: tuple[str, ...]


def overlapping(sessions: Sequence[AgendaSession]) -> list[tuple[AgendaSession, AgendaSession]]:
    """Each two of the sessions that take place at the same time."""
    planned = sorted((one for one in sessions if one.is_on), key=lambda one: (one.starts_at, one.id))
    found: list[tuple[AgendaSession, AgendaSession]] = []
    for place, first in enumerate(planned):
        for second in planned[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            found.append((first, second))
    return found


def clashes(sessions: Sequence[AgendaSession]) -> list[Clash]:
    """Where a room or somebody would have to be in two sessions at the same time."""
    found = (_clash(first, second) for first, second in overlapping(sessions))
    return [clash for clash in found if clash is not None]


def clashes_of(session_id: int, sessions: Sequence[AgendaSession]) -> list[Clash]:
    """The clashes of one of the sessions with the others."""
    return [clash for clash in clashes(sessions) if session_id in {clash.first.id, clash.second.id}]


def _clash(first: AgendaSession, second: AgendaSession) -> Clash | None:
    same_room = bool(first.room and second.room and folded(first.room) == folded(second.room))
    others = {folded(name) for name in _people(second)}
    people = tuple(dict.fromkeys(name for name in _people(first) if folded(name) in others))
    if not same_room and not people:
        return None
    return Clash(first, second, first.room if same_room else None, people)


def _people(session: AgendaSession) -> list[str]:
    lines = [*(session.speakers or "").splitlines(), session.chair or ""]
    return [line.strip() for line in lines if folded(line)]
