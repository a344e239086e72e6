"""The form in which a year's conference is opened and changed, and what its answers come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from bot.forms.choices import Choices
from bot.forms.contacts import WebSite
from bot.forms.dates import Date
from bot.forms.form import Field, Form
from bot.forms.numbers import Number
from bot.forms.texts import Text
from bot.forms.whereabouts import Country, TimeZone
from bot.members.delegate_form import UN_LANGUAGES
from storage.records.conferences import DAYS, ConferenceDetails, Deadline
from storage.records.drafts import Answers, Draft, Json

REQUIRED = ("host_country", "starts_on", "ends_on", "time_zone")
ASKED = (*REQUIRED, "city", "theme", Deadline.REGISTER)
"""What is asked for when a conference is opened; the rest is a press away in the summary."""
OF_THE_HOST = ("theme", "city", "venue")
"""What the host may change."""
NOTE_AT_MOST = 2_000
LINE_AT_MOST = 200
HIGHEST_EDITION = 500
NEAR_DAYS = 183
"""Of two days of the year that are a year apart, one is not further away than this."""
MOST_PLACES = 100_000
LONGEST_DAYS = 31
"""No conference lasts longer; a wrong year does."""

TODAY = "today"
"""The day on which the form was begun, in the context of a draft."""


class DayFault(StrEnum):
    """What is wrong with a day."""

    PAST = "past"
    """Though the conference is to come."""
    BEFORE_THE_FIRST = "before-the-first"
    TOO_LONG = "too-long"
    """The last day is in another month or year than can be meant."""
    AFTER_THE_LAST = "after-the-last"
    OTHER_DAY = "other-day"
    """None of the conference's days."""


_DAY = Date(around="starts_on")


def is_led(draft: Draft) -> bool:
    """Whether somebody is led through the form. In the summary, a day may have to wait for another that goes with it.

    What does not go together there is found when the form is confirmed.
    """
    return draft.mode == "asking"


def _goes_with_the_first(value: Json, draft: Draft) -> str | None:
    first = draft.answers.get("starts_on")
    if not is_led(draft) or first is None:
        return None
    return last_day_fault(date.fromisoformat(first), date.fromisoformat(value))


def last_day_fault(first: date, last: date) -> DayFault | None:
    """Why a conference that begins on a day cannot end on another."""
    if last < first:
        return DayFault.BEFORE_THE_FIRST
    return DayFault.TOO_LONG if (last - first).days >= LONGEST_DAYS else None


def begins_in_the_past(draft: Draft) -> bool:
    """Whether one that is being opened has begun already: it may be a slip, or one of the association's history."""
    first = draft.answers.get("starts_on")
    return not draft.subject and first is not None and first < str(draft.context.get(TODAY, ""))


def _in_time(value: Json, draft: Draft) -> str | None:
    first, last = (draft.answers.get(name) for name in ("starts_on", "ends_on"))
    if first is None or last is None:
        return None
    if value > last:  # whoever moves all of it moves the conference first
        return DayFault.AFTER_THE_LAST
    today = str(draft.context.get(TODAY, ""))
    is_past = value < today <= first  # of one that has begun, the last days may well be past
    return DayFault.PAST if is_led(draft) and is_past else None


def _ahead(values: Sequence[str], draft: Draft) -> list[str]:
    """No past day, of a conference that is to come; of one that has begun, the days around it.

    One that is being opened may be over, too.
    """
    first, today = draft.answers.get("starts_on"), str(draft.context.get(TODAY, ""))
    if first is None:
        return []
    if first >= today:
        return [value for value in values if value >= today]
    return [value for value in values if abs(_days_between(first, value)) <= NEAR_DAYS]


def _soon_after_the_first(values: Sequence[str], draft: Draft) -> list[str]:
    first = draft.answers.get("starts_on")
    near = [value for value in values if first is not None and 0 <= _days_between(first, value) <= NEAR_DAYS]
    return near or _ahead(values, draft)


def _before_the_last(values: Sequence[str], draft: Draft) -> list[str]:
    last, ahead = draft.answers.get("ends_on"), _ahead(values, draft)
    return [value for value in ahead if last is not None and value <= last] or ahead


def _days_between(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


CONFERENCE = Form(
    "conference",
    version=1,
    fields=(
        Field("host_country", Country()),
        Field("starts_on", _DAY, likely=_ahead),
        Field("ends_on", _DAY, check=_goes_with_the_first, likely=_soon_after_the_first),
        Field("time_zone", TimeZone(country_from="host_country")),
        Field("city", Text(at_most=LINE_AT_MOST), optional=True),
        Field("theme", Text(at_most=300, may_ask=True), optional=True),
        Field("register_by", _DAY, optional=True, check=_in_time, likely=_before_the_last),
        Field("edition_number", Number(at_least=1, at_most=HIGHEST_EDITION), optional=True),
        Field("host_organization", Text(at_most=LINE_AT_MOST), optional=True),
        Field("venue", Text(at_most=LINE_AT_MOST), optional=True),
        Field("papers_by", _DAY, optional=True, check=_in_time, likely=_before_the_last),
        Field("visa_by", _DAY, optional=True, check=_in_time, likely=_before_the_last),
        Field("hotel_by", _DAY, optional=True, check=_in_time, likely=_before_the_last),
        Field("languages", Choices(UN_LANGUAGES), optional=True),
        Field("capacity", Number(at_least=1, at_most=MOST_PLACES), optional=True),
        Field("online_link", WebSite(), optional=True),
        Field("contact", Text(at_most=LINE_AT_MOST), optional=True),
    ),
)
HOSTED = Form(
    "conference_host", version=1, fields=tuple(field for field in CONFERENCE.fields if field.name in OF_THE_HOST)
)
"""What the host changes of a conference."""
NOTE = Form(
    "conference_note",
    version=1,
    fields=(Field("content", Text(at_most=NOTE_AT_MOST, several_lines=True, may_ask=True), optional=True),),
)
"""A practical note; left empty, it is removed."""


def details_of(answers: Answers) -> ConferenceDetails:
    """What the answers of the whole form come to."""
    return ConferenceDetails(**values_of(answers))


def values_of(answers: Answers) -> dict[str, Any]:
    """What answers come to, by the names of the details."""
    return {name: _value(name, answers[name]) for name in _NAMES if name in answers}


def answers_of(details: ConferenceDetails) -> Answers:
    """What is set, as answers."""
    return {name: _answer(name, getattr(details, name)) for name in _NAMES}


_NAMES = tuple(field.name for field in fields(ConferenceDetails))


def _value(name: str, answer: Any) -> Any:
    if name == "languages":
        return tuple(answer or ())
    return date.fromisoformat(answer) if name in DAYS and answer is not None else answer


def _answer(name: str, value: Any) -> Any:
    if name == "languages":
        return list(value) or None
    return value.isoformat() if isinstance(value, date) else value
