"""Which sessions clash, also where there are many at the same time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conferences.clashes import clashes
from bot.forms.choices import folded
from storage.records.conferences import AgendaSession, Planned, Segment

NAMES = st.sampled_from((None, "Speaker A", "speaker a", "Speaker B\nSpeaker C", "Speaker C"))
ROOMS = st.sampled_from((None, "Room 1", "room 1", "Room 2"))


def made(number: int, room: str | None, speakers: str | None, *, begins: int = 0, lasts: int = 1) -> AgendaSession:
    return AgendaSession(
        number, 1, f"{number}", Planned.PLANNED, Segment.PLENARY, f"Session {number}", None, speakers,
        chair=None, room=room, starts_at=begins, ends_at=begins + lasts, language=None, changed_at=0, edition=0,
    )  # fmt: skip


SESSIONS = st.lists(
    st.builds(made, number=st.just(0), room=ROOMS, speakers=NAMES, begins=st.integers(0, 5), lasts=st.integers(1, 4)),
    max_size=8,
)


def people(one: AgendaSession) -> set[str]:
    return {folded(name) for name in (one.speakers or "").splitlines()}


@settings(deadline=None, derandomize=True)
@given(drawn=SESSIONS, cancelled=st.sets(st.integers(0, 7)))
def test_each_two_that_need_the_same_at_the_same_time(drawn: list[AgendaSession], cancelled: set[int]) -> None:
    sessions = [
        replace(one, id=number, state=Planned.CANCELLED if number in cancelled else Planned.PLANNED)
        for number, one in enumerate(drawn)
    ]
    on = sorted((one for one in sessions if one.is_on), key=lambda one: (one.starts_at, one.id))
    expected = {
        (first.id, second.id): (same_room, people(first) & people(second))
        for place, first in enumerate(on)
        for second in on[place + 1 :]
        if second.starts_at < first.ends_at
        and (
            (same_room := bool(first.room and second.room and folded(first.room) == folded(second.room)))
            or people(first) & people(second)
        )
    }
    found = {
        (one.first.id, one.second.id): (one.room is not None, {folded(name) for name in one.people})
        for one in clashes(sessions)
    }
    assert found == expected


def test_many_at_the_same_time_are_compared_only_with_those_that_share_something() -> None:
    crowd = [made(number, f"Room {number}", f"Speaker {number}") for number in range(3_000)]
    beside = [made(3_000, "ROOM 7", None), made(3_001, None, "speaker 9")]
    assert [(one.first.id, one.second.id, one.room, one.people) for one in clashes([*crowd, *beside])] == [
        (7, 3_000, "Room 7", ()), (9, 3_001, None, ("Speaker 9",)),
    ]  # fmt: skip
