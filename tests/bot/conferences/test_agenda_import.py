"""Agendas in files: how they are read, and what would come of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.conferences import agenda_import, moments
from bot.conferences.agenda_entries import SESSIONS_AT_MOST, Entry, Reason, Refused
from bot.conferences.agenda_import import AgendaPlan, Effect
from bot.forms.places import Places
from bot.members.importing.faults import FileFault, UnreadableError
from storage.records.conferences import AgendaSession, ConferenceDetails, Planned, Segment
from storage.records.durations import HOUR_US

DAY = date(2027, 3, 27)
HELD = ConferenceDetails("CH", DAY, date(2027, 3, 29), "Europe/Zurich")
"""The clocks go forward on its second day."""


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file.getvalue()


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:example"]
    for event in events:
        lines += ["BEGIN:VEVENT", "DTSTAMP:20270101T000000Z", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def entries(lines: Sequence[Entry | Refused]) -> list[Entry]:
    assert [one for one in lines if isinstance(one, Refused)] == []
    return [one for one in lines if isinstance(one, Entry)]


def refused(lines: Sequence[Entry | Refused]) -> list[tuple[int, Reason]]:
    return [(one.place.number, one.reason) for one in lines if isinstance(one, Refused)]


def clock(at_us: int) -> str:
    return f"{moments.local(at_us, HELD.time_zone):%d %H:%M}"


def planned(lines: Sequence[Entry | Refused], agenda: Sequence[AgendaSession]) -> AgendaPlan:
    return agenda_import.plan(lines, agenda, time_zone=HELD.time_zone, bot_name="example_bot")


def taken(plan: AgendaPlan) -> list[AgendaSession]:
    """The agenda after it was read in."""
    return [
        AgendaSession(number, 1, step.uid, step.state, changed_at=0, edition=0, **asdict(step.details))
        for number, step in enumerate(plan.steps, start=1)
    ]


def test_a_messy_sheet_with_typed_cells(places: Places) -> None:
    content = workbook(
        [
            ["Example agenda"],
            [],
            ["Salle", "Titre", "Jour", "Début", "Fin", "Intervenants", "Segment", "Langue", "?"],
            ["Room 1", "Opening", DAY, time(9), time(10, 30), "A; B", "plénière", "français", "x"],
            ["Room 1", "Second", None, "2 pm", "15h30", None, "Police", "anglais"],
            [None, None, "28/03/2027"],
            [None, "Closing", None, "23:00", "24:00", "A\nC"],
        ]
    )
    found = entries(agenda_import.read(content, HELD, places))
    assert [(one.details.title, clock(one.details.starts_at), clock(one.details.ends_at)) for one in found] == [
        ("Opening", "27 09:00", "27 10:30"), ("Second", "27 14:00", "27 15:30"), ("Closing", "28 23:00", "29 00:00"),
    ]  # fmt: skip
    assert [one.details.segment for one in found] == [Segment.PLENARY, Segment.POLICE, Segment.PLENARY]
    assert [one.details.speakers for one in found] == ["A\nB", None, "A\nC"]
    assert [one.details.language for one in found] == ["fr", "en", None]
    assert "chair" not in found[0].given


def test_what_ends_on_another_day(places: Places) -> None:
    typed = workbook(
        [
            ["Title", "Begins", "Ends"],
            ["Exhibition", datetime(2027, 3, 27, 9), datetime(2027, 3, 29, 17)],  # noqa: DTZ001 - as cells are typed
            ["Reception", datetime(2027, 3, 29, 20), datetime(2027, 3, 30, 1)],  # noqa: DTZ001 - as above
            ["For ever", datetime(2027, 3, 27, 9), datetime(2028, 3, 27, 9)],  # noqa: DTZ001 - as above
        ]
    )
    written = b"day,begins,ends,title\n27.3.2027,22:00,1:00,A\n28.3.2027,9:00,24:00,B\n29.3.2027,9:00,8:00,C\n"
    lines = [*agenda_import.read(typed, HELD, places), *agenda_import.read(written, HELD, places)]
    taken = [one.details for one in lines if isinstance(one, Entry)]
    assert [(one.title, clock(one.starts_at), clock(one.ends_at)) for one in taken] == [
        ("Exhibition", "27 09:00", "29 17:00"), ("Reception", "29 20:00", "30 01:00"), ("A", "27 22:00", "28 01:00"),
        ("B", "28 09:00", "29 00:00"),
    ]  # fmt: skip
    assert refused(lines) == [(4, Reason.OTHER_DAY), (4, Reason.ENDS_FIRST)]


@pytest.mark.parametrize(
    "headings",
    [
        "Day,Start,End,Title", "Date,Début,Fin,Titre", "Fecha,Inicio,Fin,Título", "Дата,Начало,Конец,Название",
        "اليوم,البداية,النهاية,العنوان", "日期,开始,结束,标题",
    ],
)  # fmt: skip
def test_headings_in_six_languages(places: Places, headings: str) -> None:
    [found] = entries(agenda_import.read(f"{headings}\n27.03.2027,9:00,10:00,Opening\n".encode(), HELD, places))
    assert (clock(found.details.starts_at), clock(found.details.ends_at)) == ("27 09:00", "27 10:00")


def test_what_is_refused_in_a_sheet(places: Places) -> None:
    rows = [
        "27.3.2027,9:00,10:00,,", "1.4.2027,9:00,10:00,A,", "27.3.2027,soon,10:00,A,", "27.3.2027,10:00,9:00,A,",
        f"27.3.2027,9:00,10:00,{'A' * 201},", "27.3.2027,9:00,10:00,A,aliens", "someday,9:00,10:00,A,",
        "27.3.2027,9:00–10:00,,A,", "27.3.2027,9:00,10:00,A,",
    ]  # fmt: skip
    lines = agenda_import.read("\n".join(["day,begins,ends,title,segment", *rows]).encode(), HELD, places)
    plan = planned(lines, [])
    assert [(one.place.number, one.reason) for one in plan.refused] == [
        (2, Reason.NO_TITLE), (3, Reason.OTHER_DAY), (4, Reason.NO_TIMES), (5, Reason.ENDS_FIRST), (6, Reason.TOO_LONG),
        (7, Reason.UNKNOWN_WORD), (8, Reason.NO_DAY), (10, Reason.TWICE),
    ]  # fmt: skip
    assert [step.details.title for step in plan.steps] == ["A"]


def test_a_calendar_in_several_time_zones_over_a_change_of_the_clocks(places: Places) -> None:
    content = calendar(
        "UID:a@example.org\nSUMMARY:Before\nDTSTART;TZID=Europe/Zurich:20270327T090000\n"
        "DTEND;TZID=Europe/Zurich:20270327T100000\nLOCATION:Room\\, 1\nCATEGORIES:Other,Military\n"
        "DESCRIPTION:One\\nTwo",
        "UID:b@example.org\nSUMMARY:In UTC\nDTSTART:20270328T070000Z\nDURATION:PT1H",
        "UID:c@example.org\nSUMMARY:Floating\nDTSTART:20270328T090000\nDTEND:20270328T100000",
        "UID:d@example.org\nSUMMARY:Elsewhere\nDTSTART;TZID=America/New_York:20270328T030000\n"
        "DTEND;TZID=America/New_York:20270328T040000",
    )
    found = entries(agenda_import.read(content, HELD, places))
    assert [clock(one.details.starts_at) for one in found] == ["27 09:00", "28 09:00", "28 09:00", "28 09:00"]
    assert found[1].details.starts_at - found[0].details.starts_at == 23 * HOUR_US
    assert len({one.details.starts_at for one in found[1:]}) == 1
    first = found[0].details
    assert (first.room, first.segment, first.description) == ("Room, 1", Segment.MILITARY, "One\nTwo")
    assert [one.uid for one in found] == [f"{letter}@example.org" for letter in "abcd"]


def test_what_is_refused_in_a_calendar(places: Places) -> None:
    times = "DTSTART:20270327T090000Z\nDTEND:20270327T100000Z"
    content = calendar(
        f"UID:a\n{times}", "UID:b\nSUMMARY:B\nDTSTART;VALUE=DATE:20270327",
        f"UID:c\nSUMMARY:C\n{times}\nRRULE:FREQ=DAILY",
        "UID:d\nSUMMARY:D\nDTSTART:20270327T090000Z", "UID:e\nSUMMARY:E\nDTSTART:whenever",
        "UID:f\nSUMMARY:F\nDTSTART:20270401T090000Z\nDTEND:20270401T100000Z",
    )  # fmt: skip
    assert refused(agenda_import.read(content, HELD, places)) == [
        (1, Reason.NO_TITLE), (2, Reason.NO_TIMES), (3, Reason.REPEATS), (4, Reason.NO_TIMES), (5, Reason.NO_TIMES),
        (6, Reason.OTHER_DAY),
    ]  # fmt: skip


def test_the_same_file_twice_changes_nothing_and_another_only_what_it_says(places: Places) -> None:
    sheet = "day,begins,ends,title,room,description\n27.3.2027,9:00,10:00,A,R,{}\n27.3.2027,9:30,10:00,B,R,\n"
    first = planned(agenda_import.read(sheet.format("One").encode(), HELD, places), [])
    assert (first.count(Effect.ADDED), first.changes_nothing) == (2, False)
    [clash] = first.clashes
    assert (clash.first.title, clash.second.title, clash.room) == ("A", "B", "R")
    agenda = taken(first)
    again = planned(agenda_import.read(sheet.format("One").encode(), HELD, places), agenda)
    assert (again.count(Effect.UNCHANGED), again.changes_nothing, again.clashes) == (2, True, ())
    other = planned(agenda_import.read(sheet.format("Two").encode(), HELD, places), agenda)
    assert [step.effect for step in other.steps] == [Effect.CHANGED, Effect.UNCHANGED]
    assert other.steps[0].details.description == "Two"
    assert len({first.edition, again.edition, other.edition}) == 3


def test_a_calendar_changes_and_cancels_what_has_its_uid(places: Places) -> None:
    event = "UID:{}\nSUMMARY:A\nDTSTART:20270327T{}0000Z\nDTEND:20270327T120000Z\nSTATUS:{}"
    first = planned(agenda_import.read(calendar(event.format("a", "09", "CONFIRMED")), HELD, places), [])
    [kept] = taken(first)
    content = calendar(event.format("a", "10", "CANCELLED"), event.format("b", "09", "CANCELLED"))
    plan = planned(agenda_import.read(content, HELD, places), [kept])
    assert [(step.effect, step.state) for step in plan.steps] == [
        (Effect.CHANGED, Planned.CANCELLED), (Effect.UNCHANGED, Planned.CANCELLED),
    ]  # fmt: skip
    assert plan.steps[0].details.starts_at - kept.starts_at == HOUR_US


def test_odd_calendars_are_refused_by_the_row(places: Places) -> None:
    times = "DTSTART:20270327T090000Z\nDTEND:20270327T100000Z"
    content = calendar(
        f"UID:a\nUID:b\nSUMMARY:First\nSUMMARY:Second\nLOCATION:R 1\nLOCATION:R 2\n{times}",
        f"UID:c\nSUMMARY:C\nDTSTART:20270327T080000Z\n{times}",
        "UID:d\nSUMMARY:D\nDTSTART:99991231T230000Z\nDTEND:99991231T233000Z",
        "UID:e\nSUMMARY:E\nDTSTART:00010101T000000Z\nDTEND:00010101T010000Z",
        "UID:f\nSUMMARY:F\nDTSTART:20270327T090000Z\nDURATION:P99999999D",
        "UID:g\nSUMMARY:G\nDTSTART:20270327T090000Z\nDTEND:99991231T233000Z",
        "UID:h\nSUMMARY:H\nDTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270328",
        "UID:i\nSUMMARY:I\nDTSTART:20270327T090000Z\nDTEND;VALUE=DATE:20270328",
        f"UID:j\nSUMMARY:J\n{times}\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY",
    )  # fmt: skip
    lines = agenda_import.read(content, HELD, places)
    assert [(one.details.title, one.details.room) for one in lines if isinstance(one, Entry)] == [("First", "R 1")]
    assert refused(lines) == [
        (2, Reason.NO_TIMES), (3, Reason.OTHER_DAY), (4, Reason.OTHER_DAY), (5, Reason.NO_TIMES), (6, Reason.OTHER_DAY),
        (7, Reason.NO_TIMES), (8, Reason.NO_TIMES), (9, Reason.REPEATS),
    ]  # fmt: skip


ODD_TIMES = ("20270327T090000Z", "20270328T023000", "99991231T235959Z", "00010101T000000", "20270327", "", "x", "P1D")
ODD_LINES = st.builds(
    "{}{}:{}".format,
    st.sampled_from(
        ("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "LOCATION", "STATUS", "CATEGORIES", "RECURRENCE-ID", "RRULE")
    ),
    st.sampled_from(("", ";VALUE=DATE", ";TZID=Europe/Zurich", ";TZID=Nowhere/City", ";LANGUAGE=en", ";=")),
    st.one_of(st.sampled_from(ODD_TIMES), st.text(max_size=20)),
)
CELLS = st.one_of(
    st.sampled_from(("27.3.2027", "31.12.9999", "0001-01-01 00:00:00", "9:00", "24:00", "9:00-1:00", "A", "police")),
    st.text(max_size=20),
)
NO_DEADLINE = settings(max_examples=300, deadline=None, derandomize=True)


@NO_DEADLINE
@given(events=st.lists(st.lists(ODD_LINES, max_size=8), max_size=3))
def test_no_calendar_raises_but_what_is_said(places: Places, events: list[list[str]]) -> None:
    read_or_refused(calendar(*("\n".join(lines) for lines in events)), places)


@NO_DEADLINE
@given(rows=st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=4), data=st.binary(max_size=50))
def test_no_sheet_raises_but_what_is_said(places: Places, rows: list[list[str]], data: bytes) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([["day", "begins", "ends", "title", "segment"], *rows])
    read_or_refused(file.getvalue().encode() + data, places)
    read_or_refused(data, places)


def read_or_refused(content: bytes, places: Places) -> None:
    try:
        lines = agenda_import.read(content, HELD, places)
    except UnreadableError:
        return
    assert planned(lines, []).edition


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", FileFault.NO_SESSIONS),
        (b"BEGIN:VCALENDAR\r\nnonsense\r\n", FileFault.DAMAGED),
        (b"Room,Speaker\n1,2\n", FileFault.NO_SESSIONS),
        (b"1,2\n3,4\n", FileFault.NO_SESSIONS),
        (b"", FileFault.EMPTY),
        (b"Title,Begins,Ends,Day\n" + b"A,9:00,10:00,27.3.2027\n" * (SESSIONS_AT_MOST + 1), FileFault.TOO_MANY_ROWS),
    ],
)
def test_what_is_no_agenda(places: Places, content: bytes, fault: FileFault) -> None:
    with pytest.raises(UnreadableError) as raised:
        agenda_import.read(content, HELD, places)
    assert raised.value.fault == fault
