"""Whom the bot serves: people, the Secretariat, and many at once."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_settings import NoDecode

from bot.announcements.limits import Limits
from bot.desk.hours import WEEK_DAYS, Office
from bot.setting_faults import a_list, a_time, a_time_zone, allowed, persons
from bot.setting_parts.part import Part

OfficeDay = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class People(Part):
    """Who the bot serves."""

    owners: Annotated[tuple[int, ...], NoDecode, BeforeValidator(a_list), AfterValidator(persons)] = ()
    default_language: Literal["ar", "zh", "en", "fr", "ru", "es"] = "en"


class DeskPart(Part):
    """When the Secretariat is there, and what people may expect of it."""

    answer_within_hours: int = Field(default=48, ge=0, le=1000)
    alarm_after_hours: float = Field(default=8.0, ge=0, le=1000)
    letters_in_ten_minutes: int = Field(default=20, ge=3, le=1000)
    office_days: Annotated[tuple[OfficeDay, ...], NoDecode, BeforeValidator(a_list)] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    office_from: Annotated[str, AfterValidator(a_time)] = "09:00"
    office_to: Annotated[str, AfterValidator(a_time)] = "17:00"
    time_zone: Annotated[str, AfterValidator(a_time_zone)] = "UTC"

    @field_validator("office_days")
    @classmethod
    def _is_open_some_day(cls, value: tuple[OfficeDay, ...], info: ValidationInfo) -> tuple[OfficeDay, ...]:
        if not value:
            raise ValueError(allowed(cls.model_fields[info.field_name or ""]))
        return value

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> DeskPart:
        if self.office_from >= self.office_to:
            raise ValueError(f'office_to: is "{self.office_to}"; it must be later than office_from')
        return self

    def office(self) -> Office:
        """The office hours that these settings mean."""
        return Office(
            days=frozenset(WEEK_DAYS.index(day) for day in self.office_days),
            opens=time.fromisoformat(self.office_from),
            closes=time.fromisoformat(self.office_to),
            zone=ZoneInfo(self.time_zone),
            answer_within_hours=self.answer_within_hours,
            alarm_after_hours=self.alarm_after_hours,
            letters_in_ten_minutes=self.letters_in_ten_minutes,
        )


class AnnouncementsPart(Part):
    """What is to be careful about when many are written to at once."""

    second_person_from: int = Field(default=500, ge=0, le=1_000_000_000)

    def limits(self, per_second: float) -> Limits:
        """What these settings mean, at the pace at which the bot speaks."""
        return Limits(self.second_person_from, per_second)
