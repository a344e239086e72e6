"""What is to be seen of a list, as its buttons know it: in Telegram, a button has room for 64 bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from bot.members.listing import Listing
from bot.places.regions import Region
from storage.records.members import CenterKind, Focus

PATTERN = r"[cd][0-9]{1,9}\.[0-9-]{5}(?:[A-Z]{2}|--)\.[0-9]{1,9}\.[0-9]{1,4}"
"""At most 33 characters."""
_PARTS = re.compile(r"([cd])(\d+)\.(.)(.)(.)(.)(.)(..)\.(\d+)\.(\d+)")
_GUESTS = (False, True)

T = TypeVar("T")


def packed(listing: Listing) -> str:
    """The list as a part of a button's data."""
    chosen = "".join(
        (
            _place(listing.states, listing.state),
            _place(tuple(CenterKind), listing.kind),
            _place(tuple(Focus), listing.focus),
            _place(tuple(Region), listing.region),
            _place(_GUESTS, listing.is_guest),
        )
    )
    sort = "c" if listing.is_centers else "d"
    return f"{sort}{listing.search}.{chosen}{listing.country or '--'}.{listing.center}.{listing.page}"


def unpacked(text: str) -> Listing | None:
    """The reverse of `packed`; None if it is of another version of the bot, or forged."""
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    sort, search, state, kind, focus, region, guest, country, center, page = parts.groups()
    bare = Listing(is_centers=sort == "c")
    try:
        return Listing(
            is_centers=bare.is_centers,
            search=int(search),
            state=_at(bare.states, state),
            kind=_at(tuple(CenterKind), kind),
            focus=_at(tuple(Focus), focus),
            region=_at(tuple(Region), region),
            is_guest=_at(_GUESTS, guest),
            country=None if country == "--" else country,
            center=int(center),
            page=int(page),
        )
    except IndexError:
        return None


def _place(options: Sequence[T], chosen: T | None) -> str:
    return "-" if chosen is None else str(options.index(chosen))


def _at(options: Sequence[T], place: str) -> T | None:
    return None if place == "-" else options[int(place)]
