"""Numbers, and yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.forms.reading import Circumstances, Kind, Outcome, Problem, Understood, Wrong
from bot.forms.texts import tidy
from bot.places.digits import western_digits
from storage.records.drafts import Json

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'’٬ \u00a0\u202f])\d{3})(?:\1\d{3})*")
_WHOLE = re.compile(r"[+-]?\d{1,15}")


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number between two bounds, both of them allowed."""

    at_least: int = 0
    at_most: int = 1_000_000

    def read(self, typed: str, _at: Circumstances) -> Outcome:
        text = western_digits(tidy(typed)).replace("−", "-")
        if _GROUPED.fullmatch(text):
            text = re.sub(r"[^\d+-]", "", text)
        if not _WHOLE.fullmatch(text):
            return Wrong(Problem.NOT_A_NUMBER)
        number = int(text)
        if number < self.at_least:
            return Wrong(Problem.TOO_SMALL, self.at_least)
        return Understood(number) if number <= self.at_most else Wrong(Problem.TOO_LARGE, self.at_most)

    def fits(self, value: Json) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.at_least <= value <= self.at_most
