"""What of an agenda is looked at: a day, and of that a segment or a room."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.conferences import moments
from bot.forms.choices import folded
from storage.records.conferences import AgendaSession, Segment


@dataclass(frozen=True, slots=True)
class Look:
    """The choice that buttons carry. `room` is its `room_key`; None: every one."""

    day: date | None = None
    segment: Segment | None = None
    room: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day of an agenda as it is looked at. `look` is the choice as far as there is such a day and such a room."""

    look: Look
    days: tuple[date, ...]
    rooms: tuple[str, ...]
    sessions: tuple[AgendaSession, ...]


def room_key(room: str) -> str:
    """What stands for a room in buttons, however it is spelt."""
    return hashlib.blake2s(folded(room).encode(), digest_size=3).hexdigest()


def look_at(sessions: Sequence[AgendaSession], look: Look, time_zone: str, now: int) -> Day | None:
    """What there is on a day: today or the first day to come, if none is chosen. None without any sessions."""
    by_day: dict[date, list[AgendaSession]] = {}
    for one in sessions:
        by_day.setdefault(moments.local(one.starts_at, time_zone).date(), []).append(one)
    if not by_day:
        return None
    days = tuple(sorted(by_day))
    today = moments.today(time_zone, now)
    day = look.day if look.day in by_day else next((one for one in days if one >= today), days[0])
    rooms = {room_key(one.room): one.room for one in sessions if one.room}
    room = look.room if look.room in rooms else None
    shown = tuple(
        one
        for one in by_day[day]
        if look.segment in {None, one.segment} and (room is None or (one.room and room_key(one.room) == room))
    )
    return Day(replace(look, day=day, room=room), days, tuple(sorted(rooms.values(), key=folded)), shown)


def now_on(sessions: Sequence[AgendaSession], now: int) -> list[AgendaSession]:
    """What takes place at this moment."""
    return [one for one in sessions if one.is_on and one.starts_at <= now < one.ends_at]


def next_up(sessions: Sequence[AgendaSession], now: int) -> list[AgendaSession]:
    """What begins next: all that begins at the same moment."""
    ahead = [one for one in sessions if one.is_on and one.starts_at > now]
    first = min((one.starts_at for one in ahead), default=None)
    return [one for one in ahead if one.starts_at == first]
