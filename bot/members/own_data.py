"""Everything that the bot holds about one person, as a file for them: JSON, in the words of the database."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from storage import own_data
from storage.records.durations import SECOND_US
from storage.session import Session

Part = Callable[[Session, int], Awaitable[Any]]
"""What a feature holds about a person, as a value that JSON has; nothing, if that is empty."""

_CLOCKS = frozenset({"night_from", "night_to"})
"""Minutes of the day, not moments."""
_TIMES = ("_at", "_since", "since", "_until", "_from")


async def own_data_of(session: Session, person_id: int, *, parts: Mapping[str, Part], now: int) -> str:
    """The file's text. Each of the `parts` adds what its feature keeps in tables of its own, under its name.

    Times are given in UTC as people read them. Nothing is left out, so for the person it is about and nobody else:
    whoever calls this gives the person's own id, never one that was typed.
    """
    found: dict[str, Any] = dict(await own_data.of_person(session, person_id))
    for name, part in parts.items():
        found[name] = await part(session, person_id)
    held = {name: _readable(value) for name, value in found.items() if value}
    whole = {"telegram_id": person_id, "made_at": _moment(now), "held": held}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _readable(value: Any, name: str = "") -> Any:
    match value:
        case dict():
            return {key: _readable(one, key) for key, one in value.items()}
        case list() | tuple():
            return [_readable(one) for one in value]
        case int() if not isinstance(value, bool) and name not in _CLOCKS and (name == "at" or name.endswith(_TIMES)):
            return _moment(value)
    return value


def _moment(at_us: int) -> str:
    return datetime.fromtimestamp(at_us // SECOND_US, UTC).isoformat()
