"""What becomes of an answer that somebody has typed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.forms.places import Places
from storage.records.drafts import Answers, Json


class Problem(StrEnum):
    """Why something cannot be taken as an answer. The views have a sentence for each."""

    EMPTY = "empty"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    NOT_OFFERED = "not-offered"
    TOO_FEW = "too-few"
    NOT_YES_OR_NO = "not-yes-or-no"
    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    PAST = "past"
    NOT_A_DATE = "not-a-date"
    NO_SUCH_DAY = "no-such-day"
    NOT_A_TIME = "not-a-time"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_WEB_SITE = "not-a-web-site"
    NOT_A_PHONE = "not-a-phone"
    PHONE_TOO_SHORT = "phone-too-short"
    PHONE_TOO_LONG = "phone-too-long"
    NOT_A_COUNTRY = "not-a-country"
    NOT_A_TIME_ZONE = "not-a-time-zone"
    WORDS_EXPECTED = "words-expected"
    FILE_EXPECTED = "file-expected"
    FILE_TOO_LARGE = "file-too-large"
    WRONG_FILE = "wrong-file"


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer, as it is stored."""

    value: Json


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, in microseconds UTC, and the time zone by whose clocks it is said."""

    at_us: int
    time_zone: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """No answer: a `Problem`, or what a form's own check calls it.

    `limit` is the number in its sentence. `now` is what time it is there, where that decides, and `given` what was
    given all the same: in another time zone it may be an answer.
    """

    problem: str
    limit: int = 0
    now: Moment | None = None
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may mean one of these values: the person is asked which."""

    values: tuple[str, ...]


Outcome: TypeAlias = Understood | Wrong | Unsure


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What one has to know to understand an answer.

    Attributes:
        language: the person's.
        now: microseconds UTC; 0 where nothing can be too late.
        labels: of each option, what it is called in every language.
    """

    language: str
    today: date
    places: Places
    answers: Answers = field(default_factory=dict)
    context: Mapping[str, Json] = field(default_factory=dict)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    now: int = 0

    def country(self, name: str) -> str | None:
        """The code of the country in an answer, or else in the context, if it is one."""
        code = self.answers.get(name) or self.context.get(name)
        return code if isinstance(code, str) and self.places.countries.country(code) else None


class Kind(ABC):
    """What sort of answer a field wants."""

    __slots__ = ()

    @abstractmethod
    def read(self, typed: str, at: Circumstances, /) -> Outcome:
        """Understand what was typed, whatever it is."""

    @abstractmethod
    def fits(self, value: Json, /) -> bool:
        """Whether a stored value is (still) an answer."""

    def pressed(self, _data: str, _at: Circumstances, /) -> Json | None:
        """The value that a button stands for; None if there is no such button."""
        return None

    def offers(self, _at: Circumstances, /) -> tuple[str, ...]:
        """The buttons under the question, by their data."""
        return ()
