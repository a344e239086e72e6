"""A file that is read in again after somebody has corrected it: what is changed, and what is new."""

from __future__ import annotations

import pytest

from bot.conferences import agenda_import
from bot.conferences.agenda_import import AgendaPlan, Effect
from bot.forms.places import Places
from storage.records.conferences import AgendaSession
from tests.bot.conferences.test_agenda_import import HELD, calendar, planned, taken

HEADINGS = "id,day,begins,ends,title,room\n"
BEFORE = (
    ",27.3.2027,9:00,10:00,Opening,Hall\n,27.3.2027,10:00,10:30,Coffee break,\n,27.3.2027,15:00,15:30,Coffee break,\n"
    ",28.3.2027,9:00,10:00,Session A,R 1\n"
)


def read_again(rows: str, before: list[AgendaSession], places: Places) -> AgendaPlan:
    return planned(agenda_import.read((HEADINGS + rows).encode(), HELD, places), before)


@pytest.fixture
def agenda(places: Places) -> list[AgendaSession]:
    return taken(read_again(BEFORE, [], places))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("27.3.2027,9:00,10:00,Opening,Hall", "27.3.2027,9:30,10:30,Opening,Hall"),
        ("Opening,Hall", "Opening,Room 2"),
        ("Opening,Hall", "Opening ceremony,Hall"),
        ("10:00,10:30,Coffee break", "10:15,10:45,Coffee break"),
        ("10:00,10:30,Coffee break", "10:00,10:30,Coffe break"),
        (
            "28.3.2027,9:00,10:00,Session A,R 1\n",
            "27.3.2027,11:00,12:00,Session A,R 1\n,28.3.2027,20:00,21:00,Party,\n",
        ),
    ],
)
def test_what_was_corrected_is_changed_and_not_doubled(
    places: Places, agenda: list[AgendaSession], old: str, new: str
) -> None:
    plan = read_again(BEFORE.replace(old, new), agenda, places)
    assert plan.count(Effect.CHANGED) == 1
    assert plan.count(Effect.UNCHANGED) == len(agenda) - 1
    assert plan.count(Effect.ADDED) == new.count("Party")
    again = read_again(BEFORE.replace(old, new), taken(plan), places)
    assert again.changes_nothing


@pytest.mark.parametrize(
    ("rows", "effect"),
    [
        (",28.3.2027,9:00,10:00,Session A,\n", Effect.CHANGED),
        (",28.3.2027,9:00,10:00,Another one,R 1\n", Effect.CHANGED),
        (",28.3.2027,9:00,10:00,Another one,R 2\n", Effect.ADDED),
        (",29.3.2027,9:00,10:00,Opening,Hall\n", Effect.ADDED),
        ("mine,28.3.2027,9:00,10:00,Session A,R 1\n", Effect.UNCHANGED),
        ("mine,28.3.2027,9:30,10:00,Session A,R 1\n", Effect.ADDED),
    ],
)
def test_a_file_with_a_part_of_it_leaves_the_rest_alone(
    places: Places, agenda: list[AgendaSession], rows: str, effect: Effect
) -> None:
    [step] = read_again(rows, agenda, places).steps
    assert step.effect == effect


def test_what_takes_the_place_of_a_session_that_moved_is_new(places: Places, agenda: list[AgendaSession]) -> None:
    moved = taken(read_again(BEFORE.replace("9:00,10:00,Opening", "9:30,10:00,Opening"), agenda, places))
    both = BEFORE.replace("9:00,10:00,Opening", "9:30,10:00,Opening") + ",27.3.2027,9:00,9:30,Opening,Hall\n"
    plan = read_again(both, moved, places)
    assert (plan.count(Effect.ADDED), plan.count(Effect.CHANGED)) == (1, 0)
    assert len({one.uid for one in moved} | {step.uid for step in plan.steps}) == len(moved) + 1


def test_a_calendar_without_uids_corrects_too(places: Places) -> None:
    event = "SUMMARY:A\nDTSTART:20270327T{}0000Z\nDTEND:20270327T120000Z"
    before = taken(planned(agenda_import.read(calendar(event.format("09")), HELD, places), []))
    plan = planned(agenda_import.read(calendar(event.format("10")), HELD, places), before)
    assert [step.effect for step in plan.steps] == [Effect.CHANGED]
