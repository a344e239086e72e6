"""What somebody has chosen to export, as its buttons know it: in Telegram, a button has room for 64 bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from bot.members.export_choice import ExportChoice, Sort, Standing
from bot.places.regions import Region
from storage.records.members import CenterKind, Focus

PATTERN = r"(?P<choice>[0-9-]{6}(?:[A-Z]{2}|--))"
_PARTS = re.compile(r"(.)(.)(.)(.)(.)(.)(..)")
OPTIONS: Mapping[str, Sequence[object]] = MappingProxyType(
    {
        "sort": tuple(Sort),
        "standing": tuple(Standing),
        "kind": tuple(CenterKind),
        "focus": tuple(Focus),
        "region": tuple(Region),
        "is_guest": (False, True),
    }
)
"""What can be chosen, in this order, beside the country."""

T = TypeVar("T")


def packed(choice: ExportChoice) -> str:
    """The choice as a part of a button's data: eight characters."""
    places = "".join(_place(options, getattr(choice, name)) for name, options in OPTIONS.items())
    return f"{places}{choice.country or '--'}"


def unpacked(text: str) -> ExportChoice | None:
    """The reverse of `packed`; None if it is of another version of the bot, or forged."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    *places, country = parts.groups()
    try:
        sort, standing, kind, focus, region, is_guest = map(int, (place.replace("-", "99") for place in places))
        return ExportChoice(
            sort=tuple(Sort)[sort],
            standing=_at(tuple(Standing), standing),
            kind=_at(tuple(CenterKind), kind),
            focus=_at(tuple(Focus), focus),
            region=_at(tuple(Region), region),
            is_guest=_at((False, True), is_guest),
            country=None if country == "--" else country,
        )
    except (IndexError, ValueError):
        return None


def _place(options: Sequence[object], chosen: object) -> str:
    return "-" if chosen is None else str(options.index(chosen))


def _at(options: Sequence[T], place: int) -> T | None:
    return None if place == _ANY else options[place]


_ANY = 99
"""More than any list has."""
