"""Dates, in figures or with the name of the month in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names
from rapidfuzz.distance import OSA

from bot.forms.choices import folded
from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Unsure, Wrong
from bot.forms.texts import bare
from bot.places.digits import western_digits
from storage.records.drafts import Json
from storage.records.durations import SECOND_US

LOCALES = ("en", "en_GB", "fr", "es", "ru", "ar", "ar_SY", "zh")
"""Those of the bot's languages; in the Arab east months have names of their own."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
YEARS_AHEAD = 20
"""A year of two digits is not further in the future than so many years."""
TYPED_AT_MOST = 60
CENTURY = 100
LEAP_YEARS = 4
"""In so many years, 29 February comes again, but for once in a lifetime."""
LEAST_LETTERS = 3
LEAST_FOR_TYPOS = 5
MONTHS = 12
OFFERED_AT_MOST = 8
"""Days with a button each: more of them are written sooner than found."""
NEAR_DAYS = 14
"""A day of the month alone is one no further from those that are likely."""
_FILLERS = frozenset(
    {"de", "del", "of", "the", "th", "st", "nd", "rd", "er", "o", "le", "el", "on", "г", "года", "год", "من"}
    | {"日", "号", "го"}
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4}|\d{2})")
_EITHER_FIRST = re.compile(r"(\d{1,2})\s*([-/])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.?")
_EITHER_AND_NO_YEAR = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_TIME_BEHIND = re.compile(
    r"[\s,]+(?:(?:at|à|a las|um|в)\s+\d{1,2}(?:\s*[:h.]\s*\d{2})?|\d{1,2}[:h]\d{2})\s*(?:[ap]\.?m\.?|h)?$"
)
"""A time of day behind the day, as in "5 Dec 2026 9:00": it is asked for by itself, where it is wanted."""
_FROM_TODAY: Mapping[str, int] = {
    **dict.fromkeys(("today", "aujourd'hui", "aujourd’hui", "hoy", "сегодня", "اليوم", "今天", "今日"), 0),
    **dict.fromkeys(("tomorrow", "demain", "mañana", "завтра", "غدا", "غدًا", "غداً", "明天"), 1),
}


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A day; the value is as in 2027-03-12.

    Attributes:
        around: the field with a day that is near to this one: what is typed without a year may be of that year.
        likely: the days that are meant as a rule, in their order: they have buttons, and "12" is one near to them.
    """

    around: str = ""
    likely: Callable[[Circumstances], Sequence[date]] | None = None

    def read(self, typed: str, at: Circumstances) -> Outcome:
        text = western_digits(bare(typed)).casefold()
        if len(text) > TYPED_AT_MOST:
            return Wrong(Problem.NOT_A_DATE)
        text = _TIME_BEHIND.sub("", text)
        if (ahead := _FROM_TODAY.get(" ".join(text.split()))) is not None:
            return Understood((_today(at) + timedelta(days=ahead)).isoformat())
        likely = self._likely(at)
        if likely and (alone := _alone(text, likely)):
            return Understood(alone[0]) if len(alone) == 1 else Unsure(alone)
        outcome = _in_figures(text, at.today) or _with_name(text, at.today)
        near = likely[0].isoformat() if likely else at.answers.get(self.around)
        if not isinstance(outcome, Unsure) or not isinstance(near, str) or not _has_no_year(outcome.values):
            return outcome
        nearest = [
            value for each in {one[5:]: one for one in outcome.values}.values() for value in _nearest(each, near)
        ]
        return Unsure(tuple(dict.fromkeys((*outcome.values, *nearest))))

    def _likely(self, at: Circumstances) -> Sequence[date]:
        return () if self.likely is None else self.likely(at)

    def offers(self, at: Circumstances) -> tuple[str, ...]:
        likely = self._likely(at)
        return tuple(day.isoformat() for day in likely) if len(likely) <= OFFERED_AT_MOST else ()

    def pressed(self, data: str, _at: Circumstances) -> Json | None:
        return data if self.fits(data) else None

    def fits(self, value: Json) -> bool:
        try:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False


def _today(at: Circumstances) -> date:
    """Which day it is in the time zone of the form, where it has one."""
    zone = at.answers.get("time_zone")
    if not isinstance(zone, str) or not at.now or not at.places.zones.is_known(zone):
        return at.today
    return datetime.fromtimestamp(at.now / SECOND_US, ZoneInfo(zone)).date()


def _in_figures(text: str, today: date) -> Outcome | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _dated(found[3], [(int(found[2]), int(found[1]))], today)
    if found := _EITHER_FIRST.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        # In half of the world the month comes first.
        ways = dict.fromkeys((month, day) for day, month in ((first, second), (second, first)) if month <= MONTHS)
        return _dated(found[4], ways, today)
    return _in_figures_of_any_year(text, today)


def _in_figures_of_any_year(text: str, today: date) -> Outcome | None:
    if found := _MONTH_FIRST.fullmatch(text):
        return _next(int(found[1]), int(found[2]), today)
    if (found := _DAY_AND_MONTH.fullmatch(text)) and int(found[2]) <= MONTHS:
        return _next(int(found[2]), int(found[1]), today)
    if found := _EITHER_AND_NO_YEAR.fullmatch(text):
        ways = dict.fromkeys(((int(found[2]), int(found[1])), (int(found[1]), int(found[2]))))
        outcomes = [_next(month, day, today) for month, day in ways if month <= MONTHS]
        values = tuple(value for outcome in outcomes if isinstance(outcome, Unsure) for value in outcome.values)
        return Unsure(values) if values else None
    return None


def _with_name(text: str, today: date) -> Outcome:
    """A date with the month as a word; the numbers beside it are the day, and perhaps the year."""
    numbers = re.findall(r"\d+", text)
    words = [word for word in folded(re.sub(r"\d+", " ", text)).split() if word not in _FILLERS | _weekdays()]
    month = _month(" ".join(words))
    years = [number for number in numbers if len(number) == len("2027")]
    days = [number for number in numbers if len(number) <= len("31")]
    if month is None or len(years) + len(days) != len(numbers):
        return Wrong(Problem.NOT_A_DATE)
    match days, years:
        case [day], [year]:
            return _day(int(year), month, int(day))
        case [day, year], []:
            return _dated(year, [(month, int(day))], today)
        case [day], []:
            return _next(month, int(day), today)
        case _:
            return Wrong(Problem.NOT_A_DATE)


def _alone(text: str, likely: Sequence[date]) -> tuple[str, ...]:
    """What a day of the month and nothing else may be, as in "the 12th" and "Tue 12": days near to the likely ones."""
    numbers = re.findall(r"\d+", text)
    words = folded(re.sub(r"\d+", " ", text)).split()
    if len(numbers) != 1 or len(numbers[0]) > len("31") or any(word not in _FILLERS | _weekdays() for word in words):
        return ()
    span = range(-NEAR_DAYS, (likely[-1] - likely[0]).days + NEAR_DAYS + 1)
    days = [likely[0] + timedelta(days=ahead) for ahead in span]
    found = [day for day in days if day.day == int(numbers[0])]
    return tuple(day.isoformat() for day in sorted(found, key=lambda day: day not in likely))


def _has_no_year(values: Sequence[str]) -> bool:
    """Whether what was read is one day of several years: then the year was not said."""
    return len({value[:4] for value in values}) > 1 or len({value[5:] for value in values}) == 1


def _dated(year: str, ways: Iterable[tuple[int, int]], today: date) -> Outcome:
    """The day in a year, by months and days that it may be; a year of two digits is asked back."""
    whole = int(year) if len(year) > len("27") else _century(int(year), today) + int(year)
    outcomes = [_day(whole, month, day) for month, day in ways]
    understood = [outcome for outcome in outcomes if isinstance(outcome, Understood)]
    if not understood:
        return outcomes[0] if outcomes else Wrong(Problem.NO_SUCH_DAY)
    if len(understood) == 1 and len(year) > len("27"):
        return understood[0]
    return Unsure(tuple(outcome.value for outcome in understood))


def _century(year: int, today: date) -> int:
    this = today.year // CENTURY * CENTURY
    return this if this + year <= today.year + YEARS_AHEAD else this - CENTURY


def _next(month: int, day: int, today: date) -> Outcome:
    """A day without a year: the next one, or the one before."""
    years = range(today.year - LEAP_YEARS, today.year + LEAP_YEARS + 1)
    found = [outcome.value for year in years if isinstance(outcome := _day(year, month, day), Understood)]
    if not found:
        return Wrong(Problem.NO_SUCH_DAY)
    ahead = [value for value in found if value >= today.isoformat()]
    behind = [value for value in found if value < today.isoformat()]
    return Unsure((*ahead[:1], *behind[-1:]))


def _nearest(value: str, near: str) -> list[str]:
    """Of the days in a year that a value names, the one that is next to another day, if there is one."""
    month, day, other = int(value[5:7]), int(value[8:]), date.fromisoformat(near)
    days = [_day(other.year + ahead, month, day) for ahead in (-1, 0, 1)]
    found = [date.fromisoformat(one.value) for one in days if isinstance(one, Understood)]
    return [min(found, key=lambda one: abs(one - other)).isoformat()] if found else []


def _day(year: int, month: int, day: int) -> Outcome:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Wrong(Problem.NOT_A_DATE)
    try:
        return Understood(date(year, month, day).isoformat())
    except ValueError:
        return Wrong(Problem.NO_SUCH_DAY)


def _month(name: str) -> int | None:
    """The month that a word means: its name in any language, the beginning of it, or a slip of the finger."""
    if len(name) < LEAST_LETTERS:
        return _months().get(name)
    begun = {month for known, month in _months().items() if known.startswith(name)}
    near = (
        {month for known, month in _months().items() if OSA.distance(known, name, score_cutoff=1) <= 1}
        if len(name) >= LEAST_FOR_TYPOS
        else set()
    )
    return next((found.pop() for found in (begun, near) if len(found) == 1), _months().get(name))


@cache
def _months() -> Mapping[str, int]:
    return {
        folded(name): month
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for month, name in get_month_names(width, context, locale).items()
    }


@cache
def _weekdays() -> frozenset[str]:
    names: Sequence[str] = [
        name
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "format", locale).values()
    ]
    return frozenset(word for name in names for word in folded(name).split()) - _months().keys()
