"""The form in which somebody answers whether and how they take part in a conference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.forms.choices import Choice, Option, YesNo
from bot.forms.dates import Date
from bot.forms.form import Field, Form, answered
from bot.forms.reading import Circumstances
from bot.forms.texts import Text
from storage.records.conferences import Conference, Segment
from storage.records.drafts import Answers, Draft, Json
from storage.records.participations import Attendance, ParticipationDetails

NOT_COMING = "not_coming"
"""The option beside the ways to take part."""
DAY, NO_DAY = timedelta(days=1), timedelta()
NEAR = timedelta(days=14)
"""Nobody arrives or leaves further from the conference than this."""
STARTS, ENDS = "starts_on", "ends_on"
"""The conference's days, in the draft's context."""
EDITION = "edition"
"""That of the answer which is changed, in the draft's context."""
FAR, BEFORE_ARRIVAL, TOO_EARLY, TOO_LATE = "far", "before-arrival", "leaves-too-early", "arrives-too-late"
TEXT_AT_MOST = 300


def _far(day: date, first: date, last: date) -> str | None:
    return None if first - NEAR <= day <= last + NEAR else FAR


def _arrives(day: date, first: date, last: date) -> str | None:
    """Why somebody cannot arrive on a day, where the conference has these."""
    return _far(day, first, last) or (TOO_LATE if day > last else None)


def _departs(day: date, first: date, last: date) -> str | None:
    """Why somebody cannot leave on a day, where the conference has these."""
    return _far(day, first, last) or (TOO_EARLY if day < first else None)


def _arrival(value: Json, draft: Draft) -> str | None:
    return _arrives(_day(value), *_days_of(draft))


def _departure(value: Json, draft: Draft) -> str | None:
    arrives = draft.answers.get("arrives_on")
    if arrives is not None and _day(value) < _day(arrives):
        return BEFORE_ARRIVAL
    return _departs(_day(value), *_days_of(draft))


def is_day_of_it(value: Json, draft: Draft) -> bool:
    """Whether a day is one of the conference's, in a draft with `context_of` it."""
    first, last = _days_of(draft)
    return first <= _day(value) <= last


def _days_of(draft: Draft) -> tuple[date, date]:
    return _day(draft.context[STARTS]), _day(draft.context[ENDS])


def days_of_it(at: Circumstances) -> list[date]:
    """The days of the conference, with `context_of` it."""
    first, last = (at.context.get(name) for name in (STARTS, ENDS))
    if not isinstance(first, str) or not isinstance(last, str):
        return []
    return [_day(first) + timedelta(days=ahead) for ahead in range((_day(last) - _day(first)).days + 1)]


def _days_of_arrival(at: Circumstances) -> list[date]:
    return [day + ahead for day in days_of_it(at)[:1] for ahead in (-DAY, NO_DAY)]


def _days_of_departure(at: Circumstances) -> list[date]:
    return [day + ahead for day in days_of_it(at)[-1:] for ahead in (NO_DAY, DAY)]


def days_fit(stay: ParticipationDetails, conference: Conference) -> bool:
    """Whether days of arrival and departure that were given before go with the conference's days, as these are now."""
    days = conference.details.starts_on, conference.details.ends_on
    arrives = stay.arrives_on is None or _arrives(stay.arrives_on, *days) is None
    return arrives and (stay.departs_on is None or _departs(stay.departs_on, *days) is None)


_in_person = answered("attendance", Attendance.IN_PERSON)
_comes = answered("attendance", *Attendance)

PARTICIPATION = Form(
    "participation",
    version=1,
    fields=(
        Field(
            "attendance",
            Choice(
                (
                    Option(Attendance.IN_PERSON, ("in person", "there", "on site")),
                    Option(Attendance.ONLINE, ("remote", "remotely", "virtual", "virtually")),
                    Option(NOT_COMING, ("no", "not coming")),
                )
            ),
        ),
        Field("arrives_on", Date(likely=_days_of_arrival), shown_if=_in_person, check=_arrival),
        Field("departs_on", Date(likely=_days_of_departure), shown_if=_in_person, check=_departure),
        Field("diet", Text(at_most=TEXT_AT_MOST, may_ask=True), optional=True, shown_if=_in_person),
        Field(
            "accessibility",
            Text(at_most=TEXT_AT_MOST, may_ask=True),
            optional=True,
            shown_if=_comes,
        ),
        Field("visa_letter", YesNo(), shown_if=_in_person),
        Field("segment", Choice(tuple(Option(one) for one in Segment)), shown_if=_comes),
    ),
)


def context_of(conference: Conference, edition: int) -> Mapping[str, Json]:
    """What the form has to know."""
    details = conference.details
    return {STARTS: details.starts_on.isoformat(), ENDS: details.ends_on.isoformat(), EDITION: edition}


def details_of(answers: Answers) -> ParticipationDetails:
    """What the answers come to; they are those that are asked for."""
    if answers["attendance"] == NOT_COMING:
        return ParticipationDetails()
    arrives, departs = answers.get("arrives_on"), answers.get("departs_on")
    return ParticipationDetails(
        attendance=Attendance(answers["attendance"]),
        arrives_on=None if arrives is None else _day(arrives),
        departs_on=None if departs is None else _day(departs),
        diet=answers.get("diet"),
        accessibility=answers.get("accessibility"),
        visa_letter=bool(answers.get("visa_letter")),
        segment=Segment(answers["segment"]),
    )


def answers_of(details: ParticipationDetails) -> Answers:
    """The answers that were given before; without an attendance, there are none."""
    if details.attendance is None:
        return {}
    answers: dict[str, Json] = {
        "attendance": details.attendance,
        "accessibility": details.accessibility,
    }
    if details.segment is not None:
        answers["segment"] = details.segment
    if details.attendance == Attendance.IN_PERSON:
        days = {"arrives_on": details.arrives_on, "departs_on": details.departs_on}
        answers |= {name: day.isoformat() for name, day in days.items() if day is not None}
        answers |= {"diet": details.diet, "visa_letter": details.visa_letter}
    return answers


def _day(value: Json) -> date:
    return date.fromisoformat(str(value))
