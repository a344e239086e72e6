"""Whom an announcement is for: building blocks that are joined with "and", each of them a choice joined with "or"."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from storage import plain_json


class Who(StrEnum):
    """Who somebody is here. Without a choice: everybody who has written to the bot."""

    LEADS = "leads"  # focal points and their deputies
    DELEGATES = "delegates"
    GUESTS = "guests"
    HOSTS = "hosts"
    SECRETARIAT = "secretariat"


class TakesPart(StrEnum):
    """How somebody stands to a conference."""

    REGISTERED = "registered"
    NOT_YET = "not_yet"
    DECLINED = "declined"
    WAIT_LISTED = "wait_listed"
    IN_PERSON = "in_person"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Audience:
    """Each block empty: no matter which. Focus, kind, country and region are those of their Center."""

    who: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    takes_part: tuple[str, ...] = ()
    conference: int | None = None
    session: int | None = None
    unread: int | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out: a conference alone leaves out nobody, before it is said whom of it is meant."""
        return replace(self, conference=None) == Audience()

    def as_json(self) -> str:
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return plain_json.written({name: value for name, value in kept.items() if value})


def read_audience(audience: str) -> Audience:
    """The audience that `Audience.as_json` has written."""
    kept: dict[str, Any] = plain_json.read(audience)
    blocks: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return Audience(**blocks)
