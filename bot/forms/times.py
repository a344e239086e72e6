"""Times of day, on a clock of twelve or of twenty-four hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Wrong
from bot.forms.texts import bare
from bot.places.digits import western_digits
from storage.records.drafts import Json

TYPED_AT_MOST = 30
NOON = 12
HOURS = 24
_MORNING = frozenset({"am", "a", "上午", "早上", "ص", "صباحا", "صباحًا", "утра", "matin", "dumatin"})
_AFTERNOON = frozenset({"pm", "p", "下午", "晚上", "م", "مساء", "مساءً", "вечера", "дня", "soir", "dusoir"})
_NAMED = {"noon": NOON, "midday": NOON, "midi": NOON, "mediodía": NOON, "полдень": NOON, "中午": NOON, "midnight": 0}
_HOUR_WORDS = r"(?:hours?|hrs?|heures?|horas?|h|o'clock|часов|часа|час|ч|点|點|时|時)"
_MINUTE_WORDS = r"(?:minutes?|min|m|минут[ыа]?|мин|分)"
_CLOCK = re.compile(
    rf"(?P<before>\D*?)(?P<hour>\d{{1,2}})(?:\s*(?:[:.٫،,]|{_HOUR_WORDS}\.?)\s*(?P<minute>\d{{2}}))?"
    rf"\s*(?:{_HOUR_WORDS}|{_MINUTE_WORDS})?\.?(?P<after>\D*)"
)
_TOGETHER = re.compile(r"(?P<before>)(?P<hour>\d{2})(?P<minute>\d{2})\s*(?:hours|hrs|h)?(?P<after>)")
_BESIDE = re.compile(r"[\s.]+")


@dataclass(frozen=True, slots=True)
class TimeOfDay(Kind):
    """A time on the clock; the value is as in 14:30."""

    def read(self, typed: str, _at: Circumstances) -> Outcome:
        text = western_digits(bare(typed)).casefold().strip()
        if len(text) > TYPED_AT_MOST:
            return Wrong(Problem.NOT_A_TIME)
        if text in _NAMED:
            return Understood(f"{_NAMED[text]:02}:00")
        found = _TOGETHER.fullmatch(text) or _CLOCK.fullmatch(text)
        if found is None:
            return Wrong(Problem.NOT_A_TIME)
        half = {_BESIDE.sub("", found[side]) for side in ("before", "after")} - {"", "à", "at", "alas", "в"}
        return _on_the_clock(int(found["hour"]), int(found["minute"] or 0), half)

    def pressed(self, data: str, _at: Circumstances) -> Json | None:
        return data if self.fits(data) else None

    def fits(self, value: Json) -> bool:
        try:
            return isinstance(value, str) and time.fromisoformat(value).strftime("%H:%M") == value
        except ValueError:
            return False


def _on_the_clock(hour: int, minute: int, half: set[str]) -> Outcome:
    if half and not half <= _MORNING and not half <= _AFTERNOON:
        return Wrong(Problem.NOT_A_TIME)
    if half and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if half <= _AFTERNOON else 0)
    try:
        return Understood(time(hour % HOURS if (hour, minute) == (HOURS, 0) else hour, minute).strftime("%H:%M"))
    except ValueError:
        return Wrong(Problem.NOT_A_TIME)
