"""What the database looks like as rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.members.tables import Cell, Column, moment
from bot.places.countries import Countries
from storage.records.members import Center, CenterKind, CenterState, Delegate, DelegateState, Focus


class CenterColumn(StrEnum):
    """What the sheet of Centers tells, in this order."""

    ID = "id"
    NAME = "name"
    SHORT_NAME = "short_name"
    KIND = "kind"
    FOCUS = "focus"
    COUNTRY = "country"
    COUNTRY_CODE = "country_code"
    REGION = "region"
    CITY = "city"
    WEBSITE = "website"
    EMAIL = "email"
    PHONE = "phone"
    HEAD_NAME = "head_name"
    HEAD_TITLE = "head_title"
    STATE = "state"
    REGISTERED_AT = "registered_at"
    APPROVED_AT = "approved_at"
    CHANGED_AT = "changed_at"


class DelegateColumn(StrEnum):
    """What the sheet of delegates and guests tells, in this order."""

    ID = "id"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    TITLE = "title"
    FUNCTION = "function"
    CENTER = "center"
    CENTER_ID = "center_id"
    CENTER_COUNTRY = "center_country"
    CENTER_COUNTRY_CODE = "center_country_code"
    ORGANIZATION = "organization"
    IS_GUEST = "is_guest"
    EMAIL = "email"
    PHONE = "phone"
    NATIONALITY = "nationality"
    NATIONALITY_CODE = "nationality_code"
    LANGUAGES = "languages"
    TIME_ZONE = "time_zone"
    STATE = "state"
    WRITES_TO_THE_BOT = "writes_to_the_bot"
    IS_SHOWN = "is_shown"
    PRIVACY_AT = "privacy_at"
    REGISTERED_AT = "registered_at"
    JOINED_AT = "joined_at"
    CHANGED_AT = "changed_at"


@dataclass(frozen=True, slots=True)
class ExportWords:
    """What stands in the file, in the language of whoever wants it.

    Attributes:
        filter_lines: which records were asked for, as the view words it: a label and what it is.
    """

    language: str
    centers: str
    delegates: str
    about: str
    center_columns: Mapping[CenterColumn, str]
    delegate_columns: Mapping[DelegateColumn, str]
    kinds: Mapping[CenterKind, str]
    focuses: Mapping[Focus, str]
    regions: Mapping[str, str]
    center_states: Mapping[CenterState, str]
    delegate_states: Mapping[DelegateState, str]
    yes: str
    no: str
    made_at: str
    number_of_centers: str
    number_of_delegates: str
    filter_lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What a delegate's row tells of their Center."""

    name: str
    country: str | None


USUAL_WIDTH = 20
_WIDTHS = {
    "id": 8, "center_id": 10, "name": 48, "center": 48, "organization": 40, "kind": 18, "focus": 14,
    "country_code": 10, "center_country_code": 10, "nationality_code": 12, "website": 36, "email": 36,
    "function": 28, "head_name": 28, "is_guest": 12, "is_shown": 12, "state": 14, "languages": 16,
}  # fmt: skip


class Rows:
    """Makes rows of records, in the words of a reader."""

    def __init__(self, words: ExportWords, countries: Countries) -> None:
        self._words = words
        self._countries = countries

    def of_center(self, center: Center) -> list[Cell]:
        words, details = self._words, center.details
        cells: dict[CenterColumn, Cell] = {
            CenterColumn.ID: str(center.id),
            CenterColumn.NAME: details.name,
            CenterColumn.SHORT_NAME: details.short_name,
            CenterColumn.KIND: None if details.kind is None else words.kinds[details.kind],
            CenterColumn.FOCUS: None if details.focus is None else words.focuses[details.focus],
            CenterColumn.COUNTRY: self._country(details.country),
            CenterColumn.COUNTRY_CODE: details.country,
            CenterColumn.REGION: None if center.region is None else words.regions.get(center.region, center.region),
            CenterColumn.CITY: details.city,
            CenterColumn.WEBSITE: details.website,
            CenterColumn.EMAIL: details.email,
            CenterColumn.PHONE: details.phone,
            CenterColumn.HEAD_NAME: details.head_name,
            CenterColumn.HEAD_TITLE: details.head_title,
            CenterColumn.STATE: words.center_states[center.state],
            CenterColumn.REGISTERED_AT: moment(center.registered_at),
            CenterColumn.APPROVED_AT: moment(center.approved_at),
            CenterColumn.CHANGED_AT: moment(center.changed_at),
        }
        return [cells[column] for column in CenterColumn]

    def of_delegate(self, delegate: Delegate, places: Mapping[int, Place]) -> list[Cell]:
        details = delegate.details
        place = None if delegate.center is None else places.get(delegate.center)
        cells: dict[DelegateColumn, Cell] = {
            DelegateColumn.ID: str(delegate.id),
            DelegateColumn.FAMILY_NAME: details.family_name,
            DelegateColumn.GIVEN_NAME: details.given_name,
            DelegateColumn.TITLE: details.title,
            DelegateColumn.FUNCTION: details.function,
            DelegateColumn.CENTER: None if place is None else place.name,
            DelegateColumn.CENTER_ID: None if delegate.center is None else str(delegate.center),
            DelegateColumn.CENTER_COUNTRY: None if place is None else self._country(place.country),
            DelegateColumn.CENTER_COUNTRY_CODE: None if place is None else place.country,
            DelegateColumn.ORGANIZATION: details.organization,
            DelegateColumn.IS_GUEST: self._yes_or_no(delegate.is_guest),
            DelegateColumn.EMAIL: details.email,
            DelegateColumn.PHONE: details.phone,
            DelegateColumn.NATIONALITY: self._country(details.nationality),
            DelegateColumn.NATIONALITY_CODE: details.nationality,
            DelegateColumn.LANGUAGES: ", ".join(details.languages) or None,
            DelegateColumn.TIME_ZONE: details.time_zone,
            DelegateColumn.STATE: self._words.delegate_states[delegate.state],
            DelegateColumn.WRITES_TO_THE_BOT: self._yes_or_no(delegate.person_id is not None),
            DelegateColumn.IS_SHOWN: self._yes_or_no(delegate.shown_since is not None),
            DelegateColumn.PRIVACY_AT: moment(delegate.privacy_at),
            DelegateColumn.REGISTERED_AT: moment(delegate.registered_at),
            DelegateColumn.JOINED_AT: moment(delegate.joined_at),
            DelegateColumn.CHANGED_AT: moment(delegate.changed_at),
        }
        return [cells[column] for column in DelegateColumn]

    def _country(self, code: str | None) -> str | None:
        return None if code is None else self._countries.name_or_code(code, self._words.language)

    def _yes_or_no(self, value: bool) -> str:  # noqa: FBT001 - the value is all there is to it
        return self._words.yes if value else self._words.no


def center_columns(words: ExportWords) -> tuple[Column, ...]:
    """The columns of the sheet of Centers."""
    return tuple(Column(words.center_columns[column], _WIDTHS.get(column, USUAL_WIDTH)) for column in CenterColumn)


def delegate_columns(words: ExportWords) -> tuple[Column, ...]:
    """The columns of the sheet of delegates."""
    return tuple(Column(words.delegate_columns[column], _WIDTHS.get(column, USUAL_WIDTH)) for column in DelegateColumn)
