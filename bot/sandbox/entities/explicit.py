"""Entities that a bot sends along with a text (`entities=`), read as the Bot API server reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .cleaning import clean_text
from .dates import format_from_entity
from .links import LinkError, checked_link, linked_user_id
from .model import Entity, FormattingError
from .numbers import exact_integer
from .output import has_surrogates

_PLAIN = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "blockquote",
        "expandable_blockquote",
    }
)
_FOUND = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bank_card_number",
    }
)
"""Taken without complaint and ignored: Telegram finds these itself."""


def read_entities(entities: object) -> list[Entity]:
    """Read the decoded JSON of `entities`; what is no list counts as none, as with Telegram.

    Raises:
        FormattingError: as Telegram words it.
    """
    if isinstance(entities, str) or not isinstance(entities, Sequence):
        return []
    return [entity for entity in map(_read, entities) if entity is not None]


def admitted(entity: Entity) -> Entity:
    """Give an entity as Telegram keeps it: its link cleaned and checked, its language cleaned.

    Raises:
        FormattingError: where the entity could not be sent.
    """
    if entity.type == "pre" and entity.language is not None:
        if has_surrogates(entity.language):
            raise FormattingError("MessageEntityPreCode.language must be encoded in UTF-8")
        return replace(entity, language=clean_text(entity.language) or None)
    if entity.type == "date_time" and (entity.unix_time or 0) <= 0:
        raise FormattingError("Invalid date specified")
    if entity.type == "custom_emoji" and not int(entity.custom_emoji_id or 0):
        raise FormattingError("Invalid custom emoji identifier specified")
    if entity.url is None:
        return entity
    if has_surrogates(entity.url):
        raise FormattingError("MessageEntityTextUrl.url must be encoded in UTF-8")
    url = clean_text(entity.url)
    user_id = linked_user_id(url)
    if user_id is not None:
        return Entity("text_mention", entity.offset, entity.length, user_id=user_id)
    try:
        return replace(entity, url=checked_link(url))
    except LinkError as error:
        raise FormattingError(f"Entity URL '{url}' is invalid: {error}") from error


def _read(value: object) -> Entity | None:
    if not isinstance(value, Mapping):
        raise _error("expected an Object")
    offset, length, kind = _integer(value, "offset", 32), _integer(value, "length", 32), _string(value, "type")
    if not kind:
        raise _error("Type is not specified")
    return None if kind in _FOUND else _with_details(Entity(kind, offset, length), value)


def _with_details(place: Entity, value: Mapping[str, Any]) -> Entity:
    match place.type:
        case kind if kind in _PLAIN:
            return place
        case "pre":
            return replace(place, language=_string(value, "language", "") or None)
        case "text_link":
            return replace(place, url=_string(value, "url"))
        case "text_mention":
            return replace(place, user_id=_integer(_object(value, "user"), "id", 64))
        case "custom_emoji":
            return replace(place, custom_emoji_id=str(_integer(value, "custom_emoji_id", 64)))
        case "date_time":
            return _date_time(place, value)
    raise _error("Unsupported type specified")


def _date_time(place: Entity, value: Mapping[str, Any]) -> Entity:
    unix_time = _integer(value, "unix_time", 32)
    shown = format_from_entity(_string(value, "date_time_format", ""))
    if shown is None:
        raise _error("Invalid date-time format specified")
    return replace(place, unix_time=unix_time, date_time_format=shown)


def _required(value: Mapping[str, Any], field: str) -> Any:
    if field not in value:
        raise _error(f'Can\'t find field "{field}"')
    return value[field]


def _integer(value: Mapping[str, Any], field: str, bits: int) -> int:
    given = _required(value, field)
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise _error(f'Field "{field}" must be a Number')
    number = exact_integer(str(given), bits)
    if number is None:
        raise _error(f'Field "{field}" must be a valid Number')
    return number


def _string(value: Mapping[str, Any], field: str, default: str | None = None) -> str:
    given = _required(value, field) if default is None else value.get(field, default)
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise _error(f'Field "{field}" must be of type String')
    return str(given)


def _object(value: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    given = _required(value, field)
    if not isinstance(given, Mapping):
        raise _error(f'Field "{field}" must be of type Object')
    return given


def _error(message: str) -> FormattingError:
    return FormattingError(f"Can't parse MessageEntity: {message}")
