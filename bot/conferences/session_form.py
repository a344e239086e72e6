"""The form in which a session of the agenda is added and changed, and what its answers come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.conferences import moments
from bot.conferences.agenda_entries import LETTERS_AT_MOST, Reason
from bot.conferences.agm_form import AGM_DOCUMENT
from bot.conferences.conference_form import is_led
from bot.conferences.participation_form import is_day_of_it
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
_CODES = frozenset(option.value for option in UN_LANGUAGES)


def _of_the_conference(value: Json, draft: Draft) -> str | None:
    return None if is_day_of_it(value, draft) else Reason.OTHER_DAY


def _after_it_begins(value: Json, draft: Draft) -> str | None:
    begins = draft.answers.get("begins")
    return Reason.ENDS_FIRST if is_led(draft) and begins is not None and value <= begins else None


def _text(name: str, *, several_lines: bool = False) -> Text:
    return Text(at_most=LETTERS_AT_MOST[name], several_lines=several_lines)


SESSION = Form(
    "agenda_session",
    version=1,
    fields=(
        Field("title", _text("title")),
        Field("segment", Choice(tuple(Option(one) for one in Segment))),
        Field("day", Date(), check=_of_the_conference),
        Field("begins", TimeOfDay()),
        Field("ends", TimeOfDay(), check=_after_it_begins),
        Field("room", _text("room"), optional=True),
        Field("speakers", _text("speakers", several_lines=True), optional=True),
        Field("chair", _text("chair"), optional=True),
        Field("description", _text("description", several_lines=True), optional=True),
        Field("language", Choice(UN_LANGUAGES), optional=True),
    ),
)
SESSION_DOCUMENT = replace(AGM_DOCUMENT, id="session_document")


def details_of(conference: Conference, answers: Answers, seen: AgendaSession | None) -> SessionDetails:
    """What the answers of the whole form come to."""
    zone, day = conference.details.time_zone, date.fromisoformat(answers["day"])
    language = answers.get("language")
    if language is None and seen is not None and seen.language not in _CODES:
        language = seen.language  # read in from a file; the form has no option for it
    return SessionDetails(
        segment=Segment(answers["segment"]),
        title=answers["title"],
        starts_at=moments.moment_us(day, time.fromisoformat(answers["begins"]), zone),
        ends_at=moments.moment_us(day, time.fromisoformat(answers["ends"]), zone),
        room=answers.get("room"),
        speakers=answers.get("speakers"),
        chair=answers.get("chair"),
        description=answers.get("description"),
        language=language,
    )


def answers_of(conference: Conference, shown: AgendaSession) -> dict[str, Any]:
    """What is set, as answers."""
    begins, ends = (moments.local(at, conference.details.time_zone) for at in (shown.starts_at, shown.ends_at))
    return {
        "title": shown.title,
        "segment": shown.segment.value,
        "day": begins.date().isoformat(),
        "begins": begins.strftime("%H:%M"),
        "ends": ends.strftime("%H:%M"),
        "room": shown.room,
        "speakers": shown.speakers,
        "chair": shown.chair,
        "description": shown.description,
        "language": shown.language if shown.language in _CODES else None,
    }
