"""The form in which a session of the agenda is added and changed, and what its answers come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.conferences import moments
from bot.conferences.agenda_entries import LETTERS_AT_MOST, NotTakenError, Reason
from bot.conferences.agm_form import AGM_DOCUMENT
from bot.conferences.conference_form import is_led
from bot.conferences.participation_form import days_of_it, is_day_of_it
from bot.forms.choices import Choice, Option
from bot.forms.dates import Date
from bot.forms.form import Field, Form
from bot.forms.texts import Text
from bot.forms.times import TimeOfDay
from bot.members.delegate_form import UN_LANGUAGES
from storage.records.conferences import AgendaSession, Conference, Segment, SessionDetails
from storage.records.drafts import Answers, Draft, Json

ASKED = ("title", "segment", "day", "begins", "ends")
"""What is asked for when a session is added; the rest is a press away in the summary."""
TIMES = ("day", "begins", "ends", "last_day")
_CODES = frozenset(option.value for option in UN_LANGUAGES)


def _of_the_conference(value: Json, draft: Draft) -> str | None:
    return None if is_day_of_it(value, draft) else Reason.OTHER_DAY


def _after_it_begins(value: Json, draft: Draft) -> str | None:
    begins = draft.answers.get("begins")
    if not is_led(draft) or begins is None or moments.can_be(time.fromisoformat(begins), time.fromisoformat(value)):
        return None
    return Reason.ENDS_FIRST


def _text(name: str, *, several_lines: bool = False, may_ask: bool = False) -> Text:
    return Text(at_most=LETTERS_AT_MOST[name], several_lines=several_lines, may_ask=may_ask)


SESSION = Form(
    "agenda_session",
    version=1,
    fields=(
        Field("title", _text("title", may_ask=True)),
        Field("segment", Choice(tuple(Option(one) for one in Segment))),
        Field("day", Date(likely=days_of_it), check=_of_the_conference),
        Field("begins", TimeOfDay()),
        Field("ends", TimeOfDay(), check=_after_it_begins),
        Field("last_day", Date(likely=days_of_it), optional=True, check=_of_the_conference),
        Field("room", _text("room"), optional=True),
        Field("speakers", _text("speakers", several_lines=True), optional=True),
        Field("chair", _text("chair"), optional=True),
        Field("description", _text("description", several_lines=True, may_ask=True), optional=True),
        Field("language", Choice(UN_LANGUAGES), optional=True),
    ),
)
SESSION_DOCUMENT = replace(AGM_DOCUMENT, id="session_document")


def details_of(conference: Conference, answers: Answers, seen: AgendaSession | None) -> SessionDetails:
    """What the answers of the whole form come to. Raises NotTakenError if it cannot end when it is to."""
    language = answers.get("language")
    if language is None and seen is not None and seen.language not in _CODES:
        language = seen.language  # read in from a file; the form has no option for it
    starts_at, ends_at = _span(conference, answers, seen)
    return SessionDetails(
        segment=Segment(answers["segment"]),
        title=answers["title"],
        starts_at=starts_at,
        ends_at=ends_at,
        room=answers.get("room"),
        speakers=answers.get("speakers"),
        chair=answers.get("chair"),
        description=answers.get("description"),
        language=language,
    )


def answers_of(conference: Conference, shown: AgendaSession) -> dict[str, Any]:
    """What is set, as answers."""
    return {
        "title": shown.title,
        "segment": shown.segment.value,
        **_times(conference, shown),
        "room": shown.room,
        "speakers": shown.speakers,
        "chair": shown.chair,
        "description": shown.description,
        "language": shown.language if shown.language in _CODES else None,
    }


def _span(conference: Conference, answers: Answers, seen: AgendaSession | None) -> tuple[int, int]:
    """From when to when; times that nobody changed stay as exact as they are."""
    if seen is not None and {name: answers.get(name) for name in TIMES} == _times(conference, seen):
        return seen.starts_at, seen.ends_at
    zone, day = conference.details.time_zone, date.fromisoformat(answers["day"])
    begins, ends = (time.fromisoformat(answers[name]) for name in ("begins", "ends"))
    if last_day := answers.get("last_day"):
        return moments.moment_us(day, begins, zone), moments.moment_us(date.fromisoformat(last_day), ends, zone)
    if not moments.can_be(begins, ends):
        raise NotTakenError(Reason.ENDS_FIRST)
    return moments.span_us(day, begins, ends, zone)


def _times(conference: Conference, shown: AgendaSession) -> dict[str, str | None]:
    """When it is, as answers; with its last day, where the times alone do not tell it."""
    begins, ends = (moments.local(at, conference.details.time_zone) for at in (shown.starts_at, shown.ends_at))
    is_told = moments.can_be(begins.time(), ends.time())
    told = moments.last_day(begins.date(), begins.time(), ends.time()) if is_told else None
    return {
        "day": begins.date().isoformat(),
        "begins": begins.strftime("%H:%M"),
        "ends": ends.strftime("%H:%M"),
        "last_day": None if told == ends.date() else ends.date().isoformat(),
    }
