"""The forms in which a link, a time to send at and a last day for those who join later are said."""

from __future__ import annotations

from datetime import date, time

from bot.conferences import moments
from bot.forms.contacts import WebSite
from bot.forms.dates import Date
from bot.forms.form import Field, Form
from bot.forms.reading import Moment
from bot.forms.texts import Text
from bot.forms.times import TimeOfDay
from bot.forms.whereabouts import TimeZone
from storage.records.drafts import Answers

LABEL_AT_MOST = 40

LINK = Form(
    "announcement_link",
    version=1,
    fields=(Field("label", Text(at_most=LABEL_AT_MOST, may_ask=True)), Field("url", WebSite())),
)


def _due(answers: Answers) -> Moment | None:
    """The time that is said; while only the day is, its end."""
    if "begins" not in answers:
        return _day_due(answers)
    return Moment(send_at(answers), answers["time_zone"]) if {"day", "time_zone"} <= answers.keys() else None


def _day_due(answers: Answers) -> Moment | None:
    return Moment(joins_until(answers), answers["time_zone"]) if {"day", "time_zone"} <= answers.keys() else None


def send_at(answers: Answers) -> int:
    """The moment that was said."""
    day, at = date.fromisoformat(answers["day"]), time.fromisoformat(answers["begins"])
    return moments.moment_us(day, at, answers["time_zone"])


def joins_until(answers: Answers) -> int:
    """The end of the day that was said."""
    return moments.end_of_day_us(date.fromisoformat(answers["day"]), answers["time_zone"])


SEND_AT = Form(
    "announcement_time",
    version=1,
    fields=(
        Field("day", Date(), due=_due),
        Field("begins", TimeOfDay(), due=_due),
        Field("time_zone", TimeZone(), due=_due),
    ),
)
JOINS = Form(
    "announcement_joins",
    version=1,
    fields=(Field("day", Date(), due=_day_due), Field("time_zone", TimeZone(), due=_day_due)),
)
