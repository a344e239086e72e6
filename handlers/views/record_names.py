"""What Centers, people and their states are called, in lists and on buttons."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales.catalogues import Translator
from bot.places.countries import flag
from handlers.views.center_details import BUTTON_AT_MOST, NAME_AT_MOST, shortened
from storage.records.members import Center, CenterDetails, CenterState, Delegate, DelegateState


def center_states(_: Translator) -> Mapping[str, str]:
    """What became of a Center's registration."""
    return {
        CenterState.PENDING: _.plain("waits for approval"),
        CenterState.APPROVED: _.plain("approved"),
        CenterState.DECLINED: _.plain("declined"),
        CenterState.SUSPENDED: _.plain("suspended"),
        CenterState.MERGED: _.plain("merged with another"),
    }


def person_states(_: Translator) -> Mapping[str, str]:
    """What became of a person's registration."""
    return {
        DelegateState.PENDING: _.plain("waits for approval"),
        DelegateState.ACTIVE: _.plain("approved"),
        DelegateState.DECLINED: _.plain("declined"),
        DelegateState.LEFT: _.plain("has left"),
        DelegateState.SUSPENDED: _.plain("suspended"),
        DelegateState.MERGED: _.plain("merged with another"),
    }


def record_name(record: Center | Delegate) -> str:
    """A Center's name, or a person's with their title, in a sentence."""
    name = record.details.name if isinstance(record, Center) else record.details.full_name
    return shortened(name, NAME_AT_MOST)


def record_label(record: Center | Delegate) -> str:
    """A Center with its flag, or a person with the family name first, on a button."""
    if isinstance(record, Center):
        return center_label(record.details)
    return shortened(f"{record.details.family_name}, {record.details.given_name}", BUTTON_AT_MOST)


def center_label(details: CenterDetails) -> str:
    """A Center with its flag on a button."""
    name = shortened(details.name, BUTTON_AT_MOST)
    return f"{flag(details.country)} {name}" if details.country else name


def record_key(record: Center | Delegate) -> str:
    """Which record it is, in the data of a button."""
    return f"{'c' if isinstance(record, Center) else 'd'}{record.id}"


def people_of(*records: Center | Delegate) -> tuple[int, ...]:
    """Those of them that are people's, for what a message `shows`."""
    return tuple(record.id for record in records if isinstance(record, Delegate))
