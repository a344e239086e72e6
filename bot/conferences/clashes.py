"""Sessions that are at the same time: in the same room, with the same speaker, or both starred by somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.forms.choices import folded
from storage.records.conferences import AgendaSession

CLASHES_AT_MOST = 100
"""Of one room, or of somebody: nobody reads more, and hundreds at the same time would make ten thousands."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions at the same time that share a room, or people who speak or chair."""

    first: AgendaSession
    second: AgendaSession
    room: str | None
    people: tuple[str, ...]


def overlapping(sessions: Iterable[AgendaSession]) -> Iterator[tuple[AgendaSession, AgendaSession]]:
    """Each two of the sessions that take place at the same time, in the order in which they begin."""
    planned = sorted((one for one in sessions if one.is_on), key=_order)
    for place, first in enumerate(planned):
        for second in planned[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            yield first, second


def clashes(sessions: Sequence[AgendaSession]) -> list[Clash]:
    """Where a room or somebody would have to be in two sessions at the same time.

    Only sessions that share a room or somebody are compared, however many are at the same time.
    """
    rooms, people = dict[tuple[int, int], str](), defaultdict[tuple[int, int], list[str]](list)
    for (is_room, _name), those in _by_what_they_need(sessions).items():
        written = {one.id: name for one, name in those}
        for first, second in islice(overlapping(one for one, _written in those), CLASHES_AT_MOST):
            if is_room:
                rooms[first.id, second.id] = written[first.id]
            else:
                people[first.id, second.id].append(written[first.id])
    by_id = {one.id: one for one in sessions}
    found = [
        Clash(by_id[first], by_id[second], rooms.get((first, second)), tuple(people.get((first, second), ())))
        for first, second in rooms.keys() | people.keys()
    ]
    return sorted(found, key=lambda clash: (_order(clash.first), _order(clash.second)))


def clashes_of(one: AgendaSession, sessions: Iterable[AgendaSession]) -> list[Clash]:
    """The clashes of one of the sessions with the others."""
    beside = [other for other in sessions if other.starts_at < one.ends_at and one.starts_at < other.ends_at]
    return [clash for clash in clashes(beside) if one.id in {clash.first.id, clash.second.id}]


def _by_what_they_need(
    sessions: Iterable[AgendaSession],
) -> Mapping[tuple[bool, str], list[tuple[AgendaSession, str]]]:
    """The sessions in each room and of everybody who speaks or chairs, and how that is written there."""
    found = defaultdict[tuple[bool, str], list[tuple[AgendaSession, str]]](list)
    for one in sessions:
        if one.room and folded(one.room):
            found[True, folded(one.room)].append((one, one.room))
        people: dict[str, str] = {}
        for name in _people(one):
            people.setdefault(folded(name), name)
        for key, name in people.items():
            found[False, key].append((one, name))
    return found


def _order(session: AgendaSession) -> tuple[int, int]:
    return session.starts_at, session.id


def _people(session: AgendaSession) -> list[str]:
    lines = [*(session.speakers or "").splitlines(), session.chair or ""]
    return [line.strip() for line in lines if folded(line)]
