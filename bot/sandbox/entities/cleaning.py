"""What Telegram makes of a text before it is sent: characters replaced or removed, ends trimmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .arrange import in_order, moved, nested_properly
from .model import Entity, FormattingError, utf16_length

_MAX_PLACE = 1_000_000
_REMOVED = re.compile("[\r\u030a\u0333\u033f\u2028-\u202e]")
_SHIFTS = re.compile("[\r\u030a\u0333\u033f\u2028-\u202e\U00010000-\U0010ffff]")
"""Where offsets in UTF-16 code units are not simply characters, or do not stay as they are."""

_REPLACED = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
_NON_JOINER = "\u200c"
_INVISIBLE = re.compile(
    "[ \n\v\t\r\0\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)


def finished(text: str, entities: Iterable[Entity], *, allow_empty: bool = False) -> tuple[str, list[Entity]]:
    """Clean and trim a text and bring its entities into line with it.

    Whitespace at the end goes, at the beginning only as far as no entity lies over it. A text without anything
    to see is refused, or with `allow_empty` (a caption) let pass.

    Raises:
        FormattingError: as Telegram words it.
    """
    text, arranged = cleaned(text, entities)
    visible = text.rstrip(" \n")
    if not visible:
        if allow_empty:
            return "", []
        raise FormattingError("Text must be non-empty")
    text, arranged = _trimmed(visible, arranged)
    if not allow_empty and _INVISIBLE.fullmatch(text):
        raise FormattingError("Text must be non-empty")
    return text, arranged


def cleaned(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """Clean a text and arrange its entities, leaving whitespace at the ends.

    Raises:
        FormattingError: as Telegram words it.
    """
    given = list(entities)
    _refuse_misplaced(given)
    text, fitted = _fitted(text, nested_properly(entity for entity in given if entity.length > 0))
    return text, nested_properly(fitted)


def clean_text(text: str) -> str:
    """Replace control characters by spaces, remove what Telegram removes, defuse runs of direction marks."""
    text = _REPLACED.sub(" ", _REMOVED.sub("", text))
    return _DIRECTION_MARKS.sub(_NON_JOINER, text)


def _refuse_misplaced(entities: Iterable[Entity]) -> None:
    for entity in entities:
        if not 0 <= entity.offset <= _MAX_PLACE:
            raise FormattingError(f"Receive an entity with incorrect offset {entity.offset}")
        if not 0 <= entity.length <= _MAX_PLACE:
            raise FormattingError(f"Receive an entity with incorrect length {entity.length}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A boundary between characters: where it is in the UTF-8 given and in the UTF-16 to come."""

    byte: int
    utf16: int


def _fitted(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    if not _SHIFTS.search(text) and all(entity.end <= len(text) for entity in entities):
        return clean_text(text), entities
    places: dict[int, _Place] = {0: _Place(0, 0)}
    before = after = byte = 0
    for character in text:
        width = 2 if character > "\uffff" else 1
        before += width
        after += 0 if _REMOVED.match(character) else width
        byte += len(character.encode())
        places[before] = _Place(byte, after)
    _refuse_torn(entities, places, before)
    moved_entities = [
        moved(entity, places[entity.offset].utf16, places[entity.end].utf16 - places[entity.offset].utf16)
        for entity in entities
    ]
    return clean_text(text), [entity for entity in moved_entities if entity.length > 0]


def _refuse_torn(entities: list[Entity], places: dict[int, _Place], total: int) -> None:
    """Refuse entities that begin or end inside a character or behind the text; of several, the first met."""
    errors: list[tuple[int, int, int, str]] = []
    for index, entity in enumerate(entities):
        begins = f"Entity beginning at UTF-16 offset {entity.offset}"
        torn = "in a middle of a UTF-16 symbol at byte offset"
        if entity.offset > total:
            message = f"Entity begins after the end of the text at UTF-16 offset {entity.offset}"
            errors.append((total + 1, 0, index, message))
        elif entity.offset not in places:
            next_place = entity.offset + 1
            errors.append((next_place, 1, index, f"Entity begins {torn} {places[next_place].byte}"))
        elif entity.end > total:
            message = f"{begins} ends after the end of the text at UTF-16 offset {entity.end}"
            errors.append((total + 1, 1, -index, message))
        elif entity.end not in places:
            next_place = entity.end + 1
            errors.append((next_place, 0, -index, f"{begins} ends {torn} {places[next_place].byte}"))
    if errors:
        raise FormattingError(min(errors)[-1])


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Fit the entities to a text that is trimmed at its end already, then trim its beginning."""
    end = utf16_length(text)
    fitted = in_order(
        moved(entity, entity.offset, min(entity.length, end - entity.offset))
        for entity in entities
        if entity.offset < end
    )
    blank = len(text) - len(text.lstrip(" \n"))
    cut = min(blank, fitted[0].offset) if fitted else blank
    return text[cut:], [moved(entity, entity.offset - cut, entity.length) for entity in fitted]
