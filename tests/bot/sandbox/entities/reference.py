"""Telegram's own parser (TDLib's, run offline), for comparison."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from bot.sandbox.entities import Entity

tdjson = pytest.importorskip("tdjson", reason="TDLib, the reference for formatting, is not installed")

_TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeCustomEmoji": "custom_emoji",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeDateTime": "date_time",
    "textEntityTypeMention": "mention",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeCashtag": "cashtag",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeUrl": "url",
    "textEntityTypeEmailAddress": "email",
    "textEntityTypePhoneNumber": "phone_number",
    "textEntityTypeBankCardNumber": "bank_card_number",
    "textEntityTypeMediaTimestamp": "media_timestamp",
}
_TD_TYPES = {ours: theirs for theirs, ours in _TYPES.items() if theirs != "textEntityTypePreCode"}
_PARTS = {"dateTimePartPrecisionShort": 0, "dateTimePartPrecisionLong": 1}

HTML = {"@type": "textParseModeHTML"}
MARKDOWN = {"@type": "textParseModeMarkdown", "version": 1}
MARKDOWN_V2 = {"@type": "textParseModeMarkdown", "version": 2}


class RefusedError(Exception):
    """The reference refused; the text is its message."""


def parse(text: str, mode: dict[str, Any]) -> tuple[str, list[Entity]]:
    """Parse markup; nothing is cleaned or trimmed yet."""
    answer = _execute("parseTextEntities", text=text, parse_mode=mode)
    return answer["text"], _entities(answer)


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Clean a text without Markdown in it and arrange its entities, without trimming.

    TDLib does so before it looks for Markdown; nothing else that runs offline does.
    """
    formatted = {"@type": "formattedText", "text": text, "entities": [_td_entity(e) for e in entities]}
    answer = _execute("parseMarkdown", text=formatted)
    return answer["text"], _entities(answer)


def detect(text: str) -> list[Entity]:
    return _entities(_execute("getTextEntities", text=text))


@cache
def _silence_log() -> None:
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


def _execute(function: str, **arguments: Any) -> dict[str, Any]:
    _silence_log()
    request = json.dumps({"@type": function, **arguments}).encode()
    answer: dict[str, Any] = json.loads(tdjson.td_execute(request))
    if answer["@type"] == "error":
        raise RefusedError(answer["message"])
    return answer


def _entities(answer: dict[str, Any]) -> list[Entity]:
    return [_entity(entity) for entity in answer["entities"]]


def _entity(entity: dict[str, Any]) -> Entity:
    kind = entity["type"]
    return Entity(
        _TYPES[kind["@type"]],
        entity["offset"],
        entity["length"],
        url=kind.get("url"),
        user_id=kind.get("user_id"),
        language=kind.get("language"),
        custom_emoji_id=kind.get("custom_emoji_id"),
        unix_time=kind.get("unix_time"),
        date_time_format=_format(kind.get("formatting_type")) if "unix_time" in kind else None,
    )


def _format(formatting: dict[str, Any] | None) -> str:
    if formatting is None:
        return ""
    if formatting["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    weekday = "w" if formatting["show_day_of_week"] else ""
    return weekday + _part(formatting["date_precision"], "dD") + _part(formatting["time_precision"], "tT")


def _part(precision: dict[str, Any], letters: str) -> str:
    place = _PARTS.get(precision["@type"])
    return "" if place is None else letters[place]


def _td_entity(entity: Entity) -> dict[str, Any]:
    kind: dict[str, Any] = {"@type": _TD_TYPES[entity.type]}
    if entity.language is not None:
        kind = {"@type": "textEntityTypePreCode", "language": entity.language}
    if entity.url is not None:
        kind["url"] = entity.url
    if entity.user_id is not None:
        kind["user_id"] = entity.user_id
    if entity.custom_emoji_id is not None:
        kind["custom_emoji_id"] = entity.custom_emoji_id
    if entity.unix_time is not None:
        kind["unix_time"] = entity.unix_time
    return {"@type": "textEntity", "offset": entity.offset, "length": entity.length, "type": kind}
