"""What columns of a list may stand for."""

from __future__ import annotations

from enum import StrEnum


class Target(StrEnum):
    """A field of ours that a column is read into."""

    CENTER_NAME = "center_name"
    CENTER_SHORT_NAME = "center_short_name"
    CENTER_KIND = "center_kind"
    CENTER_FOCUS = "center_focus"
    CENTER_COUNTRY = "center_country"
    CENTER_CITY = "center_city"
    CENTER_WEBSITE = "center_website"
    CENTER_EMAIL = "center_email"
    CENTER_PHONE = "center_phone"
    HEAD_NAME = "head_name"
    HEAD_TITLE = "head_title"
    FULL_NAME = "full_name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    TITLE = "title"
    FUNCTION = "function"
    EMAIL = "email"
    PHONE = "phone"
    NATIONALITY = "nationality"
    LANGUAGES = "languages"
    TIME_ZONE = "time_zone"


OF_CENTER = frozenset(
    {
        Target.CENTER_NAME, Target.CENTER_SHORT_NAME, Target.CENTER_KIND, Target.CENTER_FOCUS, Target.CENTER_COUNTRY,
        Target.CENTER_CITY, Target.CENTER_WEBSITE, Target.CENTER_EMAIL, Target.CENTER_PHONE, Target.HEAD_NAME,
        Target.HEAD_TITLE,
    }
)  # fmt: skip
OF_DELEGATE = frozenset(Target) - OF_CENTER
NAMES_OF_PEOPLE = frozenset({Target.FULL_NAME, Target.GIVEN_NAME, Target.FAMILY_NAME})


class Ambiguous(StrEnum):
    """What a heading says that may mean the Center or the delegate: the other headings tell which."""

    NAME = "any_name"
    EMAIL = "any_email"
    PHONE = "any_phone"
    COUNTRY = "any_country"
    TITLE = "any_title"


Meaning = Target | Ambiguous
