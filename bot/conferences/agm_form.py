"""The forms in which an AGM is set and changed, and what their answers come to."""

from __future__ import annotations

import re
from datetime import date, time
from types import MappingProxyType
from typing import Any

from bot.conferences import moments
from bot.conferences.conference_form import LINE_AT_MOST, DayFault, is_led
from bot.conferences.participation_form import days_of_it, is_day_of_it
from bot.forms.choices import Choice, Option
from bot.forms.contacts import WebSite
from bot.forms.dates import Date
from bot.forms.files import IMAGES, PDF, File
from bot.forms.form import Field, Form
from bot.forms.numbers import Number
from bot.forms.texts import Text
from bot.forms.times import TimeOfDay
from storage.records.conferences import Agm, Conference, Entitled, Planned
from storage.records.drafts import Answers, Draft, Json

NOTICE_DAYS = 30
"""So many days before it the formal notice goes out, unless it is said otherwise."""
NOTICE_AT_MOST = 365
TITLE_AT_MOST = 200
ITEMS_AT_MOST = 50
AGENDA_AT_MOST = 2_000
"""Characters of all items: the agenda is shown in one message."""
TOO_MANY = "too-many"
_NUMBER = re.compile(r"\d{1,2}\s?[.)]\s+")
OFFICE = MappingProxyType(
    {
        ".doc": "application/msword",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xls": "application/vnd.ms-excel",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".ppt": "application/vnd.ms-powerpoint",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".odt": "application/vnd.oasis.opendocument.text",
        ".txt": "text/plain",
    }
)


def _of_the_conference(value: Json, draft: Draft) -> str | None:
    return None if is_day_of_it(value, draft) else DayFault.OTHER_DAY


def _not_too_many(value: Json, _draft: Draft) -> str | None:
    return TOO_MANY if len(items_of(str(value))) > ITEMS_AT_MOST else None


def _after_it_begins(value: Json, draft: Draft) -> str | None:
    begins = draft.answers.get("begins")
    if not is_led(draft) or begins is None or moments.can_be(time.fromisoformat(begins), time.fromisoformat(value)):
        return None
    return DayFault.BEFORE_THE_FIRST


_PLACE = Field("place", Text(at_most=LINE_AT_MOST), optional=True)
AGM = Form(
    "agm",
    version=1,
    fields=(
        Field("day", Date(likely=days_of_it), check=_of_the_conference),
        Field("begins", TimeOfDay()),
        Field("ends", TimeOfDay(), check=_after_it_begins),
        _PLACE,
        Field("online_link", WebSite(), optional=True),
        Field("notice_days", Number(at_least=1, at_most=NOTICE_AT_MOST)),
        Field("entitled", Choice(tuple(Option(who) for who in Entitled))),
    ),
)
AGM_PLACE = Form("agm_place", version=1, fields=(_PLACE,))
"""What the host changes of an AGM."""
AGM_ITEMS = Form(
    "agm_items",
    version=1,
    fields=(
        Field(
            "items",
            Text(AGENDA_AT_MOST, several_lines=True, may_ask=True, is_list=True),
            optional=True,
            check=_not_too_many,
        ),
    ),
)
"""Items of the agenda, one a line."""
AGM_DOCUMENT = Form(
    "agm_document",
    version=1,
    fields=(
        Field("file", File(MappingProxyType({**PDF, **OFFICE, **IMAGES}), at_most_megabytes=20)),
        Field("title", Text(at_most=TITLE_AT_MOST, may_ask=True)),
    ),
)


def agm_of(conference: Conference, answers: Answers, now: int) -> Agm:
    """The AGM that the answers of the whole form come to."""
    begins, ends = (time.fromisoformat(answers[name]) for name in ("begins", "ends"))
    day = date.fromisoformat(answers["day"])
    starts_at, ends_at = moments.span_us(day, begins, ends, conference.details.time_zone)
    return Agm(
        conference=conference.id,
        state=Planned.PLANNED,
        starts_at=starts_at,
        ends_at=ends_at,
        place=answers.get("place"),
        online_link=answers.get("online_link"),
        notice_days=answers["notice_days"],
        entitled=Entitled(answers["entitled"]),
        changed_at=now,
        edition=0,
    )


def answers_of_agm(conference: Conference, agm: Agm) -> dict[str, Any]:
    """What is set, as answers."""
    begins, ends = (moments.local(at, conference.details.time_zone) for at in (agm.starts_at, agm.ends_at))
    return {
        "day": begins.date().isoformat(),
        "begins": begins.strftime("%H:%M"),
        "ends": ends.strftime("%H:%M"),
        "place": agm.place,
        "online_link": agm.online_link,
        "notice_days": agm.notice_days,
        "entitled": agm.entitled.value,
    }


def items_of(text: str | None) -> tuple[str, ...]:
    """The items that stand in a text, one a line; numbers before all of them are the bot's to give."""
    lines = tuple(line.strip() for line in (text or "").splitlines() if line.strip())
    bare = tuple(_NUMBER.sub("", line, count=1) for line in lines)
    return bare if all(item and item != line for item, line in zip(bare, lines, strict=True)) else lines
